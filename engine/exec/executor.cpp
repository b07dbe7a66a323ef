#include "exec/executor.h"

#include <algorithm>

#include "exec/advisory_lock.h"
#include "exec/alone.h"
#include "exec/blockers.h"
#include "exec/history.h"
#include "exec/job.h"
#include "exec/preflight.h"
#include "exec/retained.h"
#include "exec/secrets.h"
#include "exec/transaction.h"
#include "plan/plan_file.h"

namespace segue::exec {
namespace {

/// Holds the session's advisory lock for as long as it lives.
class HeldLock {
 public:
  explicit HeldLock(Run& run) : run_(run) {}
  HeldLock(const HeldLock&) = delete;
  HeldLock& operator=(const HeldLock&) = delete;
  ~HeldLock() {
    if (held_by_ != nullptr && held_by_ == run_.session.get()) release_advisory_lock(*run_.session);
  }
  Status take() {
    if (run_.options.behind_pooler) return done();  // there it would stay with a connection that others use
    const LockWait wait{run_.options.advisory_wait_ms, [this](const std::string& text) { run_.listener.note(text); },
                        run_.options.interrupted};
    Status status = take_advisory_lock(*run_.session, LockSpan::session, wait, run_.clock);
    if (status) held_by_ = run_.session.get();
    return status;
  }

 private:
  Run& run_;
  const Session* held_by_ = nullptr;
};

/// Groups run in their order, and one without a transaction is one step that says what to do where it was cut off.
Status groups_fit(const plan::Body& body) {
  const std::size_t groups = std::max<std::size_t>(body.groups.size(), 1);
  std::vector<std::size_t> steps(groups + 1);
  int at = 1;
  for (const plan::Step& step : body.steps) {
    const bool in_order = step.group >= at && static_cast<std::size_t>(step.group) <= groups;
    const bool alone =
        in_order && !body.groups.empty() && !body.groups[static_cast<std::size_t>(step.group) - 1].in_transaction;
    if (in_order && alone == step.alone.has_value() && (!alone || ++steps[static_cast<std::size_t>(step.group)] == 1)) {
      at = step.group;
      continue;
    }
    return Diagnostic::error(
        ErrorCode::unsupported,
        "step " + step.id + " (" + step.object + ") is in a group that this segue cannot run; nothing was changed",
        "Plan again with this segue.");
  }
  return done();
}

Status comparable(const plan::Plan& plan) {
  if (plan.body.hash_version != plan::hash_version) {
    return Diagnostic::error(ErrorCode::stale,
                             "the plan describes the database with hashes of version " +
                                 std::to_string(plan.body.hash_version) + ", and this segue compares version " +
                                 std::to_string(plan::hash_version) + "; nothing was changed",
                             "Use the segue that has made the plan, or plan again with this one.");
  }
  return groups_fit(plan.body);
}

Outcome nothing(const plan::Plan& plan, std::string message) {
  Outcome outcome;
  outcome.plan_id = plan.id;
  outcome.message = std::move(message);
  return outcome;
}

/// A plan without steps: nothing runs, but what the server makes of the definitions is still learnt. That it could not
/// be written down is no failure: the next plan asks again.
Result<Outcome> learn(Run& run, const plan::Plan& plan, const Snapshot& now) {
  Outcome outcome = nothing(plan, "Nothing to do: the plan has no steps.");
  if (run.options.dry_run || (!run.options.before_commit && plan.body.manages.empty())) return outcome;
  Session& session = *run.session;
  Status status = ensure_history(session);
  if (status) {
    const Result<Rows> begun = session.execute("BEGIN");
    status = begun ? done() : Status(begun.failure());
    if (status && run.options.before_commit) status = run.options.before_commit(session, now);
    if (status) status = update_managed(session, plan.id, {}, plan.body.manages);
    const Result<Rows> ended = session.execute(status ? "COMMIT" : "ROLLBACK");
    if (status && !ended) status = ended.failure();
  }
  if (!status) run.listener.note("what was learnt could not be kept: " + status.error().what);
  return outcome;
}

/// Whether the history knows the plan, and where the database stands towards it.
struct Standing {
  std::optional<AppliedPlan> applied;
  Progress progress;  ///< of a plan of several groups that was stopped on its way
  Snapshot now;
};

Result<Standing> look(Run& run, const plan::Plan& plan) {
  Result<std::optional<AppliedPlan>> applied = find_applied(*run.session, plan.id);
  if (!applied) return applied.failure();
  Result<Progress> progress = plan.body.groups.empty() ? Progress() : find_progress(*run.session, plan.id);
  if (!progress) return progress.failure();
  Result<Snapshot> now = run.inspector.snapshot(*run.session, plan.body);
  if (!now) return now.failure();
  return Standing{std::move(*applied), std::move(*progress), std::move(*now)};
}

std::string when(const AppliedPlan& applied) { return "on " + applied.applied_at + " by " + applied.who; }

/// What is to be done before the transaction: nothing (an outcome), go on (empty), or a failure.
using Decision = Result<std::optional<Outcome>>;

bool is_stopped(const Progress& progress) { return progress.done > 0 || progress.begun; }

std::string of_groups(int number, const plan::Plan& plan) {
  return "group " + std::to_string(number) + " of " + std::to_string(plan.body.groups.size());
}

/// Goes on with a plan that was stopped between its groups, or within one that runs in no transaction: what is half
/// done there may differ from what the plan says.
Decision go_on(Run& run, Job& job, const Standing& standing) {
  const Progress& progress = standing.progress;
  stand_at(job, progress);
  const std::set<std::string> begun = touched_by(job.plan->body, progress.done + 1, progress.done + 1);
  const auto others = [&](const Snapshot& now) {
    Differences found = job.at_start(now);
    std::erase_if(found, [&](const Difference& one) { return progress.begun && begun.count(one.key) != 0; });
    return found;
  };
  Differences differences = others(standing.now);
  if (progress.begun && !differences.empty()) {  // what is half done may be in the way itself
    const auto step = std::find_if(job.plan->body.steps.begin(), job.plan->body.steps.end(),
                                   [&](const plan::Step& one) { return one.group == progress.done + 1; });
    if (const Status cleaned = clean_up(*run.session, *step); !cleaned) return cleaned.failure();
    const Result<Snapshot> now = run.inspector.snapshot(*run.session, job.plan->body);
    if (!now) return now.failure();
    differences = others(*now);
  }
  if (!differences.empty()) return stale(job, differences, run.inspector);
  run.listener.note("going on with " + of_groups(progress.done + 1, *job.plan) +
                    ", where an earlier apply of this plan stopped");
  return std::optional<Outcome>();
}

Decision before_apply(Run& run, Job& job) {
  const plan::Plan& plan = *job.plan;
  const Result<Standing> standing = look(run, plan);
  if (!standing) return standing.failure();
  if (is_stopped(standing->progress)) return go_on(run, job, *standing);
  const Differences differences = job.at_start(standing->now);
  if (plan.empty()) {
    if (!differences.empty()) return stale(job, differences, run.inspector);
    const Result<Outcome> outcome = learn(run, plan, standing->now);
    if (!outcome) return outcome.failure();
    return std::optional<Outcome>(*outcome);
  }
  const std::optional<AppliedPlan>& applied = standing->applied;
  if (differences.empty()) return std::optional<Outcome>();  // also after a rollback: it may be applied again
  const bool is_applied = applied && !applied->undone;
  const Differences since = differs_from_left(plan.body, is_applied ? &applied->left : nullptr, standing->now);
  if (is_applied && since.empty()) {
    return std::optional<Outcome>(nothing(plan, "Nothing to do: this plan was applied " + when(*applied) + "."));
  }
  if (is_applied) {
    Diagnostic error = stale(job, since, run.inspector);
    error.what =
        "this plan was applied " + when(*applied) + ", and the database has changed since; nothing was changed";
    return error;
  }
  Diagnostic error = stale(job, differences, run.inspector);
  if (since.empty()) {
    error.hint =
        "The database already looks as the plan would leave it, though the history does not say that segue "
        "did it. Plan again: the new plan should be empty.";
  }
  return error;
}

/// A plan that was stopped on its way: what is half done goes first, and the groups that are done are taken back.
Decision before_rollback_of_parts(Run& run, Job& job, Progress progress) {
  for (const plan::Step& step : job.plan->body.steps) {
    if (!progress.begun || step.group != progress.done + 1) continue;
    if (const Status cleaned = clean_up(*run.session, step); !cleaned) return cleaned.failure();
    // a drop can only be ended, not called off: then its group counts as done, and is taken back
    const Result<bool> is_done = is_done_whole(*run.session, step);
    if (!is_done) return is_done.failure();
    if (*is_done) ++progress.done;
    break;
  }
  stand_at(job, progress);
  const Result<Snapshot> now = run.inspector.snapshot(*run.session, job.plan->body);
  if (!now) return now.failure();
  if (const Differences differences = job.at_start(*now); !differences.empty())
    return stale(job, differences, run.inspector);
  return std::optional<Outcome>();
}

Decision before_rollback(Run& run, Job& job) {
  const plan::Plan& plan = *job.plan;
  if (plan.empty()) return std::optional<Outcome>(nothing(plan, "Nothing to do: the plan has no steps."));
  const Result<Standing> standing = look(run, plan);
  if (!standing) return standing.failure();
  if (is_stopped(standing->progress)) return before_rollback_of_parts(run, job, standing->progress);
  const std::optional<AppliedPlan>& applied = standing->applied;
  job.is_recorded = applied && !applied->undone;
  if (job.is_recorded) job.left = applied->left;
  const Differences differences = job.at_start(standing->now);
  if (job.is_recorded && differences.empty()) return std::optional<Outcome>();
  // before the look at what it leaves: that may not show at all
  if (differs_from_read(plan.body, standing->now, false).empty()) {
    return std::optional<Outcome>(nothing(plan, applied ? "Nothing to do: this plan was already rolled back."
                                                        : "Nothing to do: this plan is not applied."));
  }
  if (differences.empty()) return std::optional<Outcome>();
  Diagnostic error = stale(job, differences, run.inspector);
  if (!job.is_recorded) {
    error.hint =
        "Where the history was lost, nobody knows any more what the server made of the plan's texts: plan towards the "
        "schema that you want back: segue plan --schema OLD.sql. Else undo what was changed since and try again.";
    error.what =
        "the history knows no apply of this plan that was not taken back, and the database is not as the plan leaves "
        "it, or nobody can tell; nothing was changed";
  }
  return error;
}

/// A failure belongs into the history too, in a transaction of its own; that it cannot be written is only noted.
void record_failure(Run& run, const Job& job, const Aborted& aborted, std::int64_t begin_ms) {
  const Diagnostic& error = aborted.diagnostics.front();
  HistoryEntry entry = entry_of(run, job, begin_ms);
  entry.outcome = "failed";
  entry.failed_step = aborted.step_id;
  entry.error = error.what;
  entry.sqlstate = error.sqlstate;

  Result<Rows> begun = run.session->execute("BEGIN");
  if (!begun && begun.error().code == ErrorCode::connection) {
    Result<std::unique_ptr<Session>> fresh = run.connect();
    if (fresh) {
      run.session = std::move(*fresh);
      begun = run.session->execute("BEGIN");
    }
  }
  Status status = begun ? done() : Status(begun.failure());
  if (status) {
    const Result<std::int64_t> written = write_entry(*run.session, entry);
    const Result<Rows> ended = run.session->execute(written ? "COMMIT" : "ROLLBACK");
    status = !written ? Status(written.failure()) : ended ? done() : Status(ended.failure());
  }
  if (!status) run.listener.note("the failure could not be written to the history: " + status.error().what);
}

/// Runs the transaction, and again with growing pauses while it only lacks a lock, or came upon somebody else's work.
std::variant<Committed, Aborted> run_patiently(Run& run, const Job& job) {
  std::int64_t pause = 500;
  for (int attempt = 1;; ++attempt) {
    std::variant<Committed, Aborted> result = run_transaction(run, job);
    auto* aborted = std::get_if<Aborted>(&result);
    if (aborted == nullptr || !aborted->try_again) return result;
    const std::string blockers = who_blocks(*run.session, job, aborted->step_id);
    if (attempt >= run.options.lock_attempts) {
      Diagnostic& error = aborted->diagnostics.front();
      if (!blockers.empty()) error.why += (error.why.empty() ? "" : "\n") + blockers;
      error.hint = "Gave up after " + std::to_string(attempt) +
                   " attempts; nothing was changed, and it is safe to try "
                   "again. --lock-timeout gives each attempt more time.";
      return result;
    }
    const bool lacks_lock = aborted->diagnostics.front().code == ErrorCode::locked;
    run.listener.note((lacks_lock ? "a lock was not to be had (" : "the schema was changed meanwhile (") +
                      aborted->diagnostics.front().what + "); all rolled back, attempt " + std::to_string(attempt + 1) +
                      " of " + std::to_string(run.options.lock_attempts) + " in " + std::to_string(pause) + " ms" +
                      (blockers.empty() ? "" : "\n" + blockers));
    run.clock.sleep_ms(pause);
    pause = std::min<std::int64_t>(pause * 2, 8000);
  }
}

/// "nothing was changed" is what somebody wants to know first, whatever went wrong.
Failure reassured(Diagnostics diagnostics, const std::string& that) {
  Diagnostic& error = diagnostics.front();
  const bool said = error.what.find("nothing was changed") != std::string::npos ||
                    error.what.find("rolled back") != std::string::npos ||
                    error.hint.find("nothing was changed") != std::string::npos;
  if (!said) error.hint = that + (error.hint.empty() ? "" : " " + error.hint);
  return diagnostics;
}

/// Of what went wrong before the first statement of a step. What is wrong with files or the plan speaks for itself.
Failure before_steps(Diagnostics diagnostics) {
  const ErrorCode code = diagnostics.front().code;
  if (code != ErrorCode::connection && code != ErrorCode::database && code != ErrorCode::locked) return diagnostics;
  return reassured(std::move(diagnostics), "No step had run: nothing was changed, and it is safe to try again.");
}

Outcome outcome_of(const Run& run, const Job& job, const Committed& committed, std::int64_t duration_ms) {
  const bool forward = job.direction == Direction::forward;
  Outcome outcome;
  outcome.kind = run.options.dry_run ? Outcome::Kind::dry_run
                 : forward           ? Outcome::Kind::applied
                                     : Outcome::Kind::rolled_back;
  outcome.plan_id = job.plan->id;
  outcome.steps = job.work.size();
  outcome.duration_ms = duration_ms;
  outcome.history_id = committed.history_id;
  const std::string steps = std::to_string(job.work.size()) + (job.work.size() == 1 ? " step" : " steps");
  if (run.options.dry_run) {
    outcome.message = "Dry run: " + steps + " ran and were found right, then all was rolled back; nothing was changed.";
  } else {
    outcome.message = (forward ? "Applied " : "Rolled back ") + steps + " in " + std::to_string(duration_ms) + " ms.";
  }
  return outcome;
}

/// One group behind the other, from where the plan stands. Job::part tells afterwards how far it came.
std::variant<Committed, Aborted> run_groups(Run& run, Job& job) {
  const std::vector<plan::Group>& groups = job.plan->body.groups;
  bool begun = job.stopped;
  for (int part = job.done + 1; static_cast<std::size_t>(part) <= groups.size(); ++part) {
    const plan::Group& group = groups[static_cast<std::size_t>(part) - 1];
    const Job one = part_job(job, part);
    if (part > 1 && !group.reason.empty()) run.listener.note(of_groups(part, *job.plan) + ": " + group.reason);
    std::variant<Committed, Aborted> result =
        group.in_transaction ? run_patiently(run, one) : run_alone(run, one, begun);
    begun = false;
    const auto* committed = std::get_if<Committed>(&result);
    if (committed == nullptr || one.is_last()) {
      job.part = group.in_transaction && part == 1 ? 0 : part;
      return result;
    }
    job.done = part;
    job.left = committed->left;
  }
  return Committed{};
}

/// What is done stays done, and whoever reads this must know how to go on and how to go back.
Failure behind_groups(const Job& job, Diagnostics diagnostics) {
  Diagnostic& error = diagnostics.front();
  const std::string done_so_far = job.done == 0 ? "Nothing of the plan is in the database."
                                                : "The database stands behind " + of_groups(job.done, *job.plan) + ".";
  error.hint = done_so_far + " To go on: segue apply PLAN.json --resume. To go back: segue rollback PLAN.json." +
               (error.hint.empty() ? "" : " " + error.hint);
  return diagnostics;
}

/// Looks for rows on which the plan would fail, and writes down that it did not come to be.
Status nothing_in_the_way(Run& run, const Job& job) {
  const bool back = job.direction == Direction::back;
  const std::int64_t begin_ms = run.clock.now_ms();
  std::vector<const plan::Step*> steps;
  for (const Work& work : job.work) steps.push_back(work.step);
  const Preflighted looked = rows_in_the_way(*run.session, steps, {.reviewed = true, .way_back = back});
  for (const NotLookedAt& open : looked.not_looked_at) run.listener.note(describe(open));
  const std::vector<InTheWay>& found = looked.in_the_way;
  if (found.empty()) return done();
  Diagnostic error = Diagnostic::error(
      ErrorCode::database, "rows that exist do not fit what the plan asks of them; nothing was changed",
      back ? "Save what matters of these rows and delete them, then roll back again; or plan towards the schema that "
             "you want back: segue plan --schema OLD.sql."
           : "Correct these rows, or ask less of them in the schema; then run the same plan again.");
  for (const InTheWay& one : found) error.why += (error.why.empty() ? "  " : "\n  ") + describe(one);
  if (!run.options.dry_run && ensure_history(*run.session))
    record_failure(run, job, Aborted{{error}, found.front().step->id, false, false}, begin_ms);
  return error;
}

/// Values that are kept and will not come back, since the rows that they belong to are gone: who agreed to lose them
/// should know how many. Where nobody has, the count itself refuses (check_empty).
void tell_what_is_left_behind(Run& run, const Job& job) {
  if (job.direction != Direction::back) return;
  std::vector<const plan::Step*> steps;
  for (const Work& work : job.work) {
    if (!work.only_if_empty) steps.push_back(work.step);
  }
  const Preflighted looked = values_left_behind(*run.session, steps, {.reviewed = true, .way_back = true});
  for (const InTheWay& one : looked.in_the_way) run.listener.note("lost by the rollback: " + describe(one));
  for (const NotLookedAt& open : looked.not_looked_at)
    run.listener.note("may be lost by the rollback: " + describe(open));
}

/// What cannot be tried without doing it.
Status may_leave_transaction(const Run& run, const plan::Plan& plan) {
  if (plan.body.groups.empty()) return done();
  const auto refused = [&](const std::string& what, const std::string& why) {
    Diagnostic error = Diagnostic::error(ErrorCode::unsupported, what + "; nothing was changed",
                                         "Plan again with --online never: then all of it runs in one transaction.");
    error.why = why;
    return error;
  };
  if (run.options.dry_run) {
    return refused("a dry run is rolled back, and this plan has " + std::to_string(plan.body.groups.size()) +
                       " groups that are committed one by one",
                   "");
  }
  if (run.options.behind_pooler) {
    return refused("this plan has " + std::to_string(plan.body.groups.size()) + " groups, and the connection is pooled",
                   "A transaction pooler gives each transaction another session, so that the lock which keeps other "
                   "segues out would not last from one group to the next.");
  }
  return done();
}

Result<Outcome> execute(Run& run, Job& job) {
  const plan::Plan& plan = *job.plan;
  if (const Status fits = comparable(plan); !fits) return fits.failure();
  if (job.direction == Direction::forward) {
    if (const Status may = may_leave_transaction(run, plan); !may) return may.failure();
  }
  Decision decision = job.direction == Direction::forward ? before_apply(run, job) : before_rollback(run, job);
  if (!decision) return before_steps(decision.diagnostics());
  if (*decision) return std::move(**decision);

  if (job.direction == Direction::back) {
    if (const Status kept = check_still_retained(*run.session, job); !kept) return kept.failure();
  }
  if (const Status allowed = allow(job, run.options); !allowed) return allowed.failure();
  if (const Status there = secrets_are_there(job, run.options.secret); !there) return there.failure();
  for (const Work& work : job.work) {
    if (const Status empty = check_empty(*run.session, job, work, false); !empty) return empty.failure();
  }
  if (const Status free = nothing_in_the_way(run, job); !free) return free.failure();
  tell_what_is_left_behind(run, job);
  if (run.options.confirm && !run.options.dry_run) {
    if (const Status confirmed = run.options.confirm(plan); !confirmed) return confirmed.failure();
  }
  if (!run.options.dry_run) {
    if (const Status history = ensure_history(*run.session); !history) return before_steps(history.diagnostics());
  }
  const std::int64_t begin = run.clock.now_ms();
  std::variant<Committed, Aborted> result =
      job.direction == Direction::forward && !plan.body.groups.empty() ? run_groups(run, job) : run_patiently(run, job);
  const std::int64_t took = run.clock.now_ms() - begin;
  if (const auto* committed = std::get_if<Committed>(&result)) return outcome_of(run, job, *committed, took);
  auto& aborted = std::get<Aborted>(result);
  if (!run.options.dry_run && !aborted.in_doubt) record_failure(run, job, aborted, begin);
  if (aborted.in_doubt) return Failure(std::move(aborted.diagnostics));
  if (job.done > 0 || job.part > 0) return behind_groups(job, std::move(aborted.diagnostics));
  return reassured(std::move(aborted.diagnostics), "All steps were rolled back, and nothing was changed.");
}

Result<Outcome> start(Direction direction, const SessionFactory& connect, const PlanSource& source,
                      const Options& options, Inspector& inspector, Listener& listener) {
  Result<std::unique_ptr<Session>> session = connect();
  if (!session) return session.failure();
  Clock& clock = options.clock != nullptr ? *options.clock : machine_clock();
  Run run{connect, std::move(*session), options, inspector, listener, clock};
  HeldLock lock(run);
  if (const Status taken = lock.take(); !taken) return taken.failure();
  const Result<plan::Plan> plan = source(*run.session);
  if (!plan) return before_steps(plan.diagnostics());
  Job job = direction == Direction::forward ? forward_job(*plan, options.strict) : back_job(*plan, {});
  Result<Outcome> outcome = execute(run, job);
  if (outcome && options.afterwards && !options.dry_run) options.afterwards(*run.session);
  return outcome;
}

}  // namespace

Result<Outcome> apply(const SessionFactory& connect, const PlanSource& source, const Options& options,
                      Inspector& inspector, Listener& listener) {
  return start(Direction::forward, connect, source, options, inspector, listener);
}

Result<Outcome> rollback(const SessionFactory& connect, const PlanSource& source, const Options& options,
                         Inspector& inspector, Listener& listener) {
  return start(Direction::back, connect, source, options, inspector, listener);
}

}  // namespace segue::exec
