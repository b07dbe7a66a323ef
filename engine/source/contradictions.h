// What a schema says that no database can hold: a name for two objects, columns that a table does not have, foreign
// keys to columns that are no key.
//
// Called once a schema is read, by source/interpreter and, for what a plan would make, by the front: the server would
// find the same, but only when the plan is applied. Where it cannot tell, it says nothing.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/schema.h"
#include "source/desired.h"

namespace segue::source {

/// Relations and types that share a name (heap.c heap_create_with_catalog, pg_type.c TypeCreate), each at the second of
/// the two.
Diagnostics names_given_twice(const model::Schema& schema);

/// Fails with all columns that the objects name and their tables do not have (parse_relation.c errorMissingColumn), and
/// with foreign keys that find no key (tablecmds.c transformFkeyCheckAttrs); `texts` are for the places of messages.
/// Parses definitions.
Status names_no_absent_column(const model::Schema& schema, const std::vector<const model::Object*>& objects,
                              const Environment& environment, const std::vector<SchemaText>& texts);

}  // namespace segue::source
