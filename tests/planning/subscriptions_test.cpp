// Guards against what a subscription can do beyond its definition: a password that gets out of its connection string,
// a connection to a publisher, a plan that only a superuser can make, a place in the stream that is lost unasked.
#include <gtest/gtest.h>

#include "catalog/digest.h"
#include "catalog/introspect.h"
#include "kinds/kinds.h"
#include "pg/connect.h"
#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

const std::string subscribed = "CREATE SUBSCRIPTION s CONNECTION 'dbname=x password=hunter2' PUBLICATION p ";
const std::string aside = "WITH (connect = false, slot_name = NONE);";

Outcome run(const Database& database, const std::string& schema, std::vector<std::string> arguments) {
  const TempDir work;
  write_file(work / "schema.sql", schema);
  arguments.insert(arguments.end(), {"--db", database.url()});
  return run_segue(arguments, work.path().string());
}

/// With one subscription, taken away at the end: a database that has one cannot be dropped.
class Subscriptions : public ::testing::Test {
 protected:
  Subscriptions() : database_(Server::shared()) {}
  void TearDown() override {
    if (database_.ask("SELECT count(*) FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname "
                      "= current_database())") != "0")
      database_.execute("DROP SUBSCRIPTION s;");
  }
  Database database_;
};

TEST_F(Subscriptions, ArePlannedWithoutTheirPassword) {
  database_.execute(subscribed + aside);
  const Outcome plan = run(database_, subscribed + ", q " + aside, {"plan", "--format", "json"});
  EXPECT_TRUE(plan.ok()) << plan.text();
  EXPECT_NE(plan.text().find("SET PUBLICATION p, q WITH (refresh = false)"), std::string::npos) << plan.text();
  EXPECT_NE(plan.text().find("it holds a password"), std::string::npos) << plan.text();
  EXPECT_EQ(plan.text().find("hunter2"), std::string::npos) << plan.text();
}

TEST_F(Subscriptions, AreNotCreatedWithoutTheirPassword) {
  const Outcome refused = run(database_, subscribed + aside, {"plan"});
  EXPECT_EQ(refused.exit_code, 1) << refused.text();
  EXPECT_NE(refused.text().find("subscription s cannot be created"), std::string::npos) << refused.text();
  EXPECT_NE(refused.text().find("create it by hand"), std::string::npos) << refused.text();
  EXPECT_EQ(refused.text().find("hunter2"), std::string::npos) << refused.text();
}

TEST_F(Subscriptions, KeepTheirPasswordFromMessagesAboutTheirLine) {
  for (const char* wrong : {"WITH (connect = false, slot = NONE);", "WIDTH (connect = false);"}) {
    const Outcome outcome = run(database_, subscribed + wrong, {"plan"});
    EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
    EXPECT_NE(outcome.text().find("CREATE SUBSCRIPTION s CONNECTION '"), std::string::npos) << outcome.text();
    EXPECT_EQ(outcome.text().find("hunter2"), std::string::npos) << outcome.text();
  }
}

TEST_F(Subscriptions, ThatAreDroppedCannotComeBackWithTheirPassword) {
  database_.execute(subscribed + aside);
  const Outcome refused = run(database_, "CREATE TABLE t ();", {"apply", "--yes", "--scope", "all"});
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  EXPECT_NE(refused.text().find("NOT_REVERSIBLE"), std::string::npos) << refused.text();
  EXPECT_EQ(refused.text().find("hunter2"), std::string::npos) << refused.text();
  const Outcome done =
      run(database_, "CREATE TABLE t ();", {"apply", "--yes", "--scope", "all", "--allow-hazards", "NOT_REVERSIBLE"});
  EXPECT_TRUE(done.ok()) << done.text();
}

TEST_F(Subscriptions, AreNotReplacedForWhatOnlyThePublisherCanChange) {
  database_.execute("CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p " + aside);
  const Outcome refused =
      run(database_,
          "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, "
          "two_phase = true);",
          {"plan"});
  EXPECT_EQ(refused.exit_code, 1) << refused.text();
  EXPECT_NE(refused.text().find("its place in the publisher's stream"), std::string::npos) << refused.text();
}

TEST_F(Subscriptions, AreReadByWhoMayNotSeeTheirConnection) {
  database_.execute("CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p " + aside);
  auto session = pg::connect(*pg::parse_target(database_.url()));
  ASSERT_TRUE(session) << render(session.error());
  ASSERT_TRUE((*session)->execute("SET ROLE app_reader"));
  const auto live = catalog::introspect(**session);
  ASSERT_TRUE(live) << render(live.error());
  const model::Object* found = live->schema.find("subscription s");
  ASSERT_NE(found, nullptr);
  EXPECT_FALSE(found->has(model::attribute(kinds::subscription, "conninfo")));
  EXPECT_EQ(found->list(model::attribute(kinds::subscription, "publications")), model::List{"p"});
}

TEST_F(Subscriptions, ThatChangeAreSeenByTheDigestOfWhoeverMayReadTheChange) {
  database_.execute("CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p " + aside);
  auto session = pg::connect(*pg::parse_target(database_.url()));
  ASSERT_TRUE(session) << render(session.error());
  const auto digest_of = [&](const std::string& role) {
    EXPECT_TRUE((*session)->execute("SET ROLE " + role));
    const auto found = catalog::digest(**session);
    return found ? *found : render(found.error());
  };
  const std::string all = digest_of("tester");
  const std::string part = digest_of("app_reader");
  EXPECT_EQ(part.size(), all.size()) << part;
  database_.execute("ALTER SUBSCRIPTION s CONNECTION 'dbname=y'");
  EXPECT_NE(digest_of("tester"), all);
  EXPECT_EQ(digest_of("app_reader"), part);
  database_.execute("ALTER SUBSCRIPTION s SET PUBLICATION q WITH (refresh = false)");
  EXPECT_NE(digest_of("app_reader"), part);
}

}  // namespace
}  // namespace segue::test
