// Cuts a plan into groups, where steps may not share a transaction with those before them (DESIGN section 7).
//
// The last part of the planner, behind folding. It looks at the graph and at what the drafts say of themselves, never
// at kinds. A plan in which no step stands apart stays one transaction.
#pragma once

#include <vector>

#include "plan/fold.h"

namespace segue::plan {

/// Puts the drafts into the order of their groups and numbers those. Takes drafts in an order in which they could run.
/// What stands apart comes as late as its followers allow: one transaction before, and one behind where something waits
/// for it. What goes ahead comes first, with no more than what it waits for itself.
std::vector<Group> cut_into_groups(std::vector<Draft>& drafts, const Graph& graph);

}  // namespace segue::plan
