// Guards against a plan that fails half way on what only an administrator makes, and against a review that does not see
// it.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

TEST(MissingOfCluster, IsNamedWithTheStatementThatMakesIt) {
  const Database database(Server::shared());
  const TempDir folder;
  write_file(folder / "schema.sql",
             "CREATE TABLE t (a int); GRANT SELECT ON t TO \"no \"\"one\"\"\", tester, PUBLIC;"
             "ALTER TABLE t OWNER TO nemo; ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
             "CREATE POLICY p ON t TO ruled USING (true);"
             "CREATE INDEX i ON t (a) TABLESPACE \"Far Away\";");
  const Outcome plan = run_segue({"plan", "--db", database.url()}, folder.path().string());
  ASSERT_EQ(plan.exit_code, 0) << plan.text();
  for (const char* named :
       {"no role nemo, which owner table public.t needs. It belongs to the cluster, and an administrator would make "
        "it: "
        "CREATE ROLE nemo;",
        "CREATE ROLE \"no \"\"one\"\"\";", "CREATE ROLE ruled;", "CREATE TABLESPACE \"Far Away\" LOCATION '…';"}) {
    EXPECT_NE(plan.out.find(named), std::string::npos) << named << "\n" << plan.text();
  }
  for (const char* known : {"CREATE ROLE tester", "CREATE ROLE PUBLIC", "CREATE ROLE postgres"}) {
    EXPECT_EQ(plan.out.find(known), std::string::npos) << known << "\n" << plan.text();
  }
}

}  // namespace
}  // namespace segue::test
