#include "exec/job.h"

#include <algorithm>
#include <map>

#include "base/quote.h"
#include "exec/executor.h"

namespace segue::exec {
namespace {

bool contains(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// Those counts of a step that are about losing rows, and not about rows that make it fail.
std::vector<plan::Preflight> losses_of(const plan::Step& step) {
  std::vector<plan::Preflight> losses;
  const bool may_fail = contains(step.hazards, plan::hazard::may_fail_on_data);
  for (const plan::Preflight& check : step.preflight) {
    const bool unnamed = check.hazard.empty() && !may_fail;
    if (check.hazard == plan::hazard::deletes_data || unnamed) losses.push_back(check);
  }
  return losses;
}

std::string why(const std::string& hazard) {
  static const std::map<std::string, std::string> reasons = {
      {plan::hazard::deletes_data, "rows or values are lost"},
      {plan::hazard::rewrites_table, "a large table is written anew, and is locked all the while"},
      {plan::hazard::blocks_writes, "writers of a large table wait until it is done"},
      {plan::hazard::blocks_reads, "readers and writers of a large table wait until it is done"},
      {plan::hazard::may_fail_on_data, "it fails if rows that exist do not fit"},
      {plan::hazard::not_reversible, "rollback cannot bring back what was there"},
      {plan::hazard::not_transactional, "it cannot be rolled back with the other steps"},
      {plan::hazard::changes_privileges, "who may do what changes"},
      {plan::hazard::index_dropped, "queries that rely on the index become slow"},
      {plan::hazard::changes_row_shape, "INSERT without a column list and SELECT * see other columns"},
      {plan::hazard::fires_event_trigger, "an event trigger runs code of its own"},
  };
  const auto found = reasons.find(hazard);
  return found == reasons.end() ? "a hazard that this segue does not know" : found->second;
}

struct Refusals {
  std::string lines;
  std::vector<std::string> hazards;
  void add(const plan::Step& step, const std::string& hazard, const std::string& reason) {
    lines += (lines.empty() ? "  " : "\n  ") + step.id + "  " + step.object + ": " + hazard + " (" + reason + ")";
    if (!contains(hazards, hazard)) hazards.push_back(hazard);
  }
};

Diagnostic refusal(const Job& job, const Refusals& refusals) {
  Diagnostic error = Diagnostic::error(
      ErrorCode::refused, job.verb() +
                              " was refused, since the plan holds hazards that were not allowed; nothing was "
                              "changed");
  error.why = refusals.lines;
  error.hint = "To accept them: --allow-hazards " + join(refusals.hazards, ",") + ".";
  if (contains(refusals.hazards, plan::hazard::deletes_data)) {
    error.hint += job.direction == Direction::forward
                      ? " Rows that matter should be copied elsewhere first."
                      : " Rows that were written since the apply are lost with it; save them first if they matter.";
  }
  return error;
}

Status no_way_back(const Job& job) {
  std::string lines;
  for (const Work& work : job.work) {
    if (work.step->inverse.fidelity != "none") continue;
    lines += (lines.empty() ? "  " : "\n  ") + work.step->id + "  " + work.step->object + ": " +
             (work.step->inverse.reason.empty() ? "there is no way back" : work.step->inverse.reason);
  }
  if (lines.empty()) return done();
  Diagnostic error =
      Diagnostic::error(ErrorCode::refused,
                        "rollback was refused, since steps of the plan cannot be undone; nothing "
                        "was changed",
                        "Plan towards the schema that you want back instead: segue plan --schema OLD.sql.");
  error.why = lines;
  return error;
}

/// The number that a count returned; anything else counts as rows.
bool counted_zero(const Rows& rows) {
  return rows.size() == 1 && rows.at(0, 0).has_value() && (*rows.at(0, 0) == "0" || *rows.at(0, 0) == "f");
}

Diagnostic not_empty(const Job& job, const Work& work, const plan::Preflight& check, const std::string& count) {
  Refusals refusals;
  const bool not_kept = job.plan->body.on_drop.starts_with("retain") && !work.step->inverse.reason.empty();
  refusals.add(*work.step, plan::hazard::deletes_data,
               count + " " + check.what + (not_kept ? "; " + work.step->inverse.reason : ""));
  return refusal(job, refusals);
}

bool can_copy(const Work& work) {
  return !work.losses.empty() && std::none_of(work.losses.begin(), work.losses.end(),
                                              [](const plan::Preflight& check) { return check.relation.empty(); });
}

Status lock_for_count(Session& session, const Job& job, const Work& work, const plan::Preflight& check) {
  std::string relation = check.relation;
  if (relation.empty() && !work.step->lock.relations.empty()) relation = work.step->lock.relations.front();
  if (relation.empty()) return not_empty(job, work, check, "it cannot be locked, so nobody can say whether there are");
  const Result<Rows> locked = session.execute("LOCK TABLE " + relation + " IN ACCESS EXCLUSIVE MODE");
  if (locked) return done();
  return locked.failure();
}

}  // namespace

Differences Job::at_start(const Snapshot& now) const {
  if (done > 0 || stopped) return differs_from_progress(plan->body, done, left, now);
  if (direction == Direction::back) return differs_from_left(plan->body, is_recorded ? &left : nullptr, now);
  return differs_from_read(plan->body, now, strict);
}

Differences Job::at_end(const Snapshot& before, const Snapshot& after) const {
  if (part > 0) return differs_from_part(plan->body, part, before, after);
  return direction == Direction::forward ? differs_from_effects(plan->body.effects, before, after)
                                         : differs_from_restored(plan->body, before, after);
}

Job part_job(const Job& job, int part) {
  Job one = job;
  one.part = part;
  one.steps_in_all = job.work.size();
  one.steps_before = static_cast<std::size_t>(
      std::count_if(job.work.begin(), job.work.end(), [&](const Work& work) { return work.step->group < part; }));
  std::erase_if(one.work, [&](const Work& work) { return work.step->group != part; });
  return one;
}

void stand_at(Job& job, const Progress& progress) {
  job.stopped = true;
  job.done = progress.done;
  job.left = progress.left;
  std::erase_if(job.work, [&](const Work& work) {
    return (work.step->group <= progress.done) == (job.direction == Direction::forward);
  });
}

Job forward_job(const plan::Plan& plan, bool strict) {
  Job job{Direction::forward, &plan, {}, {}};
  job.strict = strict;
  for (const plan::Step& step : plan.body.steps) {
    std::vector<std::string> hazards = step.hazards;
    std::erase_if(hazards, [&](const std::string& hazard) { return contains(step.allowed, hazard); });
    job.work.push_back({&step, &step.sql, &step.search_path, std::move(hazards), losses_of(step), false});
  }
  return job;
}

Job back_job(const plan::Plan& plan, LeftState left) {
  Job job{Direction::back, &plan, {}, std::move(left)};
  for (auto step = plan.body.steps.rbegin(); step != plan.body.steps.rend(); ++step) {
    Work work{&*step, &step->inverse.sql, &step->inverse.search_path, {}, step->inverse.preflight, false};
    std::erase_if(work.losses,
                  [](const plan::Preflight& check) { return check.hazard == plan::hazard::may_fail_on_data; });
    if (step->inverse.fidelity == "loses data" || !work.losses.empty())
      work.hazards.emplace_back(plan::hazard::deletes_data);
    job.work.push_back(std::move(work));
  }
  return job;
}

Status allow(Job& job, const Options& options) {
  if (job.direction == Direction::back) {
    if (const Status possible = no_way_back(job); !possible) return possible;
  }
  const bool all = contains(options.allow_hazards, "all");
  Refusals refusals;
  for (Work& work : job.work) {
    for (const std::string& hazard : work.hazards) {
      if (all || contains(options.allow_hazards, hazard)) continue;
      const bool deletes = hazard == plan::hazard::deletes_data;
      if (deletes && options.delete_on_drop) continue;
      if (deletes && job.direction == Direction::back && work.losses.empty() && lost_nothing(job.left, work.step->id))
        continue;
      if (deletes && options.copy_on_drop && can_copy(work)) {
        work.copies_losses = true;
        continue;
      }
      if (deletes && !work.losses.empty()) {
        work.only_if_empty = true;
        continue;
      }
      const bool says_more = deletes && job.direction == Direction::back && !work.step->inverse.reason.empty();
      refusals.add(*work.step, hazard, says_more ? work.step->inverse.reason : why(hazard));
    }
  }
  if (refusals.lines.empty()) return done();
  return refusal(job, refusals);
}

bool only_drops_what_is_empty(const Work& work) {
  const std::vector<plan::Part>& parts = work.step->parts;
  return work.only_if_empty && work.step->verb != plan::Verb::create &&
         (parts.empty() ? work.step->verb == plan::Verb::drop
                        : std::all_of(parts.begin(), parts.end(),
                                      [](const plan::Part& part) { return part.verb == plan::Verb::drop; }));
}

Status check_empty(Session& session, const Job& job, const Work& work, bool lock) {
  if (!work.only_if_empty) return done();
  for (const plan::Preflight& check : work.losses) {
    if (check.in_turn && !lock) continue;
    if (lock) {
      if (const Status locked = lock_for_count(session, job, work, check); !locked) return locked;
    }
    const Result<Rows> count = session.query(check.sql);
    if (!count && lock) return count.failure();
    if (!count) continue;  // an earlier step may yet make the names that it uses
    if (!counted_zero(*count)) {
      const bool number = count->size() == 1 && count->at(0, 0).has_value();
      return not_empty(job, work, check, number ? *count->at(0, 0) : "an unknown number of");
    }
  }
  return done();
}

}  // namespace segue::exec
