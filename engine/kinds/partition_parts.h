// How a table hangs below partitioned tables.
//
// Asked by partition.cpp and by the planner.
#pragma once

#include <vector>

#include "model/schema.h"

namespace segue::kinds {

/// The memberships on the way up from a table, its own first; none for null.
std::vector<const model::Object*> memberships(const model::Schema& side, const model::Object* of);

}  // namespace segue::kinds
