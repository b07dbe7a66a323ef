// A type that the server cannot alter, exchanged for its successor under the columns that hold values of it.
//
// Used by enum, domain and range types, each with its own CREATE. Never decides whether a swap is needed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.h"

namespace segue::kinds {

/// The tables with a column of the type or an array of it, as SQL addresses them.
std::vector<std::string> tables_using(const model::Schema& all, const model::Object& type);

/// Renames the type aside, creates its successor with what belongs to it (constraints, owner, privileges, comment),
/// turns every column to it through `cast` ("::text::" or "::") and drops the old one. Rows stay.
/// Columns that the change drops or turns to another type are taken to be gone or turned by then.
void swap_type(const model::Sides& sides, std::string_view cast, model::Emit& emit);

/// The same where both cannot stand side by side (a range type's constructors would collide): the columns hold text
/// in between.
void replace_type_through_text(const model::Sides& sides, model::Emit& emit);

}  // namespace segue::kinds
