// A collation, which the server cannot alter, exchanged for its successor under the columns that are sorted by it.
//
// Used by the kind collation.
#pragma once

#include "model/kind.h"

namespace segue::kinds {

/// Whether columns keep the collation, and nothing else of those that hold rows stands in the way: neither a type that
/// has it nor a partition key (tablecmds.c ATPrepAlterColumnType).
bool is_exchanged_under_columns(const model::Sides& sides);

/// Renames the collation aside, creates its successor with what hangs on it, gives it to the columns, drops what was
/// renamed. Rows stay as they are.
void exchange_collation(const model::Sides& sides, model::Emit& emit);

}  // namespace segue::kinds
