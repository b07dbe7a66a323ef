// Objects that read each other: one of them comes as a placeholder first, and gets its definition once the others are
// there; it goes by way of its placeholder too.
//
// Used by the planner where its graph has a cycle. Knows no order: the edges say what waits for which of the two steps.
#pragma once

#include <deque>
#include <vector>

#include "plan/changes.h"
#include "plan/planner.h"

namespace segue::plan {

/// Makes two changes of one on the cycle that has a placeholder which needs none of the others (pg_dump_sort.c
/// repairViewRuleLoop). False where there is none. `cycle`: changes. `placeholders` owns what the changes point to.
bool split_one(const PlannerInput& input, const std::vector<std::size_t>& cycle, std::vector<Change>& changes,
               std::deque<model::Object>& placeholders);

}  // namespace segue::plan
