// Who holds the locks that a step did not get.
//
// Used by exec/executor for its message after a lock timeout. Never ends anybody's session.
#pragma once

#include <string>

#include "base/session.h"
#include "exec/job.h"

namespace segue::exec {

/// A few lines about the sessions that hold locks on the step's relations now; "" where nobody is found (any more).
std::string who_blocks(Session& session, const Job& job, const std::string& step_id);

}  // namespace segue::exec
