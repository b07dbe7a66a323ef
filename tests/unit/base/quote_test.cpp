// Guards against names and texts that break out of the SQL they are put into, or that name another object than meant.
#include "base/quote.h"

#include <gtest/gtest.h>

namespace segue {
namespace {

TEST(QuoteIdentifier, LeavesPlainNamesBare) {
  EXPECT_EQ(quote_identifier("books"), "books");
  EXPECT_EQ(quote_identifier("_b2"), "_b2");
}

TEST(QuoteIdentifier, QuotesWhatTheServerWouldFoldOrRefuse) {
  EXPECT_EQ(quote_identifier("Books"), "\"Books\"");
  EXPECT_EQ(quote_identifier("2books"), "\"2books\"");
  EXPECT_EQ(quote_identifier("a b"), "\"a b\"");
  EXPECT_EQ(quote_identifier("a$b"), "\"a$b\"");
  EXPECT_EQ(quote_identifier("bücher"), "\"bücher\"");
  EXPECT_EQ(quote_identifier(""), "\"\"");
}

TEST(QuoteIdentifier, DoublesQuotesSoThatNothingBreaksOut) {
  EXPECT_EQ(quote_identifier("x\"; DROP TABLE books; --"), "\"x\"\"; DROP TABLE books; --\"");
  EXPECT_EQ(quote_identifier("\""), "\"\"\"\"");
  EXPECT_EQ(quote_identifier("a\nb\\"), "\"a\nb\\\"");
}

TEST(QuoteIdentifier, QuotesKeyWordsOfEveryCategoryButUnreserved) {
  EXPECT_EQ(quote_identifier("user"), "\"user\"");                    // reserved
  EXPECT_EQ(quote_identifier("between"), "\"between\"");              // column name
  EXPECT_EQ(quote_identifier("authorization"), "\"authorization\"");  // type or function name
  EXPECT_EQ(quote_identifier("xmltable"), "\"xmltable\"");
  EXPECT_EQ(quote_identifier("all"), "\"all\"");
  EXPECT_EQ(quote_identifier("name"), "name");  // unreserved
  EXPECT_EQ(quote_identifier("zone"), "zone");
}

TEST(QuoteIdentifier, QuotesKeyWordsOfNewerServersToo) {
  EXPECT_EQ(quote_identifier("system_user"), "\"system_user\"");
  EXPECT_EQ(quote_identifier("json_table"), "\"json_table\"");
  EXPECT_EQ(quote_identifier("merge_action"), "\"merge_action\"");
}

TEST(UnquoteIdentifier, GivesBackTheName) {
  for (const char* name : {"books", "a b", "x\"; --", "\"", "\"\"", "b\u00fccher"})
    EXPECT_EQ(unquote_identifier(quote_identifier(name)), name);
}

TEST(QuoteQualified, QuotesEachPartAlone) {
  EXPECT_EQ(quote_qualified("public", "books"), "public.books");
  EXPECT_EQ(quote_qualified("My.Schema", "order"), "\"My.Schema\".\"order\"");
  EXPECT_EQ(quote_qualified("", "books"), "books");
}

TEST(QuoteLiteral, DoublesQuotes) {
  EXPECT_EQ(quote_literal(""), "''");
  EXPECT_EQ(quote_literal("it's"), "'it''s'");
}

TEST(QuoteLiteral, WritesBackslashesInTheEscapeForm) {
  EXPECT_EQ(quote_literal("a\\'b"), "E'a\\\\''b'");
  EXPECT_EQ(quote_literal("\\"), "E'\\\\'");
}

TEST(QuoteDollar, PicksATagThatDoesNotOccur) {
  EXPECT_EQ(quote_dollar("SELECT 1"), "$$SELECT 1$$");
  EXPECT_EQ(quote_dollar("SELECT $1"), "$_$SELECT $1$_$");
  EXPECT_EQ(quote_dollar("$$ $_$"), "$_X$$$ $_$$_X$");
}

TEST(QuoteDollar, SurvivesADollarAtTheEnd) { EXPECT_EQ(quote_dollar("price in $"), "$_$price in $$_$"); }

TEST(ParseArray, ReadsPlainQuotedAndMissingElements) {
  EXPECT_EQ(parse_array("{}"), (std::vector<std::string>{}));
  EXPECT_EQ(parse_array(""), (std::vector<std::string>{}));
  EXPECT_EQ(parse_array("{a,\"b c\",NULL}"), (std::vector<std::string>{"a", "b c", ""}));
  EXPECT_EQ(parse_array("{\"\",\"NULL\"}"), (std::vector<std::string>{"", "NULL"}));
}

TEST(ParseArray, KeepsSpecialCharactersInsideQuotes) {
  EXPECT_EQ(parse_array(R"({"a,b","{c}","d\"e","f\\g"})"), (std::vector<std::string>{"a,b", "{c}", "d\"e", "f\\g"}));
}

TEST(ParseArray, SkipsBoundsInFront) { EXPECT_EQ(parse_array("[0:1]={a,b}"), (std::vector<std::string>{"a", "b"})); }

TEST(ParseArray, EndsOnTextThatIsCutShort) {
  EXPECT_EQ(parse_array("{a,\"b"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parse_array("{a,\"b\\"), (std::vector<std::string>{"a", "b\\"}));
  EXPECT_EQ(parse_array("{a"), (std::vector<std::string>{"a"}));
}

TEST(TruncateIdentifier, KeepsSixtyThreeBytes) {
  EXPECT_EQ(truncate_identifier(std::string(63, 'a')), std::string(63, 'a'));
  EXPECT_EQ(truncate_identifier(std::string(64, 'a')), std::string(63, 'a'));
}

TEST(TruncateIdentifier, NeverCutsACharacterInTwo) {
  EXPECT_EQ(truncate_identifier(std::string(62, 'a') + "ü"), std::string(62, 'a'));
  EXPECT_EQ(truncate_identifier(std::string(61, 'a') + "üx"), std::string(61, 'a') + "ü");
  EXPECT_EQ(truncate_identifier(std::string(60, 'a') + "😀"), std::string(60, 'a'));
}

TEST(Join, PutsTheSeparatorBetweenElementsOnly) {
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(join({"a"}, ", "), "a");
  EXPECT_EQ(join({"a", "", "a"}, ", "), "a, , a");
}

}  // namespace
}  // namespace segue
