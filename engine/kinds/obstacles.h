// Rows that stand in the way of a constraint: how they are found before it is made.
//
// Used by the kinds that restrict rows. Nothing is said of relations or columns that the same plan makes or changes:
// what stands there now tells nothing of what will be met.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds::obstacles {

/// Rows of the relation for which `condition` holds (a text for WHERE).
void rows_where(const model::Sides& sides, const std::string& relation, const model::List& columns,
                const std::string& condition, const std::string& what, bool runs_code, model::Emit& emit);

/// Rows that are equal in all columns; a null equals nothing, or another null.
void equal_rows(const model::Sides& sides, const std::string& relation, const model::List& columns,
                bool nulls_are_equal, model::Emit& emit);

/// Rows whose columns point to a row that is not there (MATCH SIMPLE: a null points nowhere).
void orphans(const model::Sides& sides, const std::string& relation, const model::List& columns,
             const std::string& target, const model::List& target_columns, model::Emit& emit);

}  // namespace segue::kinds::obstacles
