// Guards against a file that no server would take and that is found out only when its plan is applied; and, as much,
// against a file that every server takes and that is refused.
#include "source/contradictions.h"

#include <gtest/gtest.h>

#include "source/desired.h"

namespace segue::test {
namespace {

constexpr const char* table = "CREATE TABLE t (a integer, b text);\n";

/// What is wrong with the statement behind the table; "" for nothing.
std::string wrong(const std::string& statement) {
  const auto scripts = source::parse_all({{"schema.sql", table + statement}});
  if (!scripts) return render(scripts.error());
  const auto desired = source::read_desired(*scripts, {});
  if (!desired) return desired.error().what;
  std::vector<const model::Object*> objects;
  for (const model::Object& object : desired->schema.objects()) objects.push_back(&object);
  const Status status = source::names_no_absent_column(desired->schema, objects, {}, {});
  return status ? "" : status.error().what;
}

TEST(Contradictions, ColumnsThatTheTableDoesNotHave) {
  const std::string of_t = " names column z, which table public.t does not have";
  EXPECT_EQ(wrong("ALTER TABLE t ADD CONSTRAINT c CHECK (a > z);"), "constraint public.t.c" + of_t);
  EXPECT_EQ(wrong("CREATE INDEX i ON t ((lower(z)));"), "index public.i" + of_t);
  EXPECT_EQ(wrong("CREATE INDEX i ON t (a) WHERE z IS NULL;"), "index public.i" + of_t);
  EXPECT_EQ(wrong("CREATE POLICY p ON t USING (z = current_user);"), "policy public.t.p" + of_t);
  EXPECT_EQ(wrong("CREATE STATISTICS s ON a, z FROM t;"), "statistics public.s" + of_t);
  const std::string function = "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';\n";
  EXPECT_EQ(wrong(function + "CREATE TRIGGER g BEFORE UPDATE OF z ON t EXECUTE FUNCTION f();"),
            "trigger public.t.g" + of_t);
  EXPECT_EQ(
      wrong(function + "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.z <> NEW.a) EXECUTE FUNCTION f();"),
      "trigger public.t.g" + of_t);
  EXPECT_EQ(wrong("CREATE TABLE u (a integer, b integer GENERATED ALWAYS AS (z + 1) STORED);"),
            "column public.u.b names column z, which table public.u does not have");
  EXPECT_EQ(wrong("CREATE TABLE u (a integer) PARTITION BY RANGE (z);"),
            "table public.u names column z, which table public.u does not have");
  EXPECT_EQ(wrong("CREATE TABLE u (a integer) PARTITION BY RANGE (a, (z + 1));"),
            "table public.u names column z, which table public.u does not have");
}

TEST(Contradictions, ColumnsThatNoRelationOfAQueryHas) {
  const std::string view = "CREATE VIEW v AS ";
  const auto column = [](const std::string& name) {
    return "view public.v names column " + name + ", which none of its relations has";
  };
  EXPECT_EQ(wrong(view + "SELECT a, z FROM t;"), column("z"));
  EXPECT_EQ(wrong(view + "SELECT x.z FROM t x;"), column("x.z"));
  EXPECT_EQ(wrong(view + "SELECT public.t.z FROM t;"), column("public.t.z"));
  EXPECT_EQ(wrong(view + "SELECT t.a FROM t x;"), column("t.a"));
  EXPECT_EQ(wrong(view + "SELECT a FROM t JOIN LATERAL (SELECT t.z) l ON true;"), column("t.z"));
  EXPECT_EQ(wrong(view + "SELECT a FROM t WHERE EXISTS (SELECT FROM t u WHERE u.a = t.a AND z > 0);"), column("z"));
  EXPECT_EQ(wrong(view + "WITH q AS (SELECT a FROM t UNION ALL SELECT 1) SELECT b FROM q;"), column("b"));
  EXPECT_EQ(wrong("CREATE VIEW u (x, y) AS SELECT * FROM t;" + view + "SELECT x, a FROM u;"), column("a"));
  EXPECT_EQ(wrong("CREATE MATERIALIZED VIEW m AS SELECT count(z) FROM t GROUP BY b;"),
            "materialized view public.m names column z, which none of its relations has");
}

TEST(Contradictions, NothingWhereAQueryMayFindTheColumn) {
  const std::string pair = "CREATE TYPE pair AS (x integer, y integer);";
  for (const std::string& statement : {
           std::string("SELECT a AS x, sum(a) AS s FROM t GROUP BY x, b ORDER BY s, x, b"),
           std::string("SELECT DISTINCT ON (x) a AS x FROM t"),
           std::string("SELECT t, t.ctid, t.*, tableoid FROM t"),
           std::string("SELECT a AS x FROM t UNION SELECT 1 ORDER BY x"),
           std::string("SELECT x.z FROM json_to_record('{}') AS x(z integer)"),
           std::string("SELECT rolname, z FROM pg_roles, f() AS z"),
           std::string("SELECT j.b, a FROM (t JOIN t u USING (a)) AS j(a, b, c)"),
           std::string("SELECT a, b FROM t NATURAL JOIN t u"),
           std::string("SELECT p.y FROM (SELECT (ROW(1, 2)::pair).*) p"),
           std::string("SELECT n, ordinality FROM unnest(ARRAY[1]) WITH ORDINALITY AS u(n, ordinality)"),
           std::string("SELECT generate_series FROM generate_series(1, 2)"),
           std::string("WITH RECURSIVE r AS (SELECT a FROM t UNION SELECT a + 1 FROM r) SELECT a FROM r"),
           std::string("SELECT t.f FROM t"),
           std::string("SELECT column1 FROM (VALUES (1)) v"),
           std::string("SELECT z FROM nobody_knows"),
       }) {
    EXPECT_EQ(wrong(pair + "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; CREATE VIEW v AS " +
                    statement + ";"),
              "")
        << statement;
  }
}

TEST(Contradictions, NothingWhereTheServerFindsTheColumn) {
  for (const char* statement : {
           "ALTER TABLE t ADD CHECK (t.a > 0 AND t IS NOT NULL AND tableoid > 0);",
           "CREATE TYPE pair AS (x integer, y integer); CREATE TABLE u (p pair, CHECK ((p).x > 0));",
           "CREATE POLICY p ON t USING (EXISTS (SELECT FROM pg_roles WHERE rolname = b));",
           "CREATE TABLE u (c integer CHECK (a > c)) INHERITS (t);",
           "CREATE TABLE u (z integer, CHECK (z > 0)); ALTER TABLE u RENAME COLUMN z TO \"Z z\";",
           "CREATE TABLE u (LIKE t, CHECK (a > 0));",
           "CREATE TABLE u (\n  c integer -- @using gone + 1\n);",
           "CREATE TYPE pair AS (x integer); CREATE TABLE u OF pair (CHECK (x > 0));",
           "CREATE DOMAIN d AS integer CHECK (value > 0);",
           "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
           "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.* AND NEW.b = OLD.b) "
           "EXECUTE FUNCTION f();",
       })
    EXPECT_EQ(wrong(statement), "") << statement;
}

TEST(Contradictions, ForeignKeysWithoutAKey) {
  EXPECT_EQ(wrong("CREATE TABLE u (a integer REFERENCES t (z));"),
            "constraint public.u.u_a_fkey refers to column z, which table public.t does not have");
  const std::string no_key = "constraint public.u.u_a_fkey refers to columns of table public.t that are no key";
  EXPECT_EQ(wrong("CREATE TABLE u (a integer REFERENCES t (a));"), no_key);
  EXPECT_EQ(wrong("CREATE INDEX i ON t (a); CREATE TABLE u (a integer REFERENCES t (a));"), no_key);
  EXPECT_EQ(wrong("ALTER TABLE t ADD UNIQUE (a); CREATE TABLE u (a integer REFERENCES t (a));"), "");
  EXPECT_EQ(wrong("CREATE UNIQUE INDEX i ON t (a); CREATE TABLE u (a integer REFERENCES t (a));"), "");
  EXPECT_EQ(wrong("ALTER TABLE t ADD PRIMARY KEY (b, a);"
                  "CREATE TABLE u (a integer, b text, FOREIGN KEY (a, b) REFERENCES t (a, b));"),
            "");
}

TEST(Contradictions, OneNameForTwo) {
  const std::string of_table = " has a name that table public.t (schema.sql:1) has already";
  EXPECT_EQ(wrong("CREATE INDEX t ON t (a);"), "index public.t" + of_table);
  EXPECT_EQ(wrong("CREATE VIEW t AS SELECT 1;"), "view public.t" + of_table);
  EXPECT_EQ(wrong("CREATE SEQUENCE t;"), "sequence public.t" + of_table);
  EXPECT_EQ(wrong("CREATE TYPE t AS (a integer);"), "composite type public.t" + of_table);
  EXPECT_EQ(wrong("CREATE TYPE t AS ENUM ('x');"), "enum public.t" + of_table);
  EXPECT_EQ(wrong("ALTER TABLE t ADD CONSTRAINT t UNIQUE (a);"), "constraint public.t.t" + of_table);
  EXPECT_EQ(wrong("CREATE INDEX a ON t (a); CREATE TYPE a AS ENUM ('x');"), "");  // an index has no row type
  EXPECT_EQ(wrong("CREATE SCHEMA s; CREATE VIEW s.t AS SELECT 1;"), "");
  EXPECT_EQ(wrong("CREATE FUNCTION t() RETURNS integer LANGUAGE sql AS 'SELECT 1';"), "");
}

}  // namespace
}  // namespace segue::test
