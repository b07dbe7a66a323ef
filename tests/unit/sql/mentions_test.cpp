// Danger: a step that is ordered wrongly because a definition's dependency was not seen.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/quote.h"
#include "sql/canonical.h"

namespace segue::sql {
namespace {

std::vector<std::string> mentioned(std::string_view text, Grammar grammar, Mention::Class wanted) {
  const auto found = mentions(text, grammar);
  EXPECT_TRUE(found) << text;
  std::vector<std::string> names;
  if (!found) return names;
  for (const Mention& one : *found) {
    if (one.object_class == wanted) names.push_back(join(one.names, "."));
    EXPECT_LT(one.location, static_cast<int>(text.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}
using Names = std::vector<std::string>;

TEST(Mentions, RelationsButNotTheNamesOfWith) {
  EXPECT_EQ(mentioned("WITH c AS (SELECT * FROM a) SELECT * FROM c JOIN s.b ON true", Grammar::query,
                      Mention::Class::relation),
            (Names{"a", "s.b"}));
}
TEST(Mentions, ANameOfWithHidesNothingOutsideItsQuery) {
  EXPECT_EQ(
      mentioned("SELECT (WITH c AS (SELECT 1) SELECT 1 FROM c), x FROM c", Grammar::query, Mention::Class::relation),
      (Names{"c"}));
}
TEST(Mentions, OperatorsOfExclusions) {
  EXPECT_EQ(mentioned("ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&, b WITH OPERATOR(public.=))", Grammar::query,
                      Mention::Class::op),
            (Names{"&&", "public.="}));
}
TEST(Mentions, FunctionsOperatorsAndCollations) {
  const std::string_view text = "public.f(a) OPERATOR(public.@@) b COLLATE s.\"C\" AND a <-> b < 1";
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::function), (Names{"public.f"}));
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::op), (Names{"<", "<->", "public.@@"}));
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::collation), (Names{"s.C"}));
}
TEST(Mentions, TypesOfCastsAndSequencesInConstants) {
  const std::string_view text = "nextval('s.q'::regclass) + nextval('r') + (x::app.mood)::int";
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::type),
            (Names{"app.mood", "pg_catalog.int4", "regclass"}));
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::sequence), (Names{"r", "s.q"}));
}
TEST(Mentions, TextSearchConfigurationsAndDictionariesInConstants) {
  const std::string_view text =
      "to_tsvector('s.c', a) @@ plainto_tsquery('d'::regconfig, b) AND ts_lexize('e', 'x') IS NULL AND "
      "f(to_tsvector('x'))";
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::search_configuration), (Names{"d", "s.c"}));
  EXPECT_EQ(mentioned(text, Grammar::expression, Mention::Class::search_dictionary), (Names{"e"}));
}
TEST(Mentions, ColumnsAsWritten) {
  EXPECT_EQ(mentioned("a + t.b + \"T\".\"c d\"", Grammar::expression, Mention::Class::column),
            (Names{"T.c d", "a", "t.b"}));
}
TEST(Mentions, PlacesCountInTheTextGiven) {
  const auto found = mentions("x + f(y)", Grammar::expression);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 4U);  // the operator stands where the server's messages point at it
  EXPECT_EQ((*found)[0].location, 2);
  EXPECT_EQ((*found)[1].location, 0);
  EXPECT_EQ((*found)[2].location, 4);
  EXPECT_EQ((*found)[3].location, 6);
}

}  // namespace
}  // namespace segue::sql
