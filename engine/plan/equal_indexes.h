// Equal indexes of a table that are bound to those of another: which comes first.
//
// Used by the planner's graph and where a group is written. What makes links by itself goes through the indexes of both
// tables by age, and binds each of the one to the first of the other that fits (tablecmds.c
// AttachPartitionEnsureIndexes): where several do, those below have to come in the order of those above.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/schema.h"

namespace segue::plan {

/// Table and columns of an index or key: those that share them may fit in the place of each other. "" for what is none.
std::string place_of_index(const model::Object& object);

/// Its turn among equal ones: that of what it is bound to, all the way up, where a longer way is first, since what is
/// bound to nothing would be bound if it were older; by age where they stand, and by name where they come. A primary
/// key comes with its table; what some partition has nothing for comes behind that partition.
using TurnOfIndex = std::tuple<int, int, std::int64_t, std::string>;
TurnOfIndex turn_of_index(const model::Object& index, const model::Schema& side);

/// Whether its table has an equal one.
bool has_equal(const model::Object& index, const model::Schema& side);

/// By key: the equal ones among `objects` whose turn is before. Only of what is bound, or may have others bound to it.
std::map<std::string, std::set<std::string>> equal_indexes_before(const std::vector<const model::Object*>& objects,
                                                                  const model::Schema& side);

}  // namespace segue::plan
