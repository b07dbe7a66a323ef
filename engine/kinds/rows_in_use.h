// Tables whose rows are values elsewhere: tablecmds.c find_composite_type_dependencies lets no statement of ALTER TABLE
// give values to a column of theirs, so that UPDATE has to.
//
// Asked by plan/write_retained.
#pragma once

#include <string>

#include "model/schema.h"

namespace segue::kinds {

/// Whether a column of a table holds rows of this one, or of one below it.
bool are_rows_in_use(const model::Schema& all, const model::Object& table);

/// The key of something that would act on an UPDATE of the table, or keep rows from it: a trigger, a rule, a policy, of
/// its own or of one below it; "" for nothing.
std::string acts_on_update(const model::Schema& all, const model::Object& table);

}  // namespace segue::kinds
