// What the bound of a partition asks of rows: those that stand in the way of ATTACH PARTITION are found before it meets
// them.
//
// Used by partition. Says nothing of hash partitions, of keys that are more than columns of built-in types, nor of
// bounds that are more than constants.
#pragma once

#include "model/kind.h"

namespace segue::kinds {

/// Whether the partition takes what belongs to no other one.
bool is_default(const model::Object& membership);

/// Of a membership that comes: rows of its table that do not belong there, and rows of the default partition beside it
/// that do.
void write_rows_out_of_bounds(const model::Sides& sides, model::Emit& emit);

}  // namespace segue::kinds
