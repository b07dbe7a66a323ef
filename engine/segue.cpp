#include "segue.h"

#include <algorithm>

#include "connection.h"
#include "exec/doctor.h"
#include "exec/executor.h"
#include "exec/history.h"
#include "exec/retained.h"
#include "gate.h"
#include "pg/versions.h"
#include "plan/plan_file.h"
#include "segue_internal.h"
#include "sql/canonical.h"
#include "sql/script.h"
#include "start_state.h"

namespace segue {
namespace {

/// Hands the steps on as plain data.
class Forwarder : public exec::Listener {
 public:
  explicit Forwarder(const Callbacks& callbacks) : callbacks_(callbacks) {}
  void note(const std::string& text) override {
    if (callbacks_.note) callbacks_.note(text);
  }
  void step_started(std::size_t number, std::size_t total, const plan::Step& step) override {
    if (callbacks_.step) callbacks_.step({number, total, step.id, step.object, false, 0});
  }
  void step_finished(std::size_t number, std::size_t total, const plan::Step& step, std::int64_t ms) override {
    if (callbacks_.step) callbacks_.step({number, total, step.id, step.object, true, ms});
  }

 private:
  const Callbacks& callbacks_;
};

exec::Options options_for(const Limits& limits, const Connection& connection, const Callbacks& callbacks) {
  exec::Options options;
  options.lock_timeout_ms = limits.lock_timeout_ms;
  options.statement_timeout_ms = limits.statement_timeout_ms;
  options.advisory_wait_ms = limits.other_segue_wait_ms;
  options.behind_pooler = connection.behind_pooler();
  options.interrupted = callbacks.interrupted;
  options.secret = callbacks.secret;
  options.tool_version = SEGUE_VERSION;
  return options;
}

RunReport report_of(const exec::Outcome& outcome) {
  using From = exec::Outcome::Kind;
  RunReport report;
  switch (outcome.kind) {
    case From::applied:
      report.kind = RunReport::Kind::applied;
      break;
    case From::rolled_back:
      report.kind = RunReport::Kind::rolled_back;
      break;
    case From::dry_run:
      report.kind = RunReport::Kind::dry_run;
      break;
    case From::nothing_to_do:
      report.kind = RunReport::Kind::nothing_to_do;
      break;
  }
  report.plan_id = outcome.plan_id;
  report.steps = outcome.steps;
  report.duration_ms = outcome.duration_ms;
  report.history_id = outcome.history_id;
  report.message = outcome.message;
  return report;
}

/// What the server made of the definitions that the plan sent, or found settled: learnt in the same transaction.
Status remember_forms(const plan::Body& body, Session& session, const exec::Snapshot& after) {
  std::vector<exec::RememberedForm> forms;
  for (const auto& [key, definitions] : body.remembers) {
    const auto object = after.find(key);
    if (object == after.end()) continue;
    for (const auto& [attribute, form_key] : definitions) {
      const auto form = object->second.shape.definitions.find(attribute);
      if (form == object->second.shape.definitions.end() || !form->second) continue;
      forms.push_back({form_key, *form->second, sql::canonical_version, session.server_version()});
    }
  }
  return forms.empty() ? done() : exec::store_remembered(session, forms);
}

Result<plan::Plan> plan_of_last_apply(Session& session) {
  const Result<std::optional<exec::AppliedPlan>> last = exec::last_applied(session);
  if (!last) return last.failure();
  if (!*last) {
    return Diagnostic::error(ErrorCode::invalid, "there is no apply in the history that could be rolled back",
                             "Look at `segue history`, or give the plan file: segue rollback PLAN.json.");
  }
  const std::string name = "the plan of history row " + std::to_string((*last)->id);
  if ((*last)->plan_file.empty()) {
    return Diagnostic::error(ErrorCode::invalid, name + " is no longer kept in the database",
                             "Give its file, " + (*last)->plan_id.substr(0, 12) + "…: segue rollback PLAN.json.");
  }
  return plan::from_json((*last)->plan_file, name);
}

/// Whether the plan, or nobody, says what the object is to be: what the file has as it is now is no drift.
bool is_unwanted(const std::string& key, const plan::Body& body) {
  const auto changes = [&](const plan::Step& step) {
    return std::find(step.changes.begin(), step.changes.end(), key) != step.changes.end();
  };
  const auto is_of = [&](const std::string& kind) { return key.rfind(kind + " ", 0) == 0; };
  return std::any_of(body.steps.begin(), body.steps.end(), changes) ||
         std::any_of(body.left_alone.begin(), body.left_alone.end(), is_of);
}

/// The last apply against the database as it is.
Status compare_with_last_apply(Session& session, CheckReport& report) {
  const Result<std::optional<exec::AppliedPlan>> last = exec::last_applied(session);
  if (!last) return last.failure();
  if (!*last || !(*last)->whole || (*last)->plan_file.empty()) return done();
  const Result<plan::Plan> applied =
      plan::from_json((*last)->plan_file, "the plan of history row " + std::to_string((*last)->id));
  if (!applied) return applied.failure();
  report.last_apply = "on " + (*last)->applied_at + " by " + (*last)->who;
  const std::unique_ptr<exec::Inspector> inspector = make_inspector();
  const Result<exec::Snapshot> now = inspector->snapshot(session, applied->body);
  if (!now) return now.failure();
  for (const exec::Difference& one : exec::differs_from_left(applied->body, &(*last)->left, *now)) {
    if (!is_unwanted(one.key, report.plan.body)) continue;
    const char* what = one.what == exec::Difference::What::gone       ? " is gone"
                       : one.what == exec::Difference::What::appeared ? " is there now"
                                                                      : " was changed";
    report.since_last_apply.push_back(one.key + what);
  }
  return done();
}

/// The plan that was stopped last, or else a new one.
Result<plan::Plan> stopped_or_new(Session& session, Gate& gate) {
  const Result<std::optional<exec::AppliedPlan>> last = exec::last_applied(session);
  if (!last) return last.failure();
  if (!*last || (*last)->whole) return gate.plan(session);
  return plan_of_last_apply(session);
}

/// Before any lock is taken: what a snapshot of now shows to be settled needs none.
Result<std::optional<plan::Plan>> settled_plan(Gate& gate, Connection& connection) {
  Result<std::unique_ptr<Session>> session = connection.session();
  if (!session) return session.failure();
  std::optional<plan::Plan> settled = gate.settled(**session);
  connection.keep(std::move(*session));
  return settled;
}

RunReport unchanged(const plan::Plan& plan) {
  RunReport report;
  report.plan_id = plan.id;
  report.message = "Nothing to do: neither the schema nor the database has changed since they were found to match.";
  return report;
}

/// From one file to another, on a server that is in the state of the first.
Result<plan::Plan> plan_on_scratch(const PlanRequest& request, const Target& target, const Callbacks& callbacks) {
  const Result<Copy> start = copy_to_ask(request, target, callbacks);
  if (!start) return start.failure();
  PlanRequest there = request;
  there.from.reset();
  return make_plan(there, start->session.get(), callbacks);
}

/// Where files leave open what two spellings mean, a private server tells, if there is one to be had.
Result<plan::Plan> plan_from_file(const PlanRequest& request, const Target& target, const Callbacks& callbacks) {
  if (asks_scratch(request)) return plan_on_scratch(request, target, callbacks);
  Result<plan::Plan> plan = make_plan(request, nullptr, callbacks);
  const bool is_settled = plan && plan->observed.settled_by_tier.count("undecided") == 0;
  if (!plan || is_settled || request.ask == "never") return plan;
  PlanRequest on_scratch = request;
  on_scratch.ask = "embedded";
  Result<plan::Plan> decided = plan_on_scratch(on_scratch, target, callbacks);
  if (decided) return decided;
  if (callbacks.note) {
    callbacks.note("definitions in doubt stay so, since no private server could be asked:\n" + render(decided.error()));
  }
  return plan;
}

/// A plan's id is a hash of all that apply runs, so that its equality is that of the plans.
Status is_reviewed(const plan::Plan& plan, const std::string& reviewed) {
  if (reviewed.empty() || plan.id == reviewed) return done();
  Diagnostic error = Diagnostic::error(
      ErrorCode::refused, "this plan is not the one that was reviewed; nothing was changed",
      "Have this plan reviewed, or apply the one that was. The hash of a plan is the `id` in its file.");
  error.why = "  reviewed:  " + reviewed + "\n  this plan: " + plan.id +
              (plan.hand_edited ? ", which was edited by hand and sealed again" : "");
  return error;
}

}  // namespace

Result<plan::Plan> compute_plan(const PlanRequest& request, const Target& target, const Callbacks& callbacks) {
  if (request.from && !is_url(*request.from)) {
    return plan_from_file(request, target, callbacks);
  }
  Target start = target;
  if (request.from) start.db = request.from;
  const Result<OpenSession> open = open_session(start, callbacks);
  if (!open) return open.failure();
  if (std::optional<plan::Plan> settled = Gate(request, callbacks).settled(*open->session)) return std::move(*settled);
  const OpenHelper helper = [&] { return open->connection->helper(); };
  const Result<Copy> copy = copy_to_ask(request, target, callbacks);
  if (!copy) return copy.failure();
  return make_plan(request, open->session.get(), callbacks, helper, copy->session.get());
}

Result<RunReport> ensure(const PlanRequest& schema, const Target& target, const Callbacks& callbacks) {
  ApplyRequest request;
  request.plan = schema;
  return apply(request, target, callbacks);
}

Result<RunReport> apply(const ApplyRequest& request, const Target& target, const Callbacks& callbacks) {
  std::optional<plan::Plan> given;
  if (request.file) {
    Result<plan::Plan> read = plan::from_json(request.file->text, request.file->name);
    if (!read) return read.failure();
    if (const Status reviewed = is_reviewed(*read, request.reviewed); !reviewed) return reviewed.failure();
    given = std::move(*read);
  }
  Result<std::unique_ptr<Connection>> connection = Connection::open(target, callbacks);
  if (!connection) return connection.failure();
  Result<Copy> copy = given ? Copy() : copy_to_ask(request.plan, target, callbacks);
  if (!copy) return copy.failure();
  Gate gate(request.plan, callbacks, copy->session.get());
  if (!given && !request.resume) {
    const Result<std::optional<plan::Plan>> settled = settled_plan(gate, **connection);
    if (!settled) return settled.failure();
    if (*settled) return unchanged(**settled);
  }
  exec::Options options = options_for(request.limits, **connection, callbacks);
  options.allow_hazards = request.allow_hazards;
  options.confirm = request.confirm;
  options.dry_run = request.dry_run;
  options.strict = request.strict;
  if (!given) options.afterwards = [&gate](Session& session) { gate.settle(session); };
  const exec::PlanSource source = [&](Session& session) -> Result<plan::Plan> {
    if (given) return *given;
    Result<plan::Plan> made = request.resume ? stopped_or_new(session, gate) : gate.plan(session);
    if (!made) return made;
    if (!made->empty()) {
      if (const Status reviewed = is_reviewed(*made, request.reviewed); !reviewed) return reviewed.failure();
    }
    given = *made;
    return made;
  };
  options.before_commit = [&given](Session& session, const exec::Snapshot& after) {
    return remember_forms(given->body, session, after);
  };
  const std::unique_ptr<exec::Inspector> inspector = make_inspector();
  Forwarder listener(callbacks);
  const Result<exec::Outcome> outcome =
      exec::apply([&] { return (*connection)->session(); }, source, options, *inspector, listener);
  if (!outcome) return outcome.failure();
  return report_of(*outcome);
}

Result<RunReport> rollback(const RollbackRequest& request, const Target& target, const Callbacks& callbacks) {
  std::optional<plan::Plan> given;
  if (request.file) {
    Result<plan::Plan> read = plan::from_json(request.file->text, request.file->name);
    if (!read) return read.failure();
    given = std::move(*read);
  }
  Result<std::unique_ptr<Connection>> connection = Connection::open(target, callbacks);
  if (!connection) return connection.failure();
  exec::Options options = options_for(request.limits, **connection, callbacks);
  options.allow_hazards = request.allow_hazards;
  options.delete_on_drop = request.on_drop == "delete";
  options.copy_on_drop = request.on_drop.starts_with("retain");
  options.confirm = request.confirm;
  const exec::PlanSource source = [&](Session& session) -> Result<plan::Plan> {
    if (given) return *given;
    return plan_of_last_apply(session);
  };
  const std::unique_ptr<exec::Inspector> inspector = make_inspector();
  Forwarder listener(callbacks);
  const Result<exec::Outcome> outcome =
      exec::rollback([&] { return (*connection)->session(); }, source, options, *inspector, listener);
  if (!outcome) return outcome.failure();
  return report_of(*outcome);
}

Result<CheckReport> check(const PlanRequest& request, const Target& target, const Callbacks& callbacks) {
  const Result<OpenSession> open = open_session(target, callbacks);
  if (!open) return open.failure();
  const Result<Copy> copy = copy_to_ask(request, target, callbacks);
  if (!copy) return copy.failure();
  Result<plan::Plan> plan = make_plan(
      request, open->session.get(), callbacks, [&] { return open->connection->helper(); }, copy->session.get());
  if (!plan) return plan.failure();
  CheckReport report;
  report.plan = std::move(*plan);
  if (const Status compared = compare_with_last_apply(*open->session, report); !compared) return compared.failure();
  return report;
}

Result<std::vector<exec::HistoryRow>> history(const Target& target, int limit, const Callbacks& callbacks) {
  const Result<OpenSession> open = open_session(target, callbacks);
  if (!open) return open.failure();
  return exec::read_history(*open->session, limit);
}

Result<exec::Examination> doctor(const DoctorRequest& request, const Target& target, const Callbacks& callbacks) {
  const Result<OpenSession> open = open_session(target, callbacks);
  if (!open) return open.failure();
  Result<exec::Examination> found = exec::examine(*open->session, {request.idle_ms});
  if (!found) return found;
  if (request.file) {
    const std::unique_ptr<exec::Inspector> inspector = make_inspector();
    const Status looked =
        exec::examine_plan(*open->session, request.file->name, request.file->text, *inspector, *found);
    if (!looked) return looked.failure();
  }
  if (request.fix) {
    const exec::LockWait wait{request.limits.other_segue_wait_ms, callbacks.note, callbacks.interrupted};
    exec::fix(*open->session, wait, !open->connection->behind_pooler(), exec::machine_clock(), *found);
  }
  return found;
}

Result<std::vector<exec::RetainedRow>> purge(const PurgeRequest& request, const Target& target,
                                             const Callbacks& callbacks) {
  const Result<OpenSession> open = open_session(target, callbacks);
  if (!open) return open.failure();
  Result<std::vector<exec::RetainedRow>> rows = exec::read_retained(*open->session);
  if (!rows) return rows;
  constexpr std::int64_t day = 24 * 60 * 60;
  std::erase_if(*rows, [&](const exec::RetainedRow& row) {
    return row.plan_id.rfind(request.plan_id, 0) != 0 ||
           (request.older_than_days && row.age_seconds < *request.older_than_days * day);
  });
  if (request.confirm) {
    if (const Status confirmed = request.confirm(*rows); !confirmed) return confirmed.failure();
  }
  if (rows->empty()) return rows;
  const exec::LockWait wait{request.limits.other_segue_wait_ms, callbacks.note, callbacks.interrupted};
  if (const Status freed = exec::purge_retained(*open->session, *rows, wait, exec::machine_clock()); !freed)
    return freed.failure();
  return rows;
}

Result<std::string> seal(const PlanFile& file) { return plan::seal(file.text, file.name); }

Result<std::string> describe(const Target& target) {
  const pg::Environment environment = environment_of(target);
  if (pg::is_embedded(pg::database_setting(target.db, environment))) return std::string("embedded");
  const Result<pg::ConnectionTarget> resolved = pg::resolve_target(target.db, environment);
  if (!resolved) return resolved.failure();
  return resolved->shown;
}

std::string version() {
  return "segue " SEGUE_VERSION "\nlibpg_query with the grammar of PostgreSQL " +
         std::to_string(sql::grammar_version()) + "\n" + pg::versions();
}

}  // namespace segue
