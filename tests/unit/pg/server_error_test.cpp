// Guards against calling a lost commit a plain error, and against errors without their place.
#include "pg/server_error.h"

#include <gtest/gtest.h>

namespace segue::pg {
namespace {

TEST(MayCommit, SeesEverySpellingOfACommit) {
  for (const char* sql : {"COMMIT", "commit;", " Commit Work ; ", "END", "end transaction", "-- note\nCOMMIT",
                          "/* a /* nested */ b */ COMMIT", "PREPARE TRANSACTION 'x'", "COMMIT PREPARED 'x'",
                          "INSERT INTO t VALUES (1); COMMIT;", "COMMIT AND CHAIN"}) {
    EXPECT_TRUE(may_commit(sql)) << sql;
  }
}

TEST(MayCommit, SeesNoneInOtherStatements) {
  for (const char* sql : {"", "SELECT 1", "ROLLBACK", "COMMENT ON TABLE t IS 'x'", "PREPARE p AS SELECT 1", "endless",
                          "COMMITé", "/* COMMIT", "-- COMMIT"}) {
    EXPECT_FALSE(may_commit(sql)) << sql;
  }
}

TEST(CodeFor, FollowsTheContractOfTheSession) {
  for (const char* state : {"55P03", "57014", "40P01"}) EXPECT_EQ(code_for(state), ErrorCode::locked) << state;
  for (const char* state : {"08006", "57P01", "57P05", "25P03"})
    EXPECT_EQ(code_for(state), ErrorCode::connection) << state;
  for (const char* state : {"42P01", "23505", "25P02", ""}) EXPECT_EQ(code_for(state), ErrorCode::database) << state;
}

TEST(DiagnosticOf, PointsIntoTheStatementByCharactersNotBytes) {
  ServerError error;
  error.message = "column \"x\" does not exist";
  error.position = "16";
  const Diagnostic diagnostic = diagnostic_of(error, "SELECT 'äö',\n  x");
  EXPECT_NE(diagnostic.why.find("line 2, column 3 of the statement:\n  x\n  ^"), std::string::npos) << diagnostic.why;
}

TEST(DiagnosticOf, DoesNotQuoteAStatementWithAPassword) {
  ServerError error;
  error.message = "syntax error";
  error.position = "30";
  const Diagnostic diagnostic = diagnostic_of(error, "CREATE ROLE r PASSWORD 's3cret' NONSENSE");
  EXPECT_EQ(diagnostic.why.find("s3cret"), std::string::npos);
  EXPECT_NE(diagnostic.why.find("column 30"), std::string::npos);
}

TEST(DiagnosticOf, SaysWhyAFunctionFindsNoName) {
  ServerError error;
  error.sqlstate = "42P01";
  error.message = "relation \"numbers\" does not exist";
  EXPECT_EQ(diagnostic_of(error, "ALTER TABLE t ADD COLUMN n integer DEFAULT f()").hint, "");
  error.internal_query = "SELECT nextval('numbers')";
  EXPECT_NE(diagnostic_of(error, "ALTER TABLE t ADD COLUMN n integer DEFAULT f()").hint.find("SET search_path"),
            std::string::npos);
}

TEST(DiagnosticOf, SurvivesAPositionBeyondTheStatement) {
  ServerError error;
  error.position = "999";
  EXPECT_NE(diagnostic_of(error, "SELECT 1").why.find("column 9 "), std::string::npos);
  error.position = "1";
  EXPECT_FALSE(diagnostic_of(error, "").why.empty());
}

}  // namespace
}  // namespace segue::pg
