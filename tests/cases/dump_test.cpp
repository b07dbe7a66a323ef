// Guards against a blind judge: a comparer of dumps that calls two different databases the same, or the same database
// different, would make every case worthless.
#include "trial/dump.h"

#include <gtest/gtest.h>

#include <ostream>

#include "support/identities.h"
#include "support/server.h"

namespace segue::test {
namespace {

/// The difference between the dumps of two databases made by these scripts.
std::string difference(const std::string& got, const std::string& wanted) {
  const Database one(Server::shared());
  const Database other(Server::shared());
  one.execute(got);
  other.execute(wanted);
  return trial::dump_difference(one.dump(), other.dump());
}

TEST(DumpComparison, SeesNoDifferenceInOrderOfObjectsAndColumns) {
  EXPECT_EQ(difference("CREATE TABLE a (x integer, y text DEFAULT 'p,q(', z date NOT NULL); CREATE TABLE b (n int);",
                       "CREATE TABLE b (n int); CREATE TABLE a (z date NOT NULL, x integer, y text DEFAULT 'p,q(');"),
            "");
}

TEST(DumpComparison, SeesNoDifferenceInOrderOfGrantsAndStorageParameters) {
  EXPECT_EQ(difference("CREATE TABLE a (x int) WITH (fillfactor = 70, parallel_workers = 2);"
                       "GRANT SELECT ON a TO app_reader; GRANT INSERT ON a TO app_writer;",
                       "CREATE TABLE a (x int) WITH (parallel_workers = 2, fillfactor = 70);"
                       "GRANT INSERT ON a TO app_writer; GRANT SELECT ON a TO app_reader;"),
            "");
}

struct Pair {
  const char* name;
  const char* one;
  const char* other;
};

void PrintTo(const Pair& pair, std::ostream* out) { *out << pair.one << " and " << pair.other; }

class Different : public testing::TestWithParam<Pair> {};

TEST_P(Different, IsSeen) {
  const std::string seen = difference(GetParam().one, GetParam().other);
  EXPECT_NE(seen, "");
}

constexpr const char* function_start = "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1; SELECT ";

const Pair pairs_that_differ[] = {
    {"Type", "CREATE TABLE t (a integer);", "CREATE TABLE t (a bigint);"},
    {"Missing", "CREATE TABLE t (a integer);", ""},
    {"Default", "CREATE TABLE t (a text DEFAULT 'x');", "CREATE TABLE t (a text DEFAULT 'y');"},
    {"StorageParameter", "CREATE TABLE t (a int) WITH (fillfactor=70);",
     "CREATE TABLE t (a int) WITH (fillfactor=71);"},
    {"Persistence", "CREATE TABLE t (a int);", "CREATE UNLOGGED TABLE t (a int);"},
    {"Owner", "CREATE TABLE t (a int);", "CREATE TABLE t (a int); ALTER TABLE t OWNER TO app_owner;"},
    {"Grant", "CREATE TABLE t (a int);", "CREATE TABLE t (a int); GRANT SELECT ON t TO app_reader;"},
    {"Statistics", "CREATE TABLE t (a int);", "CREATE TABLE t (a int); ALTER TABLE t ALTER a SET STATISTICS 9;"},
    {"AccessMethod",
     "CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a int) USING pile;"
     "CREATE TABLE u (a int);",
     "CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a int);"
     "CREATE TABLE u (a int) USING pile;"},
    {"AttributeOrderOfType", "CREATE TYPE t AS (a int, b text);", "CREATE TYPE t AS (b text, a int);"},
    {"LabelOrder", "CREATE TYPE t AS ENUM ('a', 'b');", "CREATE TYPE t AS ENUM ('b', 'a');"},
    {"IndexColumns", "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a, b);",
     "CREATE TABLE t (a int, b int); CREATE INDEX i ON t (b, a);"},
    {"InheritanceOrder", "CREATE TABLE a (x int); CREATE TABLE b (y int); CREATE TABLE c () INHERITS (a, b);",
     "CREATE TABLE a (x int); CREATE TABLE b (y int); CREATE TABLE c () INHERITS (b, a);"},
    {"Comment", "CREATE TABLE t (a int); COMMENT ON TABLE t IS 'x';", "CREATE TABLE t (a int);"},
    {"FakeHeaderInAComment",
     "CREATE TABLE t (a int); COMMENT ON TABLE t IS '\n--\n-- Name: t; Type: TABLE; Schema: public; Owner: "
     "tester\n--\n';",
     "CREATE TABLE t (a int); COMMENT ON TABLE t IS '\n--\n-- Name: u; Type: TABLE; Schema: public; Owner: "
     "tester\n--\n';"},
    {"CaseOfAName", "CREATE TABLE t (a int);", "CREATE TABLE \"T\" (a int);"},
    {"StatementOrderInABody",
     "SET check_function_bodies = off; CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT 1; SELECT 2';",
     "SET check_function_bodies = off; CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'SELECT 2; SELECT 1';"},
    {"TriggerState",
     "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';"
     "CREATE TRIGGER r BEFORE INSERT ON t EXECUTE FUNCTION f();",
     "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END';"
     "CREATE TRIGGER r BEFORE INSERT ON t EXECUTE FUNCTION f(); ALTER TABLE t DISABLE TRIGGER r;"},
};

INSTANTIATE_TEST_SUITE_P(DumpComparison, Different, testing::ValuesIn(pairs_that_differ),
                         [](const testing::TestParamInfo<Pair>& one) { return std::string(one.param.name); });

TEST(DumpComparison, LeavesOutTheSchemasOfSegue) {
  EXPECT_EQ(difference("CREATE SCHEMA segue; COMMENT ON SCHEMA segue IS 'x'; CREATE TABLE segue.t (a int);"
                       "GRANT SELECT ON segue.t TO app_reader; CREATE SCHEMA segue_retained;",
                       ""),
            "");
}

TEST(DumpComparison, ReadsOverloadsAndDollarQuotesAsObjectsOfTheirOwn) {
  const Database database(Server::shared());
  database.execute(std::string(function_start) +
                   "2 $$; CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS "
                   "$x$ SELECT $$;--\n--\n-- Name: no; Type: TABLE; Schema: public; Owner: me\n$$ || a $x$;");
  const trial::DumpObjects objects = trial::parse_dump(database.dump());
  EXPECT_TRUE(objects.contains("FUNCTION public.f()"));
  EXPECT_TRUE(objects.contains("FUNCTION public.f(text)"));
  EXPECT_EQ(objects.size(), 2U);
}

TEST(Identities, SeeATableThatWasMadeAgain) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE \"a\nb\" (x integer, y text);");
  const Identities before = identities(database);
  database.execute("ALTER TABLE \"a\nb\" DROP y, ADD y text;");
  EXPECT_EQ(identity_difference(before, identities(database), {}, {}),
            "public.\"a\nb\".y was dropped and made again\n");
  database.execute("DROP TABLE \"a\nb\"; CREATE TABLE \"a\nb\" (x integer);");
  EXPECT_NE(identity_difference(before, identities(database), {}, {}), "");
}

TEST(Identities, FollowARename) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE a (x integer);");
  const Identities before = identities(database);
  database.execute("ALTER TABLE a RENAME TO b;");
  EXPECT_EQ(identity_difference(before, identities(database), {{"public.a", "public.b"}}, {}), "");
  database.execute("DROP TABLE b; CREATE TABLE b (x integer);");
  EXPECT_NE(identity_difference(before, identities(database), {{"public.a", "public.b"}}, {}), "");
}

TEST(Rows, AreComparedWithoutTheOrderOfColumns) {
  const Database one(Server::shared());
  const Database other(Server::shared());
  one.execute("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (2, NULL);");
  other.execute("CREATE TABLE t (b text, a int); INSERT INTO t VALUES (NULL, 2), ('x', 1);");
  EXPECT_EQ(rows_difference(table_rows(one), table_rows(other)), "");
  other.execute("UPDATE t SET b = 'y' WHERE a = 1;");
  EXPECT_NE(rows_difference(table_rows(one), table_rows(other)), "");
  one.execute("DELETE FROM t;");
  EXPECT_NE(rows_difference(table_rows(one), table_rows(other)), "");
}

}  // namespace
}  // namespace segue::test
