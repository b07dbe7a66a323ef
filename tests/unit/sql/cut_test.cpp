// Danger: a definition that is sent to the server with a piece missing, or with a piece of its neighbour.
#include "sql/cut.h"

#include <gtest/gtest.h>

namespace segue::sql {
namespace {

Cutter cutter(std::string_view text) { return {text, tokens(text)}; }

TEST(Cut, DefaultEndsBeforeTheNextConstraint) {
  const std::string_view text = "a int DEFAULT (1 + 2) * 3 NOT NULL CHECK (a > 0)";
  Cutter cut = cutter(text);
  ASSERT_TRUE(cut.skip_to_word("default"));
  EXPECT_EQ(cut.text(cut.until({"not", "null", "check"})), "(1 + 2) * 3");
  ASSERT_TRUE(cut.skip_to_word("check"));
  EXPECT_EQ(cut.text(cut.parenthesised()), "a > 0");
  EXPECT_TRUE(cut.at_end());
}
TEST(Cut, TheFirstTokenAndWordsBehindIsAndOperatorsAreOperands) {
  Cutter null_default = cutter("DEFAULT NULL NOT NULL");
  null_default.skip_to_word("default");
  EXPECT_EQ(null_default.text(null_default.until({"null", "not"})), "NULL");
  Cutter is_null = cutter("DEFAULT a IS NOT NULL NULL");
  is_null.skip_to_word("default");
  EXPECT_EQ(is_null.text(is_null.until({"null"})), "a IS NOT NULL");
}
TEST(Cut, WordsInsideParenthesesQuotesAndCommentsDoNotCount) {
  Cutter cut = cutter("x (check) 'check' /* check */ \"check\" CHECK (')')");
  ASSERT_TRUE(cut.skip_to_word("check"));
  EXPECT_EQ(cut.text(cut.parenthesised()), "')'");
  EXPECT_FALSE(cutter("(a) b").skip_to_word("a"));
}
TEST(Cut, ASkipThatFailsStays) {
  Cutter cut = cutter("a b c");
  EXPECT_FALSE(cut.skip_to_word("z"));
  EXPECT_TRUE(cut.skip_to_word("b"));
  EXPECT_EQ(cut.text(cut.rest()), "c");
}
TEST(Cut, FromMovesBehindTheTokenThere) {
  Cutter cut = cutter("a, b CHECK (x)");
  cut.from(5);
  EXPECT_EQ(cut.text(cut.rest()), "(x)");
}
TEST(Cut, ElementsAndKeys) {
  const std::string_view text =
      "(lower(a, 'x,y') text_ops DESC, \"B\" COLLATE \"C\", (c + d) NULLS FIRST, s.f (e), g ops (n = 3))";
  Cutter cut = cutter(text);
  const auto elements = cut.elements(cut.parenthesised());
  ASSERT_EQ(elements.size(), 5U);
  EXPECT_EQ(cut.text(elements[0]), "lower(a, 'x,y') text_ops DESC");
  EXPECT_EQ(cut.text(cut.key_of(elements[0])), "lower(a, 'x,y')");
  EXPECT_EQ(cut.text(cut.key_of(elements[1])), "\"B\"");
  EXPECT_EQ(cut.text(cut.key_of(elements[2])), "(c + d)");
  EXPECT_EQ(cut.text(cut.key_of(elements[3])), "s.f (e)");
  EXPECT_EQ(cut.text(cut.key_of(elements[4])), "g");
}
TEST(Cut, NothingIsEmptyAndHarmless) {
  Cutter cut = cutter("");
  EXPECT_TRUE(cut.at_end());
  EXPECT_TRUE(cut.parenthesised().empty());
  EXPECT_TRUE(cut.until({"a"}).empty());
  EXPECT_TRUE(cut.rest().empty());
  Cutter unbalanced = cutter("(a");
  EXPECT_TRUE(unbalanced.parenthesised().empty());
}

}  // namespace
}  // namespace segue::sql
