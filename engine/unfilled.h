// Materialized views over others that hold no data: the server cannot fill them (execMain.c InitPlan by way of
// ExecOpenScanRelation, "has not been populated").
//
// Used while a plan is made. Whether one is filled is no difference to a plan: one that stands stays as it is.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "model/schema.h"
#include "plan/plan.h"

namespace segue {

/// Has those of both sides come WITH NO DATA that could not come otherwise; returns the keys of those that are wanted.
/// `reads` gives the keys of what a view of `desired` reads.
std::set<std::string> leave_unfilled(model::Schema& live, model::Schema& desired,
                                     const std::function<std::vector<std::string>(const model::Object&)>& reads);

/// Says so of those that the plan makes.
void warn_of_unfilled(const std::set<std::string>& unfilled, plan::Body& body);

}  // namespace segue
