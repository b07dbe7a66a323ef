// Extensions that the file puts into another schema: the database as it reads once their members have gone there.
//
// Called by the planner's front before the two sides are compared: ALTER EXTENSION … SET SCHEMA changes what every
// column of a member's type is printed as, and none of the columns. Sends nothing, and writes no step: the move itself
// is a difference of the extension.
#pragma once

#include "model/schema.h"
#include "plan/renames.h"
#include "source/desired.h"

namespace segue {

/// Reads `live` and `environment` as they will be, and notes what `live` was in `renames`. An extension stays where it
/// is for all of both where what somebody says of its members cannot be read with certainty.
void read_as_moved(const model::Schema& desired, model::Schema& live, source::Environment& environment,
                   plan::Renames& renames);

}  // namespace segue
