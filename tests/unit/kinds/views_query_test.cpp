// Guards against a view whose definition is cut wrongly out of its statement, or which loses the names of its columns:
// the next plan would never be empty, or the view would be another one.
#include <gtest/gtest.h>

#include "kinds/kinds.h"
#include "source/desired.h"

namespace segue::kinds {
namespace {

/// The value of an attribute of the object with that key, after reading `text`.
model::Value read(const std::string& text, const std::string& key, std::string_view attribute) {
  const auto scripts = source::parse_all({{"schema.sql", text}});
  if (!scripts) return std::string("does not parse");
  source::SourceOptions options;
  options.default_owner = "tester";
  const auto desired = source::read_desired(*scripts, options);
  if (!desired) return desired.error().what;
  const model::Object* object = desired->schema.find(key);
  return object == nullptr ? model::Value{} : (*object)[model::attribute(*object->kind, attribute)];
}

model::Value query(const std::string& statement) {
  return read("CREATE TABLE t (id integer, v text); CREATE TABLE u (w integer); " + statement, "view public.w",
              "query");
}

model::Value under_public(std::string text) { return model::Definition{std::move(text), "public"}; }

TEST(ViewQuery, EndsBeforeTheCheckOption) {
  EXPECT_EQ(query("CREATE VIEW w AS SELECT id FROM t WITH LOCAL CHECK OPTION;"), under_public("SELECT id FROM t"));
  EXPECT_EQ(query("CREATE VIEW w AS SELECT id FROM t WITH CHECK OPTION"), under_public("SELECT id FROM t"));
}

TEST(ViewQuery, KeepsAWithOfItsOwn) {
  EXPECT_EQ(query("CREATE VIEW w AS WITH x AS (SELECT 1) SELECT * FROM x"),
            under_public("WITH x AS (SELECT 1) SELECT * FROM x"));
}

TEST(ViewQuery, CheckOptionIsAnOption) {
  EXPECT_EQ(
      read(
          "CREATE TABLE t (id integer); CREATE VIEW w WITH (security_barrier=ON) AS SELECT id FROM t WITH CHECK OPTION",
          "view public.w", "options"),
      model::Value(model::List{"security_barrier=on", "check_option=cascaded"}));
}

TEST(ViewQuery, ColumnNamesTakeThePlaceOfAliases) {
  EXPECT_EQ(query("CREATE VIEW w (a, \"B c\") AS SELECT id AS x, lower(v) y, 1 FROM t"),
            under_public("SELECT id AS a, lower(v) AS \"B c\", 1 FROM t"));
}

TEST(ViewQuery, IsDistinctFromDoesNotEndTheSelectList) {
  EXPECT_EQ(query("CREATE VIEW w (a) AS SELECT id IS DISTINCT FROM 1 FROM t"),
            under_public("SELECT id IS DISTINCT FROM 1 AS a FROM t"));
}

TEST(ViewQuery, ColumnNamesNameWhatAStarStandsFor) {
  EXPECT_EQ(query("CREATE VIEW w (a, b) AS TABLE t"), under_public("SELECT t.id AS a, t.v AS b FROM t"));
  EXPECT_EQ(query("CREATE VIEW w (a, b, c) AS SELECT * FROM t x JOIN u ON u.w = x.id"),
            under_public("SELECT x.id AS a, x.v AS b, u.w AS c FROM t x JOIN u ON u.w = x.id"));
}

TEST(ViewQuery, ColumnNamesNameTheLeftmostArmOfAUnion) {
  EXPECT_EQ(query("CREATE VIEW w (a) AS SELECT id FROM t UNION SELECT w FROM u"),
            under_public("SELECT id AS a FROM t UNION SELECT w FROM u"));
}

TEST(ViewQuery, WhatCannotBeNamedInPlaceIsWrapped) {
  EXPECT_EQ(query("CREATE VIEW w (a) AS SELECT * FROM generate_series(1, 2)"),
            under_public("SELECT * FROM (SELECT * FROM generate_series(1, 2)\n) v(a)"));
}

TEST(ViewQuery, RecursiveViewIsWrittenOut) {
  EXPECT_EQ(
      query("CREATE RECURSIVE VIEW w (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM w WHERE n < 3"),
      under_public("WITH RECURSIVE w(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM w WHERE n < 3\n) SELECT n FROM w"));
}

TEST(MaterializedViewQuery, EndsBeforeWithData) {
  const std::string table = "CREATE TABLE t (id integer);";
  for (const char* tail : {"", " WITH DATA", " WITH NO DATA"}) {
    EXPECT_EQ(
        read(table + "CREATE MATERIALIZED VIEW m AS SELECT id FROM t" + tail, "materialized view public.m", "query"),
        under_public("SELECT id FROM t"));
  }
}

TEST(Rule, IsKeptFromBehindAsOn) {
  EXPECT_EQ(read("CREATE TABLE t (id integer); CREATE OR REPLACE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;",
                 "rule public.t.r", "definition"),
            under_public("CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING"));
}

TEST(Trigger, ConditionIsTheInsideOfWhen) {
  EXPECT_EQ(read("CREATE TABLE t (id integer); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN "
                 "new; END';"
                 "CREATE TRIGGER r BEFORE UPDATE OF id ON t FOR EACH ROW WHEN (old.id IS DISTINCT FROM new.id) EXECUTE "
                 "FUNCTION f()",
                 "trigger public.t.r", "condition"),
            under_public("old.id IS DISTINCT FROM new.id"));
}

}  // namespace
}  // namespace segue::kinds
