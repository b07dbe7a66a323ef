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

/// Defaults that the steps write and that say a moment as a text ('now'): the server reads it once, and keeps that.
/// Estimates of the tables that they touch. Of a database (`session` is null without one) the rows that would make them
/// fail, as far as they can be found quickly and without running anybody's code, and the roles and tablespaces that
/// they name and its server does not have, with the statements that make them.
void note_on_steps(Session* session, const model::Schema& desired, const std::map<std::string, catalog::Size>& sizes,
                   plan::Plan& plan);

}  // namespace segue
