// Danger: a clause cut at the wrong byte because a quote, a comment or an operator was read otherwise than the server
// does.
#include "sql/lexer.h"

#include <gtest/gtest.h>

namespace segue::sql {
namespace {

std::vector<std::string> texts(std::string_view sql) {
  std::vector<std::string> all;
  for (const Token& token : tokens(sql)) all.emplace_back(token.text);
  return all;
}
using Texts = std::vector<std::string>;

TEST(Lexer, StringsOfEveryKindAreOneToken) {
  for (const std::string_view text :
       {"'a''b'", "E'a\\'b'", "e'\\\\'", "B'01'", "X'1F'", "N'a'", "U&'\\0041'", "$$a'b$$", "$tag$ $$ $tag$",
        "$t\xC3\xA4g$x$t\xC3\xA4g$", "'a'\n'b'", "'a' -- c\n  'b'"}) {
    ASSERT_EQ(texts(text), Texts{std::string(text)});
    EXPECT_EQ(tokens(text)[0].kind, TokenKind::string);
  }
  EXPECT_EQ(texts("'a' 'b'"), (Texts{"'a'", "'b'"}));
  EXPECT_EQ(texts("'a\\' x"), (Texts{"'a\\'", "x"}));
}
TEST(Lexer, QuotedNames) {
  EXPECT_EQ(texts("\"a\"\"b\".c U&\"d\\0061\""), (Texts{"\"a\"\"b\"", ".", "c", "U&\"d\\0061\""}));
  EXPECT_FALSE(tokens("\"check\"")[0].is_word("check"));
  EXPECT_TRUE(tokens("ChEcK")[0].is_word("check"));
}
TEST(Lexer, CommentsNestAndEndOperators) {
  EXPECT_EQ(texts("a /* x /* y */ z */ b -- c\nd"), (Texts{"a", "b", "d"}));
  EXPECT_EQ(texts("a*/*c*/b"), (Texts{"a", "*", "b"}));
  EXPECT_EQ(texts("a<--c\nb"), (Texts{"a", "<", "b"}));
  EXPECT_EQ(tokens("a -- b", true).back().kind, TokenKind::comment);
}
TEST(Lexer, OperatorsLoseATrailingSignUnlessTheyAreSpecial) {
  EXPECT_EQ(texts("a=-1"), (Texts{"a", "=", "-", "1"}));
  EXPECT_EQ(texts("a @- 1"), (Texts{"a", "@-", "1"}));
  EXPECT_EQ(texts("a<>b::c:=d=>e!=f"), (Texts{"a", "<>", "b", "::", "c", ":=", "d", "=>", "e", "!=", "f"}));
}
TEST(Lexer, Numbers) {
  EXPECT_EQ(texts("1.5e10 1..10 .5 1. 0x1F 1_000 $12 1e 2.e-3"),
            (Texts{"1.5e10", "1", "..", "10", ".5", "1.", "0x1F", "1_000", "$12", "1", "e", "2.e-3"}));
}
TEST(Lexer, UnterminatedTokensEndWithTheText) {
  for (const std::string_view text : {"'a", "\"a", "$$a", "/* a /* b */", "E'\\", "U&'"}) {
    const auto all = tokens(text, true);
    ASSERT_FALSE(all.empty()) << text;
    EXPECT_EQ(all.back().end, static_cast<int>(text.size())) << text;
  }
}
TEST(Lexer, OffsetsAreThoseOfTheBytes) {
  const std::string_view text = "s\xC3\xA4 = 'x'";
  for (const Token& token : tokens(text)) {
    EXPECT_EQ(token.text,
              text.substr(static_cast<std::size_t>(token.begin), static_cast<std::size_t>(token.end - token.begin)));
  }
}

}  // namespace
}  // namespace segue::sql
