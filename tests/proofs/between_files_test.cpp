// Guards against a plan between two files that no database takes: where files do not tell, a private server does, and
// what it tells is what a database looks like.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class BetweenFiles : public testing::Test {
 protected:
  Outcome plan(const std::string& from, const std::string& to, const std::vector<std::string>& more = {}) {
    write_file(folder_ / "from.sql", from);
    write_file(folder_ / "to.sql", to);
    std::vector<std::string> arguments{"plan",   "--from",  "from.sql", "--schema",
                                       "to.sql", "--scope", "all",      "--detailed-exitcode"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_segue(arguments, folder_.path().string());
  }
  Outcome segue(std::vector<std::string> arguments, const Database& database) {
    arguments.insert(arguments.end(), {"--db", database.url(), "--yes"});
    return run_segue(arguments, folder_.path().string());
  }
  TempDir folder_;
};

TEST_F(BetweenFiles, AskAPrivateServerWhereTheyLeaveItOpen) {
  const std::string both =
      "CREATE TABLE t (p numeric); CREATE FUNCTION f(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1';";
  const std::string spelled = both + "CREATE VIEW v AS SELECT f(1) AS a, g.* FROM (SELECT p FROM t) g;";
  const std::string printed = both + "CREATE VIEW v AS SELECT f(1::numeric) AS a, g.p FROM (SELECT t.p FROM t) g;";
  const Outcome never = plan(spelled, printed, {"--ask", "never"});
  ASSERT_EQ(never.exit_code, 2) << never.text();
  EXPECT_FALSE(std::filesystem::exists(folder_ / ".segue"));
  const Outcome asked = plan(spelled, printed);
  EXPECT_EQ(asked.exit_code, 0) << asked.text();
  EXPECT_FALSE(holds(asked.text(), "undecided")) << asked.text();
}

TEST_F(BetweenFiles, AskNobodyWhereTheyTellThemselves) {
  const Outcome outcome = plan("CREATE TABLE t (a int);", "CREATE TABLE t (a int, b int DEFAULT (1));");
  EXPECT_EQ(outcome.exit_code, 2) << outcome.text();
  EXPECT_FALSE(std::filesystem::exists(folder_ / ".segue"));
}

TEST_F(BetweenFiles, LeadToAPlanThatADatabaseTakesAndGivesBack) {
  const Database database(Server::shared());
  const std::string spelled = "CREATE TABLE t (v varchar CHECK (v IN ('a', 'b')), d timestamptz DEFAULT now()::date);";
  const std::string from = spelled + "CREATE VIEW w AS SELECT v FROM t WHERE v LIKE 'a%';";
  database.execute(from);
  const std::string start = database.dump();
  const std::string to = spelled + "ALTER TABLE t ADD n int DEFAULT 7; CREATE VIEW w AS SELECT v, d FROM t;";
  const Outcome offline = plan(from, to, {"--ask", "never", "--owner", "tester", "--out", "offline.json"});
  ASSERT_EQ(offline.exit_code, 2) << offline.text();
  EXPECT_TRUE(holds(offline.err, "with --ask embedded a private server spells them")) << offline.err;
  const Outcome stale = segue({"apply", "offline.json", "--allow-hazards", "all"}, database);
  EXPECT_EQ(stale.exit_code, 4) << stale.text();
  const Outcome planned = plan(from, to, {"--ask", "embedded", "--owner", "tester", "--out", "plan.json"});
  ASSERT_EQ(planned.exit_code, 2) << planned.text();
  const Outcome applied = segue({"apply", "plan.json", "--allow-hazards", "all"}, database);
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome back = segue({"rollback", "plan.json", "--on-drop", "delete", "--allow-hazards", "all"}, database);
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database.dump(), start), "");
}

/// Nobody but superusers may have wrappers, and no server but theirs has their roles and tablespaces.
TEST_F(BetweenFiles, BringTheRolesAndTablespacesThatTheyName) {
  const std::string from =
      "CREATE TABLE t (a int); GRANT SELECT ON t TO \"o\"\"dd BY one\"; ALTER TABLE t SET TABLESPACE nowhere;"
      "CREATE FOREIGN DATA WRAPPER w; ALTER FOREIGN DATA WRAPPER w OWNER TO wrapping;"
      "ALTER DEFAULT PRIVILEGES FOR ROLE giver GRANT SELECT ON TABLES TO taker;"
      "CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR mapped SERVER s;";
  const std::string to = from + "CREATE POLICY p ON t TO ruled USING (a > 0); CREATE INDEX ON t (a) TABLESPACE beyond;";
  const Outcome outcome = plan(from, to, {"--ask", Server::shared().url("postgres")});
  ASSERT_EQ(outcome.exit_code, 2) << outcome.text();
  EXPECT_TRUE(holds(outcome.out, "Plan: 2 to add, 0 to change, 0 to drop")) << outcome.text();
  EXPECT_EQ(Server::shared().ask("postgres",
                                 "SELECT count(*) FROM (SELECT rolname FROM pg_roles UNION SELECT spcname FROM"
                                 " pg_tablespace) n (name) WHERE name IN ('o\"dd BY one', 'wrapping', 'giver', 'taker',"
                                 " 'mapped', 'ruled', 'nowhere', 'beyond')"),
            "0");
}

}  // namespace
}  // namespace segue::test
