// Values that a change of type loses, kept beside what they become: --on-drop retain for columns that stay.
//
// Looked for before the planner begins, since a way back that finds the old values is another one than a cast. The
// copies themselves are written with the step of what changes (write_step.cpp, kinds/keep_aside.h).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "kinds/keep_aside.h"
#include "model/schema.h"

namespace segue::plan {

struct PlannerInput;

struct KeptConversion {
  std::vector<kinds::aside::Copy> copies;
  std::string why_not;  ///< what else it loses, and why; "" where all of it is kept
};

/// By the key of what is altered: a column, or an enum whose columns have expressions in the file.
using KeptConversions = std::map<std::string, KeptConversion>;

/// Fills input.conversions, where its plan keeps rows at all. Every column of `live` that is copied has the expression
/// by which the way back finds its value from then on, as if a file had said so. `live` is *input.from.
void keep_conversions(model::Schema& live, PlannerInput& input);

}  // namespace segue::plan
