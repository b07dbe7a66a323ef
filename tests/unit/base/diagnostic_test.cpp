// Guards against messages that point at the wrong place, leave out what to do, or let a schema file steer a terminal.
#include "base/diagnostic.h"

#include <gtest/gtest.h>

namespace segue {
namespace {

std::string render_at(std::string line, int column) {
  return render(Diagnostic::error_at(ErrorCode::syntax, {"schema.sql", 7, column, std::move(line)}, "syntax error"));
}

TEST(Render, ShowsPlaceLineCaretReasonAndHint) {
  Diagnostic diagnostic = Diagnostic::error_at(ErrorCode::syntax, {"schema.sql", 2, 6, "CREATE TABEL t ();"},
                                               "syntax error at or near \"TABEL\"", "Write TABLE.");
  diagnostic.where.column = 8;
  diagnostic.why = "No statement starts like this.";
  EXPECT_EQ(render(diagnostic),
            "schema.sql:2:8: error: syntax error at or near \"TABEL\"\n"
            "  CREATE TABEL t ();\n"
            "         ^\n"
            "No statement starts like this.\n"
            "hint: Write TABLE.\n");
}

TEST(Render, IsOneLineWhereNothingElseIsKnown) {
  EXPECT_EQ(render(Diagnostic::error(ErrorCode::io, "schema.sql does not exist")),
            "error: schema.sql does not exist\n");
}

TEST(Render, NamesTheFileWithoutALine) {
  EXPECT_EQ(render(Diagnostic::error_at(ErrorCode::io, {"a.sql", 0, 0, ""}, "is a directory")),
            "a.sql: error: is a directory\n");
}

TEST(Render, LeavesOutTheColumnThatIsNotKnown) {
  EXPECT_EQ(render_at("SELECT", 0), "schema.sql:7: error: syntax error\n  SELECT\n");
}

TEST(Render, NamesTheObjectOnceAndTheSqlstate) {
  Diagnostic diagnostic = Diagnostic::error(ErrorCode::database, "permission denied");
  diagnostic.object = "table public.books";
  diagnostic.sqlstate = "42501";
  EXPECT_EQ(render(diagnostic), "error: table public.books: permission denied (SQLSTATE 42501)\n");
  diagnostic.what = "table public.books is not yours";
  EXPECT_EQ(render(diagnostic), "error: table public.books is not yours (SQLSTATE 42501)\n");
}

TEST(Render, SaysThatAWarningIsOne) {
  EXPECT_EQ(render(Diagnostic::warning("12 rows ignored", "Load data elsewhere.")),
            "warning: 12 rows ignored\nhint: Load data elsewhere.\n");
}

TEST(Caret, CountsCharactersNotBytes) {
  EXPECT_EQ(render_at("ä ü x", 5), "schema.sql:7:5: error: syntax error\n  ä ü x\n      ^\n");
}

TEST(Caret, GivesWideCharactersTwoCellsAndCombiningMarksNone) {
  EXPECT_EQ(render_at("表 x", 3), "schema.sql:7:3: error: syntax error\n  表 x\n     ^\n");
  EXPECT_EQ(render_at("e\xcc\x81 x", 4), "schema.sql:7:4: error: syntax error\n  e\xcc\x81 x\n    ^\n");
}

TEST(Caret, RepeatsTabs) {
  EXPECT_EQ(render_at("\tid\tintt", 5), "schema.sql:7:5: error: syntax error\n  \tid\tintt\n  \t  \t^\n");
}

TEST(Caret, StandsBehindTheLastCharacterWhereTheTextEnds) {
  EXPECT_EQ(render_at("abc\r", 9), "schema.sql:7:9: error: syntax error\n  abc\n     ^\n");
}

TEST(SourceLine, CannotSteerTheTerminal) {
  const std::string shown = render_at("a\x1b[2Jb\xc2\x9b", 1);
  EXPECT_EQ(shown.find('\x1b'), std::string::npos);
  EXPECT_EQ(shown.find("\xc2\x9b"), std::string::npos);
}

TEST(SourceLine, ReplacesBytesThatAreNoUtf8) {
  EXPECT_EQ(render_at("a\xff\xe4 x", 5),
            "schema.sql:7:5: error: syntax error\n  a\xef\xbf\xbd\xef\xbf\xbd x\n      ^\n");
  EXPECT_EQ(render_at("x\xe2\x82", 2), "schema.sql:7:2: error: syntax error\n  x\xef\xbf\xbd\xef\xbf\xbd\n   ^\n");
}

TEST(SourceLine, IsCutAroundTheCaretWhereItIsLong) {
  const std::string shown = render_at(std::string(5000, 'a') + "X" + std::string(5000, 'b'), 5001);
  EXPECT_LT(shown.size(), 500U);
  EXPECT_NE(shown.find("…aaa"), std::string::npos);
  EXPECT_NE(shown.find("aXb"), std::string::npos);
  EXPECT_NE(shown.find("bbb…\n"), std::string::npos);
}

}  // namespace
}  // namespace segue
