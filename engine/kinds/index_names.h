// The names of an index's columns, of which the server makes the name of one that nobody named.
//
// Used by the kinds that make indexes: index and constraint.
#pragma once

#include <vector>

#include "model/value.h"
#include "sql/tree.h"

namespace segue::kinds {

/// One for each IndexElem, made distinct (indexcmds.c ChooseIndexColumnNames).
model::List index_column_names(const std::vector<sql::Node>& elements);

}  // namespace segue::kinds
