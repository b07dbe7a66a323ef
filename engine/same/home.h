// Where a definition is at home: whose columns it names without saying so.
//
// Used by the three tiers. Knows no tree and asks nobody.
#pragma once

#include "model/object.h"
#include "model/schema.h"

namespace segue::same {

/// What the object hangs on, as its definitions see it: its parent, but for the filter of a table in a publication the
/// table. Null where there is none.
const model::Object* hangs_on(const model::Object& object, const model::Schema& schema);

}  // namespace segue::same
