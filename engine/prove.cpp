#include <algorithm>
#include <filesystem>

#include "base/quote.h"
#include "base/retained.h"
#include "exec/executor.h"
#include "kinds/connection_secret.h"
#include "kinds/foreign_options.h"
#include "pg/connect.h"
#include "plan/plan_file.h"
#include "segue_internal.h"
#include "start_state.h"
#include "trial/dump.h"
#include "trial/observer.h"
#include "trial/rows.h"

namespace segue {
namespace {

using Outcome = Verdict::Outcome;
using Contents = std::map<std::string, trial::TableContent>;

std::string count_of(std::size_t number, const std::string& one) {
  return std::to_string(number) + " " + one + (number == 1 ? "" : "s");
}

std::string why(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& one : diagnostics) text += (text.empty() ? "" : "\n") + render(one);
  return text;
}

/// errcodes.txt: class 22 is Data Exception, class 23 Integrity Constraint Violation.
bool is_of_data(const Diagnostic& error) {
  return error.sqlstate.starts_with("22") || error.sqlstate.starts_with("23");
}

/// What pg_dump writes down the server may print otherwise once it is read back (`v IN ('a', 'b')` of a varchar): the
/// plan is told of the live database's form, as long as nothing else of the object differs and nobody has touched it.
class CopyInspector : public exec::Inspector {
 public:
  /// Learns which objects of the copy only print otherwise.
  void compare(const exec::Snapshot& live, const exec::Snapshot& copy) {
    for (const auto& [key, state] : copy) {
      const auto found = live.find(key);
      if (found != live.end() && found->second.hash != state.hash &&
          found->second.shape.attributes == state.shape.attributes)
        forms_[key] = {state.hash, found->second};
    }
  }
  Result<exec::Snapshot> snapshot(Session& session, const plan::Body& plan) override {
    Result<exec::Snapshot> now = inspector_->snapshot(session, plan);
    if (!now) return now;
    for (const auto& [key, form] : forms_) {
      const auto found = now->find(key);
      if (found != now->end() && found->second.hash == form.first) found->second = form.second;
    }
    return now;
  }
  std::string describe(const std::string& key) override { return inspector_->describe(key); }

 private:
  std::unique_ptr<exec::Inspector> inspector_ = make_inspector();
  std::map<std::string, std::pair<std::string, exec::ObjectState>> forms_;  ///< hash in the copy, state in the live one
};

/// What a proof works with. Each part of it says what it found, and the next goes on where there is something to go on
/// with.
class Proof {
 public:
  Proof(const ProveRequest& request, const Target& target, const Callbacks& callbacks)
      : request_(request), target_(target), callbacks_(callbacks) {}

  Result<ProveReport> run();

 private:
  Status make_start();
  Status fill();
  Status look_at_start();
  bool may_fail_on_data() const;
  bool is_refused_for_rows(const Diagnostic& error) const;
  Result<exec::Outcome> apply();
  void judge_rows_after_apply();
  void judge_settling();
  void judge_convergence();
  bool roll_back();
  void judge_restoration();
  void judge_claims();

  Result<std::unique_ptr<Session>> session() const;
  Result<Contents> contents() const;
  Result<std::string> dump(const std::vector<std::string>& arguments = {}) const;
  Result<std::string> dump_without_kept_columns(const std::vector<std::string>& arguments);
  exec::Options options() const;
  std::vector<std::string> aspects_left_alone() const;
  using Comparison = std::string (*)(const std::string& got, const std::string& wanted);
  Result<std::string> dump_of_script(const std::string& script, const std::vector<std::string>& arguments = {});
  Result<std::string> compare(const std::string& got, const std::string& wanted, Comparison comparison);
  Result<std::string> dump_of_schema(const std::vector<std::string>& arguments);
  void say(const std::string& text) const {
    if (callbacks_.note) callbacks_.note(text);
  }
  void judge(const std::string& what, Outcome outcome, const std::string& detail) {
    report_.verdicts.push_back({what, outcome, detail});
  }
  /// Not judged where the judge could not be asked.
  template <class Value>
  bool asked(const std::string& what, const Result<Value>& answer) {
    if (!answer) judge(what, Outcome::not_judged, why(answer.diagnostics()));
    return answer.ok();
  }

  const ProveRequest& request_;
  const Target& target_;
  const Callbacks& callbacks_;
  plan::Plan plan_;
  StartState start_;
  CopyInspector inspector_;
  Contents rows_before_;
  std::string dump_before_;
  trial::Observer observer_;
  ProveReport report_;
};

Result<ProveReport> Proof::run() {
  Result<plan::Plan> read = plan::from_json(request_.file.text, request_.file.name);
  if (!read) return read.failure();
  plan_ = std::move(*read);
  Status status = make_start();
  if (status) status = fill();
  if (!status) return status.failure();
  Result<exec::Outcome> applied = apply();
  // whether the plan is right can be seen without the rows that it, or an expression of the file, could not take
  if (!applied && (may_fail_on_data() || is_of_data(applied.error()))) {
    judge("applies to any rows", Outcome::not_judged, why(applied.diagnostics()));
    status = start_.make_again(target_, callbacks_);
    if (status) status = look_at_start();
    if (!status) return status.failure();
    applied = apply();
  }
  judge("applies", applied ? Outcome::held : Outcome::failed,
        applied ? count_of(applied->steps, "step") : why(applied.diagnostics()));
  if (applied) {
    judge_rows_after_apply();
    judge_settling();
    judge_convergence();
    if (roll_back()) judge_restoration();
    judge_claims();
  }
  plan_.observed.measured = observer_.measured();
  report_.scratch = start_.scratch->shown();
  report_.plan = plan_;
  return std::move(report_);
}

// -- the start --------------------------------------------------------------------------------------------------------

Status Proof::make_start() {
  say("making the state that the plan starts from");
  StartRequest start;
  start.server = request_.scratch;
  start.major = plan_.body.server_major;
  start.from = request_.from;
  start.owner = plan_.body.owner;
  if (!request_.schema.empty()) start.to.emplace().schema = request_.schema;
  exec::Snapshot live;
  start.look = [&](Session& session) -> Status {
    Result<exec::Snapshot> seen = inspector_.snapshot(session, plan_.body);
    if (!seen) return seen.failure();
    live = std::move(*seen);
    return done();
  };
  Result<StartState> made = make_start_state(start, target_, callbacks_);
  if (!made) return made.failure();
  start_ = std::move(*made);
  const Result<std::unique_ptr<Session>> copied = session();
  if (!copied) return copied.failure();
  const Result<exec::Snapshot> copy = inspector_.snapshot(**copied, plan_.body);
  if (!copy) return copy.failure();
  inspector_.compare(live, *copy);
  return done();
}

Status Proof::fill() {
  say("filling its tables");
  Result<std::unique_ptr<pg::PgSession>> session = pg::connect(start_.database);
  if (!session) return session.failure();
  const Result<std::vector<trial::Refused>> refused = trial::fill_tables(**session);
  if (!refused) return refused.failure();
  for (const trial::Refused& one : *refused) report_.empty_tables.push_back(one.table + ": " + one.why);
  return look_at_start();
}

Status Proof::look_at_start() {
  Result<Contents> rows = contents();
  if (!rows) return rows.failure();
  rows_before_ = std::move(*rows);
  Result<std::string> before = dump();
  if (!before) return before.failure();
  dump_before_ = std::move(*before);
  return done();
}

// -- there ------------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Session>> Proof::session() const {
  return session_with(start_.database, start_.surroundings.user, callbacks_);
}

exec::Options Proof::options() const {
  exec::Options options;
  options.allow_hazards = {"all"};
  options.delete_on_drop = true;
  options.tool_version = SEGUE_VERSION;
  options.interrupted = callbacks_.interrupted;
  // what a connection string may be too; the real ones go nowhere else
  options.secret = [](const std::string& name) { return "dbname=" + name; };
  return options;
}

bool Proof::may_fail_on_data() const {
  const auto says_so = [](const plan::Preflight& check) { return check.hazard == plan::hazard::may_fail_on_data; };
  return std::any_of(plan_.body.steps.begin(), plan_.body.steps.end(), [&](const plan::Step& step) {
    const auto& hazards = step.hazards;
    return std::find(hazards.begin(), hazards.end(), plan::hazard::may_fail_on_data) != hazards.end() ||
           std::any_of(step.preflight.begin(), step.preflight.end(), says_so);
  });
}

/// Whether the rollback was refused for rows that the way back looks for, as the plan says: of made up ones as well.
bool Proof::is_refused_for_rows(const Diagnostic& error) const {
  const bool looks = std::any_of(plan_.body.steps.begin(), plan_.body.steps.end(), [](const plan::Step& step) {
    const auto& checks = step.inverse.preflight;
    return std::any_of(checks.begin(), checks.end(),
                       [](const plan::Preflight& check) { return check.hazard == plan::hazard::may_fail_on_data; });
  });
  // what the look finds comes without a state of the server's; 23 is an integrity constraint violation
  return looks && error.code == ErrorCode::database && (error.sqlstate.empty() || error.sqlstate.rfind("23", 0) == 0);
}

Result<exec::Outcome> Proof::apply() {
  say("applying the plan");
  observer_ = {};
  const exec::SessionFactory connect = [this]() -> Result<std::unique_ptr<Session>> {
    Result<std::unique_ptr<Session>> connected = session();
    if (connected) observer_.watch(**connected);
    return connected;
  };
  return exec::apply(
      connect, [this](Session&) -> Result<plan::Plan> { return plan_; }, options(), inspector_, observer_);
}

/// The table under the name that it has now: its own may be another one's. What is made anew keeps its name alone.
Contents::const_iterator now_at(const Contents& now, const Contents::value_type& before) {
  const auto same =
      std::find_if(now.begin(), now.end(), [&](const auto& one) { return one.second.oid == before.second.oid; });
  return same != now.end() ? same : now.find(before.first);
}

/// Rows are there as before; a table that the plan takes away or gives another name has gone as the plan says.
void Proof::judge_rows_after_apply() {
  const Result<Contents> now = contents();
  if (!asked("keeps rows", now)) return;
  const auto is_removed = [this](const std::string& table) {
    const auto& removed = plan_.body.effects.removed;
    return std::any_of(removed.begin(), removed.end(),
                       [&](const std::string& key) { return key.ends_with(" " + table); });
  };
  std::string lost;
  std::size_t kept = 0;
  for (const auto& one : rows_before_) {
    const auto& [table, before] = one;
    const auto found = now_at(*now, one);
    const std::int64_t rows = found == now->end() ? 0 : found->second.rows;
    if (rows == before.rows || (found == now->end() && is_removed(table))) {
      kept += static_cast<std::size_t>(rows);
    } else {
      lost += "\n" + table + " had " + std::to_string(before.rows) + ", and has " + std::to_string(rows);
    }
  }
  judge("keeps rows", lost.empty() ? Outcome::held : Outcome::failed,
        lost.empty() ? count_of(kept, "row") : "rows are missing:" + lost);
}

void Proof::judge_settling() {
  PlanRequest again;
  again.schema = request_.schema;
  again.scope = plan_.body.scope;
  again.exclude = plan_.body.exclude;
  again.on_drop = plan_.body.on_drop;
  again.owner = plan_.body.owner;
  const Result<std::unique_ptr<Session>> planner = session();
  if (!asked("settles", planner)) return;
  const Result<plan::Plan> next = make_plan(again, planner->get(), callbacks_);
  if (!asked("settles", next)) return;
  const auto hashes = [](const std::vector<plan::SchemaFile>& files) {
    std::vector<std::string> all;
    all.reserve(files.size());
    for (const plan::SchemaFile& file : files) all.push_back(file.sha256);
    return all;
  };
  if (hashes(next->body.files) != hashes(plan_.body.files))
    return judge("settles", Outcome::not_judged, "the schema is not the one that the plan was made from");
  std::string steps;
  for (const plan::Step& step : next->body.steps) steps += "\n" + plan::to_string(step.verb) + " " + step.object;
  judge("settles", steps.empty() ? Outcome::held : Outcome::failed,
        steps.empty() ? "the next plan is empty" : "the next plan is not empty:" + steps);
}

/// Without the columns that plans keep in their tables: they are outside of every schema.
Result<std::string> Proof::dump_without_kept_columns(const std::vector<std::string>& arguments) {
  const Result<std::unique_ptr<pg::PgSession>> session = pg::connect(start_.database);
  if (!session) return session.failure();
  const Result<Rows> drops = (*session)->query(
      "SELECT pg_catalog.string_agg(pg_catalog.format('ALTER TABLE %s DROP COLUMN %I;', "
      "a.attrelid::pg_catalog.regclass,"
      " a.attname), ' ') FROM pg_catalog.pg_attribute a WHERE pg_catalog.starts_with(a.attname, $1) AND NOT"
      " a.attisdropped AND a.attinhcount = 0",
      {std::string(retained_column_prefix)});
  if (!drops) return drops.failure();
  const Result<std::string> all = dump(arguments);
  if (!all || drops->is_null(0, 0)) return all;
  return dump_of_script(*all + "\n" + drops->at(0, 0).value_or(""), arguments);
}

Result<std::string> Proof::dump(const std::vector<std::string>& arguments) const {
  return pg::dump_schema(start_.scratch->programs(), start_.database, arguments);
}

/// What the server writes down of a database that psql has made.
Result<std::string> Proof::dump_of_script(const std::string& script, const std::vector<std::string>& arguments) {
  const Result<pg::ConnectionTarget> fresh = start_.scratch->make_database(start_.surroundings.owner);
  if (!fresh) return fresh.failure();
  const pg::ClientPrograms& programs = start_.scratch->programs();
  if (const Status loaded = pg::run_script(programs, *fresh, script); !loaded) return loaded.failure();
  return pg::dump_schema(programs, *fresh, arguments);
}

namespace {

/// Secrets are no part of the model, so that no plan speaks of them; and no proof shows them.
std::string without_secrets(const std::string& dump) {
  return trial::without_hidden(dump, {kinds::foreign_options::is_secret, kinds::may_hold_secret});
}

}  // namespace

/// Two texts of one meaning are printed as one, once the server has read them.
Result<std::string> Proof::compare(const std::string& got, const std::string& wanted, Comparison comparison) {
  std::string difference = comparison(without_secrets(got), without_secrets(wanted));
  if (difference.empty()) return difference;
  const Result<std::string> got_again = dump_of_script(got);
  if (!got_again) return got_again.failure();
  const Result<std::string> wanted_again = dump_of_script(wanted);
  if (!wanted_again) return wanted_again.failure();
  return comparison(without_secrets(*got_again), without_secrets(*wanted_again)).empty() ? std::string() : difference;
}

/// What the file never mentions stays as the database has it: no comparison with the file can speak of it.
std::vector<std::string> Proof::aspects_left_alone() const {
  std::vector<std::string> arguments;
  for (const std::string& kind : plan_.body.left_alone) {
    if (kind == "comment") arguments.emplace_back("--no-comments");
    if (kind == "owner") arguments.emplace_back("--no-owner");
    if (kind == "privileges") arguments.emplace_back("--no-privileges");
    if (kind == "security label") arguments.emplace_back("--no-security-labels");
  }
  return arguments;
}

/// Of a database that psql makes of the files, without us.
Result<std::string> Proof::dump_of_schema(const std::vector<std::string>& arguments) {
  std::string script;
  if (!start_.surroundings.user.empty()) script = "SET ROLE " + quote_identifier(start_.surroundings.user) + ";\n";
  for (const std::string& path : request_.schema) {
    std::error_code failed;
    if (path == "-" || std::filesystem::is_directory(path, failed))
      return Diagnostic::error(ErrorCode::unsupported, "psql reads files only, and no " + path);
    script += "\\i " + quote_literal(std::filesystem::absolute(path, failed).string()) + "\n";
  }
  return dump_of_script(script, arguments);
}

/// With scope declared the database may hold more than the file, but nothing of it otherwise.
void Proof::judge_convergence() {
  const std::string what = "converges";
  const std::vector<std::string> arguments = aspects_left_alone();
  const Result<std::string> wanted = dump_of_schema(arguments);
  if (!asked(what, wanted)) return;
  const Result<std::string> got = dump_without_kept_columns(arguments);
  if (!asked(what, got)) return;
  const Result<std::string> difference =
      compare(*got, *wanted, plan_.body.scope == "all" ? trial::dump_difference : trial::dump_missing);
  if (!asked(what, difference)) return;
  judge(
      what, difference->empty() ? Outcome::held : Outcome::failed,
      difference->empty() ? "pg_dump finds what psql makes of the schema" : "pg_dump finds otherwise:\n" + *difference);
}

// -- and back ---------------------------------------------------------------------------------------------------------

bool Proof::roll_back() {
  const bool no_way = std::any_of(plan_.body.steps.begin(), plan_.body.steps.end(),
                                  [](const plan::Step& step) { return step.inverse.fidelity == "none"; });
  if (no_way) {
    judge("rolls back", Outcome::not_judged, "the plan has steps without a way back, and says so");
    return false;
  }
  say("rolling it back");
  exec::Listener silent;
  const Result<exec::Outcome> outcome =
      exec::rollback([this] { return session(); }, [this](Session&) -> Result<plan::Plan> { return plan_; }, options(),
                     inspector_, silent);
  const bool for_rows = !outcome && is_refused_for_rows(outcome.error());
  judge("rolls back",
        outcome    ? Outcome::held
        : for_rows ? Outcome::not_judged
                   : Outcome::failed,
        outcome ? count_of(outcome->steps, "step") : why(outcome.diagnostics()));
  return outcome.ok();
}

Result<Contents> Proof::contents() const {
  Result<std::unique_ptr<pg::PgSession>> session = pg::connect(start_.database);
  if (!session) return session.failure();
  return trial::read_contents(**session);
}

void Proof::judge_restoration() {
  const Result<std::string> after = dump();
  if (!asked("restores", after)) return;
  const Result<std::string> difference = compare(*after, dump_before_, trial::dump_difference);
  if (!asked("restores", difference)) return;
  judge("restores", difference->empty() ? Outcome::held : Outcome::failed,
        difference->empty() ? "pg_dump finds what was there" : "pg_dump finds otherwise:\n" + *difference);
  const Result<Contents> now = contents();
  if (!asked("brings rows back", now)) return;
  std::string lost;
  for (const auto& [table, before] : rows_before_) {
    const auto found = now->find(table);
    if (found == now->end() || found->second.digest != before.digest) lost += "\n" + table;
  }
  const bool said = std::any_of(plan_.body.steps.begin(), plan_.body.steps.end(),
                                [](const plan::Step& step) { return step.inverse.fidelity != "exact"; });
  const Outcome outcome = lost.empty() || said ? Outcome::held : Outcome::failed;
  judge("brings rows back", outcome,
        lost.empty() ? "every value is what it was"
                     : (said ? "other than they were, as the plan says:" : "changed:") + lost);
}

void Proof::judge_claims() {
  const std::vector<std::string>& broken = observer_.broken_claims();
  judge("locks no more", broken.empty() ? Outcome::held : Outcome::failed,
        broken.empty() ? "no step locked, rewrote or read more than it says" : join(broken, "\n"));
}

}  // namespace

bool ProveReport::proved() const {
  return std::none_of(verdicts.begin(), verdicts.end(),
                      [](const Verdict& one) { return one.outcome == Verdict::Outcome::failed; });
}

Result<ProveReport> prove(const ProveRequest& request, const Target& target, const Callbacks& callbacks) {
  return Proof(request, target, callbacks).run();
}

}  // namespace segue
