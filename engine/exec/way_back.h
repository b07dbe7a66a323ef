// What a plan that was applied would bring back if it were rolled back now.
//
// Used by exec/history for its rows. Looks at what the plan says of itself and at what it keeps aside; whether the
// database is still as the plan left it is asked by rollback.
#pragma once

#include <string>

#include "base/result.h"
#include "base/session.h"
#include "plan/plan.h"

namespace segue::exec {

/// One sentence's end for people: "can be taken back in full". `plan_file` is the plan as the history keeps it; ""
/// where it is too old to be kept.
Result<std::string> way_back(Session& session, const std::string& plan_file);

/// How many of the relations that a plan's rows were kept in are gone: then it cannot be taken back.
Result<std::size_t> purged(Session& session, const plan::Plan& plan);

}  // namespace segue::exec
