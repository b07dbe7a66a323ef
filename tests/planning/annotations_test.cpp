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

constexpr const char* filled_tables =
    "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
    "CREATE TABLE t (a integer, b integer);"
    "CREATE TRIGGER each_update BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();"
    "CREATE TRIGGER of_other BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION touch();"
    "CREATE TRIGGER at_insert BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch();"
    "CREATE TABLE u (a integer, b integer);"
    "CREATE RULE quiet AS ON UPDATE TO u DO INSTEAD NOTHING;"
    "CREATE TABLE v (a integer, b integer); ALTER TABLE v ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
    "CREATE TABLE w (a integer, b integer) PARTITION BY LIST (a); CREATE TABLE w1 PARTITION OF w FOR VALUES IN (1);"
    "CREATE TRIGGER below BEFORE UPDATE ON w1 FOR EACH ROW EXECUTE FUNCTION touch();"
    "CREATE TRIGGER once BEFORE UPDATE ON w1 FOR EACH STATEMENT EXECUTE FUNCTION touch();";

TEST(Backfill, SaysWhatItSetsOff) {
  const Database database(Server::shared());
  database.execute(filled_tables);
  std::string wanted = filled_tables;
  const std::string column = "b integer)";
  for (std::size_t at = wanted.find(column); at != std::string::npos; at = wanted.find(column, at + 40))
    wanted.replace(at, column.size(), "\n-- @backfill 7\nb integer NOT NULL)");
  const TempDir work;
  write_file(work / "schema.sql", wanted);
  const Outcome planned = run_segue({"plan", "--db", database.url()}, work.path().string());
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  for (
      const char* said :
      {"column public.t.b: its rows are filled by an UPDATE of their table, and trigger public.t.each_update fires for "
       "each row that is filled\n",
       "and rule public.u.quiet does something else in its place, so that rows may stay without a value\n",
       "and row security of table public.v hides rows from a role that does not bypass it",
       "column public.w.b: its rows are filled by an UPDATE of their table, and trigger public.w1.below fires for each "
       "row that is filled\n"})
    EXPECT_NE(planned.text().find(said), std::string::npos) << said << "\n" << planned.text();
}

TEST(Backfill, SaysThatRowsKeepItsValueOnTheWayBack) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE t (a integer, b integer); INSERT INTO t VALUES (1, NULL), (2, 5);");
  const std::string wanted = "CREATE TABLE t (a integer,\n-- @backfill 7\nb integer NOT NULL);";
  const Outcome done = apply(database, wanted);
  ASSERT_TRUE(done.ok()) << done.text();
  const TempDir work;
  const Outcome refused = run_segue({"rollback", "--last", "--yes", "--db", database.url()}, work.path().string());
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  EXPECT_NE(refused.text().find("rows that had no value keep the one of the backfill"), std::string::npos)
      << refused.text();
  const Outcome back = run_segue(
      {"rollback", "--last", "--yes", "--allow-hazards", "DELETES_DATA", "--db", database.url()}, work.path().string());
  EXPECT_TRUE(back.ok()) << back.text();
  EXPECT_EQ(database.ask("SELECT string_agg(b::text, ',' ORDER BY a) FROM t"), "7,5");
}

}  // namespace
}  // namespace segue::test
