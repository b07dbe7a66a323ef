// Guards against a plan of several groups in which a step runs before what it waits for: its apply fails after others
// were committed, and nothing can go on from there.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "segue.h"
#include "support/both_ways.h"
#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;

void runs_both_ways(const std::string& before, const std::string& after) {
  test::runs_both_ways(Server::shared(), before, after, {"--online", "always"});
}

TEST(OnlineOrder, ACheckIsMadeBeforeItIsValidatedAlsoWhereItWaitsForALabel) {
  runs_both_ways("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e, y int);",
                 "CREATE TYPE e AS ENUM ('a', 'b');"
                 "CREATE TABLE t (x e DEFAULT 'b', y int, CONSTRAINT k CHECK (x <> 'b' OR y > 0));");
}

TEST(OnlineOrder, ACheckIsMadeBeforeItIsValidatedAlsoInOneStatementWithAColumn) {
  runs_both_ways("CREATE TABLE t (a int); CREATE UNIQUE INDEX t_a_idx ON t (a);",
                 "CREATE TABLE t (a int PRIMARY KEY, price numeric, CONSTRAINT x CHECK (price > 0));");
}

TEST(OnlineOrder, AnIndexIsBuiltBehindItsColumnAlsoWhereThatComesInOneStatementWithOthers) {
  runs_both_ways("CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x int, y int);",
                 "CREATE TYPE e AS ENUM ('a', 'b');"
                 "CREATE TABLE t (x int, y int NOT NULL, z e NOT NULL DEFAULT 'b', UNIQUE (x, z));");
}

TEST(OnlineOrder, APartitionLeavesBeforeThoseThatTakeItsPlace) {
  const std::string table =
      "CREATE TABLE sale (day date, shop int) PARTITION BY RANGE (day);"
      "CREATE TABLE sale_24 PARTITION OF sale FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');";
  runs_both_ways(table + "CREATE TABLE sale_25 PARTITION OF sale FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');",
                 table +
                     "CREATE TABLE sale_25 (day date, shop int);"
                     "CREATE TABLE sale_25a PARTITION OF sale FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');"
                     "CREATE TABLE sale_25b PARTITION OF sale FOR VALUES FROM ('2025-07-01') TO ('2026-01-01');"
                     "CREATE TABLE sale_rest PARTITION OF sale DEFAULT;");
}

TEST(OnlineOrder, AViewThatStandsAsideForSeveralGroupsComesBackWithItsOwner) {
  runs_both_ways("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;",
                 "CREATE TABLE t (a bigint); CREATE INDEX i ON t (a); CREATE VIEW v AS SELECT a FROM t;");
}

TEST(OnlineOrder, AnIndexGoesBeforeThePartitionOnWhichItsOwnWouldStayBehind) {
  const std::string table = "CREATE TABLE t (a int, b int) PARTITION BY LIST (a);";
  runs_both_ways(table + "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1, 2); CREATE INDEX i ON t (a);",
                 table + "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE INDEX i ON t (b);");
}

/// A constraint is whole once it is validated: no step behind that makes it.
void validates_last(const std::vector<plan::Step>& steps, const fs::path& from) {
  std::set<std::string> validated;
  for (const plan::Step& step : steps) {
    for (const std::string& key : step.changes) EXPECT_EQ(validated.count(key), 0U) << from << ": " << step.id;
    const bool validates = step.sql.size() == 1 && step.sql.front().find(" VALIDATE CONSTRAINT ") != std::string::npos;
    if (validates) validated.insert(step.object);
  }
}

/// The planner looks its order over at the end: no case, in either direction, may show it wrong.
TEST(OnlineOrder, RunsForwardInAllCases) {
  std::size_t plans = 0;
  for (const auto& one : fs::recursive_directory_iterator(testdata() / "cases")) {
    if (one.path().filename() != "before.sql") continue;
    const fs::path before = one.path();
    const fs::path after = before.parent_path() / "after.sql";
    const fs::path expect = before.parent_path() / "expect.json";
    const bool one_way = fs::exists(expect) && read_file(expect).find("directions") != std::string::npos;
    for (const auto& [from, to] : {std::pair(before, after), std::pair(after, before)}) {
      if (from == after && one_way) continue;
      PlanRequest request;
      request.from = from.string();
      request.schema = {to.string()};
      request.scope = "all";
      request.owner = "tester";
      request.ask = "never";
      request.online = "always";
      const auto plan = compute_plan(request, {});
      plans += plan ? 1 : 0;
      if (plan) validates_last(plan->body.steps, from);
      if (plan) continue;  // not every case can be planned without a server
      EXPECT_NE(plan.error().code, ErrorCode::internal) << from << ": " << plan.error().what;
    }
  }
  EXPECT_GT(plans, 1000U);
}

}  // namespace
}  // namespace segue::test
