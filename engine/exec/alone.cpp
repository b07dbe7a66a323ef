#include "exec/alone.h"

#include "exec/commit.h"
#include "exec/history.h"
#include "exec/run_sql.h"

namespace segue::exec {
namespace {

Status set(Session& session, const std::string& name, const std::string& value) {
  return run_sql(session, "SELECT pg_catalog.set_config($1, $2, false)", {name, value});
}

class AloneRun {
 public:
  AloneRun(Run& run, const Job& job) : run_(run), job_(job), work_(job.work.front()), begin_ms_(run.clock.now_ms()) {}

  std::variant<Committed, Aborted> execute(bool begun) {
    Result<bool> is_done = begun ? look() : Result<bool>(false);
    Status status = is_done ? done() : Status(is_done.failure());
    if (status && begun && !*is_done) {
      status = clean_up(session(), *work_.step);
      if (status) is_done = look();  // what drops an index is cleaned up after by dropping the rest of it
      if (status && !is_done) status = is_done.failure();
    }
    if (status && !(begun && *is_done)) status = check_and_run();
    if (status) status = check_end();
    if (!status) return Aborted{status.diagnostics(), step_id_, false, false};
    return record();
  }

 private:
  Result<bool> look() { return is_done_whole(session(), *work_.step); }

  Status check_and_run() {
    Result<Snapshot> now = run_.inspector.snapshot(session(), job_.plan->body);
    if (!now) return now.failure();
    before_ = std::move(*now);
    if (const Differences differences = job_.at_start(before_); !differences.empty())
      return stale(job_, differences, run_.inspector);
    if (const Status written = write_begun(); !written) return written;
    run_.listener.step_started(job_.steps_before + 1, job_.steps_of_run(), *work_.step);
    const std::int64_t begin = run_.clock.now_ms();
    step_id_ = work_.step->id;
    Status status = run_step();
    if (!status) return in_step(job_, work_, work_.sql->front(), failed(status.diagnostics()));
    took_ = run_.clock.now_ms() - begin;
    run_.listener.step_finished(job_.steps_before + 1, job_.steps_of_run(), *work_.step, took_);
    step_id_.clear();
    return done();
  }

  /// Committed before the step runs: whoever comes next must know that something may be half done.
  Status write_begun() {
    Status status = run_sql(session(), "BEGIN");
    if (!status) return status;
    HistoryEntry entry = entry_of(run_, job_, begin_ms_);
    entry.outcome = "begun";
    const Result<std::int64_t> id = write_entry(session(), entry);
    if (!id) {
      (void)session().execute("ROLLBACK").ok();
      return id.failure();
    }
    const CommitAnswer answer = commit(run_, *id);
    return answer.fate == CommitFate::committed ? done() : Status(Failure(answer.diagnostics));
  }

  /// Without a lock timeout: the waits for snapshots of others, which the build cannot do without, would count.
  Status run_step() {
    Status status = set(session(), "lock_timeout", "0");
    if (status) status = set(session(), "statement_timeout", std::to_string(run_.options.statement_timeout_ms));
    if (status && !work_.search_path->empty()) status = set(session(), "search_path", *work_.search_path);
    for (const std::string& sql : *work_.sql) {
      if (!status) break;
      const Result<Rows> ran = session().execute(sql);
      if (!ran) status = ran.failure();
    }
    const Status reset = set(session(), "search_path", "");
    return status ? reset : status;
  }

  /// What failed is taken away at once, where the session lives; else the next run does it.
  Diagnostics failed(Diagnostics all) {
    if (all.front().code != ErrorCode::connection) (void)clean_up(session(), *work_.step).ok();
    return all;
  }

  Status check_end() {
    Result<Snapshot> now = run_.inspector.snapshot(session(), job_.plan->body);
    if (!now) return now.failure();
    after_ = std::move(*now);
    const Differences differences = job_.at_end(before_.empty() ? after_ : before_, after_);
    if (differences.empty()) return done();
    Diagnostic error = Diagnostic::error(
        ErrorCode::stale, "the step ran, but the database is not what the plan says it should be after it",
        "If somebody else changed the schema at the same time, take the plan back and plan again.");
    error.why = list(differences, run_.inspector);
    return error;
  }

  std::variant<Committed, Aborted> record() {
    const plan::Step& step = *work_.step;
    Result<Committed> recorded = Committed{};
    Status status = run_sql(session(), "BEGIN");
    if (status && run_.options.before_commit) status = run_.options.before_commit(session(), after_);
    if (status) {
      recorded =
          record_job(run_, job_, begin_ms_,
                     {{step.id, step.object, plan::to_string(step.verb), work_.sql->front(), took_, false}}, after_);
      if (!recorded) status = recorded.failure();
    }
    if (!status) {
      (void)session().execute("ROLLBACK").ok();
      return Aborted{status.diagnostics(), "", false, false};
    }
    CommitAnswer answer = commit(run_, recorded->history_id);
    if (answer.fate != CommitFate::committed) {
      return Aborted{std::move(answer.diagnostics), "", false, answer.fate == CommitFate::unknown};
    }
    return std::move(*recorded);
  }

  Session& session() { return *run_.session; }

  Run& run_;
  const Job& job_;
  const Work& work_;
  std::int64_t begin_ms_;
  std::int64_t took_ = 0;
  Snapshot before_;
  Snapshot after_;
  std::string step_id_;
};

}  // namespace

std::variant<Committed, Aborted> run_alone(Run& run, const Job& job, bool begun) {
  return AloneRun(run, job).execute(begun);
}

Result<bool> is_done_whole(Session& session, const plan::Step& step) {
  if (!step.alone) return false;
  const Result<Rows> rows = session.query(step.alone->is_done);
  if (!rows) return rows.failure();
  return rows->size() == 1 && rows->at(0, 0) == "t";
}

Status clean_up(Session& session, const plan::Step& step) {
  if (!step.alone) return done();
  const Result<Rows> cleaned = session.execute(step.alone->clean);
  if (!cleaned) return cleaned.failure();
  return done();
}

}  // namespace segue::exec
