// How often the server computes an expression that every row of a table is to have the value of.
//
// Used by the columns' kind: a default that is computed once makes ADD COLUMN a matter of the catalog alone, any other
// one rewrites the table (tablecmds.c ATExecAddColumn, contain_volatile_functions).
#pragma once

#include <string>

namespace segue::kinds {

enum class Computed {
  never,   ///< a constant, or casts of one
  once,    ///< stable: the same for the whole statement
  per_row  ///< or not known to be any better
};

/// What the text alone shows; of functions only PostgreSQL's clocks of the transaction are known.
Computed computed(const std::string& expression);

}  // namespace segue::kinds
