// Guards against a plan of several groups that leaves doubt where it is stopped: it must go on from there, or be taken
// back, and nobody who writes rows may have to wait for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <thread>

#include "fault.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;

/// Two indexes, one with a comment that waits for it, a check and a foreign key, beside what needs no group of its own.
const Change& online_change() {
  static const Change change{
      "CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);"
      "CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_id bigint NOT NULL,"
      " title text NOT NULL, pages integer);",
      "INSERT INTO author SELECT g, 'author ' || g FROM generate_series(1, 50) g;"
      "INSERT INTO book (author_id, title, pages) SELECT 1 + g % 50, 'book ' || g, g FROM generate_series(1, 20000) g;",
      "CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL, born date);"
      "CREATE TABLE book (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
      " author_id bigint NOT NULL CONSTRAINT written_by REFERENCES author,"
      " title text NOT NULL, pages integer CONSTRAINT some_pages CHECK (pages > 0));"
      "CREATE INDEX book_title ON book (lower(title));"
      "CREATE UNIQUE INDEX book_one ON book (author_id, lower(title));"
      "COMMENT ON INDEX book_title IS 'to look them up';",
      {"--online", "always"}};
  return change;
}

Json plan_of(const Deployment& deployment) { return Json::parse(read_file(deployment.plan_file())); }

std::string history_of(const Deployment& deployment) {
  return deployment.database().ask(
      "SELECT string_agg(verb || ' ' || outcome || ' ' || part, ', ' ORDER BY id) FROM segue.history WHERE plan_id ="
      " (SELECT plan_id FROM segue.history ORDER BY id DESC LIMIT 1)");
}

TEST(Groups, AreCutWhereTheServerAsksForItAndValidationMayComeLater) {
  const Deployment deployment(online_change());
  const Json plan = plan_of(deployment);
  const Json& groups = plan["plan"]["groups"];
  ASSERT_EQ(groups.size(), 6U) << plan.dump(2);  // one transaction, two indexes, two validations, the comment
  EXPECT_TRUE(groups[0]["in_transaction"]);
  EXPECT_EQ(groups[0]["reason"], "");
  for (std::size_t i = 1; i < groups.size(); ++i) EXPECT_NE(groups[i]["reason"], "");
  int alone = 0;
  for (const Json& step : plan["plan"]["steps"]) {
    EXPECT_EQ(step.contains("alone"), !groups[step["group"].get<std::size_t>() - 1]["in_transaction"].get<bool>());
    if (step.contains("alone")) ++alone;
    for (const Json& sql : step["sql"]) {
      EXPECT_EQ(sql.get<std::string>().find("CONCURRENTLY") != std::string::npos, step.contains("alone")) << sql;
    }
  }
  EXPECT_EQ(alone, 2);
}

TEST(Groups, AreNotMadeWithOnlineNever) {
  Change change = online_change();
  change.plan_flags = {"--online", "never"};
  const Deployment deployment(change);
  EXPECT_FALSE(plan_of(deployment)["plan"].contains("groups"));
}

TEST(Groups, AreAppliedAndTakenBackAsOnePlan) {
  const Deployment deployment(online_change());
  ASSERT_TRUE(deployment.apply().ok());
  EXPECT_EQ(deployment.state(), State::new_one);
  const Outcome next = deployment.segue({"plan", "--schema", "after.sql", "--detailed-exitcode"});
  EXPECT_EQ(next.exit_code, 0) << next.text();
  EXPECT_EQ(deployment.apply().exit_code, 0);  // finds it done
  const std::string whole =
      "apply part 1, apply part 2, apply part 3, apply begun 4, apply part 4, apply begun 5, apply part 5, "
      "apply done 6";
  EXPECT_EQ(history_of(deployment), whole + ", rollback done 0, " + whole);
  ASSERT_TRUE(deployment.segue({"rollback", "--last", "--yes", "--allow-hazards", "all"}).ok());
  EXPECT_EQ(deployment.state(), State::old_one);
}

/// Stops the plan at its unique index, for two books are the same.
Outcome stop_at_the_unique_index(const Deployment& deployment) {
  deployment.database().execute(
      "INSERT INTO book (author_id, title, pages) SELECT author_id, title, pages FROM book"
      " WHERE id = 7");
  return deployment.apply();
}

TEST(Groups, ThatFailLeaveNothingHalfDoneAndSayHowToGoOn) {
  const Deployment deployment(online_change());
  const Outcome failed = stop_at_the_unique_index(deployment);
  EXPECT_EQ(failed.exit_code, 1) << failed.text();
  EXPECT_NE(failed.text().find("--resume"), std::string::npos) << failed.text();
  EXPECT_NE(failed.text().find("segue rollback"), std::string::npos) << failed.text();
  EXPECT_EQ(deployment.database().ask("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");

  deployment.database().execute("DELETE FROM book WHERE id > 20000");
  const Outcome resumed = deployment.segue({"apply", "plan.json", "--resume", "--yes"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.text();
  EXPECT_NE(resumed.text().find("going on with group"), std::string::npos) << resumed.text();
  EXPECT_EQ(deployment.state(), State::new_one);
}

TEST(Groups, ThatWereStoppedAreTakenBack) {
  const Deployment deployment(online_change());
  ASSERT_NE(stop_at_the_unique_index(deployment).exit_code, 0);
  const Outcome back = deployment.roll_back();
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
  deployment.database().execute("DELETE FROM book WHERE id > 20000");
  ASSERT_TRUE(deployment.apply().ok());  // from the beginning
  EXPECT_EQ(deployment.state(), State::new_one);
}

TEST(Groups, ThatWereStoppedAreStaleWhereSomebodyChangedWhatTheyHadDone) {
  const Deployment deployment(online_change());
  ASSERT_NE(stop_at_the_unique_index(deployment).exit_code, 0);
  deployment.database().execute("ALTER TABLE author DROP COLUMN born");
  EXPECT_EQ(deployment.apply().exit_code, 4);
  EXPECT_EQ(deployment.roll_back().exit_code, 4);
}

TEST(Groups, AreNotTriedInADryRun) {
  const Deployment deployment(online_change());
  const Outcome outcome = deployment.segue({"apply", "plan.json", "--yes", "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
  EXPECT_NE(outcome.text().find("--online never"), std::string::npos) << outcome.text();
  EXPECT_EQ(deployment.state(), State::old_one);
}

TEST(Groups, BuildAnIndexWhileOthersWrite) {
  const Deployment deployment(online_change());
  auto open = std::async(std::launch::async, [&] {  // a transaction that has written, and is not over
    return deployment.database().ask(
        "BEGIN; INSERT INTO author VALUES (1000, 'x'); UPDATE book SET pages = pages + 1 WHERE id = 1;"
        " SELECT pg_sleep(2); UPDATE book SET pages = pages + 1 WHERE id = 2; COMMIT; SELECT 1");
  });
  while (deployment.database().ask("SELECT count(*) FROM pg_locks WHERE relation = 'author'::regclass"
                                   " AND mode = 'RowExclusiveLock'") == "0") {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_TRUE(deployment.apply().ok());
  (void)open.get();
  EXPECT_EQ(deployment.state(), State::new_one);
}

TEST(Groups, SegueKilledLeavesAPlanThatGoesOnOrBack) {
  recover_from(kill_segue, Deployment(online_change()), runs(10));
}

TEST(Groups, SessionEndedLeavesAPlanThatGoesOnOrBack) {
  recover_from(end_session, Deployment(online_change()), runs(8));
}

TEST(Groups, ConnectionCutLeavesAPlanThatGoesOnOrBack) {
  recover_from(cut_socket, Deployment(online_change()), runs(8));
}

TEST(Groups, ServerCrashedLeavesAPlanThatGoesOnOrBack) {
  Server server({"synchronous_commit=on"});
  recover_from(crash_server, Deployment(online_change(), server), runs(4));
}

}  // namespace
}  // namespace segue::test
