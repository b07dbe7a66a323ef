// Foreign tables below one whose column changes its type: of those PostgreSQL changes the declaration alone, and takes
// no USING for the whole tree (tablecmds.c ATPrepAlterColumnType).
//
// Used by the planner. Never looks at a foreign table whose own column changes.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds {

/// The foreign table below a column that stays there; "" for none.
std::string foreign_table_staying_below(const model::Sides& sides);

/// The same, where the column's values would need a USING; "" where nothing is in the way.
std::string foreign_table_below(const model::Sides& sides);

}  // namespace segue::kinds
