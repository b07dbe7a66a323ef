// Guards against a plan that is silent about columns which will not be declared, or merely inherited, as the file has
// them: PostgreSQL has no statement for it, and pg_dump shows the difference.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"

namespace segue::test {
namespace {

const std::string parents = "CREATE TABLE p (a int, b int); CREATE TABLE q (a int, b int);";

class Declarations : public testing::Test {
 protected:
  std::string plan(const std::string& from, const std::string& to) {
    write_file(folder_ / "from.sql", parents + from);
    write_file(folder_ / "to.sql", parents + to);
    const Outcome outcome = run_segue({"plan", "--from", "from.sql", "--schema", "to.sql"}, folder_.path().string());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
    return outcome.out;
  }

  void expect_warning(const std::string& from, const std::string& to, const std::string& warning) {
    const std::string out = plan(from, to);
    EXPECT_NE(out.find("table public.c: " + warning), std::string::npos) << out;
  }
  TempDir folder_;
};

TEST_F(Declarations, StayWhereTheFileMerelyInherits) {
  expect_warning("CREATE TABLE c (a int, b int) INHERITS (p);", "CREATE TABLE c () INHERITS (p);",
                 "stay declared in the table, though the file merely inherits them: a, b");
}

TEST_F(Declarations, AreNotMadeWhereTheDatabaseMerelyInherits) {
  expect_warning("CREATE TABLE c () INHERITS (p);", "CREATE TABLE c (b int) INHERITS (p);",
                 "stay merely inherited, though the file declares them in the table: b");
}

TEST_F(Declarations, AreLeftByAParent) {
  expect_warning("CREATE TABLE c () INHERITS (p);", "CREATE TABLE c (a int) INHERITS (q);",
                 "become declared in the table as it leaves their parent, though the file merely inherits them: b");
}

TEST_F(Declarations, AreLeftBehindByTheWayBack) {
  expect_warning("CREATE TABLE c () INHERITS (p);", "CREATE TABLE c (a int, b int);",
                 "are merely inherited, and will be declared in the table once the plan is taken back: a, b");
}

TEST_F(Declarations, ComeBeforeTheirParent) {
  expect_warning("CREATE TABLE c ();", "CREATE TABLE c () INHERITS (p);",
                 "are declared in the table before it can inherit them, though the file merely inherits them: a, b");
  expect_warning("CREATE TABLE c ();", "CREATE TABLE n (x int); CREATE TABLE c () INHERITS (n);",
                 "are declared in the table before it can inherit them, though the file merely inherits them: x");
  expect_warning("CREATE TABLE c () INHERITS (p);", "CREATE TABLE c ();",
                 "are merely inherited, and will be declared in the table once the plan is taken back: a, b");
}

TEST_F(Declarations, AreWorthNoWordWhereTheyCome) {
  const std::string kept = "CREATE TABLE c (a int) INHERITS (p);";
  EXPECT_EQ(plan(kept, kept).find("Warnings"), std::string::npos);
  EXPECT_EQ(plan(kept, kept + "CREATE TABLE d (b int) INHERITS (p);").find("Warnings"), std::string::npos);
  const std::string parts = "CREATE TABLE l (a int) PARTITION BY LIST (a);";
  EXPECT_EQ(plan(parts + "CREATE TABLE l1 (a int);", parts + "CREATE TABLE l1 PARTITION OF l FOR VALUES IN (1);")
                .find("declared"),
            std::string::npos);
}

}  // namespace
}  // namespace segue::test
