// Guards against --ask that asks the target all the same, and against a copy that answers otherwise.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

/// Which columns the star stands for, and which type the constant becomes, only a server tells.
const char* const schema =
    "CREATE TABLE t (p numeric);"
    "CREATE FUNCTION f(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
    "CREATE VIEW v AS SELECT f(1) AS a, g.* FROM (SELECT p AS q FROM t) g NATURAL JOIN (SELECT p AS q FROM t) h;";

class Ask : public testing::Test {
 protected:
  Ask() : database_(Server::shared()) {
    database_.execute(schema);
    write_file(folder_ / "schema.sql", schema);
  }
  Outcome segue(const std::string& command, const std::string& whom) {
    std::vector<std::string> arguments{command, "--ask", whom, "--db", database_.url()};
    if (command == "apply") arguments.emplace_back("--yes");
    if (command == "plan") arguments.emplace_back("--detailed-exitcode");
    return run_segue(arguments, folder_.path().string());
  }

  Database database_;
  TempDir folder_;
};

TEST_F(Ask, SettlesOnACopyWhatNobodyWouldSettleOtherwise) {
  EXPECT_EQ(segue("plan", "never").exit_code, 2);
  for (const std::string& whom : {std::string("embedded"), Server::shared().url("postgres")}) {
    const Outcome plan = segue("plan", whom);
    EXPECT_EQ(plan.exit_code, 0) << plan.text();
  }
}

TEST_F(Ask, IsTakenByApplyAndCheckToo) {
  const std::string whom = Server::shared().url("postgres");
  EXPECT_EQ(segue("check", whom).exit_code, 0);
  const Outcome applied = segue("apply", whom);
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_NE(applied.text().find("othing to do"), std::string::npos) << applied.text();
}

TEST_F(Ask, LeavesNothingBehind) {
  ASSERT_EQ(segue("plan", Server::shared().url("postgres")).exit_code, 0);
  EXPECT_EQ(Server::shared().ask("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'segue_prove%'"),
            "0");
}

}  // namespace
}  // namespace segue::test
