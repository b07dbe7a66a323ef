// Guards against a flag that is taken and then not kept: somebody would believe that their rows are safe.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

Outcome plan_with(const std::string& flag, const std::string& value) {
  const Database database(Server::shared());
  const TempDir folder;
  write_file(folder / "schema.sql", "CREATE TABLE t (id integer);");
  return run_segue({"plan", flag, value, "--db", database.url()}, folder.path().string());
}

TEST(Flags, NobodyIsAskedWhoHasNoName) {
  const Outcome outcome = plan_with("--ask", "elsewhere");
  EXPECT_EQ(outcome.exit_code, 64) << outcome.text();
  EXPECT_NE(outcome.text().find("--ask elsewhere names nobody to ask"), std::string::npos) << outcome.text();
}

TEST(Flags, ThatAreThereAreTaken) {
  EXPECT_EQ(plan_with("--on-drop", "delete").exit_code, 0);
  EXPECT_EQ(plan_with("--on-drop", "retain").exit_code, 0);
  EXPECT_EQ(plan_with("--on-drop", "retain-in-place").exit_code, 0);
  EXPECT_EQ(plan_with("--ask", "never").exit_code, 0);
  EXPECT_EQ(plan_with("--online", "always").exit_code, 0);
}

}  // namespace
}  // namespace segue::test
