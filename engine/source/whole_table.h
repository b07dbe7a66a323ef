// Whether a file says all columns of a table.
//
// Asked before anything is said of a column that is not among them.
#pragma once

#include "model/schema.h"

namespace segue::source {

/// None of its columns come from a parent or a type that the schema does not have.
bool is_whole(const model::Schema& schema, const model::Object& table);

}  // namespace segue::source
