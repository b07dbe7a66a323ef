// What an object is a part of: the relation, routine or type that people would name for it.
//
// Used wherever parts go with their whole: scope, renames, what apply watches.
#pragma once

#include "model/schema.h"

namespace segue::model {

/// Whether it stands alone, in a schema or beside them.
bool is_top_level(const Object& object);
/// Whether it hangs on an object of any kind: a comment, an owner, privileges.
bool is_aspect(const Object& object);
/// The relation, routine or type that an object belongs to, however deep; the object itself where it stands alone.
const Object& whole_of(const Object& object, const Schema& schema);

}  // namespace segue::model
