// Guards against a way back that is none: onto a database that has moved on, over rows written since, twice, or for a
// step that cannot be undone.
#include "unit/exec/fake_database.h"

namespace segue::exec {
namespace {

using Strings = std::vector<std::string>;

class RollbackTest : public ExecTest {
 protected:
  void seal_and_apply() {
    plan::identify(plan);
    options.allow_hazards = {"all"};
    ASSERT_TRUE(run_apply().ok());
    options.allow_hazards.clear();
  }
};

TEST_F(RollbackTest, RunsTheInversesBackwardsAndRestores) {
  seal_and_apply();
  const Result<Outcome> result = run_rollback();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::rolled_back);
  EXPECT_EQ(server.committed.objects, state_before().objects);
  EXPECT_EQ(outcomes(), (Strings{"apply done", "rollback done"}));
  EXPECT_TRUE(server.committed.history[0].undone);
  Strings inverses;
  for (const std::string& sql : server.log) {
    if (sql == "DROP table c" || sql == "ADD table a a1" || sql == "ADD table b b1") inverses.push_back(sql);
  }
  EXPECT_EQ(inverses, (Strings{"ADD table b b1", "ADD table a a1", "DROP table c"}));
}

TEST_F(RollbackTest, SecondTimeHasNothingToDo) {
  seal_and_apply();
  ASSERT_TRUE(run_rollback().ok());
  const Result<Outcome> again = run_rollback();
  ASSERT_TRUE(again.ok()) << again.error().what;
  EXPECT_EQ(again->kind, Outcome::Kind::nothing_to_do);
}

TEST_F(RollbackTest, PlanCanBeAppliedAgainAfterwards) {
  seal_and_apply();
  ASSERT_TRUE(run_rollback().ok());
  const Result<Outcome> again = run_apply();
  ASSERT_TRUE(again.ok()) << again.error().what;
  EXPECT_EQ(again->kind, Outcome::Kind::applied);
  EXPECT_EQ(server.committed.objects, objects_after());
}

TEST_F(RollbackTest, DatabaseThatMovedOnIsLeftAlone) {
  seal_and_apply();
  server.committed.objects["table a"] = "a9";
  const auto before = server.committed.objects;
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::stale);
  EXPECT_TRUE(has(result.error().why, "changed: table a")) << result.error().why;
  EXPECT_EQ(server.committed.objects, before);
}

TEST_F(RollbackTest, HistoryKnowsTheStateBetterThanThePlan) {
  plan.body.effects.added["table c"].attributes.clear();  // not known before it ran
  seal_and_apply();
  server.committed.objects["table c"] = "c9";
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::stale);
}

TEST_F(RollbackTest, OfAPlanThatWasNeverAppliedHasNothingToDo) {
  plan.body.effects = {{}, {}, {{"table a", {}}}};  // in every state as the plan would leave it
  plan::identify(plan);
  const auto before = server.committed.objects;
  options.allow_hazards = {"all"};
  const Result<Outcome> result = run_rollback();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::nothing_to_do);
  EXPECT_EQ(server.committed.objects, before);
}

TEST_F(RollbackTest, OfAPlanThatWasNeverAppliedLeavesWorkOfOthersAlone) {
  plan.body.effects = {{}, {}, {{"table a", {}}}};
  plan::identify(plan);
  server.committed.objects["table a"] = "a9";
  const auto before = server.committed.objects;
  options.allow_hazards = {"all"};
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::stale);
  EXPECT_EQ(server.committed.objects, before);
}

TEST_F(RollbackTest, WithoutTheHistoryRunsWhereTheStateIsTheOneThatThePlanLeaves) {
  seal_and_apply();
  server.committed.history.clear();
  options.allow_hazards = {"all"};
  const Result<Outcome> result = run_rollback();
  ASSERT_TRUE(result.ok()) << result.error().what;
  EXPECT_EQ(result->kind, Outcome::Kind::rolled_back);
  EXPECT_EQ(server.committed.objects, state_before().objects);
}

TEST_F(RollbackTest, UnrelatedChangeDoesNotStandInTheWay) {
  seal_and_apply();
  server.committed.objects["table d"] = "d9";
  server.committed.objects["table e"] = "e1";
  ASSERT_TRUE(run_rollback().ok());
  EXPECT_EQ(server.committed.objects["table d"], "d9");
  EXPECT_EQ(server.committed.objects["table b"], "b1");
}

TEST_F(RollbackTest, InverseThatDoesNotRestoreIsRolledBack) {
  plan.body.steps[1].inverse.sql = {"ADD table a a3"};
  seal_and_apply();
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::internal);
  EXPECT_EQ(server.committed.objects, objects_after());
}

TEST_F(RollbackTest, StepWithoutAWayBackIsRefusedWithItsReason) {
  plan.body.steps[1].inverse = {{}, "", "none", "the old labels are gone"};
  seal_and_apply();
  options.allow_hazards = {"all"};
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_TRUE(has(result.error().why, "the old labels are gone")) << result.error().why;
  EXPECT_EQ(server.committed.objects, objects_after());
}

class LossyWayBack : public RollbackTest {
 protected:
  LossyWayBack() {
    plan::Inverse& inverse = plan.body.steps[0].inverse;
    inverse.fidelity = "loses data";
    inverse.reason = "rows written to it since";
    inverse.preflight = {{"COUNT c", "", "rows of public.c", plan::hazard::deletes_data, "public.c"}};
  }
};

TEST_F(LossyWayBack, IsRefusedWhileThereAreRows) {
  seal_and_apply();
  server.counts["c"] = "7";
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::refused);
  EXPECT_TRUE(has(result.error().why, "7 rows of public.c")) << result.error().why;
  EXPECT_EQ(server.committed.objects, objects_after());
}

TEST_F(LossyWayBack, NeedsNoFlagWhenNothingIsLost) {
  seal_and_apply();
  server.counts["c"] = "0";
  EXPECT_TRUE(run_rollback().ok());
}

TEST_F(LossyWayBack, IsAllowedByOnDropDelete) {
  seal_and_apply();
  server.counts["c"] = "7";
  options.delete_on_drop = true;
  EXPECT_TRUE(run_rollback().ok());
}

TEST_F(LossyWayBack, WithoutACountIsRefusedWithItsReason) {
  plan.body.steps[0].inverse.preflight.clear();
  seal_and_apply();
  const Result<Outcome> result = run_rollback();
  ASSERT_FALSE(result.ok());
  EXPECT_TRUE(has(result.error().why, "rows written to it since")) << result.error().why;
}

}  // namespace
}  // namespace segue::exec
