// Danger: a file that psql accepts and segue reads otherwise, an error without its place, and input that kills the
// process.
#include "sql/script.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace segue::sql {
namespace {

std::vector<std::string> statements(const Script& script) {
  std::vector<std::string> all;
  for (const Statement& one : script.statements()) {
    all.emplace_back(
        script.text().substr(static_cast<std::size_t>(one.begin), static_cast<std::size_t>(one.end - one.begin)));
  }
  return all;
}
using Texts = std::vector<std::string>;

TEST(Script, StatementsEndWhereTheirLastTokenEnds) {
  const auto script = parse("-- a\nSELECT 1 -- b\n;;/* c */ SELECT 2 /* d */\n", "f.sql");
  ASSERT_TRUE(script);
  EXPECT_EQ(statements(*script), (Texts{"SELECT 1", "SELECT 2"}));
  ASSERT_EQ(script->comments().size(), 4U);
  EXPECT_EQ(script->comments()[0].text, "a");
  EXPECT_FALSE(script->comments()[0].ends_line_of_code);
  EXPECT_TRUE(script->comments()[1].ends_line_of_code);
  EXPECT_FALSE(script->comments()[2].text != "c");
}
TEST(Script, MetaCommandsAreTakenOutAndRecorded) {
  const auto script = parse(
      "\\restrict abc\nSELECT 1;\n\\ir 'a b.sql' x\\\\ SELECT 2;\nSELECT 3 \\gset\nSELECT '\\i no';\n\\unrestrict "
      "abc\n",
      "f.sql");
  ASSERT_TRUE(script) << render(script.error());
  EXPECT_EQ(statements(*script), (Texts{"SELECT 1", "SELECT 2", "SELECT 3", "SELECT '\\i no'"}));
  ASSERT_EQ(script->meta_commands().size(), 4U);
  EXPECT_EQ(script->meta_commands()[0].name, "restrict");
  EXPECT_EQ(script->meta_commands()[1].arguments, (Texts{"a b.sql", "x"}));
  EXPECT_EQ(script->meta_commands()[1].begin, 24);
}
TEST(Script, AnOpenCommentIsAnErrorHoweverLongTheTextBeforeIt) {
  const std::string open = "CREATE TABLE last (id int); /* note\nCREATE TABLE swallowed (id int);\n";
  std::string before;
  for (const int statements : {0, 1, 5000}) {
    while (std::count(before.begin(), before.end(), ';') < statements) before += "CREATE TABLE t (id int);\n";
    const auto script = parse(before + open, "f.sql");
    ASSERT_FALSE(script);
    EXPECT_NE(script.error().what.find("unterminated /* comment"), std::string::npos) << script.error().what;
    EXPECT_EQ(script.error().where.line, statements + 1);
    EXPECT_EQ(script.error().where.column, 29);
  }
  EXPECT_FALSE(parse("/* nothing but this", "f.sql"));
}

TEST(Script, EndsWherePsqlIsToldToQuit) {
  const auto script = parse("SELECT 1;\n\\q\nSELEC 2;\n", "f.sql");
  ASSERT_TRUE(script) << render(script.error());
  EXPECT_EQ(statements(*script), (Texts{"SELECT 1"}));
}

TEST(Script, CopyDataIsPassedOver) {
  const auto script = parse(
      "COPY t (a) FROM stdin; SELECT 1;\nit's\t$$ -- \\N\n\\.\nSELECT 2;\nCOPY (SELECT 'FROM STDIN') TO "
      "stdout;\nSELECT 3;",
      "f.sql");
  ASSERT_TRUE(script) << render(script.error());
  EXPECT_EQ(statements(*script).size(), 5U);
  EXPECT_EQ(script->copied_lines(), 1);
  const auto endless = parse("COPY t FROM stdin;\na\nb\n", "f.sql");
  ASSERT_TRUE(endless);
  EXPECT_EQ(endless->copied_lines(), 2);
}
/// Longer than what is parsed at once.
std::string long_script() {
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    text += "/* " + std::to_string(i) + " */WITH a AS (SELECT " + std::to_string(i) + ") SELECT b FROM a;\n";
    text += "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\n";
  }
  return text;
}
TEST(Script, ALongTextParsesAsItsStatementsDoAlone) {
  const auto script = parse(long_script(), "f.sql");
  ASSERT_TRUE(script) << render(script.error());
  ASSERT_EQ(script->statements().size(), 2000U);
  for (const Statement& one : script->statements()) {
    const auto begin = static_cast<std::size_t>(one.begin);
    const auto alone =
        parse(" " + std::string(script->text().substr(begin, static_cast<std::size_t>(one.end) - begin)), "");
    ASSERT_TRUE(alone);
    const Node there = alone->statements().front().node;
    ASSERT_EQ(one.node.type(), there.type());
    ASSERT_EQ(one.node["withClause"].location() < 0, there["withClause"].location() < 0);
    if (there.has("withClause")) {
      ASSERT_EQ(one.node["withClause"].location(), one.begin);
    }
    ASSERT_EQ(one.node.first_location() - one.begin, there.first_location() - 1);
  }
}
TEST(Script, AnErrorInALongTextHasItsPlace) {
  const std::string before = long_script();
  const auto script = parse(before + "SELECT 1 2;\nSELECT 3 4;\n" + before, "f.sql");
  ASSERT_FALSE(script);
  ASSERT_EQ(script.diagnostics().size(), 2U);
  EXPECT_EQ(script.diagnostics()[0].where.line, 2001);
  EXPECT_EQ(script.diagnostics()[0].where.column, 10);
  EXPECT_EQ(script.diagnostics()[1].where.line, 2002);
}
TEST(Script, EverySyntaxErrorIsReportedWithItsPlace) {
  const auto script = parse("SELECT 1;\nCREATE TABLE t (\xC3\xA4 int;\nSELECT 2;\nSELECT \xC3\xA4 b c;\n", "dir/f.sql");
  ASSERT_FALSE(script);
  ASSERT_EQ(script.diagnostics().size(), 2U);
  const Diagnostic& first = script.diagnostics()[0];
  EXPECT_EQ(first.code, ErrorCode::syntax);
  EXPECT_EQ(first.where.file, "dir/f.sql");
  EXPECT_EQ(first.where.line, 2);
  EXPECT_EQ(first.where.column, 22);
  EXPECT_EQ(first.where.source_line, "CREATE TABLE t (\xC3\xA4 int;");
  EXPECT_EQ(script.diagnostics()[1].where.line, 4);
  EXPECT_EQ(script.diagnostics()[1].where.column, 12);
}
TEST(Script, LinesThatMaySayAPasswordAreShownWithoutTheirLiterals) {
  const auto shown = [](const std::string& line) {
    const auto script = parse(line, "f.sql");
    return script ? std::string() : script.error().where.source_line;
  };
  EXPECT_EQ(shown("CREATE USER MAPPING FOR a SERVER b OPTIONS (PASSWORD 'h\xC3\xA4 x') oops;"),
            "CREATE USER MAPPING FOR a SERVER b OPTIONS (PASSWORD '** *') oops;");
  EXPECT_EQ(shown("SELECT 'postgresql://u:x@h' 1 2;"), "SELECT '******************' 1 2;");
  EXPECT_EQ(shown("SELECT 'literal' 1 2;"), "SELECT 'literal' 1 2;");
}
TEST(Script, ErrorsInsideBodiesOfFunctionsDoNotSplitThem) {
  const auto script = parse(
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 END; END;\nSELEC;", "f.sql");
  ASSERT_FALSE(script);
  EXPECT_EQ(script.diagnostics().size(), 1U);
  EXPECT_EQ(script.error().where.line, 2);
}
TEST(Script, AByteOrderMarkIsNoCharacter) {
  const auto script = parse("\xEF\xBB\xBFSELECT 1; SELEC", "f.sql");
  ASSERT_FALSE(script);
  EXPECT_EQ(script.error().where.column, 11);
  EXPECT_TRUE(parse("\xEF\xBB\xBFSELECT 1", "f.sql"));
}
TEST(Script, RefusesWhatIsNoUtf8) {
  for (const std::string& text :
       {std::string("SELECT 1;\n-- \xE9\n"), std::string("SELECT 1;\n \0", 12), std::string("\xFF\xFES\0", 4),
        std::string("SELECT '\xED\xA0\x80'"), std::string("SELECT '\xC0\xAF'")}) {
    const auto script = parse(text, "f.sql");
    ASSERT_FALSE(script);
    EXPECT_FALSE(script.error().hint.empty());
    EXPECT_GT(script.error().where.line, 0);
  }
}
std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}
TEST(Script, DepthIsAnErrorAndNeverACrash) {
  for (const int times : {2000, 100000}) {
    for (const std::string& text :
         {"SELECT " + repeated("(", times) + "1" + repeated(")", times), "SELECT a" + repeated(" || b", times),
          "SELECT " + repeated("f(", times) + "1" + repeated(")", times), "SELECT " + repeated("NOT ", times) + "a",
          "SELECT " + repeated("CASE WHEN a THEN ", times) + "1" + repeated(" END", times),
          "SELECT 1 FROM a" + repeated(" JOIN b ON true", times), "SELECT 1" + repeated(" UNION SELECT 1", times),
          "SELECT a" + repeated("::int", times)}) {
      const auto script = parse(text, "f.sql");
      if (script) continue;
      EXPECT_FALSE(script.error().hint.empty()) << script.error().what;
    }
  }
  EXPECT_FALSE(parse("SELECT a" + repeated(" || b", 100000), "f.sql"));
  EXPECT_FALSE(parse("SELECT " + repeated("(", 2000) + "1" + repeated(")", 2000), "f.sql"));
}
TEST(Script, LongListsAndChainsOfConditionsAreNoDepth) {
  EXPECT_TRUE(parse("SELECT a" + repeated(" AND b", 50000), "f.sql"));
  EXPECT_TRUE(parse("SELECT 1" + repeated(", 2", 50000), "f.sql"));
  EXPECT_TRUE(parse("SELECT a" + repeated(" || b", 500), "f.sql"));
}
TEST(Fragment, IsOneWholeExpressionOrNothing) {
  for (const std::string_view text :
       {"", "a b", "a AS b", "a, b", "*", "1 FROM t", "1; SELECT 2", "DISTINCT a", "1 UNION SELECT 2", "a)", "-- c"}) {
    EXPECT_FALSE(parse_expression(text)) << text;
  }
  const auto sum = parse_expression("a + b -- why");
  ASSERT_TRUE(sum);
  EXPECT_EQ(sum->text(), "a + b -- why");
  EXPECT_EQ(sum->node()["rexpr"].location() - sum->offset(), 4);
}
TEST(Fragment, TypesAndQueries) {
  EXPECT_TRUE(parse_type("double precision"));
  EXPECT_TRUE(parse_type("s.\"T\"(3)[]"));
  for (const std::string_view text :
       {"", "int + 1", "int)::(text", "int COLLATE \"C\"", "int) AS x, CAST(NULL AS int"}) {
    EXPECT_FALSE(parse_type(text)) << text;
  }
  EXPECT_TRUE(parse_query("INSERT INTO t VALUES (1)"));
  EXPECT_FALSE(parse_query("SELECT 1; SELECT 2"));
  EXPECT_EQ(parse_query("SELECT\n 1 +").error().where.line, 2);
}
TEST(Script, TokensOfAStatementKeepTheOffsetsOfTheFile) {
  const auto script = parse("SELECT 1; SELECT /* c */ a", "f.sql");
  const Statement& second = script->statements()[1];
  const auto found = script->tokens(second.begin, second.end);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].begin, 25);
  EXPECT_EQ(script->locate(25).column, 26);
}

}  // namespace
}  // namespace segue::sql
