// What an UPDATE that fills a column sets off besides, what may keep it from rows, and what it reads.
//
// Used by the planner, which says the first in the plan, and orders steps by the last. Looks at the model alone.
#pragma once

#include <string>
#include <vector>

#include "model/kind.h"

namespace segue::kinds {

/// Sentences without a subject: "trigger public.books.audit fires for each row". `sides.to`: the column that is filled.
/// Only what stands before and after the plan: what goes is gone by then, and what comes is not there yet.
std::vector<std::string> effects_of_update(const model::Sides& sides);

/// Whether the expressions that say how rows follow the column (@backfill, @using) may read another column of its
/// table: they name it, or the table with all its columns.
bool may_be_filled_from(const model::Object& filled, const model::Object& other);

}  // namespace segue::kinds
