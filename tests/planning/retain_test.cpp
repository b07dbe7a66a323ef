// Guards against rows that --on-drop retain loses, brings back otherwise, or leaves where they can still be met.
#include <gtest/gtest.h>

#include "support/identities.h"
#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

class Retain : public testing::Test, protected OnDatabase {
 protected:
  /// Makes the schema, fills it, and takes away what `after` does not have.
  void apply(const std::string& before, const std::string& rows, const std::string& after) {
    database_.execute(before + rows);
    write_file(folder_ / "schema.sql", after);
    const Outcome plan = segue({"plan", "--scope", "all", "--on-drop", "retain", "--out", "plan.json"});
    ASSERT_EQ(plan.exit_code, 0) << plan.text();
    const Outcome applied = segue({"apply", "plan.json", "--yes", "--allow-hazards", "INDEX_DROPPED,REWRITES_TABLE"});
    ASSERT_EQ(applied.exit_code, 0) << plan.text() << applied.text();
    const Outcome again = segue({"plan", "--scope", "all", "--detailed-exitcode"});
    ASSERT_EQ(again.exit_code, 0) << again.text();
  }
  Outcome roll_back() { return segue({"rollback", "plan.json", "--yes", "--on-drop", "delete"}); }
  std::string kept() {
    return database_.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'segue_retained'::regnamespace");
  }
};

struct Journey {
  const char* name;
  const char* before;
  const char* rows;
  const char* after;
};
void PrintTo(const Journey& journey, std::ostream* out) { *out << journey.name; }

std::string name_of(const testing::TestParamInfo<Journey>& info) { return info.param.name; }

class RetainJourney : public Retain, public testing::WithParamInterface<Journey> {};

TEST_P(RetainJourney, BringsEveryRowBack) {
  Database fresh(Server::shared());
  fresh.execute(GetParam().before);
  fresh.execute(GetParam().rows);
  ASSERT_NO_FATAL_FAILURE(apply(GetParam().before, GetParam().rows, GetParam().after));
  EXPECT_NE(kept(), "0");
  const Outcome back = roll_back();
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), fresh.dump()), "");
  EXPECT_EQ(rows_difference(table_rows(database_), table_rows(fresh)), "");
  EXPECT_EQ(kept(), "0");
  EXPECT_EQ(database_.ask("SELECT count(*) FROM segue.retained"), "0");
}

INSTANTIATE_TEST_SUITE_P(
    , RetainJourney,
    testing::Values(
        Journey{"table_with_everything_on_it",
                "CREATE TYPE mood AS ENUM ('sad', 'ok');"
                "CREATE FUNCTION positive(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n > 0';"
                "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                "CREATE TABLE author (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL UNIQUE,"
                " age int CHECK (positive(age)), m mood DEFAULT 'ok', twice int GENERATED ALWAYS AS (age * 2) STORED);"
                "CREATE INDEX author_m ON author (m) WHERE age > 3;"
                "CREATE TABLE book (id serial PRIMARY KEY, author_id int REFERENCES author ON DELETE CASCADE);"
                "CREATE TRIGGER stop BEFORE UPDATE ON author FOR EACH ROW EXECUTE FUNCTION stop();"
                "ALTER TABLE author DISABLE TRIGGER stop; ALTER TABLE author ENABLE ROW LEVEL SECURITY;"
                "CREATE POLICY mine ON author USING (age > 3); COMMENT ON POLICY mine ON author IS 'old ones';"
                "CREATE RULE silent AS ON DELETE TO book DO INSTEAD NOTHING;"
                "CREATE STATISTICS s ON email, age FROM author; GRANT SELECT ON author TO PUBLIC;"
                "CREATE PUBLICATION p FOR TABLE author; CREATE VIEW v AS SELECT id FROM author;"
                "COMMENT ON COLUMN author.age IS 'in years';",
                "INSERT INTO author (email, age, m) SELECT 'a' || g, g, CASE WHEN g % 2 = 0 THEN 'sad'::mood END FROM"
                " generate_series(1, 50) g; INSERT INTO book (author_id) SELECT g FROM generate_series(1, 50) g;",
                "CREATE TABLE other (id int);"},
        Journey{"partition_with_keys_from_above",
                "CREATE TABLE shop (id int PRIMARY KEY); CREATE TABLE sale (id int, at date, shop int REFERENCES shop,"
                " PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE INDEX sale_shop ON sale (shop);"
                "CREATE TABLE sale_20 PARTITION OF sale FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
                "CREATE TABLE sale_21 PARTITION OF sale FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');",
                "INSERT INTO shop VALUES (1); INSERT INTO sale SELECT g, date '2020-12-01' + g, 1 FROM"
                " generate_series(1, 60) g;",
                "CREATE TABLE shop (id int PRIMARY KEY); CREATE TABLE sale (id int, at date, shop int REFERENCES shop,"
                " PRIMARY KEY (id, at)) PARTITION BY RANGE (at); CREATE INDEX sale_shop ON sale (shop);"
                "CREATE TABLE sale_21 PARTITION OF sale FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');"},
        Journey{"partitioned_table",
                "CREATE TABLE sale (id int, at date) PARTITION BY LIST (at);"
                "CREATE TABLE sale_1 PARTITION OF sale FOR VALUES IN ('2020-01-01') PARTITION BY HASH (id);"
                "CREATE TABLE sale_11 PARTITION OF sale_1 FOR VALUES WITH (MODULUS 1, REMAINDER 0);"
                "CREATE TABLE sale_rest PARTITION OF sale DEFAULT;",
                "INSERT INTO sale SELECT g, date '2020-01-01' + g % 3 FROM generate_series(1, 30) g;", ""},
        Journey{
            "columns_by_a_key_of_texts",
            "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (code text, \"Part \"\"q\" varchar(9), n serial,"
            " i int GENERATED BY DEFAULT AS IDENTITY, f float8, at timestamptz NOT NULL DEFAULT now(), j jsonb,"
            " moods mood[], c text COLLATE \"C\" NOT NULL DEFAULT 'x', b char(5), PRIMARY KEY (code, \"Part \"\"q\"));"
            "ALTER TABLE t ALTER c SET STORAGE EXTERNAL; COMMENT ON COLUMN t.j IS 'json';"
            "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';"
            "CREATE TRIGGER stop BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stop();",
            "INSERT INTO t SELECT 'c' || g, E'p\\n' || g, g * 2, g * 3, 1 / (g + 0.3), timestamptz '2020-01-01 "
            "10:00+0' - g * interval '1 us',"
            " '{\"a\": 1}', ARRAY['ok', NULL]::mood[], CASE g % 2 WHEN 1 THEN '' ELSE 'y' END, 'b'"
            " FROM generate_series(1, 40) g;",
            "CREATE TABLE t (code text, \"Part \"\"q\" varchar(9), PRIMARY KEY (code, \"Part \"\"q\"));"
            "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';"
            "CREATE TRIGGER stop BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stop();"},
        Journey{"column_of_a_partitioned_table",
                "CREATE TABLE t (id int, k int, v text, PRIMARY KEY (id, k)) PARTITION BY LIST (k);"
                "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);",
                "INSERT INTO t SELECT g, 1 + g % 2, 'v' || g FROM generate_series(1, 20) g;",
                "CREATE TABLE t (id int, k int, PRIMARY KEY (id, k)) PARTITION BY LIST (k);"
                "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);"},
        Journey{
            "columns_of_rows_that_are_values_elsewhere",
            "CREATE TABLE t (id int PRIMARY KEY, n text NOT NULL DEFAULT 'd', p point,"
            " i int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2)); CREATE TYPE c AS (rows t[]);"
            "CREATE DOMAIN d AS c; CREATE TABLE h (id int PRIMARY KEY, r d);",
            "INSERT INTO t SELECT g, 'n' || g, point(g, g) FROM generate_series(1, 9) g; DELETE FROM t WHERE id > 7;",
            "CREATE TABLE t (id int PRIMARY KEY); CREATE TYPE c AS (rows t[]);"
            "CREATE DOMAIN d AS c; CREATE TABLE h (id int PRIMARY KEY, r d);"},
        Journey{"names_that_are_cut_within_a_character",
                "CREATE TABLE \"t 456789012345678901234567890123456789012345678 €uro\" (id int PRIMARY KEY, "
                "\"c 4567890123456789012345678901234567890123456789€uro\" text);",
                "INSERT INTO \"t 456789012345678901234567890123456789012345678 €uro\" VALUES (1, 'a');", ""},
        Journey{"names_of_63_bytes",
                "CREATE TABLE \"t 45678901234567890123456789012345678901234567890123456789üx\" (id int PRIMARY KEY, "
                "\"c 45678901234567890123456789012345678901234567890123456789üx\" text);",
                "INSERT INTO \"t 45678901234567890123456789012345678901234567890123456789üx\" VALUES (1, 'a');", ""}),
    name_of);

TEST_F(Retain, ValuesThatATriggerWouldMeetOnTheirWayBackAreNotKept) {
  const std::string others =
      "CREATE TABLE h (id int PRIMARY KEY, r t); CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
      " 'BEGIN RETURN NULL; END'; CREATE TRIGGER stop BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stop();";
  database_.execute("CREATE TABLE t (id int PRIMARY KEY, n text); INSERT INTO t VALUES (1, 'x');" + others);
  write_file(folder_ / "schema.sql", "CREATE TABLE t (id int PRIMARY KEY); " + others);
  const Outcome plan = segue({"plan", "--scope", "all", "--on-drop", "retain"});
  EXPECT_NE(plan.out.find("DELETES_DATA"), std::string::npos) << plan.out;
  EXPECT_NE(plan.out.find("and trigger public.t.stop would act on it"), std::string::npos) << plan.out;
}

TEST_F(Retain, RowsWrittenSinceTakeTheDefault) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL DEFAULT 'd', b serial);",
                                "INSERT INTO t SELECT g, 'a' || g, g FROM generate_series(1, 5) g;"
                                "SELECT setval('t_b_seq', 70);",
                                "CREATE TABLE t (id int PRIMARY KEY);"));
  database_.execute("INSERT INTO t VALUES (6); DELETE FROM t WHERE id = 2");
  const Outcome back = roll_back();
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(database_.ask("SELECT string_agg(t::text, ' ' ORDER BY id) FROM t"),
            "(1,a1,1) (3,a3,3) (4,a4,4) (5,a5,5) (6,d,71)");
}

TEST_F(Retain, RowsThatWouldLackAValueAreCountedBeforeAnythingRuns) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);",
                                "INSERT INTO t VALUES (1, 'a');", "CREATE TABLE t (id int PRIMARY KEY);"));
  database_.execute("INSERT INTO t VALUES (7)");
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 1) << back.text();
  for (const char* part :
       {"1 rows of table public.t written since, which would have no a", "(7)", "nothing was changed"})
    EXPECT_NE(back.text().find(part), std::string::npos) << part << "\n" << back.text();
  database_.execute("DELETE FROM t WHERE id = 7");
  EXPECT_EQ(roll_back().exit_code, 0);
}

TEST_F(Retain, WhatIsKeptRefusesAndReceivesNothing) {
  ASSERT_NO_FATAL_FAILURE(
      apply("CREATE TABLE d (day date PRIMARY KEY); CREATE TABLE author (id int PRIMARY KEY);"
            "CREATE TABLE book (id int PRIMARY KEY, author_id int REFERENCES author);"
            "CREATE TABLE b (a int, at date REFERENCES d) PARTITION BY RANGE (at);"
            "CREATE TABLE b1 PARTITION OF b DEFAULT;",
            "INSERT INTO author VALUES (1); INSERT INTO book VALUES (1, 1);"
            "INSERT INTO d VALUES ('2020-01-01'); INSERT INTO b VALUES (1, '2020-01-01');",
            "CREATE TABLE author (id int PRIMARY KEY); CREATE TABLE d (day date PRIMARY KEY);"
            "CREATE TABLE b (a int, at date REFERENCES d) PARTITION BY RANGE (at);"));
  database_.execute("DELETE FROM author; DELETE FROM d");
  EXPECT_EQ(database_.ask("SELECT count(*) FROM b"), "0");
  EXPECT_EQ(database_.ask("SELECT nspacl IS NULL FROM pg_namespace WHERE nspname = 'segue_retained'"), "t");
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 1) << back.text();  // the rows that the keys point to are gone
  EXPECT_NE(back.text().find("book_author_id_fkey"), std::string::npos) << back.text();
  EXPECT_EQ(kept() == "0", false);
}

TEST_F(Retain, WhatElseNeedsATableKeepsItWhereItIs) {
  database_.execute("CREATE TABLE t (id int); CREATE SCHEMA mine; CREATE VIEW mine.v AS SELECT id FROM t");
  write_file(folder_ / "schema.sql", "CREATE TABLE u (id int);");
  const Outcome applied = segue({"apply", "--yes", "--adopt", "--on-drop", "retain"});
  EXPECT_EQ(applied.exit_code, 1) << applied.text();
  EXPECT_NE(applied.text().find("view mine.v is not in the schema file and uses"), std::string::npos) << applied.text();
  EXPECT_EQ(database_.ask("SELECT count(*) FROM mine.v"), "0");
}

TEST_F(Retain, PurgedRowsAreGoneAndRollbackSaysSo) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE t (id int); CREATE SEQUENCE s;", "INSERT INTO t VALUES (1);", ""));
  EXPECT_EQ(segue({"purge", "--older-than", "1", "--yes"}).out, "");
  EXPECT_EQ(segue({"purge", "--plan", "nobody", "--yes"}).out, "");
  EXPECT_EQ(segue({"purge"}).exit_code, 3);  // nobody is there to say yes
  EXPECT_EQ(kept(), "2");
  EXPECT_NE(segue({"history"}).out.find("can be taken back in full"), std::string::npos);
  const Outcome purged = segue({"purge", "--yes"});
  EXPECT_EQ(purged.exit_code, 0) << purged.text();
  EXPECT_NE(purged.out.find("of table public.t"), std::string::npos) << purged.text();
  EXPECT_EQ(kept(), "0");
  EXPECT_NE(segue({"history"}).out.find("what it kept was purged: no way back"), std::string::npos);
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 3) << back.text();
  EXPECT_NE(back.text().find("table public.t: segue_retained.t_"), std::string::npos) << back.text();
}

TEST_F(Retain, RollbackCopiesRowsOfWhatThePlanHadMade) {
  ASSERT_NO_FATAL_FAILURE(
      apply("CREATE TABLE t (id int);", "", "CREATE TABLE t (id int, a text); CREATE TABLE u (b int);"));
  database_.execute("INSERT INTO t VALUES (1, 'x'); INSERT INTO u VALUES (7)");
  EXPECT_EQ(segue({"rollback", "plan.json", "--yes"}).exit_code, 3);
  for (const char* kept_so_far : {"2", "4"}) {
    const Outcome back = segue({"rollback", "plan.json", "--yes", "--on-drop", "retain"});
    ASSERT_EQ(back.exit_code, 0) << back.text();
    EXPECT_NE(back.text().find("are kept in segue_retained.rolled_back_"), std::string::npos) << back.text();
    EXPECT_EQ(kept(), kept_so_far);
    ASSERT_EQ(segue({"apply", "plan.json", "--yes"}).exit_code, 0);
    database_.execute("UPDATE t SET a = 'x'; INSERT INTO u VALUES (7)");
  }
  const std::string copy = database_.ask("SELECT min(relation) FROM segue.retained WHERE object = 'column public.t.a'");
  EXPECT_EQ(database_.ask("SELECT t::text FROM " + copy + " t"), "(1,x)");
}

TEST_F(Retain, WhatCannotBeKeptIsRefusedWithItsReason) {
  database_.execute("CREATE TABLE t (a int, b int); INSERT INTO t VALUES (1, 2)");
  write_file(folder_ / "schema.sql", "CREATE TABLE t (a int);");
  const Outcome applied = segue({"apply", "--yes", "--on-drop", "retain"});
  EXPECT_EQ(applied.exit_code, 3) << applied.text();
  EXPECT_NE(applied.text().find("has no key"), std::string::npos) << applied.text();
}

TEST_F(Retain, AsksBeforeAKeptValueGoesWhoseRowIsGone) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE book (code text PRIMARY KEY, title text DEFAULT 'none');",
                                "INSERT INTO book VALUES ('a', 'Emma'), ('b', 'Persuasion'), ('c', NULL);",
                                "CREATE TABLE book (code text PRIMARY KEY);"));
  database_.execute("DELETE FROM book WHERE code = 'c'; UPDATE book SET code = 'x' WHERE code = 'b';");
  const Outcome refused = segue({"rollback", "plan.json", "--yes"});
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  EXPECT_NE(refused.text().find("1 values kept of column public.book.title whose rows are gone, or have another key"),
            std::string::npos)
      << refused.text();
  EXPECT_NE(segue({"history"}).out.find("can be taken back; s001 loses 1 values kept of column public.book.title"),
            std::string::npos);
  EXPECT_EQ(kept(), "2");  // with its index
  database_.execute("UPDATE book SET code = 'b' WHERE code = 'x';");
  EXPECT_NE(segue({"history"}).out.find("can be taken back in full"), std::string::npos);
  const Outcome back = segue({"rollback", "plan.json", "--yes"});
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(database_.ask("SELECT string_agg(code || title, ',' ORDER BY code) FROM book"), "aEmma,bPersuasion");
}

TEST_F(Retain, SaysHowManyKeptValuesGoOnceThatIsAllowed) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE book (code text PRIMARY KEY, title text);",
                                "INSERT INTO book VALUES ('a', 'Emma'), ('b', 'Persuasion'), ('c', 'Lady Susan');",
                                "CREATE TABLE book (code text PRIMARY KEY);"));
  database_.execute("DELETE FROM book WHERE code <> 'a';");
  const Outcome back = segue({"rollback", "plan.json", "--yes", "--on-drop", "delete"});
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_NE(
      back.text().find("lost by the rollback: s001  2 values kept of column public.book.title whose rows are gone"),
      std::string::npos)
      << back.text();
  EXPECT_NE(back.text().find("Persuasion"), std::string::npos) << back.text();
}

}  // namespace
}  // namespace segue::test
