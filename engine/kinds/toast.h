// Whether a table has a TOAST table, as the server decides when it creates one (heapam_relation_needs_toast_table).
//
// Used by table.cpp, since options of a TOAST table that is not there are dropped without a word. Never looks at rows.
#pragma once

#include "model/schema.h"

namespace segue::kinds {

bool needs_toast_table(const model::Schema& all, const model::Object& relation);

}  // namespace segue::kinds
