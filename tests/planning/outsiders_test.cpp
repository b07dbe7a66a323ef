// Guards against a plan that says nothing of objects which are not ours and which the server would hold against it:
// apply would fail each time, and planning again would not help.
#include <gtest/gtest.h>

#include "support/on_database.h"

namespace segue::test {
namespace {

struct Example {
  const char* name;
  const char* before;
  const char* by_hand;
  const char* after;
  const char* error;
};

std::ostream& operator<<(std::ostream& out, const Example& one) { return out << one.name; }

class Outsiders : public testing::TestWithParam<Example>, protected OnDatabase {};

TEST_P(Outsiders, AreNamedAtPlanTime) {
  const Example& one = GetParam();
  write_file(folder_ / "schema.sql", one.before);
  const Outcome begun = segue({"apply", "--yes"});
  ASSERT_TRUE(begun.ok()) << begun.text();
  database_.execute(one.by_hand);
  write_file(folder_ / "schema.sql", one.after);
  const Outcome planned = segue({"plan", "--on-drop", "delete"});
  EXPECT_EQ(planned.exit_code, 1) << planned.text();
  EXPECT_NE(planned.err.find(one.error), std::string::npos) << planned.text();
}

INSTANTIATE_TEST_SUITE_P(
    Users, Outsiders,
    testing::Values(
        Example{"ViewOverChangedColumn", "CREATE TABLE t (id int);", "CREATE VIEW v AS SELECT id FROM t",
                "CREATE TABLE t (id bigint);", "view public.v is not in the schema file and uses column public.t.id"},
        Example{"ViewOverDroppedColumn", "CREATE TABLE t (id int, x int);", "CREATE VIEW v AS SELECT x FROM t",
                "CREATE TABLE t (id int);", "view public.v is not in the schema file and uses column public.t.x"},
        Example{"ForeignKeyToDroppedTable", "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE other (id int);",
                "CREATE TABLE u (t int CONSTRAINT to_t REFERENCES t)", "CREATE TABLE other (id int);",
                "constraint public.u.to_t is not in the schema file and uses"},
        Example{"ForeignKeyToChangedKey", "CREATE TABLE t (id int, x int, CONSTRAINT k UNIQUE (id));",
                "CREATE TABLE u (t int CONSTRAINT to_t REFERENCES t (id))",
                "CREATE TABLE t (id int, x int, CONSTRAINT k UNIQUE (id, x));",
                "constraint public.u.to_t is not in the schema file and uses constraint public.t.k"},
        Example{"ColumnOfAChangedEnum", "CREATE TYPE e AS ENUM ('a', 'b');", "CREATE TABLE u (e e)",
                "CREATE TYPE e AS ENUM ('a');", "column public.u.e is not in the schema file and uses enum public.e"},
        Example{"DefaultOfAReplacedFunction", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';",
                "CREATE TABLE u (x int DEFAULT f())",
                "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';",
                "default public.u.x is not in the schema file and uses function public.f()"},
        Example{"TableInADroppedSchema", "CREATE SCHEMA s; CREATE TABLE t (id int);", "CREATE TABLE s.u (id int)",
                "CREATE TABLE t (id int);", "table s.u is not in the schema file and uses schema s"},
        Example{"PartitionOfADroppedTable", "CREATE TABLE t (id int); CREATE TABLE p (id int) PARTITION BY HASH (id);",
                "CREATE TABLE p_1 PARTITION OF p FOR VALUES WITH (MODULUS 1, REMAINDER 0)", "CREATE TABLE t (id int);",
                "partition public.p_1 is not in the schema file and uses table public.p"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Names, Outsiders,
    testing::Values(
        Example{"IndexOfAnotherTable", "CREATE TABLE t (id int);", "CREATE TABLE u (id int); CREATE INDEX i ON u (id)",
                "CREATE TABLE t (id int); CREATE INDEX i ON t (id);",
                "index public.i cannot be created: its name is taken by index public.i"},
        Example{"TableAndView", "", "CREATE TABLE v (id int)", "CREATE VIEW v AS SELECT 1 AS one;",
                "view public.v cannot be created: its name is taken by table public.v"},
        Example{"KeyOfAnotherTable", "CREATE TABLE t (id int);",
                "CREATE TABLE u (id int CONSTRAINT t_pkey PRIMARY KEY)", "CREATE TABLE t (id int PRIMARY KEY);",
                "constraint public.t.t_pkey cannot be created: its name is taken by constraint public.u.t_pkey"},
        Example{"TableAndType", "", "CREATE TYPE e AS ENUM ('a')", "CREATE TABLE e (id int);",
                "table public.e cannot be created: its name is taken by enum public.e"},
        Example{"FunctionAndProcedure", "", "CREATE PROCEDURE f(int) LANGUAGE sql AS 'SELECT 1'",
                "CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';",
                "function public.f(integer) cannot be created: its name is taken by procedure public.f(integer)"},
        Example{"SequenceOfASerial", "", "CREATE TABLE t_id_seq (id int)", "CREATE TABLE t (id serial);",
                "sequence public.t_id_seq cannot be created: its name is taken by table public.t_id_seq"},
        Example{
            "ForeignTable", "",
            "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE t (id int) "
            "SERVER s",
            "CREATE TABLE t (id int);",
            "table public.t cannot be created: its name is taken by foreign table public.t"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Outsiders, WhoOnlyReadOnAreLeftAlone) {
  const std::string before = "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (id int PRIMARY KEY, x int);";
  write_file(folder_ / "schema.sql", before);
  ASSERT_TRUE(segue({"apply", "--yes"}).ok());
  database_.execute("CREATE VIEW v AS SELECT x FROM t; CREATE TABLE u (t int REFERENCES t, e e)");
  write_file(folder_ / "schema.sql",
             "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (id bigint PRIMARY KEY, x int NOT NULL, y int);");
  const Outcome applied = segue({"apply", "--yes", "--allow-hazards", "all"});
  EXPECT_TRUE(applied.ok()) << applied.text();
}

}  // namespace
}  // namespace segue::test
