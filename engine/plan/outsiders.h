// Objects of the database that are not ours and stand in the way of a plan: they use what it takes away or changes, or
// have a name that it gives to something else. The server would refuse the step, and every next plan would be the same.
//
// Called by the planner once the changes are known. Looks at what the catalog records alone; changes nothing.
#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "plan/changes.h"

namespace segue::plan {

/// An error for each of the outsiders that is in the way, with what it uses and what to do.
Diagnostics outsiders_in_the_way(const ChangeInput& input, const std::vector<Change>& changes,
                                 const std::vector<model::Object>& outsiders);

}  // namespace segue::plan
