// The copies that the server makes of a foreign key for partitions, and the names that it gives them.
//
// Used by the planner, which keeps those names out of the way of others. Copies are no objects.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds {

/// Whether a constraint is a foreign key of a partitioned table, or refers to one.
bool makes_copies(const model::Object& constraint, const model::Schema& side);

/// What the server calls a copy on that table, where a number has to stand behind it (indexcmds.c
/// ChooseConstraintName); 0 for none.
std::string chosen_name(const model::Object& foreign_key, const std::string& on_table, int number);

/// Whether the foreign key may take the name of the other constraint for a copy, if it is made first.
bool may_take_name_of(const model::Object& foreign_key, const model::Object& other, const model::Schema& side);

}  // namespace segue::kinds
