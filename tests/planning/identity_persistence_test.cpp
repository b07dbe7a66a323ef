// Guards against silence: a sequence of an identity that is logged where its table is not is no attribute of anything,
// and must be named in the plan, by the file and by the catalog.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

const std::string table = "CREATE UNLOGGED TABLE u (id integer GENERATED ALWAYS AS IDENTITY);";

Outcome plan_against(const Database& database, const std::string& file) {
  const TempDir folder;
  write_file(folder / "schema.sql", file);
  return run_segue({"plan", "--scope", "all", "--db", database.url()}, folder.path().string());
}

TEST(IdentityPersistence, IsNamedWhereItIsNotThatOfTheTable) {
  if (Server::shared().major() < 15) GTEST_SKIP() << "sequences are always logged before 15";
  const std::string named = "persistence of the sequence of column public.u.id";
  const std::string logged = table + "ALTER SEQUENCE u_id_seq SET LOGGED;";
  const Database plain(Server::shared());
  plain.execute(table);
  EXPECT_EQ(plan_against(plain, table).text().find(named), std::string::npos);
  EXPECT_NE(plan_against(plain, logged).text().find(named), std::string::npos);
  const Database apart(Server::shared());
  apart.execute(logged);
  EXPECT_NE(plan_against(apart, table).text().find(named), std::string::npos);
}

}  // namespace
}  // namespace segue::test
