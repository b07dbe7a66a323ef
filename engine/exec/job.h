// What is to be run, in which direction: apply's steps, or rollback's inverses in reverse order.
//
// Made by exec/executor from a plan; run by exec/transaction. Points into the plan, which must outlive it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "exec/history.h"
#include "exec/state_check.h"
#include "plan/plan.h"

namespace segue::exec {

struct Options;

enum class Direction { forward, back };

struct Work {
  const plan::Step* step;
  const std::vector<std::string>* sql;
  const std::string* search_path;
  std::vector<std::string> hazards;
  std::vector<plan::Preflight> losses;  ///< counts of the rows that it would lose
  bool only_if_empty = false;           ///< runs only where every count of `losses` is zero
  bool copies_losses = false;           ///< copies the relations of `losses` that hold rows before it runs
};

struct Job {
  Direction direction;
  const plan::Plan* plan;
  std::vector<Work> work;
  LeftState left;  ///< the state that the apply, or the groups that are done, had left, where the history knows it
  bool is_recorded = false;  ///< the history knows that the plan is applied
  bool strict = false;       ///< apply: nothing may be in scope that the plan has not read
  bool stopped = false;      ///< the plan was stopped on its way, behind the groups that are done
  int done = 0;              ///< groups that are in the database, of a plan that is on its way or was stopped there
  int part = 0;              ///< the group that is run; 0 for all of the plan in one transaction

  std::size_t steps_before = 0;  ///< of the same run, in the groups before
  std::size_t steps_in_all = 0;  ///< of the same run, where this is one group of several

  std::size_t steps_of_run() const { return part == 0 ? work.size() : steps_in_all; }
  /// Whether the plan is whole once this is done.
  bool is_last() const { return part == 0 || part == static_cast<int>(plan->body.groups.size()); }
  std::string verb() const { return direction == Direction::forward ? "apply" : "rollback"; }
  /// Against what must be there before anything runs.
  Differences at_start(const Snapshot& now) const;
  /// Against what must be there before it is made durable.
  Differences at_end(const Snapshot& before, const Snapshot& after) const;
};

Job forward_job(const plan::Plan& plan, bool strict);
Job back_job(const plan::Plan& plan, LeftState left);
/// One group of an apply, behind those that are done.
Job part_job(const Job& job, int part);
/// For a plan that was stopped on its way: an apply goes on behind the groups that are done, a rollback takes those
/// back.
void stand_at(Job& job, const Progress& progress);

/// Refuses (code refused) where a hazard was not allowed or a step has no way back, naming each, before anything runs.
/// DELETES_DATA is not refused where the step knows how to count what it would lose: the work is then marked
/// `only_if_empty`.
Status allow(Job& job, const Options& options);

/// Refuses (code refused) where what a step would lose holds rows. `lock` takes ACCESS EXCLUSIVE on it first, so that
/// the answer stays true until the transaction ends; without it a failing count counts as empty (asked again later).
Status check_empty(Session& session, const Job& job, const Work& work, bool lock);
/// Whether all that it does is to drop what must be empty for it to run.
bool only_drops_what_is_empty(const Work& work);

}  // namespace segue::exec
