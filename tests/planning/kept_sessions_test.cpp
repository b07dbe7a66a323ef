// Guards against sessions that a program keeps from one command to the next and that hold something meanwhile, that
// were lost, or that pile up.
#include <gtest/gtest.h>

#include "segue.h"
#include "support/files.h"
#include "support/server.h"

namespace segue::test {
namespace {

class KeptSessions : public testing::Test {
 protected:
  KeptSessions() {
    write_file(folder_ / "schema.sql", "CREATE TABLE public.t (a integer);\n");
    target_.db = database_.url();
  }

  void expect_ensured(RunReport::Kind kind) {
    PlanRequest schema;
    schema.schema = {folder_ / "schema.sql"};
    const Result<RunReport> report = ensure(schema, target_);
    ASSERT_TRUE(report) << render(report.error());
    EXPECT_EQ(report->kind, kind);
  }

  /// Seen from another database.
  std::string ask(const std::string& what, const std::string& from) const {
    return Server::shared().ask("postgres",
                                "SELECT " + what + " FROM " + from + " WHERE datname = '" + database_.name() + "'");
  }
  std::string backends() const { return ask("coalesce(string_agg(pid::text, ' '), '')", "pg_stat_activity"); }

  TempDir folder_;
  Database database_{Server::shared()};
  Target target_;
};

TEST_F(KeptSessions, ServeOneCommandAfterTheOtherAndHoldNothingBetweenThem) {
  target_.sessions = kept_sessions();
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::applied));
  const std::string first = backends();
  EXPECT_NE(first, "");
  EXPECT_EQ(ask("count(*)", "pg_locks JOIN pg_database d ON d.oid = database"), "0");
  EXPECT_EQ(ask("count(*) FILTER (WHERE state <> 'idle')", "pg_stat_activity"), "0");
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::nothing_to_do));
  database_.execute("CREATE INDEX ON t (a)");
  database_.execute("DROP TABLE t");
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::applied));
  EXPECT_EQ(backends(), first);
}

TEST_F(KeptSessions, AreReplacedWhereTheServerHasEndedThem) {
  target_.sessions = kept_sessions();
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::applied));
  const std::string first = backends();
  Server::shared().ask("postgres", "SELECT pg_terminate_backend(" + first + ", 10000)");
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::nothing_to_do));
  EXPECT_NE(backends(), first);
}

TEST_F(KeptSessions, EndWithTheTargetThatHoldsThem) {
  target_.sessions = kept_sessions();
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::applied));
  target_.sessions = nullptr;
  Server::shared().ask("postgres", "SELECT pg_sleep(0.2)");
  EXPECT_EQ(backends(), "");
}

TEST_F(KeptSessions, AreNoneWhereNobodyAsksForThem) {
  ASSERT_NO_FATAL_FAILURE(expect_ensured(RunReport::Kind::applied));
  Server::shared().ask("postgres", "SELECT pg_sleep(0.2)");
  EXPECT_EQ(backends(), "");
}

}  // namespace
}  // namespace segue::test
