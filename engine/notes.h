// What the server tells about a plan that is made, and no one of the two schemas: written beside it, where it decides
// nothing.
//
// Called by make_plan.cpp. Reads only; changes no step.
#pragma once

#include <map>
#include <string>

#include "base/session.h"
#include "catalog/sizes.h"
#include "model/schema.h"
#include "plan/plan.h"

namespace segue {

/// Estimates of the tables that the steps touch.
void observe_sizes(const std::map<std::string, catalog::Size>& sizes, plan::Plan& plan);

/// Rows that would make the plan fail, as far as they can be found quickly and without running anybody's code.
void note_rows_in_the_way(Session& session, plan::Plan& plan);

/// Roles that the plan grants to and the server does not have: they are nobody's to create but an administrator's.
void note_missing_roles(Session& session, const model::Schema& desired, plan::Plan& plan);

}  // namespace segue
