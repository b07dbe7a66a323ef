// Guards against a misspelt name that every review reads over and only the apply finds; and against a plan that is
// refused for a name that the server knows.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

constexpr const char* table = "CREATE TABLE t (a integer, b text);\n";

Outcome plan_of(const Database& database, const std::string& statement) {
  const TempDir folder;
  write_file(folder / "schema.sql", table + statement);
  return run_segue({"plan", "--db", database.url()}, folder.path().string());
}

TEST(UnknownNames, AreErrorsInTheirPlace) {
  const Database database(Server::shared());
  const std::pair<const char*, const char*> wrong[] = {
      {"CREATE TABLE u (a nosuch);", "schema.sql:2:19: error: type nosuch does not exist"},
      {"CREATE TABLE u (a public.nosuch[]);", "schema.sql:2:19: error: type public.nosuch does not exist"},
      {"CREATE TABLE u (a \"no \"\"such\\\");", "schema.sql:2:19: error: type \"no \"\"such\\\" does not exist"},
      {"CREATE TABLE u (a text COLLATE nosuch);", "error: collation nosuch does not exist"},
      {"CREATE TABLE u (a integer DEFAULT nosuch(1));", "error: function nosuch does not exist"},
      {"CREATE VIEW v AS\n  SELECT a,\n    z FROM t;",
       "schema.sql:4:5: error: view public.v names column z, which none of"},
      {"CREATE VIEW v AS\n  SELECT a\n    FROM nosuch;", "schema.sql:4:10: error: relation nosuch does not exist"},
      {"CREATE VIEW v AS\n  SELECT nosuch(a) FROM t;", "schema.sql:3:10: error: function nosuch does not exist"},
      {"CREATE DOMAIN d AS nosuch;", "error: type nosuch does not exist"},
      {"CREATE FUNCTION f(a nosuch) RETURNS integer LANGUAGE sql AS 'SELECT 1';", "error: type nosuch does not exist"},
      {"CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION nosuch();", "error: function nosuch does not exist"},
      {"CREATE VIEW v AS SELECT a FROM nosuch;", "schema.sql:2:32: error: relation nosuch does not exist"},
      {"CREATE VIEW v AS SELECT a FROM other.t;", "error: relation other.t does not exist"},
      {"CREATE VIEW v AS SELECT a::nosuch FROM t;", "error: type nosuch does not exist"},
      {"CREATE POLICY p ON t USING (nosuch(a));", "error: function nosuch does not exist"},
  };
  for (const auto& [statement, message] : wrong) {
    const Outcome plan = plan_of(database, statement);
    EXPECT_EQ(plan.exit_code, 1) << statement;
    EXPECT_NE(plan.err.find(message), std::string::npos) << statement << "\n" << plan.text();
  }
}

TEST(UnknownNames, AreNotThoseOfTheServerOrOfWhatMayCome) {
  const Database database(Server::shared());
  database.execute(
      "CREATE SCHEMA theirs; CREATE TABLE theirs.kept (a integer);"
      "CREATE EXTENSION citext SCHEMA theirs;"
      "CREATE FUNCTION theirs.twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * $1';");
  for (const char* statement : {
           "CREATE VIEW v AS SELECT theirs.twice(a), lower(b), count(*), extract(year FROM now()), "
           "a(t), float8(a), CAST(b AS varchar(3)) FROM t, theirs.kept, pg_class c, generate_series(1, 2) GROUP BY 1;",
           "CREATE VIEW v AS WITH nosuch AS (SELECT 1 AS a) SELECT a FROM nosuch;",
           "CREATE VIEW v AS SELECT 'int'::regtype, 'double precision'::regtype, position('a' IN b), b SIMILAR TO 'a' "
           "FROM t;",
           "DROP FUNCTION IF EXISTS f(nosuch); DROP TABLE IF EXISTS nosuch;",
           "CREATE TABLE u (a t, b t[], c _t, d information_schema.sql_identifier, e regclass, f theirs.kept);",
           "CREATE RULE r AS ON UPDATE TO t DO ALSO UPDATE t SET b = new.b WHERE a = old.a;",
           "CREATE SCHEMA mine; CREATE EXTENSION citext SCHEMA mine; CREATE TABLE u (a mine.citext);",
           "CREATE EXTENSION hstore; CREATE TABLE u (a hstore DEFAULT hstore('a', 'b'));",
       }) {
    const Outcome plan = plan_of(database, statement);
    EXPECT_EQ(plan.exit_code, 0) << statement << "\n" << plan.text();
  }
}

}  // namespace
}  // namespace segue::test
