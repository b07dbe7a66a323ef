#include "exec/transaction.h"

#include <algorithm>

#include "base/quote.h"
#include "exec/advisory_lock.h"
#include "exec/commit.h"
#include "exec/history.h"
#include "exec/retained.h"
#include "exec/run_sql.h"
#include "exec/secrets.h"
#include "plan/plan_file.h"

namespace segue::exec {
namespace {

Status set_local(Session& session, const std::string& name, const std::string& value) {
  return run_sql(session, "SELECT pg_catalog.set_config($1, $2, true)", {name, value});
}

/// The transaction's life as one object, so that each stage reads alone and a failure rolls back in one place.
class Transaction {
 public:
  Transaction(Run& run, const Job& job) : run_(run), job_(job), begin_ms_(run.clock.now_ms()) {}

  std::variant<Committed, Aborted> execute() {
    Status status = all_before_commit();
    if (status && run_.options.dry_run) return undo_dry_run();
    if (!status && was_interrupted(run_.options)) status = interrupted();
    if (!status) return abort(status.diagnostics());
    return commit_and_know();
  }

 private:
  Status all_before_commit() {
    Status status = begin();
    if (status) status = check_start();
    started_ = status.ok();
    if (status) status = run_steps();
    if (status) status = check_end();
    if (status && run_.options.before_commit) status = run_.options.before_commit(session(), after_);
    if (status && !run_.options.dry_run) status = record();
    if (status && was_interrupted(run_.options)) status = interrupted();
    return status;
  }

  Status begin() {
    Result<Rows> begun = session().execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
    if (!begun) return begun.failure();
    Status status = set_local(session(), "search_path", "");
    // a function may speak of what a later step makes; pg_dump's scripts do the same
    if (status) status = set_local(session(), "check_function_bodies", "off");
    // a policy must hide no row from what fills, copies or restores them: then it fails instead
    if (status) status = set_local(session(), "row_security", "off");
    if (status) status = set_lock_timeout(run_.options.lock_timeout_ms);
    if (status) {
      status = set_local(session(), "statement_timeout", std::to_string(run_.options.statement_timeout_ms));
    }
    if (status && run_.options.behind_pooler) {
      const LockWait wait{run_.options.advisory_wait_ms, [this](const std::string& text) { run_.listener.note(text); },
                          run_.options.interrupted};
      status = take_advisory_lock(session(), LockSpan::transaction, wait, run_.clock);
    }
    if (status && job_.direction == Direction::forward && keeps_rows(job_)) status = ensure_retained_schema(session());
    return status;
  }

  Status set_lock_timeout(std::int64_t ms) {
    if (ms == lock_timeout_ms_) return done();
    lock_timeout_ms_ = ms;
    return set_local(session(), "lock_timeout", std::to_string(ms));
  }

  Status check_start() {
    Result<Snapshot> now = run_.inspector.snapshot(session(), job_.plan->body);
    if (!now) return now.failure();
    before_ = std::move(*now);
    const Differences differences = job_.at_start(before_);
    if (!differences.empty()) return stale(job_, differences, run_.inspector);
    return done();
  }

  Status run_steps() {
    for (std::size_t i = 0; i < job_.work.size(); ++i) {
      const Work& work = job_.work[i];
      if (was_interrupted(run_.options)) return interrupted();
      step_id_ = work.step->id;
      run_.listener.step_started(job_.steps_before + i + 1, job_.steps_of_run(), *work.step);
      const std::int64_t begin = run_.clock.now_ms();
      if (const Status status = run_step(work); !status) return status;
      const std::int64_t took = run_.clock.now_ms() - begin;
      run_.listener.step_finished(job_.steps_before + i + 1, job_.steps_of_run(), *work.step, took);
      steps_.push_back({work.step->id, work.step->object, plan::to_string(work.step->verb), join(*work.sql, ";\n"),
                        took, only_drops_what_is_empty(work)});
    }
    step_id_.clear();
    return done();
  }

  Status run_step(const Work& work) {
    const std::int64_t own = work.step->lock_timeout_ms;
    Status status = set_lock_timeout(own > 0 ? own : run_.options.lock_timeout_ms);
    if (status) status = check_empty(session(), job_, work, true);
    if (status && work.copies_losses) status = copy_what_is_lost(work);
    if (status && !work.search_path->empty()) status = set_local(session(), "search_path", *work.search_path);
    if (!status) return in_step(job_, work, "", status.diagnostics());
    // what a function says of a secret is nobody's business
    if (!work.step->secrets.empty()) status = set_local(session(), "client_min_messages", "error");
    if (!status) return status;
    for (const std::string& sql : *work.sql) {
      status = run_sql(session(), with_secrets(*work.step, sql, run_.options.secret));
      if (status) continue;
      Diagnostics all = status.diagnostics();
      return in_step(job_, work, sql, work.step->secrets.empty() ? all : without_words_of_server(std::move(all)));
    }
    if (!work.step->secrets.empty()) status = set_local(session(), "client_min_messages", "notice");
    return work.search_path->empty() || !status ? status : set_local(session(), "search_path", "");
  }

  Status copy_what_is_lost(const Work& work) {
    const Result<std::vector<std::string>> copied = copy_losses(session(), job_, work);
    if (!copied) return copied.failure();
    for (const std::string& sentence : *copied) run_.listener.note(sentence);
    return done();
  }

  Status check_end() {
    Result<Snapshot> now = run_.inspector.snapshot(session(), job_.plan->body);
    if (!now) return now.failure();
    after_ = std::move(*now);
    const Differences differences = job_.at_end(before_, after_);
    if (differences.empty()) return done();
    Diagnostic error = Diagnostic::error(
        ErrorCode::internal,
        "all steps ran, but the database is not what the plan says it should be after them; all was rolled back",
        "If somebody else changed the schema at the same time, try again. Otherwise this is a bug of segue: please "
        "report it with the plan file.");
    error.why = list(differences, run_.inspector);
    return error;
  }

  Status record() {
    Result<Committed> recorded = record_job(run_, job_, begin_ms_, std::move(steps_), after_);
    if (!recorded) return recorded.failure();
    recorded_ = std::move(*recorded);
    return done();
  }

  std::variant<Committed, Aborted> commit_and_know() {
    const CommitAnswer answer = commit(run_, recorded_.history_id);
    switch (answer.fate) {
      case CommitFate::committed:
        return std::move(recorded_);
      case CommitFate::unknown:
        return Aborted{answer.diagnostics, "", false, true};
      case CommitFate::not_committed:
        break;
    }
    return abort(answer.diagnostics);
  }

  std::variant<Committed, Aborted> undo_dry_run() {
    const Result<Rows> undone = session().execute("ROLLBACK");
    if (!undone && undone.error().code != ErrorCode::connection) return Aborted{undone.diagnostics(), "", false, false};
    return Committed{};  // a session that is gone has rolled back as well
  }

  Aborted abort(Diagnostics all) {
    const Result<Rows> ignored = session().execute("ROLLBACK");  // a session that is gone has rolled back by itself
    (void)ignored;
    const std::string& state = all.front().sqlstate;
    bool try_again = all.front().code == ErrorCode::locked && (state == "55P03" || state == "40P01");
    if (started_ && !was_interrupted(run_.options)) try_again = look_for_drift(all) || try_again;
    return {std::move(all), step_id_, try_again && !was_interrupted(run_.options), false};
  }

  /// What somebody else commits while a step waits for its lock comes after the look at the start. A failure may be due
  /// to that: where the start does not hold any more, it was. True where the schema has changed elsewhere, so that
  /// another attempt may well succeed.
  bool look_for_drift(Diagnostics& all) {
    const ErrorCode code = all.front().code;
    if (code != ErrorCode::database && code != ErrorCode::internal) return false;
    const Result<Snapshot> now = run_.inspector.snapshot(session(), job_.plan->body);
    if (!now) return false;
    const Differences differences = job_.at_start(*now);
    if (!differences.empty()) all = {stale(job_, differences, run_.inspector)};
    return differences.empty() && code == ErrorCode::internal && !same(before_, *now);
  }

  static Diagnostic interrupted() {
    return Diagnostic::error(ErrorCode::database, "interrupted; all steps were rolled back, and nothing was changed");
  }

  Session& session() { return *run_.session; }

  Run& run_;
  const Job& job_;
  std::int64_t begin_ms_;
  std::int64_t lock_timeout_ms_ = -1;
  Snapshot before_;
  Snapshot after_;
  std::vector<StepRecord> steps_;
  bool started_ = false;  ///< the state at the start was found right
  std::string step_id_;
  Committed recorded_;
};

}  // namespace

HistoryEntry entry_of(const Run& run, const Job& job, std::int64_t begin_ms) {
  HistoryEntry entry;
  entry.plan_id = job.plan->id;
  entry.verb = job.verb();
  entry.part = job.part;
  entry.tool_version = run.options.tool_version;
  entry.duration_ms = run.clock.now_ms() - begin_ms;
  entry.hand_edited = job.plan->hand_edited;
  return entry;
}

namespace {

/// Which objects are segue's from now on, and which no longer.
Status record_managed(Session& session, const Job& job) {
  const plan::Body& body = job.plan->body;
  std::vector<std::string> gone = body.effects.removed;
  std::vector<std::string> ours = body.manages;
  for (const auto& [key, shape] : body.effects.added) ours.push_back(key);
  if (job.direction == Direction::back) {
    ours = std::move(gone);
    gone.clear();
    for (const auto& [key, shape] : body.effects.added) gone.push_back(key);
  }
  return update_managed(session, job.plan->id, gone, ours);
}

/// Of this group, and of those before it.
void note_what_lost_nothing(const Job& job, const std::vector<StepRecord>& steps, LeftState& left) {
  for (const plan::Step& step : job.plan->body.steps) {
    if (lost_nothing(job.left, step.id)) note_lost_nothing(left, step.id);
  }
  for (const StepRecord& step : steps) {
    if (step.lost_nothing) note_lost_nothing(left, step.step_id);
  }
}

}  // namespace

Result<Committed> record_job(const Run& run, const Job& job, std::int64_t begin_ms, std::vector<StepRecord> steps,
                             const Snapshot& after) {
  Session& session = *run.session;
  const bool forward = job.direction == Direction::forward;
  HistoryEntry entry = entry_of(run, job, begin_ms);
  entry.outcome = job.is_last() ? "done" : "part";
  entry.plan_file = plan::to_json(*job.plan);
  entry.steps = std::move(steps);
  Committed recorded;
  if (job.part > 0) {
    recorded.left = left_by_parts(job.plan->body, job.part, after);
    note_what_lost_nothing(job, entry.steps, recorded.left);
  }
  if (forward) {
    entry.left = job.is_last() ? left_state(job.plan->body, after) : recorded.left;
    note_what_lost_nothing(job, entry.steps, entry.left);
  }
  const Result<std::int64_t> id = write_entry(session, entry);
  if (!id) return id.failure();
  recorded.history_id = *id;
  Status status = forward ? done() : mark_undone(session, job.plan->id, *id);
  if (status) status = record_retained(session, job);
  if (status && job.is_last()) status = record_managed(session, job);
  if (!status) return status.failure();
  return recorded;
}

Failure in_step(const Job& job, const Work& work, const std::string& sql, Diagnostics all) {
  Diagnostic& error = all.front();
  if (error.code == ErrorCode::refused) return all;
  const std::string verb = job.direction == Direction::forward ? "step " : "taking back step ";
  error.what = verb + work.step->id + " (" + plan::to_string(work.step->verb) + " " + work.step->object +
               ") failed: " + error.what;
  error.object.clear();
  if (!sql.empty()) error.why = "in: " + sql + (error.why.empty() ? "" : "\n" + error.why);
  if (!work.step->source.file.empty() && error.where.file.empty()) {
    error.where.file = work.step->source.file;
    error.where.line = work.step->source.line;
  }
  return all;
}

std::variant<Committed, Aborted> run_transaction(Run& run, const Job& job) { return Transaction(run, job).execute(); }

Diagnostic stale(const Job& job, const Differences& differences, Inspector& inspector) {
  const bool forward = job.direction == Direction::forward;
  Diagnostic error = Diagnostic::error(
      ErrorCode::stale,
      forward ? "the plan is stale: the database has changed since it was made; nothing was changed"
              : "the database is not as the plan had left it; nothing was changed",
      forward ? "Plan again (segue plan --out PLAN.json) and look the new plan over."
              : "Undo what was changed since and try again, or plan towards the schema that you want back: segue plan "
                "--schema OLD.sql.");
  error.why = list(differences, inspector);
  return error;
}

bool was_interrupted(const Options& options) { return options.interrupted && options.interrupted(); }

}  // namespace segue::exec
