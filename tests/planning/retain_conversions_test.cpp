// Guards against values that a change of type loses although --on-drop retain was to keep them.
#include <gtest/gtest.h>

#include "support/identities.h"
#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

struct Conversion {
  const char* name;
  const char* before;
  const char* rows;
  const char* after;
  const char* written_since;  ///< statements between the apply and the rollback
  const char* changes_back;   ///< what these rows are after it, as statements on what was before
};
void PrintTo(const Conversion& conversion, std::ostream* out) { *out << conversion.name; }
std::string name_of(const testing::TestParamInfo<Conversion>& info) { return info.param.name; }

class RetainConversion : public testing::TestWithParam<Conversion>, protected OnDatabase {};

TEST_P(RetainConversion, BringsBackWhatTheValuesWere) {
  const Conversion& the = GetParam();
  Database wanted(Server::shared());
  for (const char* sql : {the.before, the.rows, the.changes_back}) wanted.execute(sql);
  database_.execute(std::string(the.before) + the.rows);
  write_file(folder_ / "schema.sql", the.after);
  const Outcome plan = segue({"plan", "--scope", "all", "--on-drop", "retain", "--out", "plan.json"});
  ASSERT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_EQ(plan.out.find("DELETES_DATA"), std::string::npos) << plan.out;
  EXPECT_EQ(plan.out.find("loses data"), std::string::npos) << plan.out;
  const Outcome applied = segue({"apply", "plan.json", "--yes", "--allow-hazards", "REWRITES_TABLE"});
  ASSERT_EQ(applied.exit_code, 0) << plan.text() << applied.text();
  const Outcome again = segue({"plan", "--scope", "all", "--detailed-exitcode"});
  EXPECT_EQ(again.exit_code, 0) << again.text();
  database_.execute(the.written_since);
  const Outcome back = segue({"rollback", "plan.json", "--yes"});
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), wanted.dump()), "");
  EXPECT_EQ(rows_difference(table_rows(database_), table_rows(wanted)), "");
  EXPECT_EQ(database_.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'segue_retained'::regnamespace"), "0");
}

INSTANTIATE_TEST_SUITE_P(
    , RetainConversion,
    testing::Values(
        Conversion{"of_a_fraction", "CREATE TABLE t (id int PRIMARY KEY, a numeric(9, 4) NOT NULL DEFAULT 1.5);",
                   "INSERT INTO t SELECT g, g + 0.1234 FROM generate_series(1, 5) g;",
                   "CREATE TABLE t (id int PRIMARY KEY, a numeric(9, 1) NOT NULL DEFAULT 1.5);",
                   "UPDATE t SET a = 7 WHERE id = 2; INSERT INTO t VALUES (6, 0.3)",
                   "UPDATE t SET a = 7 WHERE id = 2; INSERT INTO t VALUES (6, 0.3)"},
        Conversion{
            "by_an_expression", "CREATE TABLE t (code text PRIMARY KEY, a text, b varchar(30));",
            "INSERT INTO t SELECT 'c' || g, g || ' pages', repeat('x', g) FROM generate_series(1, 20) g;"
            "INSERT INTO t VALUES ('none');",
            "CREATE FUNCTION first(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT split_part(t, '' '', 1)';"
            "CREATE TABLE t (code text PRIMARY KEY,\n  a int, -- @using first(a)::int\n"
            "  b varchar(5) -- @using left(b, 5)\n);",
            "UPDATE t SET a = 99 WHERE code = 'c4'; UPDATE t SET a = 3 WHERE code = 'none'; "
            "INSERT INTO t VALUES ('new', 5)",
            "UPDATE t SET a = 99 WHERE code = 'c4'; UPDATE t SET a = 3 WHERE code = 'none'; "
            "INSERT INTO t VALUES ('new', 5)"},
        Conversion{"of_a_partitioned_table",
                   "CREATE TABLE t (id int, k int, at timestamptz, PRIMARY KEY (id, k)) PARTITION BY LIST (k);"
                   "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);"
                   "CREATE VIEW v AS SELECT id, at FROM t; CREATE INDEX ON t (at);",
                   "INSERT INTO t SELECT g, 1 + g % 2, timestamptz '2020-01-01 10:00Z' + g * interval '1 h' FROM"
                   " generate_series(1, 20) g;",
                   "CREATE TABLE t (id int, k int, at date, PRIMARY KEY (id, k)) PARTITION BY LIST (k);"
                   "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);"
                   "CREATE VIEW v AS SELECT id, at FROM t; CREATE INDEX ON t (at);",
                   "DELETE FROM t WHERE id = 3", "DELETE FROM t WHERE id = 3"},
        Conversion{"without_a_cast_back", "CREATE TABLE t (id int PRIMARY KEY, a jsonb);",
                   "INSERT INTO t VALUES (1, '{\"at\": [1, 2]}'), (2, NULL);",
                   "CREATE TABLE t (id int PRIMARY KEY,\n  a point -- @using point((a->'at'->>0)::float, "
                   "(a->'at'->>1)::float)\n);",
                   "", ""},
        Conversion{
            "of_labels_that_become_one",
            "CREATE TYPE state AS ENUM ('new', 'open', 'stale', 'done'); CREATE TABLE t (id int PRIMARY KEY,"
            " s state NOT NULL DEFAULT 'new', past state[]); CREATE VIEW v AS SELECT id FROM t WHERE s = 'done';"
            "CREATE INDEX ON t (s);",
            "INSERT INTO t SELECT g, (ARRAY['new', 'open', 'stale', 'done'])[1 + g % 4]::state, ARRAY['new', "
            "'done']::state[] FROM generate_series(1, 20) g;",
            "CREATE TYPE state AS ENUM ('new', 'closed'); CREATE TABLE t (id int PRIMARY KEY,\n"
            "  s state NOT NULL DEFAULT 'new', -- @using CASE WHEN s::text = 'new' THEN 'new' ELSE 'closed' END\n"
            "  past state[] -- @using NULL\n); CREATE VIEW v AS SELECT id FROM t WHERE s = 'closed';"
            "CREATE INDEX ON t (s);",
            "UPDATE t SET s = 'new' WHERE id IN (1, 2, 4); INSERT INTO t VALUES (30)",
            "UPDATE t SET s = 'new' WHERE id IN (1, 2, 4); INSERT INTO t VALUES (30)"},
        Conversion{"of_labels_that_nothing_else_mentions",
                   "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (id int PRIMARY KEY, x e, past e[]);",
                   "INSERT INTO t VALUES (1, 'c', '{c}'), (2, 'a', '{a,c,b}'), (3, NULL, NULL);",
                   "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id int PRIMARY KEY,\n"
                   "  x e, -- @using CASE x WHEN 'c' THEN 'a' ELSE x END\n"
                   "  past e[] -- @using array_remove(past::text[], 'c')\n);",
                   "UPDATE t SET x = 'b' WHERE id = 1; INSERT INTO t VALUES (4, 'b')",
                   "UPDATE t SET x = 'b' WHERE id = 1; INSERT INTO t VALUES (4, 'b')"}),
    name_of);

class RetainConversions : public testing::Test, protected OnDatabase {};

TEST_F(RetainConversions, OfATableWithoutAKeySayWhyTheyAreNotKept) {
  database_.execute("CREATE TABLE t (a numeric(9, 4)); INSERT INTO t VALUES (1.2345)");
  write_file(folder_ / "schema.sql", "CREATE TABLE t (a numeric(9, 1));");
  const Outcome plan = segue({"plan", "--scope", "all", "--on-drop", "retain", "--out", "plan.json"});
  EXPECT_NE(plan.out.find("table public.t has no key"), std::string::npos) << plan.out;
  EXPECT_EQ(segue({"apply", "plan.json", "--yes"}).exit_code, 3);
}

TEST_F(RetainConversions, OneThatIsKeptHidesNoneThatIsNot) {
  database_.execute(
      "CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE keyless (x e); CREATE TABLE t (id int PRIMARY KEY, x e);"
      "INSERT INTO keyless VALUES ('c'); INSERT INTO t VALUES (1, 'c')");
  write_file(folder_ / "schema.sql",
             "CREATE TYPE e AS ENUM ('a', 'b');\n"
             "CREATE TABLE keyless (x e -- @using CASE x WHEN 'c' THEN 'a' ELSE x END\n);\n"
             "CREATE TABLE t (id int PRIMARY KEY, x e -- @using CASE x WHEN 'c' THEN 'a' ELSE x END\n);");
  const Outcome plan = segue({"plan", "--scope", "all", "--on-drop", "retain", "--out", "plan.json"});
  EXPECT_NE(plan.out.find("loses data"), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("they cannot be kept: table public.keyless has no key"), std::string::npos) << plan.out;
  ASSERT_EQ(segue({"apply", "plan.json", "--yes", "--allow-hazards", "all"}).exit_code, 0);
  const Outcome back = segue({"rollback", "plan.json", "--yes", "--allow-hazards", "all"});
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(database_.ask("SELECT x FROM t"), "c");
  EXPECT_EQ(database_.ask("SELECT count(*) FROM segue.retained"), "0");
}

TEST_F(RetainConversions, ALabelThatIsStillHeldIsNamed) {
  database_.execute(
      "CREATE TYPE state AS ENUM ('new', 'old'); CREATE TABLE t (id int PRIMARY KEY, s state);"
      "INSERT INTO t VALUES (1, 'old'), (2, 'new')");
  write_file(folder_ / "schema.sql",
             "CREATE TYPE state AS ENUM ('new'); CREATE TABLE t (id int PRIMARY KEY,\n  s state -- @using s\n);");
  const Outcome applied = segue({"apply", "--scope", "all", "--on-drop", "retain", "--yes"});
  EXPECT_EQ(applied.exit_code, 1) << applied.text();
  EXPECT_NE(applied.text().find("1 rows of public.t whose s would hold a label that public.state loses"),
            std::string::npos)
      << applied.text();
}

TEST_F(RetainConversions, ArePurgedAndThenNotTakenBack) {
  database_.execute("CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t VALUES (1, '12 pages')");
  write_file(folder_ / "schema.sql", "CREATE TABLE t (id int PRIMARY KEY,\n  a int -- @using left(a, 2)::int\n);");
  ASSERT_EQ(segue({"apply", "--scope", "all", "--on-drop", "retain", "--yes"}).exit_code, 0);
  const Outcome purged = segue({"purge", "--yes"});
  EXPECT_EQ(purged.exit_code, 0) << purged.text();
  const Outcome back = segue({"rollback", "--last", "--yes"});
  EXPECT_EQ(back.exit_code, 3) << back.text();
  EXPECT_EQ(database_.ask("SELECT a FROM t"), "12");
}

}  // namespace
}  // namespace segue::test
