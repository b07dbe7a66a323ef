// In whose company a person looks for an object, and what its text speaks of.
//
// Used where statements become a schema file: by the planner for their order, by the front for the files. Reads names
// and text, and never decides what a statement needs: the graph does.
#pragma once

#include <string>
#include <vector>

#include "model/schema.h"
#include "plan/reading_order.h"

namespace segue::plan {

/// The relation, routine, type or other object of its own in whose company a person looks for this one: its parent's,
/// for what hangs on another one, and that of the column that owns it. Not the schema that it stands in.
const model::Object& whole_for_reading(const model::Object& object, const model::Schema& side);

/// Nodes by their objects and those objects' wholes. The body of a routine mentions what it may call or read, which the
/// catalog does not know: a server that runs the routine on the way (inlined into an index, for a materialized view)
/// must find it. `less` is left open.
Reading reading_of(const std::vector<const model::Object*>& objects, const std::vector<const model::Object*>& wholes);

}  // namespace segue::plan
