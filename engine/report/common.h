// What the reports share: marks, groups, and the sentences about locks, hazards and the way back.
//
// Used within report/ only. Returns plain text that each format escapes itself.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace segue::report {

/// What a step is about, one line each: the step itself, or the changes that it makes in one statement.
std::vector<plan::Part> parts_of(const plan::Step& step);

/// The hazards of a step, those that the file or a flag accepts marked; "" for none.
std::string hazard_sentence(const plan::Step& step);

/// '+', '~' or '-'.
char mark(plan::Verb verb);

/// "1 step", "2 steps".
std::string count(std::size_t number, const std::string& noun);

/// "ACCESS EXCLUSIVE on public.books; writes it anew; reads all of it"; "" where nothing is locked.
std::string lock_sentence(const plan::Step& step);

/// "group 2 of 3, in no transaction"; "" where the plan is one transaction.
std::string group_of(const plan::Plan& plan, const plan::Step& step);
/// The same with the reason behind a colon.
std::string group_sentence(const plan::Plan& plan, const plan::Step& step);

/// "exact", "loses data (…)", "none (…)".
std::string way_back(const plan::Step& step);

/// "schema.sql:12", or "".
std::string source_of(const plan::Source& source);

/// Steps about one table or other top-level object, in the plan's order.
struct Group {
  std::string title;
  std::vector<const plan::Step*> steps;
};
std::vector<Group> groups_of(const plan::Plan& plan);

struct HazardUse {
  std::string hazard;
  std::vector<const plan::Step*> steps;
};
/// Each hazard of the plan with the steps that carry it, by name.
std::vector<HazardUse> hazards_of(const plan::Plan& plan);

/// Sentences about what was left alone, what rests on assumptions and what was noted.
std::vector<std::string> remarks_of(const plan::Plan& plan);

/// A statement with its semicolon, which must not end up inside a comment at the statement's end.
std::string terminated(const std::string& statement);

/// "Plan: 3 to add, …" or "No changes. …".
std::string headline(const plan::Plan& plan);

/// The plan's id as far as people compare it.
std::string short_id(const plan::Plan& plan);

}  // namespace segue::report
