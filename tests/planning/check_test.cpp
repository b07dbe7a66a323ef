// Guards against drift that nobody can end: what was done by hand and stands in the file by now is none.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

TEST(Check, SaysWhatWasDoneByHandUntilTheFileHasIt) {
  const Database database(Server::shared());
  const TempDir folder;
  const auto segue = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", database.url()});
    return run_segue(arguments, folder.path().string());
  };
  const std::string table = "CREATE TABLE guest (id int, name text);";
  const std::string index = "CREATE INDEX guest_name ON guest (name);";
  write_file(folder / "schema.sql", table);
  ASSERT_TRUE(segue({"apply", "--yes"}).ok());
  EXPECT_EQ(segue({"check"}).exit_code, 0);
  database.execute(index);
  const Outcome drifted = segue({"check"});
  EXPECT_EQ(drifted.exit_code, 2);
  EXPECT_NE(drifted.text().find("index public.guest_name is there now"), std::string::npos) << drifted.text();
  write_file(folder / "schema.sql", table + index);
  const Outcome known = segue({"check"});
  EXPECT_EQ(known.exit_code, 0) << known.text();
}

}  // namespace
}  // namespace segue::test
