// Which columns of child tables are declared there, besides being inherited (pg_attribute.attislocal), where a plan
// cannot bring that about.
//
// Used by the planner for a plan's warnings. Writes no SQL.
#pragma once

#include <string>
#include <vector>

#include "plan/changes.h"

namespace segue::plan {

/// One sentence for each table with columns that will not be declared, or inherited alone, as the file has them, or as
/// they were once the plan is taken back.
std::vector<std::string> declarations_out_of_reach(const model::Schema& from, const model::Schema& to,
                                                   const std::vector<Change>& changes);

}  // namespace segue::plan
