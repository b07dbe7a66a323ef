// Small texts and their trees, so that a text which stands in many places (a default, a type) is parsed once.
//
// Made by same/ for one run over many definitions; asked by the canonical form. Belongs to one thread at a time.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "sql/canonical.h"
#include "sql/script.h"

namespace segue::sql {

/// Parses a text of that grammar.
Result<Fragment> parse_as(std::string_view text, Grammar grammar);

class Fragments {
 public:
  /// The same as parse_as().
  Result<Fragment> parse(std::string_view text, Grammar grammar);

 private:
  std::array<std::unordered_map<std::string, Fragment>, 5> kept_;  ///< by grammar
};

}  // namespace segue::sql
