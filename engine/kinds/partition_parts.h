// How a table hangs below partitioned tables.
//
// Asked by partition.cpp and by the planner.
#pragma once

#include <vector>

#include "model/schema.h"

namespace segue::kinds {

/// The memberships on the way up from a table, its own first; none for null.
std::vector<const model::Object*> memberships(const model::Schema& side, const model::Object* of);

/// The foreign keys of other tables to those that a partition hangs below: it does not leave while they find a row in
/// it (ri_triggers.c RI_PartitionRemove_Check).
std::vector<const model::Object*> keys_to_those_above(const model::Schema& side, const model::Object& membership);

}  // namespace segue::kinds
