// Guards against a partition of a busy table that is detached under a lock that everybody waits for, that is left half
// detached, or that keeps the check which the server leaves on it.
#include <gtest/gtest.h>

#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "fault.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

const Change& detach_change() {
  static const Change change{
      "CREATE TABLE sale (id bigint, sold date NOT NULL, price numeric, CONSTRAINT some_price CHECK (price > 0))"
      " PARTITION BY RANGE (sold);"
      "CREATE INDEX sale_id ON sale (id);"
      "CREATE TABLE sale_23 PARTITION OF sale FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');"
      "CREATE TABLE sale_24 PARTITION OF sale FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      "INSERT INTO sale SELECT g, date '2023-01-01' + g % 700, 1 + g % 9 FROM generate_series(1, 20000) g;",
      "CREATE TABLE sale (id bigint, sold date NOT NULL, price numeric, CONSTRAINT some_price CHECK (price > 0))"
      " PARTITION BY RANGE (sold);"
      "CREATE INDEX sale_id ON sale (id);"
      "CREATE TABLE sale_23 (id bigint, sold date NOT NULL, price numeric, CONSTRAINT some_price CHECK (price > 0));"
      "CREATE INDEX sale_23_id_idx ON sale_23 (id);"
      "CREATE TABLE sale_24 PARTITION OF sale FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      {"--online", "always"}};
  return change;
}

/// Partitions that go for good, with partitions of their own and a foreign key from above; their rows are kept aside.
const Change& drop_change() {
  static const std::string standing =
      "CREATE TABLE shop (id int PRIMARY KEY);"
      "CREATE TABLE sale (id bigint, sold date NOT NULL, shop_id int CONSTRAINT in_shop REFERENCES shop)"
      " PARTITION BY RANGE (sold);"
      "CREATE TABLE sale_25 PARTITION OF sale FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');";
  static const Change change{
      standing +
          "CREATE TABLE sale_23 PARTITION OF sale FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');"
          "CREATE TABLE sale_24 PARTITION OF sale FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
          " PARTITION BY RANGE (sold);"
          "CREATE TABLE sale_24_1 PARTITION OF sale_24 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      "INSERT INTO shop SELECT generate_series(1, 9);"
      "INSERT INTO sale SELECT g, date '2023-01-01' + g % 1000, 1 + g % 9 FROM generate_series(1, 5000) g;",
      standing,
      {"--online", "always", "--on-drop", "retain"}};
  return change;
}

TEST(OnlineDetach, IsOneStepInNoTransactionAndLeavesNoCheck) {
  const Deployment deployment(detach_change());
  const Json plan = Json::parse(read_file(deployment.plan_file()));
  EXPECT_NE(plan.dump().find("DETACH PARTITION public.sale_23 CONCURRENTLY"), std::string::npos) << plan.dump(2);
  const Outcome applied = deployment.apply();
  ASSERT_TRUE(applied.ok()) << applied.text();
  EXPECT_EQ(deployment.state(), State::new_one);
  const Outcome next = deployment.segue({"plan", "--schema", "after.sql", "--detailed-exitcode"});
  EXPECT_EQ(next.exit_code, 0) << next.text();
  const Outcome back = deployment.roll_back();
  ASSERT_TRUE(back.ok()) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
}

TEST(OnlineDetach, IsNotTriedBesideADefaultPartition) {
  Change change = detach_change();
  change.before += "CREATE TABLE sale_rest PARTITION OF sale DEFAULT;";
  change.after += "CREATE TABLE sale_rest PARTITION OF sale DEFAULT;";
  const Deployment deployment(change);
  EXPECT_FALSE(Json::parse(read_file(deployment.plan_file()))["plan"].contains("groups"));
  EXPECT_TRUE(deployment.apply().ok());
  EXPECT_EQ(deployment.state(), State::new_one);
}

/// Kills segue, and ends its session, while it waits for somebody who may still see the partition.
void stop_in_the_middle(const Deployment& deployment) {
  auto reader = std::async(std::launch::async, [&] {
    return deployment.database().ask(
        "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM sale; SELECT pg_sleep(4); COMMIT;");
  });
  while (deployment.database().ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(4)%'"
                                   " AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL") == "0") {
    std::this_thread::sleep_for(milliseconds(5));
  }
  (void)deployment.segue_killed(Deployment::apply_arguments(), milliseconds(2500));
  deployment.database().execute(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%DETACH PARTITION%CONCURRENTLY' AND "
      "pid <> pg_backend_pid() AND datname = current_database()");
  (void)reader.get();
  ASSERT_EQ(deployment.database().ask("SELECT count(*) FROM pg_inherits WHERE inhdetachpending"), "1");
}

TEST(OnlineDetach, ThatIsPendingIsNamedByTheDoctorAndGoneOnWith) {
  const Deployment deployment(detach_change());
  stop_in_the_middle(deployment);
  const Outcome doctor = deployment.segue({"doctor", "--format", "json"});
  EXPECT_EQ(doctor.exit_code, 2) << doctor.text();
  EXPECT_NE(doctor.out.find("detach-pending"), std::string::npos) << doctor.text();
  EXPECT_NE(doctor.out.find("FINALIZE"), std::string::npos) << doctor.text();
  const Outcome resumed = deployment.segue({"apply", "plan.json", "--resume", "--yes"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.text();
  EXPECT_EQ(deployment.state(), State::new_one);
}

TEST(OnlineDetach, ThatIsPendingIsTakenBack) {
  const Deployment deployment(detach_change());
  stop_in_the_middle(deployment);
  const Outcome back = deployment.roll_back();
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
}

TEST(OnlineDetach, ThatIsPendingIsEndedByANewPlan) {
  for (const char* schema : {"before.sql", "after.sql"}) {
    const Deployment deployment(detach_change());
    stop_in_the_middle(deployment);
    const Outcome applied =
        deployment.segue({"apply", "--schema", schema, "--scope", "all", "--yes", "--allow-hazards", "all"});
    EXPECT_EQ(applied.exit_code, 0) << applied.text();
    EXPECT_EQ(deployment.state(), schema == std::string("after.sql") ? State::new_one : State::old_one);
  }
}

TEST(OnlineDetach, ComesBeforeADropAndTakesForeignKeysFromAboveAlong) {
  const Deployment deployment(drop_change());
  const Json steps = Json::parse(read_file(deployment.plan_file()))["plan"]["steps"];
  ASSERT_GE(steps.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NE(steps[i].dump().find("CONCURRENTLY"), std::string::npos) << steps[i].dump(2);
    EXPECT_NE(steps[i].dump().find("in_shop"), std::string::npos) << steps[i].dump(2);
  }
  const Outcome applied = deployment.apply();
  ASSERT_TRUE(applied.ok()) << applied.text();
  EXPECT_EQ(deployment.state(), State::new_one);
}

TEST(OnlineDetach, BeforeADropSegueKilledLeavesAPlanThatGoesOnOrBack) {
  recover_from(kill_segue, Deployment(drop_change()), runs(5));
}

TEST(OnlineDetach, SegueKilledLeavesAPlanThatGoesOnOrBack) {
  recover_from(kill_segue, Deployment(detach_change()), runs(7));
}

TEST(OnlineDetach, SessionEndedLeavesAPlanThatGoesOnOrBack) {
  recover_from(end_session, Deployment(detach_change()), runs(7));
}

}  // namespace
}  // namespace segue::test
