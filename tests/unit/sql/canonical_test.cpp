// Danger: a plan that never becomes empty because the server spells a definition in another way, and, worse, a change
// that is missed because two definitions were taken for one.
#include "sql/canonical.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "unit/sql/printed_forms.h"
#include "unit/sql/sample_world.h"

namespace segue::sql::test {
namespace {

std::string form(const PrintedForm& one, const std::string& text, std::string_view path) {
  const bool is_query = one.kind == "query";
  Home home;
  if (!is_query) home = {"app", "t", one.kind == "expression" ? "" : one.kind};
  const auto made = canonical(text, is_query ? Grammar::query : Grammar::expression, sample_names(path), home,
                              path.empty() ? Writer::server : Writer::file);
  return made ? *made : "does not parse: " + made.error().what + ": " + text;
}

std::string without_parentheses(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '(' || c == ')'; }), text.end());
  return text;
}

std::vector<PrintedForm> all_forms() {
  std::vector<PrintedForm> all = settled_expressions();
  for (const auto* more : {&settled_defaults_and_queries(), &undecided_forms()})
    all.insert(all.end(), more->begin(), more->end());
  return all;
}

TEST(Canonical, SettlesWhatThePersonWroteAgainstWhatTheServerPrinted) {
  for (const auto* table : {&settled_expressions(), &settled_defaults_and_queries()}) {
    for (const PrintedForm& one : *table) {
      EXPECT_EQ(form(one, one.written, "app"), form(one, one.printed, "")) << one.kind << ": " << one.written << "\n"
                                                                           << one.printed;
    }
  }
  EXPECT_GT(settled_expressions().size(), 350U);
}

TEST(Canonical, NeverTakesTwoDefinitionsForOneThatTheServerTellsApart) {
  std::map<std::string, PrintedForm> seen;
  for (const PrintedForm& one : all_forms()) {
    const auto [at, is_new] = seen.try_emplace(one.kind + "\n" + form(one, one.written, "app"), one);
    if (is_new) continue;
    EXPECT_EQ(at->second.printed, one.printed) << at->second.written << "\nand\n" << one.written;
  }
}

TEST(Canonical, TellsEveryPairOfPrintedTextsApart) {
  std::map<std::string, PrintedForm> seen;
  for (const PrintedForm& one : all_forms()) {
    const auto [at, is_new] = seen.try_emplace(one.kind + "\n" + form(one, one.printed, ""), one);
    if (is_new || at->second.printed == one.printed) continue;
    // Only parentheses around an AND or OR on the left vanish, since the grammar flattens there when it reads them
    // again.
    EXPECT_EQ(without_parentheses(at->second.printed), without_parentheses(one.printed));
  }
}

TEST(Canonical, StaysUndecidedWhereOnlyTheServerKnows) {
  for (const PrintedForm& one : undecided_forms()) {
    EXPECT_NE(form(one, one.written, "app"), form(one, one.printed, "")) << "settled now, move it: " << one.written;
  }
}

class Different : public testing::TestWithParam<std::pair<const char*, const char*>> {};
TEST_P(Different, StayDifferent) {
  const auto [left, right] = GetParam();
  const Names names = sample_names("app");
  const Home home{"app", "t", {}};
  const auto a = canonical(left, Grammar::expression, names, home);
  const auto b = canonical(right, Grammar::expression, names, home);
  ASSERT_TRUE(a && b);
  EXPECT_NE(*a, *b);
}
INSTANTIATE_TEST_SUITE_P(
    Canonical, Different,
    testing::Values(std::pair("at > now()", "at > CURRENT_TIMESTAMP"), std::pair("n IN (1, 2)", "n = 1 OR n = 2"),
                    std::pair("trim(kind) = ''", "btrim(kind) = ''"), std::pair("n > 0", "n > 0.0"),
                    std::pair("flag", "flag = true"), std::pair("kind NOT LIKE 'a'", "NOT (kind LIKE 'a')"),
                    std::pair("iv = '1 day'", "iv = '24:00'"), std::pair("n > -1", "n > 0"),
                    std::pair("n > -1", "n > -2"), std::pair("-1::int > n", "-1 > n"),
                    std::pair("kind = 'a'", "kind = 'A'"), std::pair("n = 1", "id = 1"),
                    std::pair("n IN (1, 2)", "n IN (2, 1)"), std::pair("n = 1 AND id = 2", "id = 2 AND n = 1"),
                    std::pair("f(n) = 1", "pg_catalog.f(n) = 1"), std::pair("kind = 'a'::varchar", "kind = 'a'::text"),
                    std::pair("price::numeric = 1", "price = 1"), std::pair("kind = 'a b'", "kind = 'ab'"),
                    std::pair("kind < 'a'", "kind < 'a' COLLATE \"C\""),
                    std::pair("substring(kind, 1, 2) = 'a'", "substring(kind FROM 1 FOR 2) = 'a'")));

TEST(Canonical, TypesHaveOneSpelling) {
  const Names names = sample_names("app");
  const auto type = [&](std::string_view text) { return *canonical(text, Grammar::type, names); };
  EXPECT_EQ(type("integer"), type("pg_catalog.int4"));
  EXPECT_EQ(type("int[]"), type("integer ARRAY"));
  EXPECT_EQ(type("int[3]"), type("_int4"));
  EXPECT_EQ(type("varchar(10)"), type("character varying(10)"));
  EXPECT_EQ(type("timestamptz"), type("timestamp with time zone"));
  EXPECT_EQ(type("char(3)"), type("bpchar(3)"));
  EXPECT_EQ(type("char"), type("character(1)"));
  EXPECT_EQ(type("decimal(5)"), type("numeric(5,0)"));
  EXPECT_EQ(type("float(24)"), type("real"));
  EXPECT_EQ(type("float"), type("double precision"));
  EXPECT_EQ(type("mood"), type("app.mood"));
  EXPECT_NE(type("\"char\""), type("char"));
  EXPECT_NE(type("varchar"), type("text"));
  EXPECT_NE(type("varchar(10)"), type("varchar"));
}

TEST(Canonical, UnresolvedNamesEqualNothingThatIsResolved) {
  Names nobody;
  const Home home{"app", "t", {}};
  EXPECT_NE(*canonical("lower(kind) = 'a'", Grammar::expression, nobody, home),
            *canonical("lower(kind) = 'a'", Grammar::expression, sample_names("app"), home));
}

TEST(Canonical, BodiesOfFunctions) {
  const Names names = sample_names("app");
  const auto a = canonical("BEGIN ATOMIC SELECT id FROM t; SELECT 2; END", Grammar::body, names);
  const auto b = canonical("begin atomic\n select t.id from app.t;\n select 2;\nend", Grammar::body, names);
  const auto c = canonical("RETURN 1", Grammar::body, names);
  ASSERT_TRUE(a && b && c);
  EXPECT_EQ(*a, *b);
  EXPECT_NE(*a, *c);
}

TEST(Canonical, FailsOnlyOnWhatDoesNotParse) {
  const Names names = sample_names("app");
  EXPECT_FALSE(canonical("n >", Grammar::expression, names));
  EXPECT_FALSE(canonical("n) OR (true", Grammar::expression, names));
  EXPECT_FALSE(canonical("1; DROP TABLE t", Grammar::expression, names));
}

}  // namespace
}  // namespace segue::sql::test
