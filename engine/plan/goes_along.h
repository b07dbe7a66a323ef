// What goes and comes with an object without a word: the owner of a view that is made again, the links of the indexes
// of a partition that is detached.
//
// Used by the planner for plans of several groups: the state between two groups is checked, and there such a thing may
// be away that stands before the plan as it stands behind it.
#pragma once

#include "model/schema.h"
#include "plan/plan.h"

namespace segue::plan {

/// Adds to the steps what they take along or bring back. Nothing where the plan is one group.
void note_what_goes_along(const model::Schema& from, const model::Schema& to, Body& body);

}  // namespace segue::plan
