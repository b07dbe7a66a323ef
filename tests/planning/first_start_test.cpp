// Guards against a first start that asks for consent to what concerns nobody yet, and against a later one that does not
// ask where it does.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

const std::string defaults =
    "CREATE SCHEMA shop; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app_reader;"
    "ALTER DEFAULT PRIVILEGES IN SCHEMA shop GRANT INSERT ON TABLES TO app_writer; CREATE TABLE shop.book (id integer);"
    "GRANT USAGE ON SCHEMA shop TO app_reader;";

Outcome first_apply(const Database& database, const std::string& schema) {
  const TempDir folder;
  write_file(folder / "schema.sql", schema);
  return run_segue({"apply", "--yes", "--db", database.url()}, folder.path().string());
}

TEST(FirstStart, AsksNobodyAboutDefaultPrivilegesWhereNothingStands) {
  const Database empty(Server::shared());
  const Outcome applied = first_apply(empty, defaults);
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(empty.ask("SELECT count(*) FROM pg_default_acl"), "2");
}

TEST(FirstStart, AsksWhereTheDefaultsHoldBesideWhatStands) {
  const Database used(Server::shared());
  const std::size_t shop = defaults.find(" ALTER DEFAULT");
  const Outcome first = first_apply(used, defaults.substr(0, shop) + " CREATE TABLE shop.author (id integer);");
  ASSERT_EQ(first.exit_code, 0) << first.text();
  const Outcome refused = first_apply(used, defaults + "CREATE TABLE shop.author (id integer);");
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  EXPECT_NE(refused.text().find("CHANGES_PRIVILEGES"), std::string::npos) << refused.text();
}

}  // namespace
}  // namespace segue::test
