// Guards against schema files of which psql makes one schema and segue another, and against a file that is missing
// nobody knows where.
#include "support/files.h"

#include <gtest/gtest.h>

#include "source/desired.h"

namespace segue::source {
namespace {

using test::TempDir;
using test::write_file;

/// The first error of reading a file; empty where there is none.
Diagnostic error_of(const std::string& text) {
  const auto scripts = parse_all({{"schema.sql", text}});
  return scripts ? Diagnostic{} : scripts.error();
}

TEST(PsqlCommands, ThatChooseOrMakeStatementsAreRefusedAtTheirPlace) {
  const Diagnostic condition = error_of("CREATE TABLE a (id int);\n\\if false\nCREATE TABLE b (id int);\n\\endif\n");
  EXPECT_EQ(condition.what, "\\if is not followed: a schema file says one schema");
  EXPECT_EQ(condition.where.line, 2);
  EXPECT_EQ(error_of("SELECT 'DROP TABLE a' \\gexec").where.column, 23);
  EXPECT_EQ(error_of("\\bogus\n").what, "psql knows no command \\bogus");
}

TEST(PsqlCommands, ThatMakeNoOtherSchemaArePassedOver) {
  EXPECT_EQ(error_of("\\restrict x\n\\connect here\n\\set x 1\n\\dt+ a*\nSELECT 1 \\gset\n\\echo done\n").what, "");
}

TEST(Includes, ThatAreMissingOrGoInCirclesAreErrorsWhereTheyStand) {
  const TempDir folder;
  const std::string file = folder / "schema.sql";
  for (const auto& [line, problem] :
       {std::pair("\\ir none.sql", "there is no file "), std::pair("\\ir schema.sql", "includes itself"),
        std::pair("\\ir", "\\ir names no file")}) {
    write_file(file, std::string("SELECT 1;\n  ") + line + "\n");
    const auto texts = load_files(file);
    ASSERT_FALSE(texts) << line;
    EXPECT_NE(texts.error().what.find(problem), std::string::npos) << texts.error().what;
    EXPECT_EQ(texts.error().where.file, file);
    EXPECT_EQ(texts.error().where.line, 2);
    EXPECT_EQ(texts.error().where.column, 3);
  }
}

}  // namespace
}  // namespace segue::source
