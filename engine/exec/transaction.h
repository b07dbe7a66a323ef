// One group of a plan in one transaction: checked at both ends, recorded, committed. The heart of apply and rollback.
//
// Used by exec/executor. Never leaves a transaction open, and never guesses whether a commit happened.
#pragma once

#include <cstdint>
#include <string>

#include "exec/executor.h"
#include "exec/job.h"

namespace segue::exec {

/// What a run works with. The session may be replaced by a new one when its connection was lost at COMMIT.
struct Run {
  const SessionFactory& connect;
  std::unique_ptr<Session> session;
  const Options& options;
  Inspector& inspector;
  Listener& listener;
  Clock& clock;
};

struct Committed {
  std::int64_t history_id = 0;
  LeftState left;  ///< of a group among several: how it left what was touched so far
};

/// Why a transaction did not come about. Nothing has changed then, unless `in_doubt`.
struct Aborted {
  Diagnostics diagnostics;
  std::string step_id;     ///< the step that failed, where it was one
  bool try_again = false;  ///< a lock was not to be had, a deadlock was broken, or somebody else changed the schema
  bool in_doubt = false;   ///< a commit whose answer was lost, and that nobody could look up
};

/// Runs all steps of the job in one transaction. Success: committed, or rolled back at the end of a dry run.
std::variant<Committed, Aborted> run_transaction(Run& run, const Job& job);

/// What the history says of any run of a job; its outcome, the plan and the state left are the caller's to say.
HistoryEntry entry_of(const Run& run, const Job& job, std::int64_t begin_ms);

/// Writes down, in the open transaction, that the job is done: the row of the history, and what segue manages from now
/// on. What is returned holds once that transaction is committed.
Result<Committed> record_job(const Run& run, const Job& job, std::int64_t begin_ms, std::vector<StepRecord> steps,
                             const Snapshot& after);

/// The server's failure, told as that of the step.
Failure in_step(const Job& job, const Work& work, const std::string& sql, Diagnostics all);

/// Code stale: what differs, and what to do.
Diagnostic stale(const Job& job, const Differences& differences, Inspector& inspector);

/// The failure as the person at the terminal asked for it (Ctrl-C), where that is what it was.
bool was_interrupted(const Options& options);

}  // namespace segue::exec
