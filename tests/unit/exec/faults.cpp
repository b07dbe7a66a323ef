// Guards against half-applied plans: every statement of apply and rollback is broken in turn, in every way that a
// server or a network can break it, and what is left must be all or nothing, told truly, and written down.
#include "unit/exec/fake_database.h"

namespace segue::exec {
namespace {

using Strings = std::vector<std::string>;
using Objects = std::map<std::string, std::string>;

class EveryStatement : public ExecTest, public ::testing::WithParamInterface<Breakage> {};

/// Breaks statement 1, 2, … until a run is no longer reached by it; `check` sees each result.
template <class Prepare, class Run, class Check>
void break_each(FakeServer& server, Breakage breakage, const Prepare& prepare, const Run& run, const Check& check) {
  int broken = 0;
  for (int k = 1;; ++k) {
    server = FakeServer();
    prepare();
    server.break_at = server.statements + k;
    server.breakage = breakage;
    const std::size_t log_begin = server.log.size();
    const Result<Outcome> result = run();
    if (!server.broken) break;
    ++broken;
    const std::string statement = server.log[log_begin + static_cast<std::size_t>(k) - 1];
    SCOPED_TRACE("statement " + std::to_string(k) + ": " + statement.substr(0, 80));
    check(result, statement);
  }
  EXPECT_GT(broken, 15) << "apply must have run more statements than that";
}

TEST_P(EveryStatement, ApplyIsAllOrNothingAndSaysWhich) {
  break_each(
      server, GetParam(), [&] { server.committed = state_before(); }, [&] { return run_apply(); },
      [&](const Result<Outcome>& result, const std::string&) {
        EXPECT_EQ(server.committed.objects, result.ok() ? objects_after() : state_before().objects);
        const bool done = !outcomes().empty() && outcomes().back() == "apply done";
        EXPECT_EQ(done, result.ok());
        EXPECT_EQ(server.committed.step_rows.size(), result.ok() ? 1U : 0U);
        if (result.ok()) return;
        const Diagnostic& error = result.error();
        const std::string all = error.what + error.hint;
        EXPECT_TRUE(has(all, "nothing was changed") || error.what == "it is broken" ||
                    error.code == ErrorCode::connection || error.code == ErrorCode::locked)
            << all;
      });
}

TEST_P(EveryStatement, RollbackIsAllOrNothing) {
  break_each(
      server, GetParam(),
      [&] {
        server.committed = state_before();
        ASSERT_TRUE(run_apply().ok());
      },
      [&] { return run_rollback(); },
      [&](const Result<Outcome>& result, const std::string&) {
        EXPECT_EQ(server.committed.objects, result.ok() ? state_before().objects : objects_after());
        const bool done = outcomes().back() == "rollback done";
        EXPECT_EQ(done, result.ok());
        EXPECT_EQ(server.committed.history.front().undone, result.ok());
      });
}

INSTANTIATE_TEST_SUITE_P(Breakages, EveryStatement,
                         ::testing::Values(Breakage::server_error, Breakage::lock_timeout, Breakage::connection_lost,
                                           Breakage::answer_lost));

class EveryStep : public ExecTest, public ::testing::WithParamInterface<std::size_t> {};

TEST_P(EveryStep, FailureNamesTheStepAndIsWrittenDown) {
  const std::size_t k = GetParam();
  plan.body.steps[k].sql = {"DROP table nowhere"};
  plan::identify(plan);
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(server.committed.objects, state_before().objects);
  EXPECT_EQ(outcomes(), Strings{"apply failed"});
  const std::string id = "s00" + std::to_string(k + 1);
  EXPECT_EQ(server.committed.history[0].failed_step, id);
  EXPECT_TRUE(has(result.error().what, "step " + id)) << result.error().what;
  EXPECT_TRUE(has(result.error().what, plan.body.steps[k].object)) << result.error().what;
  EXPECT_TRUE(has(result.error().what, "does not exist")) << result.error().what;
  EXPECT_TRUE(has(result.error().why, "DROP table nowhere")) << result.error().why;
  EXPECT_TRUE(has(result.error().hint, "nothing was changed")) << result.error().hint;
}

INSTANTIATE_TEST_SUITE_P(Steps, EveryStep, ::testing::Values(0U, 1U, 2U));

/// The number of the statement that commits the plan.
int commit_of_apply() {
  FakeServer server;
  server.committed = state_before();
  FakeClock clock;
  Options options;
  options.clock = &clock;
  FakeInspector inspector;
  Heard heard;
  const auto factory = [&]() -> Result<std::unique_ptr<Session>> {
    return std::unique_ptr<Session>(std::make_unique<FakeSession>(server));
  };
  EXPECT_TRUE(apply(
                  factory, [](Session&) -> Result<plan::Plan> { return make_plan(); }, options, inspector, heard)
                  .ok());
  for (std::size_t i = server.log.size(); i > 0; --i) {
    if (server.log[i - 1] == "COMMIT") return static_cast<int>(i);
  }
  return 0;
}

TEST_F(ExecTest, CommitWhoseAnswerWasLostIsLookedUpAndFoundDone) {
  server.break_at = commit_of_apply();
  server.breakage = Breakage::answer_lost;
  const Result<Outcome> result = run_apply();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::applied);
  EXPECT_EQ(server.committed.objects, objects_after());
  EXPECT_EQ(outcomes(), Strings{"apply done"});
}

TEST_F(ExecTest, CommitThatDidNotHappenIsReportedSo) {
  server.break_at = commit_of_apply();
  server.breakage = Breakage::connection_lost;
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(server.committed.objects, state_before().objects);
  EXPECT_EQ(outcomes(), Strings{"apply failed"});
  EXPECT_TRUE(has(result.error().what, "did not happen")) << result.error().what;
}

TEST_F(ExecTest, CommitThatNobodyCanLookUpIsNeverCalledUndone) {
  server.break_at = commit_of_apply();
  server.breakage = Breakage::answer_lost;
  server.refuse_connections_after_break = true;
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_FALSE(has(result.error().what + result.error().hint, "nothing was changed"));
  EXPECT_TRUE(has(result.error().hint, "segue history")) << result.error().hint;
  EXPECT_EQ(result.error().sqlstate, "08007");
}

TEST_F(ExecTest, LockTimeoutIsTriedAgainUntilItWorks) {
  server.break_at = commit_of_apply() - 12;
  server.breakage = Breakage::lock_timeout;
  ASSERT_TRUE(run_apply().ok());
  EXPECT_EQ(server.committed.objects, objects_after());
  ASSERT_FALSE(heard.notes.empty());
  EXPECT_TRUE(has(heard.notes[0], "attempt 2 of 5")) << heard.notes[0];
}

TEST_F(ExecTest, LockTimeoutThatLastsEndsAsLockedAndNamesTheHolder) {
  plan.body.steps[1].lock = {"ACCESS EXCLUSIVE", {"public.a"}};
  plan::identify(plan);
  options.lock_attempts = 3;
  // Every run of s002 fails, whatever number it has: its SQL is made to time out.
  struct TimesOut : FakeSession {
    using FakeSession::FakeSession;
    Result<Rows> query(std::string_view sql, const std::vector<Parameter>& p = {}) override {
      if (sql != "ADD table a a2") return FakeSession::query(sql, p);
      Diagnostic error = Diagnostic::error(ErrorCode::locked, "canceling statement due to lock timeout");
      error.sqlstate = "55P03";
      return error;
    }
  };
  const auto factory = [&]() -> Result<std::unique_ptr<Session>> {
    return std::unique_ptr<Session>(std::make_unique<TimesOut>(server));
  };
  const Result<Outcome> result = apply(
      factory, [&](Session&) -> Result<plan::Plan> { return plan; }, options, inspector, heard);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::locked);
  EXPECT_TRUE(has(result.error().hint, "after 3 attempts")) << result.error().hint;
  EXPECT_TRUE(has(result.error().why, "process 815 (psql, user bob, idle in transaction")) << result.error().why;
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

}  // namespace
}  // namespace segue::exec
