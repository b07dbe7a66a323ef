// What is to be told about a plan beside its steps: what of both sides is not part of it, and what the server tells
// about it once it is made. It decides nothing.
//
// Called by make_plan.cpp. Reads only; changes no step.
#pragma once

#include <map>
#include <string>

#include "base/session.h"
#include "catalog/introspect.h"
#include "catalog/sizes.h"
#include "model/schema.h"
#include "plan/plan.h"
#include "segue.h"
#include "source/desired.h"

namespace segue {

/// What is not modelled, what the file warns of, and the data that stands in it.
void describe_rest(const source::Desired& desired, const catalog::Live& live, const PlanRequest& request,
                   plan::Body& body);

/// Defaults that the plan writes and that say a moment as a text ('now'): the server reads it once, and keeps that.
void warn_of_moments(const model::Schema& desired, plan::Body& body);

/// Estimates of the tables that the steps touch.
void observe_sizes(const std::map<std::string, catalog::Size>& sizes, plan::Plan& plan);

/// Rows that would make the plan fail, as far as they can be found quickly and without running anybody's code.
void note_rows_in_the_way(Session& session, plan::Plan& plan);

/// Roles and tablespaces that the plan names and the server does not have, with the statement that makes them.
void note_missing_of_cluster(Session& session, const model::Schema& desired, plan::Plan& plan);

}  // namespace segue
