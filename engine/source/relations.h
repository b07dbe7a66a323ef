// Relations of a schema by their names, and what is known of their columns.
//
// Used by those who read definitions against the file.
#pragma once

#include <string>

#include "model/schema.h"

namespace segue::source {

/// The relation of that name, of whatever kind; null where the schema has none.
const model::Object* relation_named(const model::Schema& schema, const std::string& in_schema, const std::string& name);

/// Whether the file says all columns of a table: none of them come from a parent or a type that the schema does not
/// have.
bool is_whole(const model::Schema& schema, const model::Object& table);

}  // namespace segue::source
