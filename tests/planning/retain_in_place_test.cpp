// Guards against columns kept in their tables that refuse rows, show in a schema, or come back otherwise.
#include <gtest/gtest.h>

#include "support/identities.h"
#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

class RetainInPlace : public testing::Test, protected OnDatabase {
 protected:
  Outcome plan(const std::string& file) {
    write_file(folder_ / "schema.sql", file);
    return segue({"plan", "--scope", "all", "--on-drop", "retain-in-place", "--out", "plan.json"});
  }
  /// Makes the schema, fills it, and takes away what `after` does not have.
  void apply(const std::string& before, const std::string& rows, const std::string& after) {
    database_.execute(before + rows);
    const Outcome planned = plan(after);
    ASSERT_EQ(planned.exit_code, 0) << planned.text();
    const Outcome applied =
        segue({"apply", "plan.json", "--yes", "--allow-hazards", "INDEX_DROPPED,CHANGES_ROW_SHAPE"});
    ASSERT_EQ(applied.exit_code, 0) << planned.text() << applied.text();
    const Outcome again = segue({"plan", "--scope", "all", "--detailed-exitcode"});
    ASSERT_EQ(again.exit_code, 0) << again.text();
  }
  Outcome roll_back() { return segue({"rollback", "plan.json", "--yes", "--on-drop", "delete"}); }
  std::string kept_columns() {
    return database_.ask(
        "SELECT count(*) FROM pg_attribute WHERE starts_with(attname, 'segue_retained_') AND attinhcount = 0");
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

class InPlaceJourney : public RetainInPlace, public testing::WithParamInterface<Journey> {};

TEST_P(InPlaceJourney, BringsEveryValueBack) {
  Database fresh(Server::shared());
  fresh.execute(GetParam().before);
  fresh.execute(GetParam().rows);
  ASSERT_NO_FATAL_FAILURE(apply(GetParam().before, GetParam().rows, GetParam().after));
  EXPECT_NE(kept_columns(), "0");
  const Outcome back = roll_back();
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), fresh.dump()), "");
  EXPECT_EQ(rows_difference(table_rows(database_), table_rows(fresh)), "");
  EXPECT_EQ(kept_columns(), "0");
  EXPECT_EQ(database_.ask("SELECT count(*) FROM segue.retained"), "0");
}

INSTANTIATE_TEST_SUITE_P(
    , InPlaceJourney,
    testing::Values(
        Journey{"columns_with_everything_on_them",
                "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE author (id int PRIMARY KEY);"
                "CREATE TABLE book (isbn text PRIMARY KEY, title text NOT NULL DEFAULT 'none' UNIQUE, m mood NOT NULL,"
                " author_id int REFERENCES author ON DELETE CASCADE, n serial, pages int CHECK (pages > 0),"
                " \"Odd \"\"name\" varchar(9) COLLATE \"C\", at timestamptz NOT NULL DEFAULT '2020-01-01 10:00Z');"
                "CREATE INDEX ON book (lower(title)) WHERE pages > 3; COMMENT ON COLUMN book.title IS 'as printed';"
                "COMMENT ON COLUMN book.pages IS 'without covers'; GRANT SELECT (title) ON book TO PUBLIC;"
                "ALTER TABLE book ALTER title SET STATISTICS 7; CREATE STATISTICS s ON pages, title FROM book;"
                "CREATE VIEW long AS SELECT isbn, pages FROM book WHERE pages > 100; ALTER TABLE book ENABLE ROW LEVEL "
                "SECURITY; CREATE POLICY mine ON book USING (title <> ''); CREATE PUBLICATION p FOR TABLE book;",
                "INSERT INTO author SELECT g FROM generate_series(1, 9) g; INSERT INTO book SELECT g, 't' || g,"
                " CASE g % 2 WHEN 0 THEN 'sad' ELSE 'ok' END::mood, g, g + 30, g, 'n' || g FROM generate_series(1, 9)"
                " g; SELECT setval('book_n_seq', 70);",
                "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE author (id int PRIMARY KEY);"
                "CREATE TABLE book (isbn text PRIMARY KEY); ALTER TABLE book ENABLE ROW LEVEL SECURITY;"
                "CREATE PUBLICATION p FOR TABLE book;"},
        Journey{
            "column_of_a_partitioned_table",
            "CREATE TABLE t (id int, k int, v text NOT NULL, w int DEFAULT 4, UNIQUE (k, v)) PARTITION BY LIST (k);"
            "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);"
            "CREATE TABLE t2 PARTITION OF t (w NOT NULL) FOR VALUES IN (2); CREATE INDEX ON t2 (w);",
            "INSERT INTO t SELECT g, 1 + g % 2, 'v' || g FROM generate_series(1, 20) g;",
            "CREATE TABLE t (id int, k int) PARTITION BY LIST (k); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);"
            "CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2);"},
        Journey{"column_of_a_table_without_a_key", "CREATE TABLE t (a int, b int NOT NULL);",
                "INSERT INTO t VALUES (1, 2), (1, 2);", "CREATE TABLE t (a int);"},
        Journey{"column_that_becomes_another", "CREATE TABLE t (a int, b point);", "INSERT INTO t VALUES (1, '(1,2)');",
                "CREATE TABLE t (a int, b int);"},
        Journey{"table_and_column", "CREATE TABLE t (a int, b int); CREATE TABLE u (a int);",
                "INSERT INTO t VALUES (1, 2); INSERT INTO u VALUES (3);", "CREATE TABLE t (a int);"},
        Journey{"name_of_63_bytes",
                "CREATE TABLE t (id int, \"c 45678901234567890123456789012345678901234567890123456789üx\" text);",
                "INSERT INTO t VALUES (1, 'a');", "CREATE TABLE t (id int);"}),
    name_of);

TEST_F(RetainInPlace, AColumnDoesNotStayWithoutItsType) {
  ASSERT_NO_FATAL_FAILURE(
      apply("CREATE SCHEMA s; CREATE TYPE s.e AS ENUM ('a'); CREATE DOMAIN d AS int; CREATE TYPE f AS ENUM ('a', 'b');"
            "CREATE TABLE t (id int PRIMARY KEY, e s.e, ds d[], f f);",
            "INSERT INTO t VALUES (1, 'a', '{1,2}', 'b');",
            "CREATE TYPE f AS ENUM ('a'); CREATE TABLE t (id int PRIMARY KEY);"));
  EXPECT_EQ(kept_columns(), "0");
  const Outcome back = roll_back();
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(database_.ask("SELECT e || ' ' || ds::text || ' ' || f FROM t"), "a {1,2} b");
}

TEST_F(RetainInPlace, NothingKeptRefusesARowOrShowsInASchema) {
  ASSERT_NO_FATAL_FAILURE(apply(
      "CREATE TABLE author (id int PRIMARY KEY); CREATE TABLE book (id int PRIMARY KEY, isbn text NOT NULL UNIQUE,"
      " pages int NOT NULL CHECK (pages > 0), author_id int NOT NULL REFERENCES author);",
      "INSERT INTO author VALUES (1); INSERT INTO book VALUES (1, 'x', 4, 1);",
      "CREATE TABLE author (id int PRIMARY KEY); CREATE TABLE book (id int PRIMARY KEY);"));
  database_.execute("DELETE FROM author; INSERT INTO book VALUES (2); INSERT INTO book (id) VALUES (3)");
  EXPECT_EQ(segue({"check", "--scope", "all"}).exit_code, 0);
  const Outcome inspected = segue({"inspect"});
  EXPECT_EQ(inspected.out.find("segue_retained_"), std::string::npos) << inspected.out;
  const Outcome doctor = segue({"doctor"});
  EXPECT_EQ(doctor.exit_code, 0) << doctor.text();
}

TEST_F(RetainInPlace, TakesNoTimeAndSaysWhoStillMeetsIt) {
  database_.execute("CREATE TABLE t (a int, b int NOT NULL DEFAULT 3); INSERT INTO t VALUES (1, 2)");
  const std::string file_node = database_.ask("SELECT pg_relation_filenode('t')");
  const Outcome planned = plan("CREATE TABLE t (a int);");
  EXPECT_NE(planned.out.find("CHANGES_ROW_SHAPE"), std::string::npos) << planned.text();
  EXPECT_NE(planned.out.find("the column stays in its table as segue_retained_b_"), std::string::npos) << planned.out;
  EXPECT_EQ(segue({"apply", "plan.json", "--yes"}).exit_code, 3);
  EXPECT_EQ(segue({"apply", "plan.json", "--yes", "--allow-hazards", "CHANGES_ROW_SHAPE"}).exit_code, 0);
  EXPECT_EQ(database_.ask("SELECT pg_relation_filenode('t')"), file_node);
}

TEST_F(RetainInPlace, RowsWrittenSinceTakeTheDefaultOrAreNamed) {
  ASSERT_NO_FATAL_FAILURE(
      apply("CREATE TABLE t (a int, b text NOT NULL DEFAULT 'd', c int, n serial);"
            "CREATE TABLE u (a int, b int NOT NULL);",
            "INSERT INTO t VALUES (1, 'x', 7); INSERT INTO u VALUES (1, 2);",
            "CREATE TABLE t (a int); CREATE TABLE u (a int);"));
  database_.execute("INSERT INTO t VALUES (2); INSERT INTO u VALUES (9)");
  const Outcome refused = roll_back();
  EXPECT_EQ(refused.exit_code, 1) << refused.text();
  EXPECT_NE(refused.text().find("1 rows of table public.u written since, which have no b"), std::string::npos)
      << refused.text();
  database_.execute("DELETE FROM u WHERE a = 9");
  const Outcome back = roll_back();
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(database_.ask("SELECT string_agg(t::text, ' ' ORDER BY a) FROM t"), "(1,x,7,1) (2,d,,2)");
}

TEST_F(RetainInPlace, IsFreedByPurge) {
  ASSERT_NO_FATAL_FAILURE(
      apply("CREATE TABLE t (a int, b int);", "INSERT INTO t VALUES (1, 2); ANALYZE t;", "CREATE TABLE t (a int);"));
  EXPECT_NE(segue({"history"}).out.find("can be taken back in full"), std::string::npos);
  const Outcome purged = segue({"purge", "--yes"});
  EXPECT_EQ(purged.exit_code, 0) << purged.text();
  EXPECT_NE(purged.out.find("public.t.segue_retained_b_"), std::string::npos) << purged.text();
  EXPECT_EQ(kept_columns(), "0");
  EXPECT_NE(segue({"history"}).out.find("what it kept was purged: no way back"), std::string::npos);
  EXPECT_EQ(roll_back().exit_code, 3);
}

TEST_F(RetainInPlace, OneNameIsKeptTwice) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE t (a int, b int);", "", "CREATE TABLE t (a int);"));
  ASSERT_NO_FATAL_FAILURE(apply("ALTER TABLE t ADD b int;", "", "CREATE TABLE t (a int);"));
  EXPECT_EQ(kept_columns(), "2");
}

TEST_F(RetainInPlace, AViewThatTakesColumnsAsTheyComeIsRefused) {
  database_.execute("CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT * FROM t");
  const Outcome planned = plan("CREATE TABLE t (a int); CREATE VIEW v AS SELECT * FROM t;");
  EXPECT_EQ(planned.exit_code, 3) << planned.text();
  EXPECT_NE(planned.text().find("view public.v takes the columns of a table as they come"), std::string::npos)
      << planned.text();
}

TEST_F(RetainInPlace, ALaterViewThatTakesColumnsAsTheyComeIsRefused) {
  ASSERT_NO_FATAL_FAILURE(apply("CREATE TABLE t (a int, b int);", "", "CREATE TABLE t (a int);"));
  EXPECT_EQ(plan("CREATE TABLE t (a int); CREATE VIEW v AS SELECT t.* FROM t;").exit_code, 3);
  EXPECT_EQ(plan("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t;").exit_code, 0);
}

TEST_F(RetainInPlace, ItsNamesAreNobodyElses) {
  const Outcome planned = plan("CREATE TABLE t (\n  segue_retained_b int\n);");
  EXPECT_EQ(planned.exit_code, 1) << planned.text();
  EXPECT_NE(planned.text().find("schema.sql:2:3"), std::string::npos) << planned.text();
}

}  // namespace
}  // namespace segue::test
