// The system's objects and members of extensions that a file grants on, with their initial privileges.
//
// Called by the planner's front for the names that a first reading of the file found nobody for. Reads only.
#pragma once

#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "kinds/others.h"

namespace segue::catalog {

/// With the columns of relations. In whatever transaction the session is in.
Result<std::vector<kinds::Other>> others(Session& session, const kinds::WantedOthers& wanted);

}  // namespace segue::catalog
