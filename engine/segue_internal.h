// The one seam within the facade: what needs the planner, apart from what only runs plans.
//
// Defined in engine/make_plan.cpp and engine/inspector.cpp. Not part of the public interface.
#pragma once

#include <functional>
#include <memory>

#include "base/session.h"
#include "exec/inspector.h"
#include "segue.h"
#include "source/desired.h"

namespace segue {

/// Opens one more session to the same database, from any thread; null where there is none to be had.
using OpenHelper = std::function<std::unique_ptr<Session>()>;
inline std::unique_ptr<Session> no_helper() { return nullptr; }

/// Plans from the schema of the request towards the database of `session`, or, where PlanRequest::from names files,
/// without one (null). The plan is identified (plan.id is set). Runs in no transaction of the caller's, and leaves
/// none. A helper reads the same snapshot of the catalog side by side with the session. Definitions in doubt are asked
/// of `asked`, a copy of the database, where it is given.
Result<plan::Plan> make_plan(const PlanRequest& request, Session* session, const Callbacks& callbacks,
                             const OpenHelper& open_helper = no_helper, Session* asked = nullptr);

/// The files of the request, with what they include.
Result<std::vector<source::SchemaText>> load_schema(const PlanRequest& request);
/// What they say where no server is asked.
Result<source::Desired> read_schema(const PlanRequest& request, const std::vector<source::SchemaText>& texts);
/// As a plan names them.
std::vector<plan::SchemaFile> described(const std::vector<source::SchemaText>& texts);

/// What apply and rollback look at the database through. Never null.
std::unique_ptr<exec::Inspector> make_inspector();

}  // namespace segue
