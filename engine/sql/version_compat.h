// The differences between the majors of libpg_query, taken out of a tree that was just read: one shape for all readers.
//
// Used inside sql/ by the parser's fence. Never changes what a statement means.
#pragma once

#include <string_view>

#include "sql/tree_storage.h"

namespace segue::sql {

/// Brings the records from `from` on, and the statements in whose trees they stand, into the newest shape. `text` is
/// what locations count in.
void modernise(Tree& tree, Tree::Index from, std::string_view text, const RawStatement* first,
               const RawStatement* last);

}  // namespace segue::sql
