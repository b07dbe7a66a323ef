// Guards against annotations that read well and do nothing: each is followed on a database, or leaves it alone.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

Outcome apply(const Database& database, const std::string& schema, const std::vector<std::string>& more = {"--adopt"}) {
  const TempDir work;
  write_file(work / "schema.sql", schema);
  std::vector<std::string> arguments{"apply", "--yes", "--db", database.url()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_segue(arguments, work.path().string());
}

TEST(Allow, LetsTheFileAcceptAHazardOfATableAndItsParts) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE t (a integer, b text); INSERT INTO t VALUES (1, 'x');");
  const Outcome refused = apply(database, "CREATE TABLE t (a integer);");
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  const Outcome other = apply(database, "-- @allow INDEX_DROPPED\nCREATE TABLE t (a integer);");
  EXPECT_EQ(other.exit_code, 3) << other.text();
  const Outcome done = apply(database, "-- @allow DELETES_DATA\nCREATE TABLE t (a integer);");
  EXPECT_TRUE(done.ok()) << done.text();
  EXPECT_EQ(database.ask("SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 "
                         "AND NOT attisdropped"),
            "1");
}

TEST(Ignore, LeavesAnObjectAsItIs) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE t (a integer, theirs text);");
  const Outcome done = apply(database, "-- @ignore\nCREATE TABLE t (a bigint);\nCREATE TABLE u (a integer);");
  EXPECT_TRUE(done.ok()) << done.text();
  EXPECT_EQ(database.ask("SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum) "
                         "FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0"),
            "a integer, theirs text");
  EXPECT_EQ(database.ask("SELECT to_regclass('u') IS NOT NULL"), "t");
}

TEST(Ignore, MakesNothingOursThatWouldBeDroppedLater) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE t (a integer);");
  for (const char* schema : {"-- @ignore\nCREATE TABLE t (a bigint);\nCREATE TABLE u ();", "CREATE TABLE u ();"}) {
    const Outcome done = apply(database, schema, {});
    EXPECT_TRUE(done.ok()) << done.text();
  }
  EXPECT_EQ(database.ask("SELECT to_regclass('t') IS NOT NULL"), "t");
}

TEST(Renamed, TakesAnObjectThatNobodyManagedAndIsThenOfNoMoreUse) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE old (a integer PRIMARY KEY); INSERT INTO old VALUES (7);");
  const char* schema = "-- @renamed from=old\nCREATE TABLE fresh (a integer PRIMARY KEY);";
  for (int times = 0; times < 2; ++times) {
    const Outcome done = apply(database, schema);
    EXPECT_TRUE(done.ok()) << done.text();
    EXPECT_EQ(database.ask("SELECT a FROM fresh"), "7");
  }
  EXPECT_EQ(database.ask("SELECT conname FROM pg_constraint WHERE conrelid = 'fresh'::regclass"), "fresh_pkey");
}

TEST(Renamed, IsLeftAndNamedWhereTwoThatSwapAreAlike) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE t (p integer, q integer); INSERT INTO t VALUES (1, 2);");
  const TempDir work;
  write_file(work / "schema.sql",
             "CREATE TABLE t (\n  p integer, -- @renamed from=q\n  q integer -- @renamed from=p\n);");
  const Outcome done = run_segue({"plan", "--adopt", "--db", database.url()}, work.path().string());
  EXPECT_TRUE(done.ok()) << done.text();
  EXPECT_NE(done.text().find("swap their names, and they are alike: column public.t.p, column public.t.q"),
            std::string::npos)
      << done.text();
  EXPECT_EQ(database.ask("SELECT p || ' ' || q FROM t"), "1 2");
}

}  // namespace
}  // namespace segue::test
