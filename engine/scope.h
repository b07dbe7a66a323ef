// What of the database a plan is about: --scope, --exclude, and what earlier applies managed (DESIGN section 5).
//
// Used by make_plan.cpp. Takes out of both schemas what the plan must leave alone; reads nothing.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "model/schema.h"
#include "plan/plan.h"
#include "segue.h"
#include "source/desired.h"

namespace segue {

/// Patterns with * and ? over the qualified name as people write it (`public.pg_stat*`, or `audit.*`); a pattern
/// without a dot is over the name alone. One that begins with a kind is over objects of that kind, parts as well
/// (`view *`, `trigger public.book.audit`).
bool is_excluded(const std::string& qualified_name, const std::vector<std::string>& patterns);
/// An object is excluded with the relation, routine or type that it belongs to.
bool is_excluded(const model::Object& object, const model::Schema& schema, const std::vector<std::string>& patterns);

/// Whether the plan leaves a kind alone on both sides: an aspect that the file never mentions. Only the kinds of the
/// first question depend on the file.
bool may_be_left_alone(const model::Kind& kind, const PlanRequest& request);
bool is_left_alone(const model::Kind& kind, const PlanRequest& request, const source::Desired& desired);

/// What the database holds of kinds that the file never mentions: no part of the plan, or read so that it can be put
/// up again with whatever the plan takes down.
enum class Unmentioned { left_out, kept };

/// Takes out of both sides what somebody said to leave alone, or what the file never speaks of; writes what was decided
/// into the body. Returns what it took out of the database's side, but for aspects that the file never mentions.
std::vector<model::Object> leave_alone(const PlanRequest& request, Unmentioned unmentioned, source::Desired& desired,
                                       model::Schema& live, plan::Body& body);

/// What the file never speaks of stays as it is: where `live` holds any of it, `desired` gets the same for what it
/// keeps. Then whatever is taken down and put up again gets it back, and so does what a rollback brings back.
void keep_as_it_is(const plan::Body& body, const model::Schema& live, model::Schema& desired);

/// What is not ours under the scope.
struct NotOurs {
  std::int64_t count = 0;                ///< objects of the database
  std::vector<std::string> followers;    ///< those of them that hang below tables of ours, parents first
  std::vector<model::Object> outsiders;  ///< what was taken out of the database's side
};

/// Takes out of both sides what is not ours under the scope. Followers stay in the database's side.
NotOurs leave_others(const PlanRequest& request, const std::set<std::string>& managed, int server_version,
                     source::Desired& desired, model::Schema& live);

}  // namespace segue
