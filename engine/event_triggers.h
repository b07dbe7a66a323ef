// Event triggers of the database that a plan would fire: they run code of their own.
//
// Called by make_plan.cpp once the steps stand. Never runs anything but a look at the catalog; what extensions bring is
// theirs and not named.
#pragma once

#include "base/result.h"
#include "base/session.h"
#include "plan/plan.h"

namespace segue {

/// Gives the steps in which one fires the hazard FIRES_EVENT_TRIGGER, and names each trigger with its steps among the
/// warnings. Of the plan's own, one that goes is gone by then, and one that comes is not there yet.
Status note_event_triggers(Session& session, plan::Body& body);

}  // namespace segue
