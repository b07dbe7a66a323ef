// Guards against running a plan where it does not belong: a stale plan, a hazard nobody allowed, work already done,
// a foreign schema named segue, another segue at work.
#include <algorithm>

#include "unit/exec/fake_database.h"

namespace segue::exec {
namespace {

using Strings = std::vector<std::string>;

bool ran(const FakeServer& server, const std::string& sql) {
  return std::find(server.log.begin(), server.log.end(), sql) != server.log.end();
}

TEST_F(ExecTest, AppliesAndRecords) {
  const Result<Outcome> result = run_apply();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::applied);
  EXPECT_EQ(result->steps, 3U);
  EXPECT_EQ(server.committed.objects, objects_after());
  EXPECT_EQ(outcomes(), Strings{"apply done"});
  const Result<plan::Plan> kept = plan::from_json(server.committed.history[0].plan_file, "kept");
  ASSERT_TRUE(kept.ok());
  EXPECT_EQ(kept->id, plan.id);
}

TEST_F(ExecTest, SecondApplyFindsTheWorkDoneWithoutAsking) {
  ASSERT_TRUE(run_apply().ok());
  options.confirm = [](const plan::Plan&) { return Status(Diagnostic::error(ErrorCode::refused, "asked")); };
  const Result<Outcome> again = run_apply();
  ASSERT_TRUE(again.ok()) << again.error().what;
  EXPECT_EQ(again->kind, Outcome::Kind::nothing_to_do);
  EXPECT_EQ(outcomes(), Strings{"apply done"});
}

TEST_F(ExecTest, AppliedPlanWithLaterDriftIsStaleAndSaysWhenItWasApplied) {
  ASSERT_TRUE(run_apply().ok());
  server.committed.objects["table c"] = "c9";
  const Result<Outcome> again = run_apply();
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::stale);
  EXPECT_TRUE(has(again.error().what, "2026-11-22 16:00 UTC by anna")) << again.error().what;
  EXPECT_TRUE(has(again.error().why, "changed: table c")) << again.error().why;
}

TEST_F(ExecTest, StalePlanListsEachDifferenceAndRunsNothing) {
  server.committed.objects["table a"] = "a9";
  server.committed.objects.erase("table b");
  server.committed.objects["table c"] = "c9";
  const auto before = server.committed.objects;
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::stale);
  EXPECT_TRUE(has(result.error().why, "changed: table a\n             described table a")) << result.error().why;
  EXPECT_TRUE(has(result.error().why, "gone:    table b")) << result.error().why;
  EXPECT_TRUE(has(result.error().why, "new:     table c")) << result.error().why;
  EXPECT_EQ(server.committed.objects, before);
  EXPECT_FALSE(server.committed.has_history);
  EXPECT_FALSE(ran(server, "ADD table c c1"));
}

TEST_F(ExecTest, ChangeBetweenTheQuestionAndTheTransactionIsStale) {
  options.confirm = [this](const plan::Plan&) {
    server.committed.objects["table a"] = "a9";
    return done();
  };
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::stale);
  EXPECT_FALSE(ran(server, "ADD table c c1"));
}

TEST_F(ExecTest, UnreadObjectIsRefusedOnlyWhenStrict) {
  options.strict = true;
  const Result<Outcome> strict = run_apply();
  ASSERT_FALSE(strict.ok());
  EXPECT_EQ(strict.error().code, ErrorCode::stale);
  EXPECT_TRUE(has(strict.error().why, "new:     table d")) << strict.error().why;
  options.strict = false;
  EXPECT_TRUE(run_apply().ok());
}

TEST_F(ExecTest, StepThatDoesMoreThanThePlanSaysIsRolledBack) {
  plan.body.steps[0].sql.push_back("DROP table d");
  plan::identify(plan);
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::internal);
  EXPECT_TRUE(has(result.error().why, "gone:    table d")) << result.error().why;
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

TEST_F(ExecTest, StepThatDoesLessThanThePlanSaysIsRolledBack) {
  plan.body.steps[2].sql.clear();
  plan::identify(plan);
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::internal);
  EXPECT_TRUE(has(result.error().why, "new:     table b")) << result.error().why;
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

TEST_F(ExecTest, ShapeThatIsNotKnownBeforehandIsNotCompared) {
  plan.body.effects.added["table c"].attributes.clear();
  plan::identify(plan);
  EXPECT_TRUE(run_apply().ok());
}

TEST_F(ExecTest, ShapeThatIsKnownBeforehandMustComeOut) {
  plan.body.effects.added["table c"].attributes = "c7";
  plan::identify(plan);
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::internal);
  EXPECT_TRUE(has(result.error().why, "changed: table c")) << result.error().why;
}

TEST_F(ExecTest, EachHazardMustBeAllowedByName) {
  plan.body.steps[1].hazards = {plan::hazard::rewrites_table, plan::hazard::blocks_reads};
  plan::identify(plan);
  options.allow_hazards = {"REWRITES_TABLE"};
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_TRUE(has(result.error().why, "s002  table a: BLOCKS_READS")) << result.error().why;
  EXPECT_FALSE(has(result.error().why, "REWRITES_TABLE")) << result.error().why;
  EXPECT_TRUE(has(result.error().hint, "--allow-hazards BLOCKS_READS")) << result.error().hint;
  EXPECT_FALSE(server.committed.has_history);
  options.allow_hazards = {"all"};
  EXPECT_TRUE(run_apply().ok());
}

class DropOfRows : public ExecTest {
 protected:
  DropOfRows() {
    plan.body.steps[2].hazards = {plan::hazard::deletes_data};
    plan.body.steps[2].preflight = {{"COUNT b", "", "rows of public.b", plan::hazard::deletes_data, "public.b"}};
    plan::identify(plan);
  }
};

TEST_F(DropOfRows, IsRefusedWhileThereAreRows) {
  server.counts["b"] = "3";
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_TRUE(has(result.error().why, "DELETES_DATA (3 rows of public.b)")) << result.error().why;
  EXPECT_TRUE(has(result.error().hint, "copied elsewhere")) << result.error().hint;
}

TEST_F(DropOfRows, NeedsNoFlagWhenEmptyAndLooksUnderALock) {
  server.counts["b"] = "0";
  ASSERT_TRUE(run_apply().ok());
  const auto lock = std::find(server.log.begin(), server.log.end(), "LOCK TABLE public.b IN ACCESS EXCLUSIVE MODE");
  ASSERT_NE(lock, server.log.end());
  const auto count = std::find(lock, server.log.end(), "COUNT b");
  EXPECT_LT(count, std::find(server.log.begin(), server.log.end(), "DROP table b"));
}

TEST_F(DropOfRows, RowsThatComeAfterTheFirstLookAreSeenUnderTheLock) {
  server.counts["b"] = "0";
  options.confirm = [this](const plan::Plan&) {
    server.counts["b"] = "1";
    return done();
  };
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

TEST_F(DropOfRows, WithoutACountNeedsTheFlag) {
  plan.body.steps[2].preflight.clear();
  plan::identify(plan);
  const Result<Outcome> refused = run_apply();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::refused);
  options.allow_hazards = {"DELETES_DATA"};
  EXPECT_TRUE(run_apply().ok());
}

TEST_F(ExecTest, UnconfirmedPlanLeavesNoTrace) {
  options.confirm = [](const plan::Plan&) { return Status(Diagnostic::error(ErrorCode::refused, "nobody said yes")); };
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_FALSE(server.committed.has_history);
}

TEST_F(ExecTest, DryRunRunsEveryStepAndKeepsNothing) {
  options.dry_run = true;
  const Result<Outcome> result = run_apply();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::dry_run);
  EXPECT_TRUE(ran(server, "DROP table b"));
  EXPECT_EQ(server.committed.objects, state_before().objects);
  EXPECT_FALSE(server.committed.has_history);
}

TEST_F(ExecTest, EmptyPlanHasNothingToDoAndIsNotAskedAbout) {
  plan = plan::Plan();
  plan::identify(plan);
  options.confirm = [](const plan::Plan&) { return Status(Diagnostic::error(ErrorCode::refused, "asked")); };
  const Result<Outcome> result = run_apply();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::nothing_to_do);
  EXPECT_FALSE(server.committed.has_history);
}

TEST_F(ExecTest, ForeignSchemaNamedSegueIsRefused) {
  server.foreign_schema = true;
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_EQ(result.error().object, "schema segue");
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

TEST_F(ExecTest, AnotherSegueIsWaitedForByName) {
  server.advisory_taken_by_another = 3;
  ASSERT_TRUE(run_apply().ok());
  ASSERT_EQ(heard.notes.size(), 1U);
  EXPECT_TRUE(has(heard.notes[0], "process 4711 (segue, user anna, from 10.0.0.7")) << heard.notes[0];
}

TEST_F(ExecTest, AnotherSegueThatStaysEndsAsLocked) {
  server.advisory_taken_by_another = 1000000;
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::locked);
  EXPECT_TRUE(has(result.error().what, "user anna")) << result.error().what;
  EXPECT_TRUE(has(result.error().what, "60 s")) << result.error().what;
}

TEST_F(ExecTest, InterruptBetweenStepsRollsBack) {
  int asked = 0;
  options.interrupted = [&] { return ++asked >= 3; };
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_TRUE(has(result.error().what, "interrupted")) << result.error().what;
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

TEST_F(ExecTest, StepsSearchPathHoldsForThatStepOnly) {
  ASSERT_TRUE(run_apply().ok());
  const auto step = std::find(server.log.begin(), server.log.end(), "ADD table c c1");
  ASSERT_NE(step, server.log.end());
  EXPECT_TRUE(has(*(step - 1), "set_config"));
  EXPECT_TRUE(has(*(step + 1), "set_config"));
}

TEST_F(ExecTest, PlanOfAnotherHashVersionIsStale) {
  plan.body.hash_version = plan::hash_version + 1;
  plan::identify(plan);
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::stale);
}

TEST_F(ExecTest, StepOutsideTheTransactionIsRefusedBeforeAnythingRuns) {
  plan.body.steps[1].group = 2;
  plan::identify(plan);
  const Result<Outcome> result = run_apply();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::unsupported);
  EXPECT_FALSE(ran(server, "ADD table c c1"));
}

}  // namespace
}  // namespace segue::exec
