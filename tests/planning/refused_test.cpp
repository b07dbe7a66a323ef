// Guards against a plan that PostgreSQL refuses half way: what it never does is said before anything runs, with the
// reason and a way out.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"

namespace segue::test {
namespace {

class Refused : public testing::Test {
 protected:
  Outcome plan(const std::string& from, const std::string& to) {
    write_file(folder_ / "from.sql", from);
    write_file(folder_ / "to.sql", to);
    return run_segue({"plan", "--from", "from.sql", "--schema", "to.sql"}, folder_.path().string());
  }

  void expect_refusal(const std::string& from, const std::string& to, const std::string& message) {
    const Outcome outcome = plan(from, to);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
  }
  TempDir folder_;
};

TEST_F(Refused, TypeOfAPartitionKeysColumn) {
  const std::string rest = ", b int) PARTITION BY LIST (a);";
  expect_refusal("CREATE TABLE p (a int" + rest, "CREATE TABLE p (a bigint" + rest,
                 "to.sql:1: error: column public.p.a cannot be changed\nit is part of the partition key of public.p");
}

TEST_F(Refused, NotNullAboveAPartitionsIdentity) {
  const std::string rest =
      ", b int) PARTITION BY LIST (b); CREATE TABLE c PARTITION OF p DEFAULT;"
      "ALTER TABLE c ALTER a SET NOT NULL; ALTER TABLE c ALTER a ADD GENERATED ALWAYS AS IDENTITY;";
  expect_refusal("CREATE TABLE p (a int NOT NULL" + rest, "CREATE TABLE p (a int" + rest,
                 "column public.p.a cannot lose its NOT NULL\ncolumn public.c.a is an identity");
}

}  // namespace
}  // namespace segue::test
