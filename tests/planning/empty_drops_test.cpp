// Guards against a rollback that asks leave to lose rows where none were lost, and against one that does not where they
// were.
#include <gtest/gtest.h>

#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

class EmptyDrops : public testing::Test, protected OnDatabase {
 protected:
  EmptyDrops() {
    database_.execute(
        "CREATE TABLE t (id integer PRIMARY KEY, a text, b text); CREATE TABLE u (id integer PRIMARY KEY);"
        "INSERT INTO t VALUES (1, NULL, NULL);");
    as_before_ = database_.dump();
  }
  Outcome apply(const std::string& after, const std::vector<std::string>& more = {}) {
    write_file(folder_ / "schema.sql", after);
    const Outcome plan = segue({"plan", "--scope", "all", "--out", "plan.json"});
    EXPECT_EQ(plan.exit_code, 0) << plan.text();
    std::vector<std::string> arguments = {"apply", "plan.json", "--yes"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return segue(arguments);
  }

  std::string as_before_;
};

TEST_F(EmptyDrops, AreTakenBackWithoutLeaveToLoseRows) {
  const Outcome applied = apply("CREATE TABLE t (id integer PRIMARY KEY);");  // the table u, and two columns
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome back = segue({"rollback", "plan.json", "--yes"});
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_before_), "");
}

TEST_F(EmptyDrops, ThatWereNotEmptyAskForIt) {
  database_.execute("INSERT INTO u VALUES (1)");
  const Outcome applied = apply("CREATE TABLE t (id integer PRIMARY KEY);", {"--allow-hazards", "DELETES_DATA"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome back = segue({"rollback", "plan.json", "--yes"});
  EXPECT_EQ(back.exit_code, 3) << back.text();
  EXPECT_NE(back.text().find("DELETES_DATA"), std::string::npos) << back.text();
}

TEST_F(EmptyDrops, DoNotHideWhatWasWrittenToWhatComesAndGoes) {
  const Outcome applied = apply("CREATE TABLE t (id integer PRIMARY KEY); CREATE TABLE v (id integer);");
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  database_.execute("INSERT INTO v VALUES (1)");
  const Outcome back = segue({"rollback", "plan.json", "--yes"});
  EXPECT_EQ(back.exit_code, 3) << back.text();
  EXPECT_NE(back.text().find("public.v"), std::string::npos) << back.text();
}

}  // namespace
}  // namespace segue::test
