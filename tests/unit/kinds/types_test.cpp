// Guards against types whose change loses rows or is refused half-way: a label put in the wrong place, one used in the
// transaction that adds it (55P04), a successor without what hung on the old type, attributes that change places.
#include <algorithm>

#include "unit/kinds/types_support.h"

namespace segue::test {
namespace {

using model::Change;

const std::string mood_table = "CREATE TABLE t (id int, m mood, list mood[]);\n";

TEST(Enum, AddsLabelsBesideTheirNeighboursInPlace) {
  const Pair pair("CREATE TYPE mood AS ENUM ('b', 'd');", "CREATE TYPE mood AS ENUM ('a', 'b', 'c', 'd', 'e', 'f');",
                  "enum public.mood");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("labels"), Change::in_place);
  EXPECT_EQ(pair.in_place(),
            (Lines{"ALTER TYPE public.mood ADD VALUE 'a' BEFORE 'b'", "ALTER TYPE public.mood ADD VALUE 'c' AFTER 'b'",
                   "ALTER TYPE public.mood ADD VALUE 'e'", "ALTER TYPE public.mood ADD VALUE 'f'"}));
}

TEST(Enum, IsExchangedUnderItsColumnsWhenALabelGoes) {
  const Pair pair("CREATE TYPE mood AS ENUM ('a', 'b');" + mood_table, "CREATE TYPE mood AS ENUM ('a');" + mood_table,
                  "enum public.mood");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("labels"), Change::alter);
  const Lines sql = pair.altered("labels");
  ASSERT_EQ(sql.front(), "ALTER TYPE public.mood RENAME TO mood_segue_old");
  EXPECT_EQ(sql[1], "CREATE TYPE public.mood AS ENUM ('a')");
  EXPECT_EQ(sql[sql.size() - 3],
            "ALTER TABLE public.t ALTER COLUMN list TYPE public.mood[] USING list::text::public.mood[], "
            "ALTER COLUMN m TYPE public.mood USING m::text::public.mood");
  EXPECT_EQ(sql.back(), "DROP TYPE public.mood_segue_old");
}

TEST(Enum, IsExchangedWhenLabelsChangePlaces) {
  const Pair pair("CREATE TYPE mood AS ENUM ('a', 'b');", "CREATE TYPE mood AS ENUM ('b', 'a');", "enum public.mood");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("labels"), Change::alter);
}

TEST(Enum, IsExchangedWhenTheSamePlanUsesTheNewLabel) {
  const std::string old_table = "CREATE TABLE t (m mood DEFAULT 'a');";
  const Pair used("CREATE TYPE mood AS ENUM ('a');" + old_table,
                  "CREATE TYPE mood AS ENUM ('a', 'new'); CREATE TABLE t (m mood DEFAULT 'new');", "enum public.mood");
  const Pair unused("CREATE TYPE mood AS ENUM ('a');" + old_table, "CREATE TYPE mood AS ENUM ('a', 'new');" + old_table,
                    "enum public.mood");
  ASSERT_TRUE(used.complete() && unused.complete());
  EXPECT_EQ(used.change_of("labels"), Change::alter);
  EXPECT_EQ(unused.change_of("labels"), Change::in_place);
}

TEST(Enum, IsExchangedWhenAColumnIsTurnedToItWithTheNewLabel) {
  const Pair pair("CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m text);",
                  "CREATE TYPE mood AS ENUM ('a', 'new'); CREATE TABLE t (m mood);", "enum public.mood");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("labels"), Change::alter);
}

TEST(Enum, ReadsAlterations) {
  const model::Schema schema = read(
      "CREATE TYPE e AS ENUM ('b'); ALTER TYPE e ADD VALUE 'a' BEFORE 'b'; ALTER TYPE e ADD VALUE 'c' AFTER 'b';"
      "ALTER TYPE e ADD VALUE 'z'; ALTER TYPE e ADD VALUE IF NOT EXISTS 'z'; ALTER TYPE e RENAME VALUE 'b' TO 'B';");
  EXPECT_EQ(created(schema, "enum public.e"), "CREATE TYPE public.e AS ENUM ('a', 'B', 'c', 'z')");
}

TEST(Enum, RefusesALabelThatIsThereAndANeighbourThatIsNot) {
  EXPECT_FALSE(try_read("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'a';").ok());
  EXPECT_FALSE(try_read("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b' AFTER 'x';").ok());
  EXPECT_FALSE(try_read("CREATE TYPE e AS ENUM ('a', 'a');").ok());
}

TEST(Enum, TakesTheDomainsMadeFromItAlong) {
  const std::string rest = "CREATE DOMAIN d AS mood; CREATE TABLE t (x d);";
  const Pair pair("CREATE TYPE mood AS ENUM ('a', 'b');" + rest, "CREATE TYPE mood AS ENUM ('b');" + rest,
                  "enum public.mood");
  ASSERT_TRUE(pair.complete());
  const Lines sql = pair.altered("labels");
  EXPECT_EQ(sql[1], "ALTER DOMAIN public.d RENAME TO d_segue_old");
  EXPECT_EQ(sql[sql.size() - 5], "ALTER TABLE public.t ALTER COLUMN x TYPE public.d USING x::text::public.d");
  EXPECT_EQ(sql[sql.size() - 2], "DROP DOMAIN public.d_segue_old");
}

TEST(Enum, TakesTypesAlongInTheOrderInWhichTheyCanBeMade) {
  const std::string rest = "CREATE TYPE c AS (x mood); CREATE DOMAIN d AS mood; ALTER TYPE c ADD ATTRIBUTE y d;";
  const Pair pair("CREATE TYPE mood AS ENUM ('a', 'b');" + rest, "CREATE TYPE mood AS ENUM ('b');" + rest,
                  "enum public.mood");
  ASSERT_TRUE(pair.complete());
  const Lines sql = pair.altered("labels");
  const auto domain = std::find(sql.begin(), sql.end(), "CREATE DOMAIN public.d AS public.mood");
  const auto composite = std::find(sql.begin(), sql.end(), "CREATE TYPE public.c AS (x public.mood, y public.d)");
  ASSERT_NE(composite, sql.end());
  EXPECT_LT(domain - sql.begin(), composite - sql.begin());
}

TEST(Composite, GainsAttributesAtTheEndWithoutAnExchange) {
  const Pair pair("CREATE TYPE c AS (a int, b text);", "CREATE TYPE c AS (b text, z int);",
                  "composite attribute public.c.b");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("position"), Change::in_place);  // only the way back takes one
}

TEST(Composite, IsExchangedByAttributeNameWhenItsOrderCannotBeReached) {
  const std::string rest = "CREATE TABLE t (p c);";
  const Pair pair("CREATE TYPE c AS (a int, b text);" + rest, "CREATE TYPE c AS (b text, a int, z int);" + rest,
                  "composite attribute public.c.a");
  ASSERT_TRUE(pair.complete());
  EXPECT_EQ(pair.change_of("position"), Change::alter);
  const Lines sql = pair.altered("position");
  ASSERT_EQ(sql.size(), 5U);
  EXPECT_EQ(sql[1], "CREATE TYPE public.c AS (b text, a integer, z integer)");
  EXPECT_EQ(sql[2],
            "ALTER TABLE public.t ALTER COLUMN p TYPE public.c USING "
            "CASE WHEN p IS DISTINCT FROM NULL THEN ROW((p).b, (p).a, NULL)::public.c END");
}

TEST(Composite, FollowsAlterTypeInItsOrder) {
  const model::Schema schema = read(
      "CREATE TYPE c AS (a int, b text, d date); ALTER TYPE c DROP ATTRIBUTE a, ADD ATTRIBUTE e bigint, "
      "ALTER ATTRIBUTE b TYPE varchar(3) COLLATE \"C\";");
  EXPECT_EQ(created(schema, "composite type public.c"),
            "CREATE TYPE public.c AS (b character varying(3) COLLATE pg_catalog.\"C\", d date, e bigint)");
}

TEST(Domain, NamesItsChecksAsTheServerDoes) {
  const model::Schema schema =
      read("CREATE DOMAIN d AS int CHECK (VALUE > 0) CONSTRAINT mine CHECK (VALUE > 1) CHECK (VALUE < 9);");
  EXPECT_TRUE(schema.contains("domain constraint public.d.d_check"));
  EXPECT_TRUE(schema.contains("domain constraint public.d.mine"));
  EXPECT_TRUE(schema.contains("domain constraint public.d.d_check1"));
}

TEST(Domain, KeepsEveryClauseApart) {
  const model::Schema schema =
      read("CREATE DOMAIN d AS text COLLATE \"C\" DEFAULT 'a,b' || ')' NOT NULL CHECK (VALUE <> '') ;");
  EXPECT_EQ(created(schema, "domain public.d"),
            "CREATE DOMAIN public.d AS text COLLATE pg_catalog.\"C\" DEFAULT 'a,b' || ')' NOT NULL "
            "CONSTRAINT d_check CHECK (VALUE <> '')");
}

TEST(Domain, HasNoDefaultWhereItIsTheConstantNull) {
  const model::Schema schema = read(
      "CREATE DOMAIN d AS text DEFAULT NULL; CREATE DOMAIN e AS text DEFAULT 'x';"
      "ALTER DOMAIN e SET DEFAULT NULL;");
  EXPECT_EQ(created(schema, "domain public.d"), "CREATE DOMAIN public.d AS text");
  EXPECT_EQ(created(schema, "domain public.e"), "CREATE DOMAIN public.e AS text");
}

TEST(Domain, BringsItsChecksAlongWhenItsBaseChanges) {
  const std::string check = " CHECK (VALUE > 0); CREATE TABLE t (x d);";
  const Pair base("CREATE DOMAIN d AS int" + check, "CREATE DOMAIN d AS bigint" + check, "domain public.d");
  ASSERT_TRUE(base.complete());
  const Lines sql = base.altered("type");
  EXPECT_EQ(sql[1], "CREATE DOMAIN public.d AS bigint CONSTRAINT d_check CHECK (VALUE > 0)");
  EXPECT_EQ(sql[sql.size() - 3], "ALTER TABLE public.t ALTER COLUMN x TYPE public.d USING x::public.d");
  model::Sides check_sides = base.sides;
  check_sides.from = nullptr;
  check_sides.to = base.to.find("domain constraint public.d.d_check");
  ASSERT_NE(check_sides.to, nullptr);
  model::Emit emit;
  check_sides.to->kind->create(check_sides, {}, emit);
  EXPECT_TRUE(emit.fragments().empty()) << "it would be added twice";
}

TEST(Range, KnowsTheMultirangeThatNobodyNamed) {
  const model::Schema schema = read(
      "CREATE TYPE float_range AS RANGE (subtype = float8); CREATE TYPE span AS RANGE (subtype = float8, "
      "subtype_opclass = float8_ops, subtype_diff = float8mi);");
  EXPECT_EQ(created(schema, "range type public.float_range"),
            "CREATE TYPE public.float_range AS RANGE (SUBTYPE = double precision, "
            "MULTIRANGE_TYPE_NAME = public.float_multirange)");
  EXPECT_EQ(created(schema, "range type public.span"),
            "CREATE TYPE public.span AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi, "
            "MULTIRANGE_TYPE_NAME = public.span_multirange)");
}

TEST(Range, IsMadeAgainWhileItsColumnsHoldText) {
  const std::string rest = "CREATE TABLE t (r span);";
  const Pair pair("CREATE TYPE span AS RANGE (subtype = int);" + rest,
                  "CREATE TYPE span AS RANGE (subtype = bigint);" + rest, "range type public.span");
  ASSERT_TRUE(pair.complete());
  const Lines sql = pair.altered("subtype");
  EXPECT_EQ(sql.front(), "ALTER TABLE public.t ALTER COLUMN r TYPE text USING r::text");
  EXPECT_EQ(sql[1], "DROP TYPE public.span");
  EXPECT_EQ(sql[sql.size() - 2], "ALTER TABLE public.t ALTER COLUMN r TYPE public.span USING r::public.span");
}

}  // namespace
}  // namespace segue::test
