// What stands in for an object while those whom it reads, and who read it, come into being or go.
//
// Used by the planner where objects read each other in a circle, as pg_dump uses it (pg_dump_sort.c
// repairViewRuleLoop). Never looks at who reads whom.
#pragma once

#include <optional>

#include "model/schema.h"

namespace segue::kinds {

/// The object as its placeholder: it has the columns that others read, and a definition that reads none of them. Its
/// `depends` are those of the columns. Kind::replace_in_place puts either in the place of the other. Nothing where
/// there is none.
std::optional<model::Object> placeholder_of(const model::Object& object, const model::Schema& side);

/// Whether the attribute describes the placeholder, and not the object itself.
bool is_of_placeholder(const model::Object& object, std::size_t attribute);

}  // namespace segue::kinds
