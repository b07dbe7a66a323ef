// Guards against a plan that begins although rows that exist make it fail, and against one that is refused for rows
// that do not.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

constexpr const char* before =
    "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
    "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);";

class Preflight : public testing::Test {
 protected:
  Preflight() : database_(Server::shared()) {
    database_.execute(before);
    database_.execute(
        "INSERT INTO author VALUES (1, 'a'), (2, NULL);"
        "INSERT INTO book VALUES (1, 1, 'x', 10), (2, 1, 'x', 0), (3, 9, 'y', 10), (4, NULL, NULL, NULL);");
  }
  Outcome segue(const std::string& command, const std::string& schema,
                const std::string& more = "--detailed-exitcode") {
    write_file(folder_ / "schema.sql", schema);
    return run_segue({command, more, "--db", database_.url()}, folder_.path().string());
  }
  std::string failures() { return database_.ask("SELECT count(*) FROM segue.history WHERE outcome = 'failed'"); }

  Database database_;
  TempDir folder_;
};

struct Ask {
  const char* name;
  const char* schema;
  const char* count;  ///< what is said of the rows
  const char* key;    ///< one of them
  bool at_plan_time;  ///< found without running code of the file
};
void PrintTo(const Ask& ask, std::ostream* out) { *out << ask.name; }
std::string name_of(const testing::TestParamInfo<Ask>& info) { return info.param.name; }

class PreflightFinds : public Preflight, public testing::WithParamInterface<Ask> {};

TEST_P(PreflightFinds, RowsBeforeAnythingRuns) {
  const Outcome plan = segue("plan", GetParam().schema);
  EXPECT_EQ(plan.exit_code, 2) << plan.text();
  EXPECT_EQ(plan.text().find(GetParam().count) != std::string::npos, GetParam().at_plan_time) << plan.text();
  const std::string catalog =
      "SELECT string_agg(c.line, E'\\n' ORDER BY c.line) FROM (SELECT conrelid::regclass || ' ' || conname FROM "
      "pg_constraint"
      " WHERE connamespace = 'public'::regnamespace UNION ALL SELECT attrelid::regclass || ' ' || attname || attnotnull"
      " FROM pg_attribute WHERE attnum > 0 AND attrelid IN ('author'::regclass, 'book'::regclass)) c(line)";
  const std::string as_before = database_.ask(catalog);
  const Outcome apply = segue("apply", GetParam().schema, "--yes");
  EXPECT_EQ(apply.exit_code, 1) << apply.text();
  for (const char* part : {GetParam().count, GetParam().key, "all of them: SELECT", "nothing was changed"})
    EXPECT_NE(apply.text().find(part), std::string::npos) << part << "\n" << apply.text();
  EXPECT_EQ(apply.text().find("[1/"), std::string::npos) << apply.text();  // no step was begun
  EXPECT_EQ(database_.ask(catalog), as_before);
  EXPECT_EQ(failures(), "1");
}

INSTANTIATE_TEST_SUITE_P(
    , PreflightFinds,
    testing::Values(
        Ask{"not_null",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
            "1 rows of public.author without name", "(2)", true},
        Ask{"new_not_null",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text, born date NOT NULL);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
            "2 rows of public.author, which would have no born", "(1), (2)", true},
        Ask{"unique_constraint",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text UNIQUE, pages integer);",
            "1 values of (title) that several rows of public.book share", "(x)", true},
        Ask{"unique_beside_a_rename",
            "CREATE TABLE author (id bigint PRIMARY KEY,\n-- @renamed from=name\nfull_name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text UNIQUE, pages integer);",
            "1 values of (title) that several rows of public.book share", "(x)", true},
        Ask{"unique_index",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);"
            "CREATE UNIQUE INDEX one ON book (author_id, title);",
            "1 values of (author_id, title) that several rows of public.book share", "(1,x)", true},
        Ask{"foreign_key",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint REFERENCES author, title text, pages integer);",
            "1 rows of public.book whose (author_id) is not in public.author", "(3)", true},
        Ask{"foreign_key_to_new_table",
            "CREATE TABLE person (id bigint PRIMARY KEY); CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint REFERENCES person, title text, pages integer);",
            "3 rows of public.book whose (author_id) is not in public.person, which comes empty", "(1), (2), (3)",
            true},
        Ask{"check",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer CHECK (pages > 0));",
            "1 rows of public.book for which (pages > 0) is false", "(2)", false},
        Ask{"new_of_domain_not_null",
            "CREATE DOMAIN day AS date NOT NULL;"
            "CREATE TABLE author (id bigint PRIMARY KEY, name text, born day);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
            "2 rows of public.author, which would have no born", "(1), (2)", true},
        Ask{"new_of_domain_whose_check_takes_no_null",
            "CREATE DOMAIN day AS date; CREATE DOMAIN birthday AS day;"
            "ALTER DOMAIN day ADD CHECK (VALUE IS NOT NULL AND VALUE > '1900-01-01');"
            "CREATE TABLE author (id bigint PRIMARY KEY, name text, born birthday);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
            "2 rows of public.author, which would have no born", "(1), (2)", false},
        Ask{"default_shared",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer, shelf integer "
            "DEFAULT 7 UNIQUE);",
            "1 values of (shelf) that several rows of public.book share", "(7)", true},
        Ask{"backfill_shared",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text,\n-- @backfill 10\npages integer "
            "NOT "
            "NULL UNIQUE);",
            "1 values of (pages) that several rows of public.book share", "(10)", true},
        Ask{"new_backfill_out_of_check",
            "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
            "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer,\n"
            "-- @backfill id * 2\nshelf integer NOT NULL CHECK (shelf < 7));",
            "1 rows of public.book for which (shelf < 7) is false", "(4)", false}),
    name_of);

class PreflightPasses : public Preflight, public testing::WithParamInterface<Ask> {};

TEST_P(PreflightPasses, WhatThePlanItselfMakesFit) {
  const Outcome apply = segue("apply", GetParam().schema, "--yes");
  EXPECT_EQ(apply.exit_code, 0) << apply.text();
}

INSTANTIATE_TEST_SUITE_P(
    , PreflightPasses,
    testing::Values(Ask{"backfilled",
                        "CREATE TABLE author (id bigint PRIMARY KEY,\n-- @backfill 'nobody'\nname text NOT NULL CHECK "
                        "(name IS NOT NULL));"
                        "\nCREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
                        "", "", true},
                    Ask{"converted",
                        "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
                        "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text,\n-- @using pages + 1\n"
                        "pages bigint CHECK (pages > 0));",
                        "", "", true},
                    Ask{"with_a_default",
                        "CREATE TABLE author (id bigint PRIMARY KEY, name text, born date NOT NULL DEFAULT now());"
                        "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
                        "", "", true},
                    Ask{"new_of_domain_whose_check_takes_null",
                        "CREATE DOMAIN day AS date CHECK (VALUE > '1900-01-01');"
                        "CREATE TABLE author (id bigint PRIMARY KEY, name text, born day);"
                        "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);",
                        "", "", true},
                    Ask{"foreign_key_to_new_table_over_rows",
                        "CREATE TABLE author (id bigint, name text);"
                        "CREATE TABLE person (id bigint, name text, PRIMARY KEY (id)) PARTITION BY RANGE (id);"
                        "ALTER TABLE person ATTACH PARTITION author FOR VALUES FROM (0) TO (100);"
                        "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages bigint,\n"
                        "-- @backfill 1\nby bigint REFERENCES person);",
                        "", "", true},
                    Ask{"nulls",
                        "CREATE TABLE author (id bigint PRIMARY KEY, name text UNIQUE);"
                        "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer CHECK "
                        "(pages >= 0));",
                        "", "", true}),
    name_of);

/// The price of a page decides what the server believes a question to cost.
class PreflightLimits : public Preflight {
 protected:
  void pages_cost(const char* price) {
    const std::string name = database_.ask("SELECT quote_ident(current_database())");
    database_.execute("ALTER DATABASE " + name + " SET seq_page_cost = " + price);
  }
  static constexpr const char* names_wanted =
      "CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);"
      "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text, pages integer);";
};

TEST_F(PreflightLimits, APartOfTheRowsIsLookedAtWhereAllWouldCostTooMuch) {
  database_.execute("ANALYZE author");  // one page, as the server now knows
  pages_cost("10000001");               // so that the sample has room for nearly all of it
  const std::string part =
      "1 rows of public.author without name (column public.author.name), in a sample of about 100 "
      "percent of public.author";
  const Outcome apply = segue("apply", names_wanted, "--yes");
  EXPECT_EQ(apply.exit_code, 1) << apply.text();
  for (const char* said : {part.c_str(), "nothing was changed", "all of them: SELECT id FROM public.author WHERE"})
    EXPECT_NE(apply.text().find(said), std::string::npos) << said << "\n" << apply.text();
  EXPECT_EQ(apply.text().find("[1/"), std::string::npos) << apply.text();
}

TEST_F(PreflightLimits, APartWithoutSuchRowsDoesNotSayThatThereAreNone) {
  pages_cost("1e12");
  const Outcome plan = segue("plan", names_wanted);
  EXPECT_EQ(plan.exit_code, 2) << plan.text();
  for (const char* said : {"It may fail on rows that exist", "a sample of about 0.01 percent of public.author has no",
                           "the others were not looked at: it would cost 10000000000"})
    EXPECT_NE(plan.text().find(said), std::string::npos) << said << "\n" << plan.text();
}

TEST_F(PreflightLimits, WhatNoPartTellsIsSaidToBeOpen) {
  pages_cost("1e12");
  const std::string schema =
      "CREATE TABLE author (id bigint PRIMARY KEY, name text);"
      "CREATE TABLE book (id bigint PRIMARY KEY, author_id bigint, title text UNIQUE, pages integer);";
  const std::string open = "values of (title) that several rows of public.book share";
  const Outcome plan = segue("plan", schema);
  EXPECT_NE(plan.text().find(open), std::string::npos) << plan.text();
  EXPECT_NE(plan.text().find("were not looked for: it would cost"), std::string::npos) << plan.text();
  const Outcome apply = segue("apply", schema, "--yes");  // the step itself decides
  EXPECT_EQ(apply.exit_code, 1) << apply.text();
  EXPECT_NE(apply.text().find("could not create unique index"), std::string::npos) << apply.text();
  EXPECT_EQ(failures(), "1");
}

}  // namespace
}  // namespace segue::test
