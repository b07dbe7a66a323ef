#include "exec/commit.h"

#include <algorithm>

#include "exec/advisory_lock.h"
#include "exec/history.h"
#include "exec/transaction.h"

namespace segue::exec {
namespace {

/// One look on a new session. The old backend may still be busy committing, and then its row is not visible yet; it
/// holds the advisory lock until it is gone. So: first the lock, then the row.
Result<bool> look_up(Run& run, std::int64_t history_id, std::int64_t at_most_ms) {
  Result<std::unique_ptr<Session>> session = run.connect();
  if (!session) return session.failure();
  const Result<Rows> begun = (*session)->execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
  if (!begun) return begun.failure();
  const LockWait wait{at_most_ms, [&run](const std::string& text) { run.listener.note(text); }, {}};
  const Status locked = take_advisory_lock(**session, LockSpan::transaction, wait, run.clock);
  if (!locked) return locked.failure();
  Result<bool> exists = entry_exists(**session, history_id);
  if (!exists) return exists;
  const Result<Rows> ended = (*session)->execute("ROLLBACK");
  if (!ended) return ended.failure();
  run.session = std::move(*session);
  return exists;
}

Diagnostic in_doubt(std::int64_t history_id, const Diagnostic& last) {
  Diagnostic error = Diagnostic::error(
      ErrorCode::connection, "the connection was lost during COMMIT, and whether it happened could not be found out",
      "Before anything else, look it up: segue history. If the row " + std::to_string(history_id) +
          " is there, all steps are in the database; if not, none of them is.");
  error.why = "The last attempt to look it up failed: " + last.what;
  error.sqlstate = "08007";
  return error;
}

CommitAnswer find_out(Run& run, std::int64_t history_id, const Diagnostic& lost) {
  run.listener.note("the connection was lost during COMMIT; looking up whether it happened");
  const std::int64_t begin = run.clock.now_ms();
  std::int64_t pause = 200;
  for (;;) {
    const std::int64_t left = run.options.commit_lookup_ms - (run.clock.now_ms() - begin);
    const Result<bool> exists = look_up(run, history_id, std::max<std::int64_t>(left, 0));
    if (exists && *exists) return {CommitFate::committed, {}};
    if (exists) {
      Diagnostic error = lost;
      error.what = "the connection was lost during COMMIT, which did not happen; nothing was changed";
      error.why = lost.what;
      error.hint = "Try again.";
      return {CommitFate::not_committed, {error}};
    }
    if (left <= 0) return {CommitFate::unknown, {in_doubt(history_id, exists.error())}};
    run.clock.sleep_ms(std::min(pause, left));
    pause = std::min<std::int64_t>(pause * 2, 5000);
  }
}

}  // namespace

CommitAnswer commit(Run& run, std::int64_t history_id) {
  const Result<Rows> committed = run.session->execute("COMMIT");
  if (committed) return {CommitFate::committed, {}};
  if (committed.error().code == ErrorCode::connection) return find_out(run, history_id, committed.error());
  Diagnostics all = committed.diagnostics();
  all.front().what = "COMMIT failed: " + all.front().what + "; nothing was changed";
  return {CommitFate::not_committed, std::move(all)};
}

}  // namespace segue::exec
