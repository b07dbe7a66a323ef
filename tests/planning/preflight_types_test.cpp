// Guards against a plan that begins although values that exist do not fit a type, a domain, an exclusion or the bound
// of a partition, and against one that is refused for values that do.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

struct Ask {
  const char* name;
  const char* before;
  const char* rows;
  const char* after;
  const char* count;         ///< what is said of the rows; "" where nothing stands in the way
  const char* key = "";      ///< some of them
  bool at_plan_time = true;  ///< found without running code of the file
};
void PrintTo(const Ask& ask, std::ostream* out) { *out << ask.name; }
std::string name_of(const testing::TestParamInfo<Ask>& info) { return info.param.name; }

class PreflightOfTypes : public testing::TestWithParam<Ask> {
 protected:
  PreflightOfTypes() : database_(Server::shared()) {
    database_.execute(std::string(GetParam().before) + GetParam().rows);
    write_file(folder_ / "schema.sql", GetParam().after);
  }
  Outcome segue(const std::string& command, const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {command, "--db", database_.url(), "--scope", "all"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_segue(arguments, folder_.path().string());
  }

  Database database_;
  TempDir folder_;
};

class PreflightOfTypesFinds : public PreflightOfTypes {};

TEST_P(PreflightOfTypesFinds, RowsBeforeAnythingRuns) {
  const std::string as_before = database_.dump();
  const Outcome plan = segue("plan", {});
  ASSERT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_EQ(plan.text().find(GetParam().count) != std::string::npos, GetParam().at_plan_time) << plan.text();
  const Outcome apply = segue("apply", {"--yes", "--allow-hazards", "all"});
  EXPECT_EQ(apply.exit_code, 1) << apply.text();
  for (const char* part : {GetParam().count, GetParam().key, "all of them: SELECT", "nothing was changed"})
    EXPECT_NE(apply.text().find(part), std::string::npos) << part << "\n" << apply.text();
  EXPECT_EQ(apply.text().find("[1/"), std::string::npos) << apply.text();  // no step was begun
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_before), "");
}

/// The statement that lists the rows is what a person runs: it must run.
TEST_P(PreflightOfTypesFinds, RowsThatTheStatementLists) {
  const Outcome apply = segue("apply", {"--yes", "--allow-hazards", "all"});
  constexpr std::string_view before = "all of them: ";
  const std::string text = apply.text();
  const auto at = text.find(before);
  ASSERT_NE(at, std::string::npos) << text;
  const std::string list = text.substr(at + before.size(), text.find(";\n", at) - at - before.size());
  EXPECT_EQ(database_.ask("SELECT count(*)::text || ' ' FROM (" + list + ") rows"),
            std::string(GetParam().count).substr(0, 2))
      << list;
}

INSTANTIATE_TEST_SUITE_P(
    , PreflightOfTypesFinds,
    testing::Values(
        Ask{"exclusion", "CREATE TABLE booking (id bigint PRIMARY KEY, during int4range);",
            "INSERT INTO booking VALUES (1, '[1,5)'), (2, '[4,9)'), (3, '[9,10)'), (4, NULL), (5, NULL);",
            "CREATE TABLE booking (id bigint PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));",
            "1 pairs of rows of public.booking that are in conflict", "(\"(1)\",\"(2)\")"},
        Ask{"exclusion_of_expressions",
            "CREATE TABLE booking (id bigint PRIMARY KEY, a integer, b integer, off boolean);",
            "INSERT INTO booking VALUES (1, 1, 5, false), (2, 4, 9, false), (3, 4, 9, true), (4, 20, 21, false);",
            "CREATE TABLE booking (id bigint PRIMARY KEY, a integer, b integer, off boolean, CONSTRAINT once EXCLUDE "
            "USING gist (int4range(a, b) WITH &&) WHERE (NOT off));",
            "1 pairs of rows of public.booking that are in conflict", "(1)", false},
        Ask{"enum_label",
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad'); CREATE TABLE t (id int PRIMARY KEY, m mood);",
            "INSERT INTO t VALUES (1, 'ok'), (2, 'sad'), (3, NULL);",
            "CREATE TYPE mood AS ENUM ('ok', 'glad'); CREATE TABLE t (id int PRIMARY KEY, m mood);",
            "1 rows of public.t whose m holds a label that public.mood loses ('sad')", "(2)"},
        Ask{"enum_label_in_an_array",
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad'); CREATE TABLE t (id int PRIMARY KEY, m mood[]);",
            "INSERT INTO t VALUES (1, '{ok}'), (2, '{ok,sad}'), (3, '{{glad,glad}}'), (4, '{{ok},{glad}}');",
            "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int PRIMARY KEY, m mood[]);",
            "3 rows of public.t whose m holds a label that public.mood loses ('sad', 'glad')", "(2), (3), (4)"},
        Ask{"domain_check", "CREATE DOMAIN pages AS integer; CREATE TABLE t (id int PRIMARY KEY, p pages, value int);",
            "INSERT INTO t VALUES (1, 5), (2, -5), (3, NULL);",
            "CREATE DOMAIN pages AS integer CONSTRAINT positive CHECK (VALUE > 0);"
            "CREATE TABLE t (id int PRIMARY KEY, p pages, value int);",
            "1 rows of public.t for whose p (VALUE > 0) is false", "(2)", false},
        Ask{"domain_check_under_another_domain",
            "CREATE DOMAIN pages AS integer; CREATE DOMAIN many AS pages; CREATE TABLE t (value int PRIMARY KEY, p "
            "many);",
            "INSERT INTO t VALUES (1, 5), (2, -5), (3, NULL);",
            "CREATE DOMAIN pages AS integer CONSTRAINT positive CHECK (VALUE > 0); CREATE DOMAIN many AS pages;"
            "CREATE TABLE t (value int PRIMARY KEY, p many);",
            "1 rows of public.t for whose p (VALUE > 0) is false", "(\"(0,2)\")", false},
        Ask{"domain_not_null", "CREATE DOMAIN pages AS integer; CREATE TABLE t (id int PRIMARY KEY, p pages);",
            "INSERT INTO t VALUES (1, 5), (2, NULL);",
            "CREATE DOMAIN pages AS integer NOT NULL; CREATE TABLE t (id int PRIMARY KEY, p pages);",
            "1 rows of public.t without p", "(2)"},
        Ask{"shorter", "CREATE TABLE t (id int PRIMARY KEY, a text);",
            "INSERT INTO t VALUES (1, 'abc'), (2, 'abcd'), (3, 'abc  '), (4, NULL);",
            "CREATE TABLE t (id int PRIMARY KEY, a varchar(3));",
            "1 rows of public.t whose a does not fit character varying(3)", "(2)"},
        Ask{"shorter_and_blank_padded", "CREATE TABLE t (id int PRIMARY KEY, a varchar(10));",
            "INSERT INTO t VALUES (1, 'ab'), (2, 'äöüß'), (3, 'äöü');",
            "CREATE TABLE t (id int PRIMARY KEY, a char(3));", "1 rows of public.t whose a does not fit character(3)",
            "(2)"},
        Ask{"number_as_a_short_text", "CREATE TABLE t (id int PRIMARY KEY, a integer);",
            "INSERT INTO t VALUES (1, 12), (2, -12);", "CREATE TABLE t (id int PRIMARY KEY, a varchar(2));",
            "1 rows of public.t whose a does not fit character varying(2)", "(2)"},
        Ask{"smaller_integer", "CREATE TABLE t (id int PRIMARY KEY, a bigint);",
            "INSERT INTO t VALUES (1, 2147483647), (2, 2147483648), (3, -2147483648), (4, -2147483649);",
            "CREATE TABLE t (id int PRIMARY KEY, a integer);", "2 rows of public.t whose a does not fit integer",
            "(2), (4)"},
        Ask{"number_as_integer", "CREATE TABLE t (id int PRIMARY KEY, a numeric);",
            "INSERT INTO t VALUES (1, 32767.4), (2, 32767.5), (3, 'NaN'), (4, -32768.4);",
            "CREATE TABLE t (id int PRIMARY KEY, a smallint);", "2 rows of public.t whose a does not fit smallint",
            "(2), (3)"},
        Ask{"float_as_integer", "CREATE TABLE t (id int PRIMARY KEY, a double precision);",
            "INSERT INTO t VALUES (1, 9e18), (2, 1e19), (3, 'NaN'), (4, '-Infinity'), (5, 9223372036854775808);",
            "CREATE TABLE t (id int PRIMARY KEY, a bigint);", "4 rows of public.t whose a does not fit bigint", "(2)"},
        Ask{"fewer_digits", "CREATE TABLE t (id int PRIMARY KEY, a numeric(6,3));",
            "INSERT INTO t VALUES (1, 99.994), (2, 99.995), (3, 100), (4, 'NaN');",
            "CREATE TABLE t (id int PRIMARY KEY, a numeric(4,2));",
            "2 rows of public.t whose a does not fit numeric(4,2)", "(2), (3)"},
        Ask{"smaller_float", "CREATE TABLE t (id int PRIMARY KEY, a double precision);",
            "INSERT INTO t VALUES (1, 1.5), (2, 1e39), (3, 1e-50), (4, 'Infinity'), (5, 0), (6, 'NaN');",
            "CREATE TABLE t (id int PRIMARY KEY, a real);", "2 rows of public.t whose a does not fit real", "(2), (3)"},
        Ask{"text_as_integer", "CREATE TABLE t (id int PRIMARY KEY, a text);",
            "INSERT INTO t VALUES (1, ' 12 '), (2, '1x'), (3, ''), (4, '2147483648'), (5, '-0000000000000000000007'),"
            " (6, '99999999999999999999999');",
            "CREATE TABLE t (id int PRIMARY KEY, a integer);", "4 rows of public.t whose a does not fit integer",
            "(2), (3), (4), (6)"},
        Ask{"text_as_boolean", "CREATE TABLE t (id int PRIMARY KEY, a text);",
            "INSERT INTO t VALUES (1, 'TRUE'), (2, 'o'), (3, ' of '), (4, 'maybe');",
            "CREATE TABLE t (id int PRIMARY KEY, a boolean);", "2 rows of public.t whose a does not fit boolean",
            "(2), (4)"},
        Ask{"text_as_uuid", "CREATE TABLE t (id int PRIMARY KEY, a text);",
            "INSERT INTO t VALUES (1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'), (2, 'a0eebc999c0b4ef8bb6d6bb9bd380a1'),"
            " (3, '{a0eebc999c0b4ef8bb6d6bb9bd380a11}'), (4, '{a0eebc999c0b4ef8bb6d6bb9bd380a11');",
            "CREATE TABLE t (id int PRIMARY KEY, a uuid);", "2 rows of public.t whose a does not fit uuid", "(2), (4)"},
        Ask{"text_as_enum", "CREATE TYPE mood AS ENUM ('ok', 'it''s'); CREATE TABLE t (id int PRIMARY KEY, a text);",
            "INSERT INTO t VALUES (1, 'ok'), (2, 'Ok'), (3, 'it''s');",
            "CREATE TYPE mood AS ENUM ('ok', 'it''s'); CREATE TABLE t (id int PRIMARY KEY, a mood);",
            "1 rows of public.t whose a does not fit public.mood", "(2)"},
        Ask{"array_of_smaller_integers", "CREATE TABLE t (id int PRIMARY KEY, a bigint[]);",
            "INSERT INTO t VALUES (1, '{1,2}'), (2, '{1,3000000000}'), (3, '{}'), (4, NULL);",
            "CREATE TABLE t (id int PRIMARY KEY, a integer[]);", "1 rows of public.t whose a does not fit integer[]",
            "(2)"},
        Ask{"fewer_bits", "CREATE TABLE t (id int PRIMARY KEY, a bit varying);",
            "INSERT INTO t VALUES (1, B'101'), (2, B'1010'), (3, B'10');",
            "CREATE TABLE t (id int PRIMARY KEY, a bit(3));", "2 rows of public.t whose a does not fit bit(3)",
            "(2), (3)"},
        Ask{"range_that_shrinks",
            "CREATE TABLE visit (day date, n int, PRIMARY KEY (day, n)) PARTITION BY RANGE (day, n);"
            "CREATE TABLE early PARTITION OF visit FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2025-01-01', MAXVALUE);",
            "INSERT INTO visit VALUES ('2023-12-31', 9), ('2024-01-01', 4), ('2024-01-01', 5), ('2024-02-01', 0);",
            "CREATE TABLE visit (day date, n int, PRIMARY KEY (day, n)) PARTITION BY RANGE (day, n);"
            "CREATE TABLE early PARTITION OF visit FOR VALUES FROM (DATE '2024-01-01', 5) TO ('2025-01-01', MINVALUE);",
            "2 rows of public.early that do not belong to it: FOR VALUES FROM (DATE '2024-01-01', 5)",
            "(2023-12-31,9), (2024-01-01,4)"},
        Ask{"table_that_joins_a_list",
            "CREATE TABLE sale (\"Land\" text, id int) PARTITION BY LIST (\"Land\");"
            "CREATE TABLE north (\"Land\" text, id int PRIMARY KEY);",
            "INSERT INTO north VALUES ('dk', 1), ('it', 2), (NULL, 3);",
            "CREATE TABLE sale (\"Land\" text, id int) PARTITION BY LIST (\"Land\");"
            "CREATE TABLE north PARTITION OF sale (PRIMARY KEY (id)) FOR VALUES IN ('dk', 'se');",
            "2 rows of public.north that do not belong to it", "(2), (3)"},
        Ask{"partition_beside_a_default_one",
            "CREATE TABLE sale (land text, id int) PARTITION BY LIST (land);"
            "CREATE TABLE others PARTITION OF sale (PRIMARY KEY (id)) DEFAULT;",
            "INSERT INTO sale VALUES ('dk', 1), ('it', 2), (NULL, 3);",
            "CREATE TABLE sale (land text, id int) PARTITION BY LIST (land);"
            "CREATE TABLE others PARTITION OF sale (PRIMARY KEY (id)) DEFAULT;"
            "CREATE TABLE north PARTITION OF sale FOR VALUES IN ('dk', NULL);",
            "2 rows of public.others that belong to public.north", "(1), (3)"},
        Ask{"partition_that_becomes_the_default_one",
            "CREATE TABLE sale (land text, id int) PARTITION BY LIST (land);"
            "CREATE TABLE others PARTITION OF sale (PRIMARY KEY (id)) FOR VALUES IN ('dk', 'it');",
            "INSERT INTO sale VALUES ('dk', 1), ('it', 2);",
            "CREATE TABLE sale (land text, id int) PARTITION BY LIST (land);"
            "CREATE TABLE north PARTITION OF sale FOR VALUES IN ('dk');"
            "CREATE TABLE others PARTITION OF sale (PRIMARY KEY (id)) DEFAULT;",
            "1 rows of public.others that belong to", "(1)"}),
    name_of);

class PreflightOfTypesPasses : public PreflightOfTypes {};

TEST_P(PreflightOfTypesPasses, WhatFits) {
  const Outcome plan = segue("plan", {});
  EXPECT_NE(plan.text().find(GetParam().count), std::string::npos) << plan.text();
  EXPECT_EQ(plan.text().find("It would fail"), std::string::npos) << plan.text();
  const Outcome apply = segue("apply", {"--yes", "--allow-hazards", "all"});
  EXPECT_EQ(apply.exit_code, 0) << apply.text();
}

INSTANTIATE_TEST_SUITE_P(
    , PreflightOfTypesPasses,
    testing::Values(
        Ask{"exclusion", "CREATE TABLE booking (id bigint PRIMARY KEY, during int4range);",
            "INSERT INTO booking VALUES (1, '[1,5)'), (2, '[5,9)'), (3, NULL), (4, NULL);",
            "CREATE TABLE booking (id bigint PRIMARY KEY, during int4range, EXCLUDE USING gist (during WITH &&));", ""},
        Ask{"labels_that_nobody_has",
            "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE t (id int PRIMARY KEY, m mood, n mood[]);",
            "INSERT INTO t VALUES (1, 'ok', '{ok}');",
            "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (id int PRIMARY KEY, m mood, n mood[]);", ""},
        Ask{"edges", "CREATE TABLE t (a bigint, b numeric, c text, d numeric(4,2), e text, f double precision);",
            "INSERT INTO t VALUES (-32768, 99.994, 'abc  ', 9.94, '\t+32767 ', 3.4028234e38);",
            "CREATE TABLE t (a smallint, b numeric(4,2), c varchar(3), d numeric(2,1), e smallint, f real);", ""},
        Ask{"bounds_that_rows_keep",
            "CREATE TABLE t (a int, b text) PARTITION BY RANGE (a, b); CREATE TABLE p PARTITION OF t FOR VALUES FROM "
            "(1, 'a') TO (5, MAXVALUE); CREATE TABLE d PARTITION OF t DEFAULT;",
            "INSERT INTO t VALUES (1, 'b'), (5, 'z'), (6, 'a'), (NULL, 'c');",
            "CREATE TABLE t (a int, b text) PARTITION BY RANGE (a, b); CREATE TABLE p PARTITION OF t FOR VALUES FROM "
            "(1, MINVALUE) TO (6, MINVALUE); CREATE TABLE d PARTITION OF t DEFAULT;",
            ""},
        Ask{"what_only_doing_it_shows", "CREATE TABLE t (a character(12));", "INSERT INTO t VALUES ('2026-02-28');",
            "CREATE TABLE t (a date);", "whether every a of public.t can become date shows only when it is converted"}),
    name_of);

}  // namespace
}  // namespace segue::test
