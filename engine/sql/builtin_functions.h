// The argument and result types of PostgreSQL's most used functions, for the types of constants in their arguments.
//
// Used by the canonical form alone. Never complete: a function that is not here keeps its arguments as written.
#pragma once

#include <string_view>
#include <utility>

namespace segue::sql {

struct BuiltinFunction {
  std::string_view name;
  std::string_view arguments;  ///< type names as pg_type spells them, arrays with [], between commas
  std::string_view result;
};

/// All overloads of a name: a range [first, second), empty where the name is not known.
std::pair<const BuiltinFunction*, const BuiltinFunction*> builtin_functions(std::string_view name);

}  // namespace segue::sql
