#include "trial.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "plan/plan_file.h"
#include "segue.h"
#include "support/session.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

std::string said(const Diagnostics& diagnostics) {
  std::string all;
  for (const Diagnostic& one : diagnostics) all += render(one) + "\n";
  return all;
}

pg::PgSession& administrator(const Server& server) {
  static const std::unique_ptr<pg::PgSession> session = [&] {
    auto made = connect_to(server.url("postgres"));
    (void)must(made->execute("CREATE ROLE maker SUPERUSER LOGIN"));
    return made;
  }();
  return *session;
}

std::string url_of(const Server& server, const std::string& database) {
  return "postgresql://maker@/" + database + "?host=" + server.socket_folder();
}

/// What a trial left behind that belongs to nobody, or to the first superuser.
constexpr const char* is_empty_query = R"sql(
SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_proc WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_type WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_cast WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_transform)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_am WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_language WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_collation WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_conversion WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_opfamily WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_operator WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_ts_parser WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_ts_template WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_ts_dict WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_ts_config WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_data_wrapper)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE oid >= 16384)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_event_trigger)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_default_acl)
)sql";

/// DROP OWNED leaves them, and no database goes that has one.
bool drop_subscriptions(pg::PgSession& session) {
  const Result<Rows> all = session.query(
      "SELECT pg_catalog.format('ALTER SUBSCRIPTION %1$I SET (slot_name = NONE); DROP SUBSCRIPTION %1$I', s.subname) "
      "FROM pg_catalog.pg_subscription AS s JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid "
      "WHERE d.datname = pg_catalog.current_database()");
  for (std::size_t row = 0; all && row < all->size(); ++row) {
    if (!session.execute(std::string(all->text(row, 0)))) return false;
  }
  return static_cast<bool>(all);
}

/// Databases that stand empty.
class Pool {
 public:
  std::string take(const Server& server) {
    if (!free_.empty()) {
      std::string name = free_.back();
      free_.pop_back();
      return name;
    }
    std::string name = "scratch" + std::to_string(++made_);
    (void)must(administrator(server).execute(server.create_database(name)));
    return name;
  }

  void give_back(const Server& server, const std::string& name) {
    // No vacuum runs here, so that the catalogs only grow.
    if (is_emptied(server, name) && ++uses_[name] < 40) {
      free_.push_back(name);
    } else {
      (void)administrator(server).execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

 private:
  static bool is_emptied(const Server& server, const std::string& name) {
    const auto target = pg::parse_target(url_of(server, name));
    if (!target) return false;
    const auto session = pg::connect(*target);
    if (!session || !drop_subscriptions(**session)) return false;
    // One by one: a default privilege between two of them is an error ("could not find tuple for default ACL").
    for (const char* role : {"maker", "app_owner", "app_reader", "app_writer"}) {
      if (!(*session)->execute(std::string("DROP OWNED BY ") + role + " CASCADE")) return false;
    }
    const Result<Rows> empty = (*session)->query(is_empty_query);
    return empty && empty->size() == 1 && empty->text(0, 0) == "t";
  }

  std::vector<std::string> free_;
  std::map<std::string, int> uses_;
  int made_ = 0;
};

Pool& pool() {
  static Pool one;
  return one;
}

Target target_of(const Scratch& database) {
  static const std::shared_ptr<Sessions> sessions = kept_sessions();
  Target target;
  target.db = database.url();
  target.sessions = sessions;
  return target;
}

Result<plan::Plan> plan_towards(const std::string& text, const Scratch& database) {
  PlanRequest request;
  request.schema = {"-"};
  request.standard_input = text;
  request.scope = "all";
  request.on_drop = "delete";
  return compute_plan(request, target_of(database));
}

std::string steps_of(const plan::Plan& plan) {
  std::string all;
  for (const plan::Step& step : plan.body.steps) {
    for (const std::string& sql : step.sql) all += sql + ";\n";
  }
  return all;
}

/// segue's own words for why it did not; a refusal where it did so on purpose.
Verdict verdict_of(const std::string& stage, const Diagnostics& diagnostics, const std::string& more) {
  const bool refused = std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& one) {
    // Class 23 is rows that the wanted schema does not allow, 42846 values that nobody says how to convert, and rows
    // behind a wrapper without a handler can be read by nobody: psql would say the same.
    return one.code == ErrorCode::refused || one.code == ErrorCode::unsupported || one.sqlstate.starts_with("23") ||
           one.sqlstate == "42846" || one.what.find(" has no handler") != std::string::npos ||
           one.what.find("which would lose") != std::string::npos ||
           one.what.starts_with("rows that exist do not fit") || one.what.ends_with(" cannot change its type") ||
           one.what.ends_with(" cannot be changed") || one.what.find("is not followed into") != std::string::npos;
  });
  return {refused ? Verdict::Outcome::refused : Verdict::Outcome::failed, stage, said(diagnostics) + more};
}

Verdict failed(const std::string& stage, const std::string& detail) {
  return {Verdict::Outcome::failed, stage, detail};
}

/// Both dumps are the same, or the plan has said what it cannot bring about since PostgreSQL has no statement for it.
Verdict same_dumps(const std::string& stage, const std::string& got, const std::string& wanted,
                   const plan::Plan& plan) {
  const std::string difference = trial::dump_difference(got, wanted);
  if (difference.empty()) return {};
  const auto& warnings = plan.body.warnings;
  const bool said = std::any_of(warnings.begin(), warnings.end(), [](const std::string& warning) {
    return warning.find("PostgreSQL has no statement that would change it") != std::string::npos;
  });
  return {said ? Verdict::Outcome::refused : Verdict::Outcome::failed, stage,
          difference + "--- plan\n" + steps_of(plan)};
}

/// The plan towards `place` has no step.
Verdict settled(const Scratch& database, const std::string& text, const std::string& stage, const std::string& more) {
  const Result<plan::Plan> plan = plan_towards(text, database);
  if (!plan) return verdict_of(stage, plan.diagnostics(), more);
  if (plan->body.steps.empty()) return {};
  return failed(stage, plan->body.steps.front().object + " is not settled\n" + steps_of(*plan) + more);
}

/// One statement that has no row where it fails, in a savepoint.
bool runs(pg::PgSession& session, const std::string& sql) {
  if (!session.execute("SAVEPOINT one")) return false;
  if (session.execute(sql)) return true;
  (void)session.execute("ROLLBACK TO one");
  return false;
}

/// Whether the server takes all statements.
bool load(const World& world, pg::PgSession& session) {
  (void)must(session.execute("BEGIN"));
  for (const Statement& statement : world.statements()) {
    if (session.execute(statement.text)) continue;
    (void)must(session.execute("ROLLBACK"));
    return false;
  }
  (void)must(session.execute("COMMIT"));
  return true;
}

bool needs_one_of(const World& world, int statement, const std::set<int>& others) {
  for (const auto& [id, node] : world.nodes()) {
    if (world.host(id) != statement) continue;
    for (const int needed : world.needs(node)) {
      if (others.contains(world.host(needed))) return true;
    }
  }
  return false;
}

/// The statements that the server does not take, though it took all that they need.
std::vector<int> refused(const World& world, pg::PgSession& session) {
  std::vector<int> all;
  std::set<int> missing;
  (void)must(session.execute("BEGIN"));
  for (const Statement& statement : world.statements()) {
    const bool alone = needs_one_of(world, statement.id, missing);
    if (!alone && runs(session, statement.text)) continue;
    missing.insert(statement.id);
    if (!alone) all.push_back(statement.id);
  }
  (void)must(session.execute("ROLLBACK"));
  return all;
}

/// The youngest element of a statement; the statement itself where it has none.
int youngest_part(const World& world, int statement) {
  int youngest = statement;
  for (const auto& [id, node] : world.nodes()) {
    if (!node.rule->in.empty() && world.host(id) == statement) youngest = id;
  }
  return youngest;
}

void take_back(World& world, const World* old, int statement) {
  if (old == nullptr) return world.remove(youngest_part(world, statement));
  std::vector<Node> changed;
  for (const auto& [id, node] : world.nodes()) {
    if (world.host(id) == statement && (!old->has(id) || !(old->at(id) == node))) changed.push_back(node);
  }
  bool any = false;
  for (const Node& node : changed) {
    if (old->has(node.id) && world.has(node.id)) any |= world.put(old->at(node.id));
    if (!old->has(node.id)) {
      world.remove(node.id);
      any = true;
    }
  }
  if (!any) world.remove(statement);
}

}  // namespace

std::string Verdict::signature() const {
  std::string text = stage + ": " + detail.substr(0, detail.find('\n'));
  std::string all;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    bool digit = false;
    while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) {
      digit |= std::isdigit(static_cast<unsigned char>(text[end])) != 0;
      ++end;
    }
    if (end == at) ++end;
    all += digit ? "#" : text.substr(at, end - at);
    at = end;
  }
  return all;
}

std::string Scratch::url() const { return url_of(server_, name_); }

Scratch::Scratch(Server& server) : server_(server), name_(pool().take(server)) {}

Scratch::~Scratch() { pool().give_back(server_, name_); }

std::unique_ptr<pg::PgSession> Scratch::session() const {
  auto session = connect_to(url());
  (void)must(session->execute("SET search_path TO \"$user\", public"));
  return session;
}

std::string Scratch::dump() const {
  RunOptions options;
  options.variables = {{"LC_ALL", "C.UTF-8"}};
  const Outcome outcome =
      run({server_.program("pg_dump"), "-s", "-N", "segue", "-N", "segue_retained", "-d", url()}, options);
  if (!outcome.ok()) throw std::runtime_error("pg_dump: " + outcome.text());
  return outcome.out;
}

bool prune(World& world, const World* old, const Scratch& database) {
  const auto session = database.session();
  for (int attempts = 0; attempts < 30; ++attempts) {
    const std::vector<int> statements = refused(world, *session);
    if (statements.empty()) return true;
    for (const int statement : statements) {
      if (world.has(statement)) take_back(world, old, statement);
    }
  }
  return false;
}

void add_rows(const Scratch& database) {
  const auto session = database.session();
  const Rows tables = must(session->query(
      "SELECT pg_catalog.format('INSERT INTO %s DEFAULT VALUES', c.oid::regclass) FROM pg_catalog.pg_class AS c JOIN "
      "pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ "
      "'^(pg_|information_schema$)' ORDER BY c.oid"));
  (void)must(session->execute("BEGIN"));
  for (std::size_t row = 0; row < tables.size(); ++row) {
    (void)runs(*session, std::string(tables.text(row, 0)) + "; SET CONSTRAINTS ALL IMMEDIATE");
  }
  (void)must(session->execute("COMMIT"));
}

Verdict there_and_back(const Place& from, const Place& to) {
  const std::string target_text = "\n--- wanted\n" + to.text;
  const Verdict before = settled(from.database, from.text, "own file", "");
  if (before.outcome != Verdict::Outcome::held) return before;

  Result<plan::Plan> plan = plan_towards(to.text, from.database);
  if (!plan) return verdict_of("plan", plan.diagnostics(), "");
  const std::string file = plan::to_json(*plan);
  const Result<plan::Plan> again = plan_towards(to.text, from.database);
  if (!again) return verdict_of("second plan", again.diagnostics(), "");
  const std::string steps = "--- plan\n" + steps_of(*plan);
  if (plan::to_json(*again) != file) return failed("determinism", "the same plan twice has other bytes\n" + steps);
  if (plan->body.steps.empty()) {
    const std::string difference = trial::dump_difference(from.dump, to.dump);
    return difference.empty() ? Verdict{} : failed("convergence", difference + "--- the plan is empty\n");
  }

  ApplyRequest apply_request;
  apply_request.file = PlanFile{"plan", file};
  apply_request.allow_hazards = {"all"};
  const Result<RunReport> applied = segue::apply(apply_request, target_of(from.database));
  if (!applied) return verdict_of("apply", applied.diagnostics(), steps);
  const Verdict there = same_dumps("convergence", from.database.dump(), to.dump, *plan);
  if (there.outcome != Verdict::Outcome::held) return there;
  const Verdict after = settled(from.database, to.text, "settling", steps);
  if (after.outcome != Verdict::Outcome::held) return after;

  RollbackRequest rollback_request;
  rollback_request.file = PlanFile{"plan", file};
  rollback_request.allow_hazards = {"all"};
  rollback_request.on_drop = "delete";
  const Result<RunReport> taken_back = segue::rollback(rollback_request, target_of(from.database));
  if (!taken_back) return verdict_of("rollback", taken_back.diagnostics(), steps);
  return same_dumps("way back", from.database.dump(), from.dump, *plan);
}

Verdict try_pair(Server& server, const World& from, const World& to, bool rows, bool both) {
  const Scratch first(server);
  const Scratch second(server);
  if (!load(from, *first.session()) || !load(to, *second.session())) {
    return {Verdict::Outcome::refused, "load", "the schema does not load"};
  }
  const Place here{first, from.text(&to), first.dump()};
  const Place there{second, to.text(&from), second.dump()};
  if (rows) add_rows(first);
  Verdict verdict = there_and_back(here, there);
  if (verdict.failed() || !both) return verdict;
  Verdict back = there_and_back(there, here);
  if (back.failed()) back.stage = "back, " + back.stage;
  return back.failed() ? back : verdict;
}

}  // namespace segue::test
