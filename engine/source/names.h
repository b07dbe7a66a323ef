// Types by name: what format_type prints for a TypeName of the grammar (format_type.c format_type_extended).
//
// Used by the interpreter. Knows the built-in types; asks a resolver for all others.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sql/tree.h"

namespace segue::source {

/// Schema, where there is one, and name of a RangeVar.
std::vector<std::string> qualified_names(const sql::Node& range_var);
/// Names of an `any_name`: a list of strings, alone or wrapped in a List node; a single String; a TypeName.
std::vector<std::string> any_name(const sql::Node& node);

/// Whether pg_catalog has a type of that name (typname, not the SQL spelling).
bool is_builtin_type(const std::string& typname);

/// Resolves a name that is not built in to its qualified, quoted form; may add what it needs to the second argument.
using TypeResolver = std::function<std::string(const std::vector<std::string>& names)>;

std::string format_type(const sql::Node& type_name, const TypeResolver& resolve);

/// Collations of pg_catalog that every server has.
bool is_builtin_collation(const std::string& name);

}  // namespace segue::source
