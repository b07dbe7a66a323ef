// Guards against a proof that proves nothing: one that calls a wrong plan right, and one that leaves something behind.
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

constexpr const char* before =
    "CREATE TYPE mood AS ENUM ('good', 'bad');\n"
    "CREATE TABLE author (id bigint PRIMARY KEY, email text NOT NULL UNIQUE CHECK (email ~ '^[a-z0-9]+@.+[.].+$'),\n"
    "  currency char(3) CHECK (currency ~ '^[A-Z]{3}$'), mood mood NOT NULL);\n"
    "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES author, title varchar(20) NOT "
    "NULL,\n"
    "  year integer CHECK (year BETWEEN 1450 AND 2100), UNIQUE (author_id, title));\n";

constexpr const char* after =
    "CREATE TYPE mood AS ENUM ('good', 'bad');\n"
    "CREATE TABLE author (id bigint PRIMARY KEY, email text NOT NULL UNIQUE CHECK (email ~ '^[a-z0-9]+@.+[.].+$'),\n"
    "  currency char(3) CHECK (currency ~ '^[A-Z]{3}$'), mood mood NOT NULL);\n"
    "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint NOT NULL REFERENCES author, title text NOT NULL,\n"
    "  year bigint CHECK (year BETWEEN 1450 AND 2100), pages integer NOT NULL DEFAULT 1, UNIQUE (author_id, title));\n"
    "CREATE INDEX ON book (year);\n";

class Prove : public testing::Test {
 protected:
  Prove() : database_(Server::shared()) { database_.execute(before); }

  void plan(const std::string& schema = after) {
    write_file(folder_ / "schema.sql", schema);
    const Outcome planned = segue({"plan", "--scope", "all", "--out", "plan.json", "--db", database_.url()});
    ASSERT_EQ(planned.exit_code, 0) << planned.text();
  }
  Outcome prove(const std::string& scratch = Server::shared().url("postgres")) {
    return segue({"prove", "plan.json", "--db", database_.url(), "--scratch", scratch});
  }
  /// Puts a plan that somebody has changed by hand under a seal of its own.
  void edit(const std::function<void(Json&)>& change) {
    Json plan = Json::parse(read_file(folder_ / "plan.json"));
    change(plan["plan"]["steps"]);
    write_file(folder_ / "plan.json", plan.dump(2));
    const Outcome sealed = segue({"seal", "plan.json"});
    ASSERT_EQ(sealed.exit_code, 0) << sealed.text();
  }
  Outcome segue(const std::vector<std::string>& arguments) { return run_segue(arguments, folder_.path().string()); }

  Database database_;
  TempDir folder_;
};

void expect_says(const Outcome& outcome, int exit_code, const std::vector<std::string>& parts) {
  EXPECT_EQ(outcome.exit_code, exit_code) << outcome.text();
  for (const std::string& part : parts)
    EXPECT_NE(outcome.out.find(part), std::string::npos) << part << "\n" << outcome.text();
}

TEST_F(Prove, SaysWhatHeldOnTablesWithRows) {
  plan();
  const Outcome proved = prove();
  expect_says(
      proved, 0,
      {"held        applies", "held        keeps rows: 6 rows", "held        settles", "held        converges",
       "held        rolls back", "held        restores", "held        brings rows back", "held        locks no more"});
  EXPECT_EQ(proved.out.find("not judged"), std::string::npos) << proved.text();
  EXPECT_EQ(proved.out.find("note"), std::string::npos) << proved.text();
}

TEST_F(Prove, WritesWhatItMeasuredIntoAPlanThatStaysTheSame) {
  plan();
  const Json old_plan = Json::parse(read_file(folder_ / "plan.json"));
  ASSERT_EQ(prove().exit_code, 0);
  const Json plan = Json::parse(read_file(folder_ / "plan.json"));
  EXPECT_EQ(plan["plan"], old_plan["plan"]);
  std::set<std::string> modes;
  std::set<std::string> rewritten;
  for (const Json& one : plan["observed"]["measured"]) {
    modes.insert(one["mode"].get<std::string>());
    for (const Json& table : one["rewritten"]) rewritten.insert(table.get<std::string>());
  }
  EXPECT_TRUE(modes.contains("ACCESS EXCLUSIVE")) << plan["observed"].dump(2);
  EXPECT_EQ(rewritten, std::set<std::string>{"public.book"}) << plan["observed"].dump(2);
  const Outcome applied = segue({"apply", "plan.json", "--yes", "--db", database_.url(), "--allow-hazards", "all"});
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
}

TEST_F(Prove, LeavesNothingOnTheScratchServer) {
  plan();
  const std::string what =
      "SELECT (SELECT count(*) FROM pg_database) || ' ' || (SELECT count(*) FROM pg_roles) || ' ' ||"
      " (SELECT count(*) FROM pg_class WHERE relnamespace <> 11)";
  const std::string as_before = database_.ask(what);
  Server scratch;
  const std::string there = scratch.ask("postgres", what);
  expect_says(prove(scratch.url("postgres")), 0, {"held        restores"});
  EXPECT_EQ(scratch.ask("postgres", what), there);
  EXPECT_EQ(database_.ask(what), as_before);
}

TEST_F(Prove, FindsAWayBackThatBringsSomethingElse) {
  plan();
  edit([](Json& steps) {
    for (Json& step : steps) {
      if (step["object"] == "index public.book_year_idx") step["inverse"]["sql"] = {"SELECT 1"};
    }
  });
  expect_says(prove(), 2, {"FAILED      rolls back"});
}

TEST_F(Prove, FindsALockThatIsStrongerThanThePlanSays) {
  plan();
  edit([](Json& steps) {
    for (Json& step : steps) {
      step["lock"]["mode"] = "SHARE UPDATE EXCLUSIVE";
      step["rewrites"] = false;
      step["scans"] = false;
    }
  });
  expect_says(prove(), 2,
              {"FAILED      locks no more", "in mode ACCESS EXCLUSIVE, and says SHARE UPDATE EXCLUSIVE",
               "rewrites public.book, and does not say so"});
}

TEST_F(Prove, FindsStepsThatDoNotReachTheSchema) {
  plan();
  write_file(folder_ / "schema.sql", std::string(after) + "-- another comment\n");
  expect_says(prove(), 0, {"not judged  settles"});
}

TEST_F(Prove, GoesOnWithoutRowsWhereTheyAreInTheWayAsThePlanSays) {
  plan(std::string(before) + "ALTER TABLE book ADD CHECK (year < 1400);\n");
  expect_says(prove(), 0,
              {"not judged  applies to any rows", "3 rows of public.book for which", "held        applies: 1 step"});
}

/// The server prints such a check otherwise once pg_dump's text of it was read.
TEST_F(Prove, IsNotMisledByWhatADumpPrintsOtherwise) {
  database_.execute("CREATE TABLE shelf (kind varchar(10) CONSTRAINT kinds CHECK (kind IN ('a', 'b')), n int);");
  plan(std::string(before) + "CREATE TABLE shelf (kind varchar(10) CONSTRAINT kinds CHECK (kind IN ('a', 'b', 'c')));");
  expect_says(prove(), 0, {"held        applies", "held        converges", "held        restores"});
}

TEST_F(Prove, PlansAndProvesInOneGo) {
  write_file(folder_ / "schema.sql", after);
  const Outcome proved = segue({"plan", "--scope", "all", "--prove", "--format", "json", "--db", database_.url()});
  ASSERT_EQ(proved.exit_code, 0) << proved.text();
  EXPECT_NE(proved.err.find("held        restores"), std::string::npos) << proved.text();
  EXPECT_FALSE(Json::parse(proved.out)["observed"]["measured"].empty()) << proved.out;
}

TEST_F(Prove, StartsFromAFileWhereThereIsNoDatabase) {
  plan();
  write_file(folder_ / "before.sql", before);
  const Outcome proved = segue({"prove", "plan.json", "--from", "before.sql", "--db", "host=/nowhere"});
  expect_says(proved, 0, {"held        applies", "held        restores"});
}

TEST_F(Prove, ShowsNoSecretAndComparesNone) {
  const std::string mapping = "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;";
  database_.execute(mapping + "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (\"user\" 'u', password 'hush''hush')");
  ASSERT_NO_FATAL_FAILURE(plan(
      before + mapping + "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (\"user\" 'v', password '${secret:PW}');"));
  const Outcome proven = prove();
  expect_says(proven, 0, {"held        converges", "held        restores"});
  write_file(folder_ / "schema.sql",
             before + mapping + "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (\"user\" 'w', password 'x');");
  const Outcome failed = prove();
  expect_says(failed, 2, {"FAILED      converges", "\"user\" 'v'"});
  EXPECT_EQ(failed.text().find("hush"), std::string::npos) << failed.text();
}

}  // namespace
}  // namespace segue::test
