// A database of a few keys that fails on demand: transactions, history rows and steps like "ADD table a h1".
//
// Used by the tests of exec/. Every statement is counted, so that a test can break each one in turn.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "exec/executor.h"
#include "exec/history.h"
#include "plan/plan_file.h"

namespace segue::exec {

inline bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }
inline bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

struct FakeRow {
  std::int64_t id = 0;
  std::string plan_id, verb, outcome, error, failed_step, plan_file, left_state;
  bool undone = false;
};

/// What a transaction sees and may change.
struct FakeState {
  std::map<std::string, std::string> objects;  ///< key → hash
  std::vector<FakeRow> history;
  std::vector<std::string> step_rows;
  std::set<std::string> managed;
  bool has_history = false;
};

enum class Breakage {
  none,
  server_error,     ///< the statement fails, its transaction is spoilt
  lock_timeout,     ///< the same with 55P03
  connection_lost,  ///< the session is gone, its transaction with it
  answer_lost,      ///< the statement works, and then the session is gone
};

struct FakeServer {
  FakeState committed;
  bool foreign_schema = false;
  std::map<std::string, std::string> counts;  ///< what `COUNT x` answers
  int statements = 0;                         ///< run so far, on all sessions
  int break_at = 0;                           ///< the statement to break, from 1
  int break_times = 1;                        ///< and so many after it
  Breakage breakage = Breakage::none;
  bool refuse_connections_after_break = false;
  bool broken = false;
  int advisory_taken_by_another = 0;  ///< polls that are answered with false
  std::int64_t next_id = 1;
  std::vector<std::string> log;
};

class FakeSession : public Session {
 public:
  explicit FakeSession(FakeServer& server) : server_(server) {}

  Result<Rows> query(std::string_view sql, const std::vector<Parameter>& parameters = {}) override {
    return run(std::string(sql), parameters);
  }
  Result<Rows> execute(std::string_view sql) override { return run(std::string(sql), {}); }
  int server_version() const override { return 150004; }

  FakeState& view() { return in_transaction_ ? working_ : server_.committed; }

 private:
  static Diagnostic error(ErrorCode code, const char* what, const char* state) {
    Diagnostic diagnostic = Diagnostic::error(code, what);
    diagnostic.sqlstate = state;
    return diagnostic;
  }
  static Rows one(std::vector<std::optional<std::string>> cells) { return {cells.size(), cells}; }

  Result<Rows> lose() {
    gone_ = true;
    in_transaction_ = false;
    return error(ErrorCode::connection, "server closed the connection unexpectedly", "08006");
  }

  Result<Rows> run(const std::string& sql, const std::vector<Parameter>& parameters) {
    if (gone_) return lose();
    const int number = ++server_.statements;
    server_.log.push_back(sql);
    const bool now =
        server_.break_at > 0 && number >= server_.break_at && number < server_.break_at + server_.break_times;
    if (now) {
      server_.broken = true;
      if (server_.breakage == Breakage::connection_lost) return lose();
      if (server_.breakage == Breakage::answer_lost) {
        (void)answer(sql, parameters).ok();
        return lose();
      }
      if (server_.breakage == Breakage::lock_timeout || server_.breakage == Breakage::server_error) {
        spoilt_ = in_transaction_;
        if (sql == "COMMIT") end();
        if (server_.breakage == Breakage::lock_timeout) return error(ErrorCode::locked, "lock timeout", "55P03");
        return error(ErrorCode::database, "it is broken", "XX000");
      }
    }
    return answer(sql, parameters);
  }

  void end() { in_transaction_ = spoilt_ = false; }

  Result<Rows> answer(const std::string& sql, const std::vector<Parameter>& p) {
    if (sql == "ROLLBACK") {
      end();
      return Rows();
    }
    if (spoilt_) {
      if (sql == "COMMIT") end();
      return error(ErrorCode::database, "current transaction is aborted", "25P02");
    }
    if (starts_with(sql, "BEGIN")) {
      in_transaction_ = true;
      working_ = server_.committed;
      return Rows();
    }
    if (sql == "COMMIT") {
      if (in_transaction_) server_.committed = working_;
      end();
      return Rows();
    }
    if (starts_with(sql, "ADD ") || starts_with(sql, "DROP ")) return change(sql);
    if (starts_with(sql, "COUNT ")) return one({server_.counts[sql.substr(6)]});
    if (has(sql, "segue.") || has(sql, "'segue'")) return history(sql, p);
    return settings(sql);
  }

  Result<Rows> settings(const std::string& sql) {
    if (has(sql, "pg_try_advisory")) return one({server_.advisory_taken_by_another-- > 0 ? "f" : "t"});
    if (has(sql, "l.locktype = 'advisory'")) return one({"4711", "segue", "anna", "10.0.0.7", "12"});
    if (has(sql, "l.relation = ")) return one({"815", "psql", "bob", "idle in transaction", "AccessShareLock", "900"});
    if (has(sql, "set_config") || has(sql, "pg_advisory_unlock") || starts_with(sql, "LOCK TABLE ")) return one({"t"});
    ADD_FAILURE() << "the fake database does not know: " << sql;
    return error(ErrorCode::internal, "unknown", "XX000");
  }

  /// "ADD table a h1", "DROP table a"
  Result<Rows> change(const std::string& sql) {
    const std::size_t space = sql.rfind(' ');
    if (starts_with(sql, "DROP ")) {
      if (view().objects.erase(sql.substr(5)) == 0) return error(ErrorCode::database, "does not exist", "42P01");
    } else {
      view().objects[sql.substr(4, space - 4)] = sql.substr(space + 1);
    }
    return Rows();
  }

  Result<Rows> history(const std::string& sql, const std::vector<Parameter>& p) {
    FakeState& state = view();
    if (has(sql, "pg_namespace")) {
      if (server_.foreign_schema) return one({"t", "f", "f"});
      return state.has_history ? one({"t", "t", "t"}) : one({"f", "f", "f"});
    }
    if (has(sql, "CREATE SCHEMA segue")) {
      state.has_history = true;
      return Rows();
    }
    if (!state.has_history) return error(ErrorCode::database, "relation segue.history does not exist", "42P01");
    if (has(sql, "max(version)")) return one({std::to_string(history_version)});
    if (starts_with(sql, "INSERT INTO segue.history (")) return insert_row(state, p);
    if (starts_with(sql, "INSERT INTO segue.history_step")) {
      state.step_rows.push_back(*p[1]);
      return Rows();
    }
    if (has(sql, "SET undone_by")) {
      for (FakeRow& row : state.history) {
        if (row.plan_id == *p[0] && row.verb == "apply" && row.outcome == "done") row.undone = true;
      }
      return Rows();
    }
    if (has(sql, "SELECT EXISTS")) return exists(state, *p[0]);
    if (starts_with(sql, "SELECT id::text, plan_id")) return applied(state, p);
    if (starts_with(sql, "UPDATE segue.history") || has(sql, "segue.managed_object")) return Rows();
    return settings(sql);
  }

  Result<Rows> insert_row(FakeState& state, const std::vector<Parameter>& p) {
    FakeRow row;
    row.id = server_.next_id++;  // a sequence, which no rollback turns back
    row.plan_id = *p[0];
    row.verb = *p[1];
    row.outcome = *p[2];
    row.failed_step = p[7].value_or("");
    row.error = p[8].value_or("");
    row.plan_file = p[10].value_or("");
    row.left_state = p[11].value_or("");
    state.history.push_back(row);
    return one({std::to_string(row.id)});
  }

  static Result<Rows> exists(const FakeState& state, const std::string& id) {
    for (const FakeRow& row : state.history) {
      if (std::to_string(row.id) == id) return one({"t"});
    }
    return one({"f"});
  }

  static Result<Rows> applied(const FakeState& state, const std::vector<Parameter>& p) {
    for (auto row = state.history.rbegin(); row != state.history.rend(); ++row) {
      if (row->verb != "apply" || row->outcome != "done") continue;
      if (p.empty() ? row->undone : row->plan_id != *p[0]) continue;
      return one({std::to_string(row->id), row->plan_id, row->plan_file, "2026-11-22 16:00 UTC", "anna",
                  row->left_state, row->undone ? "t" : "f", "t"});
    }
    return Rows();
  }

  FakeServer& server_;
  FakeState working_;
  bool in_transaction_ = false;
  bool spoilt_ = false;
  bool gone_ = false;
};

class FakeInspector : public Inspector {
 public:
  Result<Snapshot> snapshot(Session& session, const plan::Body&) override {
    const Result<Rows> alive = session.query("SELECT pg_catalog.set_config('alive', '', true)");
    if (!alive) return alive.failure();
    Snapshot out;
    for (const auto& [key, hash] : dynamic_cast<FakeSession&>(session).view().objects) out[key] = {hash, {hash, {}}};
    return out;
  }
  std::string describe(const std::string& key) override { return "described " + key; }
};

class FakeClock : public Clock {
 public:
  std::int64_t now_ms() override { return now_; }
  void sleep_ms(std::int64_t ms) override { now_ += ms; }

 private:
  std::int64_t now_ = 0;
};

struct Heard : Listener {
  std::vector<std::string> notes;
  void note(const std::string& text) override { notes.push_back(text); }
};

/// The database of most tests: table a is altered, b dropped, c added; d is not touched.
inline FakeState state_before() {
  return {{{"table a", "a1"}, {"table b", "b1"}, {"table d", "d1"}}, {}, {}, {}, false};
}
inline std::map<std::string, std::string> objects_after() {
  return {{"table a", "a2"}, {"table c", "c1"}, {"table d", "d1"}};
}

inline plan::Step make_step(const std::string& id, plan::Verb verb, const std::string& object, const std::string& sql,
                            const std::string& inverse) {
  plan::Step step;
  step.id = id;
  step.object = object;
  step.kind = "table";
  step.verb = verb;
  step.sql = {sql};
  step.inverse.sql = {inverse};
  step.inverse.fidelity = "exact";
  step.changes = {object};
  return step;
}

inline plan::Plan make_plan() {
  plan::Plan plan;
  plan.body.reads = {{"table a", "a1"}, {"table b", "b1"}};
  plan.body.steps = {make_step("s001", plan::Verb::create, "table c", "ADD table c c1", "DROP table c"),
                     make_step("s002", plan::Verb::alter, "table a", "ADD table a a2", "ADD table a a1"),
                     make_step("s003", plan::Verb::drop, "table b", "DROP table b", "ADD table b b1")};
  plan.body.steps[0].search_path = "app";
  plan.body.effects.removed = {"table b"};
  plan.body.effects.added = {{"table c", {"c1", {}}}};
  plan.body.effects.altered = {{"table a", {"a2", {}}}};
  plan::identify(plan);
  return plan;
}

class ExecTest : public ::testing::Test {
 protected:
  ExecTest() {
    server.committed = state_before();
    options.clock = &clock;
    options.tool_version = "0.1.0";
  }

  SessionFactory factory() {
    return [this]() -> Result<std::unique_ptr<Session>> {
      if (server.broken && server.refuse_connections_after_break) {
        return Diagnostic::error(ErrorCode::connection, "connection refused");
      }
      return std::unique_ptr<Session>(std::make_unique<FakeSession>(server));
    };
  }
  Result<Outcome> run_apply() {
    return apply(
        factory(), [this](Session&) -> Result<plan::Plan> { return plan; }, options, inspector, heard);
  }
  Result<Outcome> run_rollback() {
    return rollback(
        factory(), [this](Session&) -> Result<plan::Plan> { return plan; }, options, inspector, heard);
  }
  std::vector<std::string> outcomes() const {
    std::vector<std::string> out;
    for (const FakeRow& row : server.committed.history) out.push_back(row.verb + " " + row.outcome);
    return out;
  }

  FakeServer server;
  plan::Plan plan = make_plan();
  Options options;
  FakeInspector inspector;
  FakeClock clock;
  Heard heard;
};

}  // namespace segue::exec
