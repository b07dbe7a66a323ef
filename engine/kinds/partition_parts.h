// How a table hangs below partitioned tables.
//
// Asked by partition.cpp, by what partitions have copies of, and by the planner.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/kind.h"
#include "model/schema.h"

namespace segue::kinds {

/// The partitioned table of a membership; null where the side has none.
const model::Object* table_above(const model::Schema& side, const model::Object& membership);

/// The memberships on the way up from a table, its own first; none for null.
std::vector<const model::Object*> memberships(const model::Schema& side, const model::Object* of);

/// The foreign keys to the tables that a partition hangs below, those of these tables themselves among them: it does
/// not leave while they find a row in it (ri_triggers.c RI_PartitionRemove_Check).
std::vector<const model::Object*> keys_to_those_above(const model::Schema& side, const model::Object& membership);

/// Those of them that a partition which becomes UNLOGGED may not have, since tables that are logged hold them
/// (tablecmds.c ATPrepChangePersistence); none for any other change.
std::set<std::string> keys_against_unlogged(const model::Sides& sides);

/// The indexes and keys of the table above for which the partition has none, since they were made ON ONLY that table.
/// Attaching the partition gives it one, which goes with the other alone (tablecmds.c AttachPartitionEnsureIndexes).
std::vector<const model::Object*> indexes_without_one_below(const model::Schema& side, const model::Object& membership);

/// Whether the index of a partition's key is attached to that of a partitioned table, which no statement takes away but
/// with the key (dependency.c findDependentObjects, DEPENDENCY_PARTITION_PRI).
bool holds_keys_of_partitions(const model::Schema& side, const model::Object& index);

}  // namespace segue::kinds
