// The one seam within the facade: what needs the planner, apart from what only runs plans.
//
// Declared for engine/segue.cpp, defined in engine/make_plan.cpp. Not part of the public interface.
#pragma once

#include <memory>

#include "base/session.h"
#include "exec/inspector.h"
#include "segue.h"

namespace segue {

/// Plans from the schema of the request towards the database of `session`, or, where PlanRequest::from names files,
/// without one (null). The plan is identified (plan.id is set). Runs in no transaction of the caller's, and leaves
/// none.
Result<plan::Plan> make_plan(const PlanRequest& request, Session* session, const Callbacks& callbacks);

/// What apply and rollback look at the database through. Never null.
std::unique_ptr<exec::Inspector> make_inspector();

Result<ValidateReport> validate_schema(const PlanRequest& request);

}  // namespace segue
