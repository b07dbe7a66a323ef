// Guards against a rollback that takes back what was never applied, and so overwrites what somebody else has done.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

class NeverApplied : public testing::Test {
 protected:
  void plan(const std::string& before, const std::string& after) {
    database_.execute(before);
    write_file(folder_ / "schema.sql", after);
    const Outcome planned = segue({"plan", "--scope", "all", "--on-drop", "delete", "--out", "p.json"});
    ASSERT_TRUE(planned.ok()) << planned.text();
  }
  Outcome segue(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", database_.url()});
    return run_segue(arguments, folder_.path().string());
  }
  Outcome roll_back() const { return segue({"rollback", "p.json", "--yes", "--allow-hazards", "all"}); }

  Database database_{Server::shared()};
  TempDir folder_;
};

TEST_F(NeverApplied, ACheckThatSomebodyHasChangedStays) {
  plan("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0));", "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 1));");
  database_.execute("ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 5)");
  const std::string before = database_.dump();
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 4) << back.text();
  EXPECT_NE(back.err.find("the history knows no apply of this plan"), std::string::npos) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), before), "");
}

TEST_F(NeverApplied, WhatMayLookInAnyWayIsNotTakenForApplied) {
  const std::string p = "CREATE TABLE p (a int) PARTITION BY RANGE (a);";
  plan(p + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE VIEW v AS SELECT 1 AS x;"
           "CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a + 1) STORED);",
       p + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (20); CREATE VIEW v AS SELECT 2 AS y;"
           "CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a + 2) STORED);");
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_NE(back.text().find("Nothing to do: this plan is not applied."), std::string::npos) << back.text();
}

/// A copy of the database without the schema segue: what is for certain as the plan leaves it is taken back.
TEST_F(NeverApplied, APlanOfALostHistoryIsTakenBackWhereTheStateSpeaksForItself) {
  plan("CREATE TABLE t (a int);", "CREATE TABLE t (a bigint, b text); CREATE VIEW v AS SELECT 1 AS one;");
  const std::string before = database_.dump();
  ASSERT_TRUE(segue({"apply", "p.json", "--yes"}).ok());
  database_.execute("DROP SCHEMA segue CASCADE");
  const Outcome back = roll_back();
  EXPECT_TRUE(back.ok()) << back.text();
  database_.execute("DROP SCHEMA segue CASCADE");
  EXPECT_EQ(trial::dump_difference(database_.dump(), before), "");
}

TEST_F(NeverApplied, APlanOfALostHistoryNamesAWayOutWhereOnlyTheHistoryCouldTell) {
  plan("CREATE TABLE t (a varchar(9)); CREATE VIEW v AS SELECT 1 AS one FROM t WHERE a IN ('x', 'y');",
       "CREATE TABLE t (a varchar(9)); CREATE VIEW v AS SELECT 2 AS two FROM t WHERE a IN ('x', 'z');");
  ASSERT_TRUE(segue({"apply", "p.json", "--yes", "--allow-hazards", "all"}).ok());
  database_.execute("DROP SCHEMA segue CASCADE");
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 4) << back.text();
  EXPECT_NE(back.text().find("Where the history was lost, nobody knows any more"), std::string::npos) << back.text();
}

}  // namespace
}  // namespace segue::test
