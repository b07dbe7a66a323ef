// Guards against retrying what will never work, giving up on what would, and reading a translated message wrongly.
#include "pg/connect_error.h"

#include <gtest/gtest.h>

namespace segue::pg {
namespace {

const ConnectionTarget target{"host=db", "ann@db:5432/library", "library"};

ConnectFailure said(const std::string& state, const std::string& function = "f") {
  ConnectFailure failure;
  // German words: neither the severity nor the message may matter.
  failure.message = "connection to server at \"db\" (10.0.0.1), port 5432 failed: SCHWERWIEGEND:  " + state +
                    ": eine Meldung: mit  Doppelpunkten\nDETAIL:  mehr davon\nORT:  " + function + ", auth.c:326\n";
  failure.stage = Stage::talking;
  return failure;
}

TEST(RefusalIn, ReadsStateMessageDetailAndFunctionOfATranslatedMessage) {
  const ServerRefusal refusal = refusal_in(said("28000", "InitializeSessionUserId").message);
  EXPECT_EQ(refusal.sqlstate, "28000");
  EXPECT_EQ(refusal.message, "eine Meldung: mit  Doppelpunkten");
  EXPECT_EQ(refusal.detail, "DETAIL:  mehr davon");
  EXPECT_EQ(refusal.function, "InitializeSessionUserId");
}

TEST(RefusalIn, FindsNothingWhereNoServerSpoke) {
  EXPECT_EQ(refusal_in("connection to server on socket \"/x\" failed: No such file or directory\n\tIs the…?").sqlstate,
            "");
  EXPECT_EQ(refusal_in("FATAL:  not a state: x").sqlstate, "");
}

TEST(RefusalIn, TakesTheLastOfSeveralHosts) {
  EXPECT_EQ(refusal_in(said("57P03").message + said("28P01").message).sqlstate, "28P01");
}

TEST(Judge, RetriesWhatPasses) {
  for (const char* state : {"57P03", "57P01", "57P02", "53300", "53200", "08006"}) {
    EXPECT_EQ(judge(said(state), target).retry, Retry::worthwhile) << state;
  }
}

TEST(Judge, NeverRetriesARefusal) {
  for (const char* state : {"28P01", "28000", "42501", "55000", "XX000", "0A000"}) {
    EXPECT_EQ(judge(said(state), target).retry, Retry::never) << state;
  }
}

TEST(Judge, LeavesAMissingDatabaseToTheOption) {
  const ConnectVerdict verdict = judge(said("3D000"), target);
  EXPECT_EQ(verdict.retry, Retry::if_waiting_for_database);
  EXPECT_NE(verdict.diagnostic.hint.find("CREATE DATABASE library"), std::string::npos);
}

TEST(Judge, TellsRolesHbaAndAuthenticationApartByTheServersFunction) {
  const auto what = [](const char* function) { return judge(said("28000", function), target).diagnostic.what; };
  EXPECT_NE(what("InitializeSessionUserId").find("role"), std::string::npos);
  EXPECT_NE(what("ClientAuthentication").find("pg_hba.conf"), std::string::npos);
  EXPECT_NE(what("auth_failed").find("authenticate"), std::string::npos);
}

TEST(Judge, CombinesTheStageAndPingWhereNoServerSpoke) {
  ConnectFailure failure;
  failure.message = "connection refused";
  failure.ping = Ping::no_answer;
  EXPECT_EQ(judge(failure, target).retry, Retry::worthwhile);
  failure.ping = Ping::rejects;
  EXPECT_EQ(judge(failure, target).retry, Retry::worthwhile);
  failure.ping = Ping::not_attempted;
  EXPECT_EQ(judge(failure, target).retry, Retry::never);
  failure.ping = Ping::accepts;
  failure.stage = Stage::talking;
  EXPECT_EQ(judge(failure, target).retry, Retry::never);
}

TEST(Judge, TakesABrokenHandshakeForAStopAndARefusedOneForASetting) {
  ConnectFailure failure;
  failure.stage = Stage::encrypting;
  failure.ping = Ping::no_answer;
  failure.message = "SSL SYSCALL error: EOF detected";
  EXPECT_EQ(judge(failure, target).retry, Retry::worthwhile);
  failure.message = "server does not support SSL, but SSL was required";
  EXPECT_EQ(judge(failure, target).retry, Retry::never);
}

TEST(Judge, EveryVerdictIsACodeConnectionWithASentence) {
  for (const char* state : {"28P01", "28000", "3D000", "42501", "53300", "57P03", "99999"}) {
    const Diagnostic diagnostic = judge(said(state), target).diagnostic;
    EXPECT_EQ(diagnostic.code, ErrorCode::connection);
    EXPECT_EQ(diagnostic.sqlstate, state);
    EXPECT_NE(diagnostic.what.find(target.shown), std::string::npos);
    EXPECT_NE(diagnostic.why.find("eine Meldung"), std::string::npos);
  }
}

}  // namespace
}  // namespace segue::pg
