// Guards against keys and dropped indexes of a busy table that hold writers up, end up otherwise than their constraint
// would, or are left half done where a plan is cut off.
#include <gtest/gtest.h>

#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "fault.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

/// A primary key, a key with all that can be said of it, and an index that goes.
const Change& keys_change() {
  static const Change change{
      "CREATE TABLE author (id bigint NOT NULL, name text NOT NULL);"
      "CREATE TABLE book (id bigint PRIMARY KEY, isbn text, shelf integer, title text);"
      "CREATE INDEX book_title ON book (title);",
      "INSERT INTO author SELECT g, 'author ' || g FROM generate_series(1, 20000) g;"
      "INSERT INTO book SELECT g, 'isbn ' || g, g % 7, 'book ' || g FROM generate_series(1, 20000) g;",
      "CREATE TABLE author (id bigint NOT NULL, name text NOT NULL, CONSTRAINT author_key PRIMARY KEY (id));"
      "CREATE TABLE book (id bigint PRIMARY KEY, isbn text, shelf integer, title text,"
      " CONSTRAINT \"one Shelf\" UNIQUE NULLS NOT DISTINCT (isbn, shelf) INCLUDE (title) WITH (fillfactor = 80)"
      " DEFERRABLE INITIALLY DEFERRED);",
      {"--online", "always"}};
  return change;
}

Json plan_of(const Deployment& deployment) { return Json::parse(read_file(deployment.plan_file())); }

int alone_in(const Json& plan) {
  int found = 0;
  for (const Json& step : plan["plan"]["steps"]) found += step.contains("alone") ? 1 : 0;
  return found;
}

TEST(OnlineKeys, AreIndexesFirst) {
  const Deployment deployment(keys_change());
  const Json plan = plan_of(deployment);
  EXPECT_EQ(alone_in(plan), 3) << plan.dump(2);
  EXPECT_NE(plan.dump().find("PRIMARY KEY USING INDEX author_key"), std::string::npos) << plan.dump(2);
  EXPECT_NE(plan.dump().find("UNIQUE USING INDEX \\\"one Shelf\\\" DEFERRABLE INITIALLY DEFERRED"), std::string::npos)
      << plan.dump(2);
}

TEST(OnlineKeys, AreWhatTheirConstraintsWouldBeAndGoBack) {
  const Deployment deployment(keys_change());
  const Outcome applied = deployment.apply();
  ASSERT_TRUE(applied.ok()) << applied.text();
  EXPECT_EQ(deployment.state(), State::new_one);
  const Outcome next = deployment.segue({"plan", "--schema", "after.sql", "--detailed-exitcode"});
  EXPECT_EQ(next.exit_code, 0) << next.text();
  const Outcome back = deployment.roll_back();
  ASSERT_TRUE(back.ok()) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
}

TEST(OnlineKeys, StayInTheOneTransactionWithOnlineNever) {
  Change change = keys_change();
  change.plan_flags = {"--online", "never"};
  const Deployment deployment(change);
  EXPECT_FALSE(plan_of(deployment)["plan"].contains("groups"));
}

TEST(OnlineKeys, OfColumnsThatMayBeNullReadThemUnderTheLockAnyway) {
  Change change = keys_change();
  change.before = "CREATE TABLE author (id bigint, name text NOT NULL);" +
                  change.before.substr(change.before.find("CREATE TABLE book"));
  const Deployment deployment(change);
  EXPECT_EQ(plan_of(deployment).dump().find("PRIMARY KEY USING INDEX"), std::string::npos);
  ASSERT_TRUE(deployment.apply().ok());
  EXPECT_EQ(deployment.state(), State::new_one);
}

/// Two rows that are equal stop the plan in the middle of the index.
TEST(OnlineKeys, ThatFailLeaveNoIndexAndGoOn) {
  const Deployment deployment(keys_change());
  deployment.database().execute("INSERT INTO book VALUES (20001, 'isbn 7', 0, 'again')");
  const Outcome failed = deployment.segue({"apply", "plan.json", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(failed.exit_code, 1) << failed.text();
  EXPECT_EQ(deployment.database().ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
  deployment.database().execute("DELETE FROM book WHERE id > 20000");
  const Outcome resumed = deployment.segue({"apply", "plan.json", "--resume", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.text();
  EXPECT_EQ(deployment.state(), State::new_one);
}

/// Cut off while the drop waits for somebody who reads: the index is invalid, and cannot be made valid again.
void cut_off_in_the_drop(const Deployment& deployment) {
  auto reader = std::async(std::launch::async, [&] {
    return deployment.database().ask("BEGIN; SELECT count(*) FROM book; SELECT pg_sleep(4); COMMIT");
  });
  std::this_thread::sleep_for(milliseconds(300));
  auto applying = std::async(std::launch::async, [&] { return deployment.apply(); });
  for (int i = 0; i < 60; ++i) {
    const std::string ended = deployment.database().ask(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'DROP INDEX CONCURRENTLY %'"
        " AND wait_event_type = 'Lock' AND datname = current_database()");
    if (ended != "0") break;
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_NE(applying.get().exit_code, 0);
  (void)reader.get();
  EXPECT_EQ(deployment.database().ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "1");
}

TEST(OnlineKeys, ADropThatWasCutOffIsEndedByWhoGoesOn) {
  const Deployment deployment(keys_change());
  cut_off_in_the_drop(deployment);
  const Outcome resumed = deployment.segue({"apply", "plan.json", "--resume", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.text();
  EXPECT_EQ(deployment.state(), State::new_one);
}

TEST(OnlineKeys, ADropThatWasCutOffIsEndedAndTakenBack) {
  const Deployment deployment(keys_change());
  cut_off_in_the_drop(deployment);
  const Outcome back = deployment.roll_back();
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
}

TEST(OnlineKeys, SegueKilledLeavesAPlanThatGoesOnOrBack) {
  recover_from(kill_segue, Deployment(keys_change()), runs(8));
}

}  // namespace
}  // namespace segue::test
