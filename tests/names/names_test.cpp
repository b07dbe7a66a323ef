// Guards against names that segue gives and the server does not: every rule by which PostgreSQL names what nobody
// named.
//
// Each row is a script in a schema of its own; all of them are one file and one database. What segue reads from the
// file must have the names that the server's catalog has. No expected name stands here: the server is asked.
#include <gtest/gtest.h>

#include <set>
#include <span>

#include "catalog/introspect.h"
#include "pg/connect.h"
#include "source/desired.h"
#include "support/server.h"

namespace segue::test {
namespace {

struct NameRule {
  const char* what;
  const char* script;
  int min_server = 0;
};

// indexcmds.c ChooseIndexName, ChooseRelationName; makeObjectName cuts to 63 bytes.
constexpr NameRule keys[] = {
    {"primary key of a column", "CREATE TABLE t (a integer PRIMARY KEY)"},
    {"primary key of the table", "CREATE TABLE t (a integer, b integer, PRIMARY KEY (a, b))"},
    {"primary key added", "CREATE TABLE t (a integer); ALTER TABLE t ADD PRIMARY KEY (a)"},
    {"unique of a column", "CREATE TABLE t (a integer UNIQUE)"},
    {"unique of many columns", "CREATE TABLE t (a integer, b integer, c integer, UNIQUE (c, a, b))"},
    {"unique with INCLUDE", "CREATE TABLE t (a integer, b integer, UNIQUE (a) INCLUDE (b))"},
    {"unique twice over one column", "CREATE TABLE t (a integer, b integer, UNIQUE (a), UNIQUE (a, b), UNIQUE (b, a))"},
    {"two added one after the other",
     "CREATE TABLE t (a integer); ALTER TABLE t ADD UNIQUE (a); ALTER TABLE t ADD UNIQUE (a) DEFERRABLE"},
    {"a key's name is taken by a table", "CREATE TABLE t_pkey (b integer); CREATE TABLE t (a integer PRIMARY KEY)"},
    {"a key's name is taken by a sequence", "CREATE SEQUENCE t_a_key; CREATE TABLE t (a integer UNIQUE)"},
    {"a key's name is taken by a view", "CREATE VIEW t_pkey AS SELECT 1; CREATE TABLE t (a integer PRIMARY KEY)"},
    {"a key's name is taken by an index that nobody named",
     "CREATE TABLE t (a integer, a_b integer); CREATE TABLE t_a (b integer UNIQUE); ALTER TABLE t ADD UNIQUE (a_b)"},
    {"numbers run on", "CREATE SEQUENCE t_a_key; CREATE SEQUENCE t_a_key1; CREATE TABLE t (a integer UNIQUE)"},
    {"a type of the name takes nothing", "CREATE TYPE t_a_key AS ENUM (); CREATE TABLE t (a integer UNIQUE)"},
    {"exclusion", "CREATE TABLE t (a int4range, EXCLUDE USING gist (a WITH &&))"},
    {"exclusion over an expression", "CREATE TABLE t (a integer, EXCLUDE USING gist (int4range(a, a) WITH &&))"},
    {"exclusion over two", "CREATE TABLE t (a int4range, b int4range, EXCLUDE USING gist (a WITH &&, b WITH =))"},
    {"exclusion over an operator", "CREATE TABLE t (a integer, EXCLUDE ((a + 1) WITH =))"},
    {"a long name of a column",
     "CREATE TABLE t (a_name_of_a_column_that_leaves_no_room_for_anything_else_here integer UNIQUE)"},
    {"a long name of a table",
     "CREATE TABLE a_name_of_a_table_that_leaves_no_room_for_anything_else_in_it (a integer PRIMARY KEY, b integer "
     "UNIQUE)"},
    {"both long",
     "CREATE TABLE a_name_of_a_table_that_is_rather_long_by_itself (a_name_of_a_column_that_is_rather_long "
     "integer UNIQUE, CHECK (a_name_of_a_column_that_is_rather_long > 0))"},
    {"both long, of different length",
     "CREATE TABLE a_name_of_a_table_that_is_rather_long_by_itself_and_goes_on "
     "(b_rather_long_column_name_of_forty_bytes "
     "integer UNIQUE)"},
    {"a long name that is taken",
     "CREATE TABLE a_name_of_a_table_that_leaves_no_room_for_anything_else_in_it (a integer UNIQUE, b integer, UNIQUE "
     "(a) DEFERRABLE)"},
    {"characters of two bytes",
     "CREATE TABLE \"äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü\" (\"ßßßßßßßßßßßßßßßßßßßßßßßß\" integer "
     "UNIQUE, b integer PRIMARY KEY)"},
    {"characters of three bytes",
     "CREATE TABLE \"日本語日本語日本語日本語日本語日本語\" (\"列列列列列列列列列列列\" integer "
     "UNIQUE, CHECK (\"列列列列列列列列列列列\" > 0))"},
    {"characters of four bytes", "CREATE TABLE \"x😀😀😀😀😀😀😀😀😀😀😀😀😀\" (\"😀😀😀😀😀😀😀😀😀\" integer UNIQUE)"},
    {"a name of the file that is cut",
     "CREATE TABLE a_name_that_is_longer_than_sixty_three_bytes_and_is_cut_by_the_parser_itself (a integer PRIMARY "
     "KEY)"},
    {"quotes and dots", "CREATE TABLE \"T.\"\"x\" (\"a b\" integer UNIQUE, \"C\" integer CHECK (\"C\" > 0))"},
};

// heap.c AddRelationNewConstraints, ChooseConstraintName; tablecmds.c ChooseForeignKeyConstraintNameAddition.
constexpr NameRule constraints[] = {
    {"check of a column", "CREATE TABLE t (a integer CHECK (a > 0))"},
    {"check of a column that reads another", "CREATE TABLE t (a integer CHECK (a > b), b integer)"},
    {"check of the table over one column", "CREATE TABLE t (a integer, CHECK (a > 0))"},
    {"check over two columns", "CREATE TABLE t (a integer, b integer, CHECK (a > b))"},
    {"check over one column twice", "CREATE TABLE t (a integer, CHECK (a > 0 AND a < 9))"},
    {"check over none", "CREATE TABLE t (a integer, CHECK (1 > 0))"},
    {"check over the whole row", "CREATE TABLE t (a integer, CHECK (t IS NOT NULL))"},
    {"two checks of one column", "CREATE TABLE t (a integer CHECK (a > 0) CHECK (a < 9), CHECK (a <> 5))"},
    {"check added", "CREATE TABLE t (a integer CHECK (a > 0)); ALTER TABLE t ADD CHECK (a < 9)"},
    {"check added with a column", "CREATE TABLE t (); ALTER TABLE t ADD COLUMN a integer CHECK (a > 0)"},
    {"check after one whose name is said",
     "CREATE TABLE t (a integer CONSTRAINT t_a_check CHECK (a < 9)); ALTER TABLE t ADD CHECK (a > 0)"},
    {"check beside one of another table",
     "CREATE TABLE u (a integer, CONSTRAINT t_a_check CHECK (a < 9)); CREATE TABLE t "
     "(a integer CHECK (a > 0))"},
    {"foreign key of a column", "CREATE TABLE u (a integer PRIMARY KEY); CREATE TABLE t (b integer REFERENCES u)"},
    {"foreign key over two columns",
     "CREATE TABLE u (a integer, b integer, PRIMARY KEY (a, b)); CREATE TABLE t (c "
     "integer, d integer, FOREIGN KEY (d, c) REFERENCES u)"},
    {"foreign key twice",
     "CREATE TABLE u (a integer PRIMARY KEY); CREATE TABLE t (b integer REFERENCES u REFERENCES u)"},
    {"foreign key to itself", "CREATE TABLE t (a integer PRIMARY KEY, b integer REFERENCES t)"},
    {"foreign key added",
     "CREATE TABLE u (a integer PRIMARY KEY); CREATE TABLE t (b integer); ALTER TABLE t ADD FOREIGN "
     "KEY (b) REFERENCES u"},
    {"foreign key over long names",
     "CREATE TABLE u (a integer, b integer, PRIMARY KEY (a, b)); CREATE TABLE "
     "a_name_of_a_table_that_is_rather_long_by_itself (a_first_column_of_some_length integer, "
     "a_second_column_of_some_length integer, FOREIGN KEY (a_first_column_of_some_length, "
     "a_second_column_of_some_length) REFERENCES u)"},
    {"foreign key over many columns",
     "CREATE TABLE u (a integer, b integer, c integer, d integer, PRIMARY KEY (a, b, c, d)); CREATE TABLE t "
     "(column_number_one_is_long integer, column_number_two_is_long integer, column_number_three_is_long integer, "
     "column_number_four_is_long integer, FOREIGN KEY (column_number_one_is_long, column_number_two_is_long, "
     "column_number_three_is_long, column_number_four_is_long) REFERENCES u)"},
    {"a constraint takes the name of a key",
     "CREATE TABLE t (a integer, CONSTRAINT t_a_key CHECK (a > 0), UNIQUE (a))"},
    {"checks of a domain", "CREATE DOMAIN d AS integer CHECK (VALUE > 0) CHECK (VALUE < 9) NOT NULL"},
    {"a check added to a domain", "CREATE DOMAIN d AS integer CHECK (VALUE > 0); ALTER DOMAIN d ADD CHECK (VALUE < 9)"},
    {"a domain with a long name",
     "CREATE DOMAIN a_name_of_a_domain_that_leaves_no_room_for_anything_else_here AS integer CHECK (VALUE > 0) CHECK "
     "(VALUE < 9)"},
    {"a domain beside a table of its name",
     "CREATE DOMAIN d AS integer CHECK (VALUE > 0); CREATE TABLE e (d integer CHECK "
     "(d > 0)); CREATE DOMAIN e_d AS integer CHECK (VALUE > 0)"},
};

// indexcmds.c ChooseIndexColumnNames, parse_target.c FigureIndexColname; statscmds.c ChooseExtendedStatisticName.
constexpr NameRule indexes[] = {
    {"index over a column", "CREATE TABLE t (a integer); CREATE INDEX ON t (a)"},
    {"index over many", "CREATE TABLE t (a integer, b text); CREATE INDEX ON t (b, a DESC, lower(b))"},
    {"unique index", "CREATE TABLE t (a integer); CREATE UNIQUE INDEX ON t (a)"},
    {"index with INCLUDE", "CREATE TABLE t (a integer, b integer); CREATE INDEX ON t (a) INCLUDE (b)"},
    {"index twice", "CREATE TABLE t (a integer); CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON t (a)"},
    {"a column twice", "CREATE TABLE t (a integer); CREATE INDEX ON t (a, a)"},
    {"index over a call", "CREATE TABLE t (a text); CREATE INDEX ON t (lower(a))"},
    {"index over two calls", "CREATE TABLE t (a text); CREATE INDEX ON t (lower(a), lower(a || 'x'), upper(a))"},
    {"index over an operator", "CREATE TABLE t (a integer); CREATE INDEX ON t ((a + 1), (a + 2))"},
    {"index over a cast", "CREATE TABLE t (a integer); CREATE INDEX ON t ((a::bigint), (CAST(a AS numeric)))"},
    {"index over a cast of a constant", "CREATE TABLE t (a date); CREATE INDEX ON t ((a - '2000-01-01'::date))"},
    {"index over a cast of a call", "CREATE TABLE t (a text); CREATE INDEX ON t ((lower(a)::varchar))"},
    {"index over an array", "CREATE TABLE t (a integer); CREATE INDEX ON t ((ARRAY[a]))"},
    {"index over an element", "CREATE TABLE t (a integer[]); CREATE INDEX ON t ((a[1]))"},
    {"index over a field", "CREATE TYPE c AS (x integer); CREATE TABLE t (a c); CREATE INDEX ON t (((a).x))"},
    {"index over CASE",
     "CREATE TABLE t (a integer); CREATE INDEX ON t ((CASE WHEN a > 0 THEN 1 END), (CASE WHEN a > 0 "
     "THEN 1 ELSE a END))"},
    {"index over COALESCE and its like",
     "CREATE TABLE t (a integer); CREATE INDEX ON t (COALESCE(a, 1), GREATEST(a, 2), "
     "LEAST(a, 3), NULLIF(a, 4))"},
    {"index over a comparison",
     "CREATE TABLE t (a integer); CREATE INDEX ON t ((a > 0), (a IS NULL), (a = 1 OR a = 2))"},
    {"index over COLLATE", "CREATE TABLE t (a text); CREATE INDEX ON t ((a COLLATE \"C\"))"},
    {"index over a column in parentheses", "CREATE TABLE t (a text); CREATE INDEX ON t ((a))"},
    {"index over EXTRACT and SUBSTRING",
     "CREATE TABLE t (a text, b date); CREATE INDEX ON t (EXTRACT(year FROM b), "
     "SUBSTRING(a FROM 2 FOR 3), TRIM(a), POSITION('x' IN a))"},
    {"index over OVERLAY and AT TIME ZONE",
     "CREATE TABLE t (a text, b timestamptz); CREATE INDEX ON t (OVERLAY(a PLACING "
     "'x' FROM 2), (b AT TIME ZONE 'UTC'))"},
    {"index over a row", "CREATE TABLE t (a integer, b integer); CREATE INDEX ON t ((ROW(a, b) IS NULL))"},
    {"index over a qualified call", "CREATE TABLE t (a text); CREATE INDEX ON t (pg_catalog.lower(a))"},
    {"index over -> of jsonb",
     "CREATE TABLE t (a jsonb); CREATE INDEX ON t ((a ->> 'k')); CREATE INDEX ON t USING gin (a)"},
    {"index over long names",
     "CREATE TABLE a_name_of_a_table_that_is_rather_long_by_itself (a_first_column_of_some_length integer, "
     "a_second_column_of_some_length integer); CREATE INDEX ON a_name_of_a_table_that_is_rather_long_by_itself "
     "(a_first_column_of_some_length, a_second_column_of_some_length)"},
    {"index over one long name twice",
     "CREATE TABLE t (a_name_of_a_column_that_leaves_no_room_for_anything_else_here text); "
     "CREATE INDEX ON t (a_name_of_a_column_that_leaves_no_room_for_anything_else_here, "
     "a_name_of_a_column_that_leaves_no_room_for_anything_else_here)"},
    {"index of a materialized view", "CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE INDEX ON m (a)"},
    {"statistics", "CREATE TABLE t (a integer, b integer); CREATE STATISTICS ON a, b FROM t", 160000},
};

// parse_utilcmd.c generateSerialExtraStmts, transformTableLikeClause, generateClonedIndexStmt; tablecmds.c.
constexpr NameRule tables[] = {
    {"serial", "CREATE TABLE t (a serial, b bigserial, c smallserial)"},
    {"serial whose name is taken", "CREATE TABLE t_a_seq (); CREATE TABLE t (a serial)"},
    {"serial added", "CREATE TABLE t (); ALTER TABLE t ADD COLUMN a serial"},
    {"serial over long names",
     "CREATE TABLE a_name_of_a_table_that_leaves_no_room_for_anything_else_in_it "
     "(a_name_of_a_column_that_leaves_no_room_for_anything_else_here serial)"},
    {"serial with a key and a check", "CREATE TABLE t (a serial PRIMARY KEY CHECK (a > 0))"},
    {"identity", "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY)"},
    {"identity with a name", "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s))"},
    {"identity after a serial",
     "CREATE TABLE t (a serial); ALTER TABLE t ALTER a DROP DEFAULT; ALTER TABLE t ALTER a ADD "
     "GENERATED ALWAYS AS IDENTITY"},
    {"identity over long names",
     "CREATE TABLE a_name_of_a_table_that_leaves_no_room_for_anything_else_in_it (a integer "
     "GENERATED ALWAYS AS IDENTITY)"},
    {"LIKE of everything",
     "CREATE TABLE u (a serial PRIMARY KEY CHECK (a > 0), b text UNIQUE); CREATE INDEX i ON u "
     "(lower(b)); CREATE TABLE t (LIKE u INCLUDING ALL)"},
    {"LIKE of an exclusion",
     "CREATE TABLE u (a int4range, EXCLUDE USING gist (a WITH &&)); CREATE TABLE t (LIKE u "
     "INCLUDING ALL)"},
    {"LIKE of an identity",
     "CREATE TABLE u (a integer GENERATED ALWAYS AS IDENTITY); CREATE TABLE t (LIKE u INCLUDING "
     "ALL)"},
    {"LIKE of named keys",
     "CREATE TABLE u (a integer CONSTRAINT k PRIMARY KEY, b integer CONSTRAINT c CHECK (b > 0)); "
     "CREATE TABLE t (LIKE u INCLUDING ALL)"},
    {"LIKE of statistics",
     "CREATE TABLE u (a integer, b integer); CREATE STATISTICS s ON a, b FROM u; CREATE TABLE t "
     "(LIKE u INCLUDING ALL)"},
    {"LIKE twice",
     "CREATE TABLE u (a integer UNIQUE); CREATE TABLE v (b integer UNIQUE CHECK (b > 0)); CREATE TABLE t "
     "(LIKE u INCLUDING ALL, c integer, LIKE v INCLUDING ALL)"},
    {"a partition of a key",
     "CREATE TABLE p (a integer PRIMARY KEY) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p "
     "DEFAULT"},
    {"a partition of a named key",
     "CREATE TABLE p (a integer CONSTRAINT k PRIMARY KEY) PARTITION BY RANGE (a); CREATE "
     "TABLE t PARTITION OF p DEFAULT"},
    {"a partition of indexes",
     "CREATE TABLE p (a integer, b text) PARTITION BY RANGE (a); CREATE INDEX ON p (b); CREATE "
     "INDEX i ON p (lower(b)); CREATE TABLE t PARTITION OF p DEFAULT"},
    {"an index added above a partition",
     "CREATE TABLE p (a integer, b text) PARTITION BY RANGE (a); CREATE TABLE t "
     "PARTITION OF p DEFAULT; CREATE INDEX i ON p (b); CREATE INDEX ON p (lower(b))"},
    {"a key added above a partition",
     "CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p "
     "DEFAULT; ALTER TABLE p ADD PRIMARY KEY (a)"},
    {"an index of a partition whose name is taken",
     "CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT; CREATE INDEX t_a_idx "
     "ON t "
     "(a) WHERE a > 0; CREATE INDEX ON p (a)"},
    {"a partition of partitions",
     "CREATE TABLE p (a integer, b integer UNIQUE) PARTITION BY RANGE (b); CREATE TABLE q "
     "PARTITION OF p DEFAULT PARTITION BY LIST (b); CREATE TABLE t PARTITION OF q DEFAULT"},
    {"a partition of a foreign key",
     "CREATE TABLE u (a integer PRIMARY KEY); CREATE TABLE p (a integer REFERENCES u, "
     "CHECK (a > 0)) PARTITION BY RANGE (a); CREATE TABLE t PARTITION OF p DEFAULT"},
    {"a child's checks", "CREATE TABLE p (a integer CHECK (a > 0)); CREATE TABLE t (CHECK (a < 9)) INHERITS (p)"},
    {"a range's types",
     "CREATE TYPE r AS RANGE (subtype = integer); CREATE TYPE s_range AS RANGE (subtype = integer); "
     "CREATE TYPE \"RANGEs\" AS RANGE (subtype = integer)"},
    {"renamed tables keep the names",
     "CREATE TABLE u (a serial PRIMARY KEY CHECK (a > 0)); ALTER TABLE u RENAME TO t; "
     "CREATE TABLE u (a serial PRIMARY KEY CHECK (a > 0))"},
    {"renamed columns keep the names",
     "CREATE TABLE t (a integer UNIQUE CHECK (a > 0)); ALTER TABLE t RENAME a TO b; "
     "ALTER TABLE t ADD COLUMN a integer UNIQUE CHECK (a > 0)"},
    {"what was dropped takes no name",
     "CREATE TABLE t (a integer UNIQUE); ALTER TABLE t DROP CONSTRAINT t_a_key; ALTER "
     "TABLE t ADD UNIQUE (a)"},
    {"columns of a view",
     "CREATE VIEW v AS SELECT 1, now(), 1 + 1 AS s, CASE WHEN true THEN 1 END, 1::bigint, "
     "ARRAY[1], (SELECT 2 AS z), EXISTS (SELECT 1)"},
};

std::string schema_of(std::size_t row) { return "n" + std::to_string(row); }

std::set<std::string> keys_of(const model::Schema& schema) {
  std::set<std::string> all;
  for (const model::Object& object : schema.objects()) {
    // Who owns what, and who may what, has no name of its own.
    if (object.key.starts_with("owner ") || object.key.starts_with("privileges ")) continue;
    all.insert(object.key);
  }
  return all;
}

/// The rows whose names differ, each with the keys that only one side has.
std::string differing(const std::vector<NameRule>& rules, const std::set<std::string>& ours,
                      const std::set<std::string>& theirs) {
  std::string report;
  for (std::size_t row = 0; row < rules.size(); ++row) {
    const std::string mark = " " + schema_of(row) + ".";
    std::string found;
    const auto collect = [&](const auto& from, const auto& without, const char* whose) {
      for (const std::string& key : from) {
        if (key.find(mark) != std::string::npos && !without.contains(key)) found += "  " + (whose + key) + "\n";
      }
    };
    collect(ours, theirs, "only segue says ");
    collect(theirs, ours, "only the server says ");
    if (!found.empty()) report += std::string(rules[row].what) + ": " + rules[row].script + "\n" + found;
  }
  return report;
}

void compare_names(std::span<const NameRule> all) {
  const Database database(Server::shared());
  const auto target = pg::parse_target(database.url());
  ASSERT_TRUE(target);
  const auto session = pg::connect(*target);
  ASSERT_TRUE(session) << render(session.error());
  const int version = (*session)->server_version();

  std::vector<NameRule> rules;
  std::string text;
  for (const NameRule& rule : all) {
    if (rule.min_server > version) continue;
    const std::string schema = schema_of(rules.size());
    text += "CREATE SCHEMA " + schema + ";\nSET search_path TO " + schema + ";\n" + rule.script + ";\n";
    rules.push_back(rule);
  }
  database.execute("SET client_min_messages = warning;\n" + text);

  const auto scripts = source::parse_all({{"schema.sql", text}});
  ASSERT_TRUE(scripts) << render(scripts.error());
  source::SourceOptions options;
  options.server_version = version;
  options.default_owner = "tester";
  const auto desired = source::read_desired(*scripts, options);
  ASSERT_TRUE(desired) << render(desired.error());
  const auto live = catalog::introspect(**session);
  ASSERT_TRUE(live) << render(live.error());
  EXPECT_EQ(differing(rules, keys_of(desired->schema), keys_of(live->schema)), "");
}

TEST(ImplicitNames, OfKeysAreTheServers) { compare_names(keys); }
TEST(ImplicitNames, OfOtherConstraintsAreTheServers) { compare_names(constraints); }
TEST(ImplicitNames, OfIndexesAndStatisticsAreTheServers) { compare_names(indexes); }
TEST(ImplicitNames, OfSequencesCopiesAndPartitionsAreTheServers) { compare_names(tables); }

}  // namespace
}  // namespace segue::test
