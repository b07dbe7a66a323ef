// Which values of one type cannot become values of another: an expression that finds them without ever raising an
// error.
//
// Used by the columns' kind to look for rows before ALTER TYPE meets them. Types are written as format_type prints
// them. The expressions run functions of pg_catalog alone.
#pragma once

#include <string>

#include "model/value.h"

namespace segue::kinds {

struct Conversion {
  std::string from;
  std::string to;
  bool written_out = false;  ///< by a cast of USING, which cuts a text off where an assignment refuses it
  model::List labels = {};   ///< of the enum that it leads to; empty for any other type
  int server_version = 150000;
};

struct Misfit {
  bool known = true;      ///< whether an expression can tell
  std::string condition;  ///< holds for what does not fit; "" where everything does
};

/// Of `value`, an expression of the type `from`. Null values fit, and the condition does not hold for them.
Misfit misfit(const Conversion& conversion, const std::string& value);

}  // namespace segue::kinds
