// Guards against what small cases do not show: schemas of the size and the mixture that applications have. Each file of
// testdata/schemas loads, plans to nothing against itself and is made from nothing exactly.
#include <gtest/gtest.h>

#include <algorithm>

#include "journey.h"
#include "support/files.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> schema_files() {
  std::vector<std::string> files{"schema.sql"};
  std::error_code missing;
  for (const fs::directory_entry& entry : fs::directory_iterator(testdata() / "schemas", missing)) {
    if (entry.path().extension() == ".sql") files.push_back("testdata/schemas/" + entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

class Schema : public testing::TestWithParam<std::string> {};

TEST_P(Schema, PlansToNothingAgainstItselfAndIsMadeFromNothing) {
  const fs::path path = source_tree() / GetParam();
  const TempDir work;
  write_file(work / "schema.sql", read_file(path));
  const Side side(Server::shared(), "schema.sql", path);
  const std::unique_ptr<Commands> segue = through_program(work.path());
  Journey(side, side, {}, *segue).nothing_to_do();
  expect_creates(side, *segue);
}

// What pg_dump prints of a schema is a schema file like any other.
TEST_P(Schema, PlansToNothingFromWhatPgDumpPrintsOfIt) {
  const fs::path path = source_tree() / GetParam();
  const TempDir work;
  write_file(work / "schema.sql", read_file(path));
  const Side side(Server::shared(), "schema.sql", path);
  write_file(work / "dump.sql", side.dump);
  const Side dumped(Server::shared(), "dump.sql", work / "dump.sql");
  const std::unique_ptr<Commands> segue = through_library(work.path());
  Journey(dumped, dumped, {}, *segue).nothing_to_do();
  // pg_dump's own text is not always a fixed point; where it is, the file and the dump are two spellings of one schema.
  if (trial::dump_difference(dumped.dump, side.dump).empty()) {
    Journey(side, dumped, {}, *segue).nothing_to_do();
  }
}

TEST(SchemaFiles, DumpHoldsTheSchemaThatItIsOf) {
  const fs::path folder = testdata() / "schemas";
  const Side schema(Server::shared(), "tenants.sql", folder / "tenants.sql");
  const Side dump(Server::shared(), "tenants.dump.sql", folder / "tenants.dump.sql");
  EXPECT_EQ(trial::dump_difference(dump.dump, schema.dump), "");
}

INSTANTIATE_TEST_SUITE_P(Schemas, Schema, testing::ValuesIn(schema_files()),
                         [](const testing::TestParamInfo<std::string>& one) {
                           std::string name = one.param;
                           for (char& c : name) {
                             if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
                           }
                           return name;
                         });

TEST(SchemaFiles, AreFound) { EXPECT_GE(schema_files().size(), 5U); }

}  // namespace
}  // namespace segue::test
