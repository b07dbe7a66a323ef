// What the catalog says of the keys of an index: names, collations and operator classes, where somebody named them.
//
// A part of the query of indexes, with its aliases: i of pg_index, c of the index in pg_class.
#pragma once

#include <string>

namespace segue::kinds {

/// An array of three texts for each key and included column: its name ("" for an expression), collation and operator
/// class ("" where it is implied).
std::string index_keys_query();

}  // namespace segue::kinds
