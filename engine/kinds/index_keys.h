// The keys of an index: what the catalog says of them, and their expressions in a file.
//
// Used by index alone.
#pragma once

#include <string>

#include "sql/tree.h"

namespace segue::kinds {

/// A part of the query of indexes, with its aliases: i of pg_index, c of the index in pg_class. Names, collations and
/// operator classes, where somebody named them: an array of three texts for each key and included column: its name (""
/// for an expression), collation and operator class ("" where it is implied).
std::string index_keys_query();

/// The expression of an IndexElem without COLLATE around it, which becomes the key's own (indexcmds.c
/// ComputeIndexAttrs); nothing for a column.
sql::Node key_expression(const sql::Node& element);
/// The text of such an expression without its outermost COLLATE.
std::string without_collation(const std::string& text);

}  // namespace segue::kinds
