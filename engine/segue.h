// segue as a library: plan, apply, rollback, prove, check, validate, inspect, history, purge, seal and doctor, as plain
// data in and out.
//
// Called by cli/ and by programs that embed segue. Never writes to a terminal, reads the process environment or exits;
// whatever a person should hear on the way comes through Callbacks, in the calling thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exec/finding.h"
#include "exec/history_row.h"
#include "exec/retained_row.h"
#include "plan/plan.h"

namespace segue {

/// Sessions that outlive a command, for programs that run several: a command takes up what an earlier one on the same
/// database has left, as if it were new. They are closed with the last Target that holds them. Thread safe.
class Sessions;
std::shared_ptr<Sessions> kept_sessions();

/// Which database, and how patiently it is asked for.
struct Target {
  std::optional<std::string> db;  ///< URL, keyword string or "embedded"; absent: SEGUE_DB, DATABASE_URL, libpq's own
  /// Looks an environment variable up. Empty: none is set (libpq still reads its own PG* variables).
  std::function<std::optional<std::string>(const std::string&)> environment;
  std::string directory = ".";         ///< project folder; the embedded server keeps its data in .segue/ there
  std::int64_t wait_ms = 5000;         ///< for a server that is starting, full or cannot be reached
  bool wait_for_database = false;      ///< a missing database is worth waiting for too
  std::shared_ptr<Sessions> sessions;  ///< null: each command opens its own, and closes them
};

struct StepProgress {
  std::size_t number = 0;  ///< from 1
  std::size_t total = 0;
  std::string id;
  std::string object;
  bool finished = false;
  std::int64_t duration_ms = 0;  ///< once finished
};

/// All may be empty.
struct Callbacks {
  std::function<void(const std::string&)> note;
  std::function<void(const StepProgress&)> step;
  std::function<void(const Diagnostic&)> server_notice;
  /// True once the user wants to stop: the running statement is cancelled, the transaction rolled back. Asked from
  /// another thread as well.
  std::function<bool()> interrupted;
  /// The value of `${secret:NAME}` of a schema file, asked when a statement with it is about to be sent; nothing where
  /// there is none, and then nothing is run.
  std::function<std::optional<std::string>(const std::string& name)> secret;
};

struct Limits {
  std::int64_t lock_timeout_ms = 3000;
  std::int64_t statement_timeout_ms = 0;     ///< 0: none
  std::int64_t other_segue_wait_ms = 60000;  ///< for another segue that is at work on the database
};

struct PlanRequest {
  std::vector<std::string> schema;  ///< files and folders; "-" stands for `standard_input`
  std::string standard_input;
  std::string scope = "declared";  ///< or "all"
  std::vector<std::string> exclude;
  std::optional<std::string> from;  ///< the state to start from, instead of the target: file, folder or URL
  std::string on_drop = "refuse";   ///< or "retain", "retain-in-place", "delete"
  std::string online = "auto";      ///< or "always", "never"
  std::string ask = "target";       ///< or "embedded", a URL, "never"
  std::string owner;                ///< "": the current user
  bool adopt = false;
};

/// A plan file's text, and its name for messages.
struct PlanFile {
  std::string name;
  std::string text;
};

/// Asked once before anything changes; a failure (code refused) stops the command.
using Confirm = std::function<Status(const plan::Plan&)>;

struct ApplyRequest {
  std::optional<PlanFile> file;  ///< absent: plan first, under the lock
  PlanRequest plan;
  std::vector<std::string> allow_hazards;
  Confirm confirm;
  bool dry_run = false;
  bool resume = false;  ///< without a file: the plan that was stopped last, as the history keeps it, where there is one
  bool strict = false;  ///< refuse what the plan has not read, too (exec::Options::strict)
  /// The id of the plan that a reviewer has seen: any other plan is refused, whether it comes from a file, is made now
  /// or is gone on with. "" for none.
  std::string reviewed;
  Limits limits;
};

struct RollbackRequest {
  std::optional<PlanFile> file;  ///< absent: the last apply in the history
  std::vector<std::string> allow_hazards;
  /// Of rows in what the plan had created: "delete" allows losing them, "retain" copies them to segue_retained first.
  std::string on_drop = "refuse";
  Confirm confirm;
  Limits limits;
};

struct PurgeRequest {
  std::string plan_id;  ///< only what this plan has kept; its first characters do. "" for any
  std::optional<std::int64_t> older_than_days;
  /// Asked once, with all that would go; a failure (code refused) stops the command.
  std::function<Status(const std::vector<exec::RetainedRow>&)> confirm;
  Limits limits;
};

struct RunReport {
  enum class Kind { applied, rolled_back, nothing_to_do, dry_run };
  Kind kind = Kind::nothing_to_do;
  std::string plan_id;
  std::size_t steps = 0;
  std::int64_t duration_ms = 0;
  std::int64_t history_id = 0;  ///< 0 where no row was written
  std::string message;          ///< one sentence for people
};

struct CheckReport {
  plan::Plan plan;  ///< what it takes to make the database match the file
  std::vector<std::string>
      since_last_apply;  ///< of what the last apply touched: what was changed by hand, and not into what the file wants
  std::string last_apply;  ///< "on … by …"; "" where there was none
};

struct DoctorRequest {
  std::optional<PlanFile> file;   ///< a saved plan to look at as well
  bool fix = false;               ///< repair what can be repaired without a person's decision
  std::int64_t idle_ms = 300000;  ///< how long the holder of segue's lock must be idle to count as left behind
  Limits limits;
};

struct ProveRequest {
  PlanFile file;
  std::vector<std::string> schema;   ///< the files and folders that the plan was made from
  std::optional<std::string> from;   ///< the state it starts from: file, folder or URL; absent: the target's
  std::string scratch = "embedded";  ///< or the URL of a superuser on a server that may be worked on
};

/// One thing that was looked at.
struct Verdict {
  enum class Outcome { held, failed, not_judged };
  std::string what;  ///< "applies", "keeps rows", "settles", "converges", "rolls back", "restores" …
  Outcome outcome = Outcome::held;
  std::string detail;  ///< one line, or what is wrong over several
};

struct ProveReport {
  std::vector<Verdict> verdicts;          ///< in the order in which they were found
  std::vector<std::string> empty_tables;  ///< that took none of the rows made for them, with the server's reason
  std::string scratch;                    ///< the server, for people
  plan::Plan plan;                        ///< with what was measured (plan::Observed)
  bool proved() const;
};

struct ValidateReport {
  std::size_t objects = 0;
  std::size_t files = 0;
  Diagnostics warnings;
};

struct InspectRequest {
  std::vector<std::string> exclude;
  bool folder = false;  ///< a main file that includes one for each relation, type and routine, instead of one for all
};

/// A file of a schema: its path within the folder, and its text.
struct InspectedFile {
  std::string path;
  std::string text;
};

struct InspectReport {
  std::vector<InspectedFile> files;   ///< the main one first, "schema.sql"
  std::vector<std::string> left_out;  ///< secrets, and what segue does not model: one sentence each
  /// What is written and cannot be read again by the linked parser, whose grammar is older than the server: each with
  /// the version that can.
  std::vector<std::string> unreadable;
  std::size_t objects = 0;
};

/// What it takes to make the database match the schema. Changes nothing. Codes: syntax, invalid, unsupported, io,
/// connection, database.
Result<plan::Plan> compute_plan(const PlanRequest& request, const Target& target, const Callbacks& callbacks = {});

/// Runs a plan in one transaction. On failure nothing has changed, unless the diagnostic says that nobody knows.
/// Codes: those of plan, and plan_file, refused, stale, locked, internal.
Result<RunReport> apply(const ApplyRequest& request, const Target& target, const Callbacks& callbacks = {});

/// The first line of a server's start: brings the database to the schema, or finds within milliseconds that nothing has
/// changed since it last did. Asks nobody and allows no hazard: what needs a person's consent is refused, and the
/// server should not start. Waits for the database as Target says. Codes as apply.
Result<RunReport> ensure(const PlanRequest& schema, const Target& target, const Callbacks& callbacks = {});

/// Takes an applied plan back, in one transaction. Codes as apply.
Result<RunReport> rollback(const RollbackRequest& request, const Target& target, const Callbacks& callbacks = {});

/// Runs a plan there and back on a scratch server, which is first given the state that the plan starts from and a few
/// rows in every table; pg_dump is the judge. Of the target it reads the schema, and changes nothing. Codes as apply,
/// where the proof could not even begin.
Result<ProveReport> prove(const ProveRequest& request, const Target& target, const Callbacks& callbacks = {});

/// Live against the file, and live against the last apply.
Result<CheckReport> check(const PlanRequest& request, const Target& target, const Callbacks& callbacks = {});

/// Reads the schema without any database.
Result<ValidateReport> validate(const PlanRequest& request);

/// The database as a schema that plans to nothing against it, and makes the same again in an empty one. Secrets are
/// left out, and so are owners that are the connected role. Changes nothing, writes no file. Codes: connection,
/// database.
Result<InspectReport> inspect(const InspectRequest& request, const Target& target, const Callbacks& callbacks = {});

/// The newest rows of the history, newest first.
Result<std::vector<exec::HistoryRow>> history(const Target& target, int limit, const Callbacks& callbacks = {});

/// Frees what plans kept in the schema segue_retained, and returns it. Those plans cannot be rolled back any more.
Result<std::vector<exec::RetainedRow>> purge(const PurgeRequest& request, const Target& target,
                                             const Callbacks& callbacks = {});

/// What stands in the way of the next apply, and the way out of each. Changes nothing unless asked to fix.
Result<exec::Examination> doctor(const DoctorRequest& request, const Target& target, const Callbacks& callbacks = {});

/// The text of a hand-edited plan under a new seal, marked as edited; the text itself where its seal was right.
Result<std::string> seal(const PlanFile& file);

/// The target for people: user@host:port/database. Never a password.
Result<std::string> describe(const Target& target);

/// "segue 0.1.0 (…)", one line per library.
std::string version();

}  // namespace segue
