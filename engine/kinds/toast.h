// Whether a table has a TOAST table, as the server decides when it creates one (heapam_relation_needs_toast_table).
//
// Used by table.cpp and column.cpp, since options of a TOAST table that is not there are dropped without a word. Never
// looks at rows.
#pragma once

#include "model/kind.h"
#include "model/schema.h"

namespace segue::kinds {

bool needs_toast_table(const model::Schema& all, const model::Object& relation);

/// What a column that comes has to say of its table: where a rewrite found no column that needs a TOAST table, the one
/// of before went (cluster.c make_new_heap), and the one that comes with the column has none of its options.
void restore_toast_options(const model::Sides& of_column, model::Emit& emit);

}  // namespace segue::kinds
