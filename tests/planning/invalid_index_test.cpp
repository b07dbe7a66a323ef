// Guards against an index that a cut-off build left invalid and that counts as the one of the file: no query uses it,
// and what is to be unique is not. The index of a partitioned table that waits for its partitions' is another matter.
#include <gtest/gtest.h>

#include <stdexcept>

#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

class InvalidIndex : public testing::Test, protected OnDatabase {
 protected:
  void wants(const std::string& schema) { write_file(folder_ / "schema.sql", schema); }
  Outcome apply(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"apply", "--yes", "--allow-hazards", "all"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return segue(arguments);
  }
  std::string invalid() const {
    return database_.ask("SELECT pg_catalog.count(*) FROM pg_catalog.pg_index WHERE NOT indisvalid");
  }
};

TEST_F(InvalidIndex, OfACutOffBuildIsBuiltAgain) {
  database_.execute("CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1)");
  EXPECT_ANY_THROW(database_.execute("CREATE UNIQUE INDEX CONCURRENTLY u ON a (id)"));
  ASSERT_EQ(invalid(), "1");
  wants("CREATE TABLE a (id int); CREATE UNIQUE INDEX u ON a (id);");
  const Outcome checked = segue({"check"});
  EXPECT_EQ(checked.exit_code, 2) << checked.text();
  EXPECT_NE(checked.text().find("the index is invalid: a concurrent build was cut off"), std::string::npos)
      << checked.text();
  const Outcome refused = apply();
  EXPECT_EQ(refused.exit_code, 1) << refused.text();
  database_.execute("DELETE FROM a WHERE ctid = '(0,1)'");
  const Outcome applied = apply();
  EXPECT_TRUE(applied.ok()) << applied.text();
  EXPECT_EQ(invalid(), "0");
  EXPECT_EQ(segue({"check"}).exit_code, 0);
  const Outcome back = segue({"rollback", "--last", "--yes", "--allow-hazards", "all"});
  EXPECT_TRUE(back.ok()) << back.text();
}

TEST_F(InvalidIndex, IsBuiltAgainConcurrently) {
  database_.execute("CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1)");
  EXPECT_ANY_THROW(database_.execute("CREATE UNIQUE INDEX CONCURRENTLY u ON a (id)"));
  database_.execute("DELETE FROM a");
  wants("CREATE TABLE a (id int); CREATE UNIQUE INDEX u ON a (id);");
  const Outcome applied = apply({"--online", "always"});
  EXPECT_TRUE(applied.ok()) << applied.text();
  EXPECT_EQ(invalid(), "0");
  EXPECT_EQ(segue({"check"}).exit_code, 0);
}

TEST_F(InvalidIndex, OfAPartitionedTableWaitsForThoseOfItsPartitions) {
  const std::string tables =
      "CREATE TABLE p (a int) PARTITION BY RANGE (a); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (9);";
  const std::string schema = tables + "CREATE INDEX i ON ONLY p (a);";
  database_.execute(schema);
  ASSERT_EQ(invalid(), "1");
  wants(schema);
  EXPECT_EQ(segue({"check"}).exit_code, 0);
}

TEST_F(InvalidIndex, OfAKeyIsBuiltAgain) {
  database_.execute(
      "CREATE TABLE a (id int, CONSTRAINT u UNIQUE (id));"
      "UPDATE pg_catalog.pg_index SET indisvalid = false WHERE indexrelid = 'u'::regclass");
  wants("CREATE TABLE a (id int, CONSTRAINT u UNIQUE (id));");
  EXPECT_EQ(segue({"check"}).exit_code, 2);
  const Outcome applied = apply();
  EXPECT_TRUE(applied.ok()) << applied.text();
  EXPECT_EQ(invalid(), "0");
}

}  // namespace
}  // namespace segue::test
