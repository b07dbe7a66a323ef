// What taking a change back needs beyond the same rule with its sides swapped.
//
// Asked by the planner for what alters and for what drops. Writes no SQL.
#pragma once

#include <string>
#include <vector>

#include "plan/changes.h"

namespace segue::plan {

struct WayBack {
  std::vector<Change> changes;  ///< drops and creates of objects of `input.from` that the plan leaves alone
  bool replaces = false;        ///< an altered object is among them
  std::string obstacle;         ///< why there is no way back; "" where there is one
};

/// Where an alteration met nothing on its way there and is in somebody's way on the way back: it comes back as an
/// exchange of the type (ADD VALUE), or as a replacement (a new default of an argument, which CREATE OR REPLACE cannot
/// take away); and where a check that was dropped comes back with an exchange of its domain. Empty for any other.
WayBack way_back_of(const ChangeInput& input, const Change& change, const std::vector<Change>& changes);

}  // namespace segue::plan
