// The names that an object takes: two objects of one name cannot stand at the same time.
//
// Used by source/contradictions for a file that gives a name twice, and by the planner, which lets whoever leaves a
// name go before whoever takes it. It never looks whether a name is free.
#pragma once

#include <string>
#include <vector>

#include "model/object.h"

namespace segue::kinds {

/// One text for each name, with the namespace before it: `relation public.books`, `type public.books`.
std::vector<std::string> taken_names(const model::Object& object);

}  // namespace segue::kinds
