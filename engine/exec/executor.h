// Runs a plan, or takes it back: one transaction, checked at both ends, written to the history.
//
// Called by the facade (segue.h). Reads the plan and nothing else: what it must see of the database it asks of an
// Inspector. Never prints, never asks a terminal, never plans, and knows no kind of object by name.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "exec/clock.h"
#include "exec/inspector.h"
#include "plan/plan.h"

namespace segue::exec {

/// Opens a new session with the same database; called again when a commit's answer was lost.
using SessionFactory = std::function<Result<std::unique_ptr<Session>>()>;

/// Told what happens, in the thread that runs the plan.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void note(const std::string&) {}  ///< one sentence for people: what is waited for, what is tried again
  virtual void step_started(std::size_t /*number*/, std::size_t /*total*/, const plan::Step&) {}
  virtual void step_finished(std::size_t /*number*/, std::size_t /*total*/, const plan::Step&, std::int64_t /*ms*/) {}
};

struct Options {
  // What is done.
  std::vector<std::string> allow_hazards;  ///< names of plan::hazard, or "all"
  bool delete_on_drop = false;  ///< rollback only: the user chose --on-drop delete, which allows DELETES_DATA
  bool copy_on_drop = false;    ///< rollback only: rows that it would delete are copied to segue_retained first
  bool strict = false;          ///< apply only: an object in scope that the plan has not read makes it stale
  bool dry_run = false;         ///< everything is run and then rolled back; no history is written
  /// Asked once, when everything that needs no transaction was checked; a failure stops the command (code refused).
  std::function<Status(const plan::Plan&)> confirm;
  /// Runs inside the transaction, after the final state was found right: for what is learnt of the server's forms.
  std::function<Status(Session&, const Snapshot& after)> before_commit;
  /// Runs when all has gone well, still under the lock: for what is learnt of the whole. Nothing depends on it any
  /// more.
  std::function<void(Session&)> afterwards;

  // How long it is tried.
  std::int64_t lock_timeout_ms = 3000;    ///< of one statement; a step may set its own
  std::int64_t statement_timeout_ms = 0;  ///< 0: no limit
  std::int64_t advisory_wait_ms = 60000;  ///< for another segue on this database
  int lock_attempts = 5;                  ///< of the whole transaction, when locks were not to be had
  std::int64_t commit_lookup_ms = 60000;  ///< for an answer about a commit whose own answer was lost

  // Who does it.
  std::string tool_version;
  bool behind_pooler = false;  ///< session locks do not last there: the lock is taken inside the transaction instead
  /// True once the user wants to stop; asked between statements. The transaction is then rolled back.
  std::function<bool()> interrupted;
  Clock* clock = nullptr;  ///< null: the machine's
  /// The value of a secret that the plan names; nothing where there is none.
  std::function<std::optional<std::string>(const std::string& name)> secret;
};

struct Outcome {
  enum class Kind { applied, rolled_back, nothing_to_do, dry_run };
  Kind kind = Kind::nothing_to_do;
  std::string plan_id;
  std::size_t steps = 0;
  std::int64_t duration_ms = 0;
  std::int64_t history_id = 0;  ///< 0 where no row was written
  std::string message;          ///< one sentence for people
};

/// Where the plan comes from: a file that was read before, or planning on this session, under the lock.
using PlanSource = std::function<Result<plan::Plan>(Session&)>;

/// Applies a plan. On failure nothing has changed, unless the diagnostic says that this is not known (a commit whose
/// answer was lost and could not be looked up). Codes: refused, stale, locked, connection, database, internal.
Result<Outcome> apply(const SessionFactory& connect, const PlanSource& source, const Options& options,
                      Inspector& inspector, Listener& listener);

/// Takes an applied plan back: its inverse steps in reverse order, under the same checks.
Result<Outcome> rollback(const SessionFactory& connect, const PlanSource& source, const Options& options,
                         Inspector& inspector, Listener& listener);

}  // namespace segue::exec
