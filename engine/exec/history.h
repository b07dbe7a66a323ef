// The history: the schema `segue` in the database, one row per apply, rollback and failure.
//
// Written by exec/executor, read by the facade (`segue history`, `rollback --last`) and by planning (what was managed).
// Never touches a schema of that name which segue did not make; never holds a password (plans do not).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "exec/history_row.h"
#include "exec/state_check.h"
#include "plan/plan.h"

namespace segue::exec {

/// Version of the tables; a newer one is refused, an older one is brought up to this one.
inline constexpr int history_version = 4;

enum class HistoryState { absent, ours, foreign, unreadable };

/// Whether the database has a history that this session can read.
Result<HistoryState> history_state(Session& session);
/// The columns of the history that are not there, for people; "" where none is missing. `format`: since that one.
Result<std::string> missing_columns(Session& session, int format);

/// Makes the schema where it is absent, or brings it up from an older version, in a transaction of its own. Code
/// refused for a foreign schema named segue, and for a history of a newer version.
Status ensure_history(Session& session);

struct StepRecord {
  std::string step_id;
  std::string object;
  std::string verb;
  std::string sql;
  std::int64_t duration_ms = 0;
  bool lost_nothing = false;  ///< it ran on the condition that what it drops is empty
};

struct HistoryEntry {
  std::string plan_id;
  std::string verb;  ///< "apply" or "rollback"
  /// "done" or "failed"; of one group among several "part", and "begun" before one that runs in no transaction.
  std::string outcome;
  int part = 0;  ///< number of the group; 0 where the plan has one
  std::string tool_version;
  std::int64_t duration_ms = 0;
  bool hand_edited = false;
  std::string failed_step;
  std::string error;
  std::string sqlstate;
  std::string plan_file;  ///< the plan as JSON; "" for a failure, whose plan did not come to be
  LeftState left;
  std::vector<StepRecord> steps;
};

/// Writes a row and its steps, chained to the row before it by hash; returns its id. Belongs into a transaction, and
/// under the advisory lock.
Result<std::int64_t> write_entry(Session& session, const HistoryEntry& entry);

/// How far a plan of several groups has come that is neither done nor taken back.
struct Progress {
  int done = 0;        ///< groups that are in the database
  bool begun = false;  ///< the next one, which runs in no transaction, was begun
  LeftState left;      ///< how the groups that are done left what they touched
};
Result<Progress> find_progress(Session& session, const std::string& plan_id);

/// Marks the last apply of a plan, with its groups, as taken back by the row `by`.
Status mark_undone(Session& session, const std::string& plan_id, std::int64_t by);

/// Whether the row exists: how a commit whose answer was lost is looked up.
Result<bool> entry_exists(Session& session, std::int64_t id);

/// What the history knows of the last time that a plan was applied.
struct AppliedPlan {
  std::int64_t id = 0;
  std::string plan_id;
  std::string plan_file;  ///< "" where it was too old to keep
  std::string applied_at;
  std::string who;
  LeftState left;
  bool undone = false;
  bool whole = true;  ///< false where it was stopped between its groups
};
Result<std::optional<AppliedPlan>> find_applied(Session& session, const std::string& plan_id);
/// The newest apply that was not taken back, be it whole or not.
Result<std::optional<AppliedPlan>> last_applied(Session& session);

/// The newest `limit` rows, newest first; empty where there is no history.
Result<std::vector<HistoryRow>> read_history(Session& session, int limit);

/// A row of the history that is not as segue wrote it, or does not follow the row before it.
struct BrokenRow {
  std::int64_t id = 0;
  std::int64_t before = 0;       ///< the row that stands before it; 0 where it is the first
  bool changed = false;          ///< its own hash does not fit what it says
  bool unlinked = false;         ///< it was written after another row than the one that stands before it
  std::int64_t missing_row = 0;  ///< it was rolled back by this row, which is not there; 0 where all is well
  std::int64_t steps = 0;        ///< as the row says
  std::int64_t steps_kept = 0;   ///< rows of segue.history_step
};
/// The oldest hundred of them, oldest first. The history must be there, and readable.
Result<std::vector<BrokenRow>> broken_rows(Session& session);
/// The statement that accepts the history as it stands and chains all rows anew: for a person to run, never for segue,
/// since it takes away what shows that somebody has written there. `format`: of the history as it stands.
std::string chain_anew(int format);

/// What the server made of a definition that was sent to it.
struct RememberedForm {
  std::string key;  ///< holds everything that the answer depends on
  std::string form;
  int canonical_version = 0;
  int server_version = 0;
};
/// All of them; none where there is no history to be read.
Result<std::vector<RememberedForm>> load_remembered(Session& session);
/// Adds or replaces. The history must exist (ensure_history).
Status store_remembered(Session& session, const std::vector<RememberedForm>& rows);

/// Keys of the objects that earlier applies managed (scope declared); none where there is no history to be read.
Result<std::vector<std::string>> load_managed(Session& session);
/// After an apply or a rollback: `gone` are managed no longer, `ours` are from now on.
Status update_managed(Session& session, const std::string& plan_id, const std::vector<std::string>& gone,
                      const std::vector<std::string>& ours);

}  // namespace segue::exec
