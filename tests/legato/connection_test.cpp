// Guards against a platform that hangs, gives up too early, or tells its password, while the database is away.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "legato.h"

namespace segue::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* password = "correct%20horse";

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::string address(const Server& server, const std::string& user, const std::string& secret,
                    const std::string& database) {
  return "postgresql://" + user + ":" + secret + "@/" + database + "?host=" + server.socket_folder();
}

void expect_no_password(const Outcome& outcome) {
  for (const char* spelling : {"correct%20horse", "correct horse", "wrong%20horse", "wrong horse"}) {
    EXPECT_EQ(outcome.text().find(spelling), std::string::npos) << outcome.text();
  }
}

/// A server that asks the deployer for a password.
class GuardedServer : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    rules_ = std::make_unique<TempDir>();
    const std::string file = *rules_ / "hba";
    write_file(file, "local all legato scram-sha-256\nlocal all nobody_here trust\nlocal all all trust\n");
    server_ = std::make_unique<Server>(std::vector<std::string>{"hba_file=" + file});
  }
  static void TearDownTestSuite() {
    server_.reset();
    rules_.reset();
  }

  static std::unique_ptr<TempDir> rules_;
  static std::unique_ptr<Server> server_;
};

std::unique_ptr<TempDir> GuardedServer::rules_;
std::unique_ptr<Server> GuardedServer::server_;

TEST_F(GuardedServer, LetsTheRightPasswordInFromTheEnvironment) {
  const LegatoDatabase legato(*server_);
  const Outcome outcome =
      run_segue({"apply", "--schema", "schema.sql", "--yes"}, legato.folder().path().string(),
                {{"DATABASE_URL", address(*server_, deployer, password, legato.database().name())}});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  expect_no_password(outcome);
  EXPECT_EQ(legato.database().ask("SELECT to_regclass('users')"), "users");
}

TEST_F(GuardedServer, RefusesAWrongPasswordAtOnceAndSaysSo) {
  const LegatoDatabase legato(*server_);
  const auto start = Clock::now();
  const Outcome outcome = run_segue(
      {"plan", "--db", address(*server_, deployer, "wrong%20horse", legato.database().name()), "--wait", "30"},
      legato.folder().path().string());
  EXPECT_EQ(outcome.exit_code, 5) << outcome.text();
  EXPECT_LT(seconds_since(start), 10) << "a wrong password does not get better by waiting";
  EXPECT_NE(outcome.err.find("password"), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.err.find(deployer), std::string::npos) << outcome.text();
  expect_no_password(outcome);
}

TEST_F(GuardedServer, NamesAMissingDatabaseAtOnce) {
  const LegatoDatabase legato(*server_);
  const auto start = Clock::now();
  const Outcome outcome =
      run_segue({"plan", "--db", address(*server_, deployer, password, "no_such_db"), "--wait", "30"},
                legato.folder().path().string());
  EXPECT_EQ(outcome.exit_code, 5) << outcome.text();
  EXPECT_LT(seconds_since(start), 10);
  EXPECT_NE(outcome.err.find("no_such_db"), std::string::npos) << outcome.text();
  expect_no_password(outcome);
}

TEST_F(GuardedServer, NamesAMissingRoleAtOnce) {
  const LegatoDatabase legato(*server_);
  const Outcome outcome =
      run_segue({"plan", "--db", address(*server_, "nobody_here", password, legato.database().name()), "--wait", "30"},
                legato.folder().path().string());
  EXPECT_EQ(outcome.exit_code, 5) << outcome.text();
  EXPECT_NE(outcome.err.find("nobody_here"), std::string::npos) << outcome.text();
  expect_no_password(outcome);
}

TEST_F(GuardedServer, KeepsNoSessionOpenAfterACommand) {
  const LegatoDatabase legato(*server_);
  const std::string url = address(*server_, deployer, password, legato.database().name());
  ASSERT_EQ(run_segue({"apply", "--db", url, "--yes"}, legato.folder().path().string()).exit_code, 0);
  EXPECT_EQ(server_->ask("postgres", "SELECT count(*) FROM pg_stat_activity WHERE usename = 'legato'"), "0");
}

TEST(AbsentServer, IsWaitedForAndThenNamedWithoutThePassword) {
  const TempDir folder;
  write_file(folder / "schema.sql", "CREATE TABLE t (id integer);\n");
  const std::string nowhere = folder / "nowhere";
  const auto start = Clock::now();
  const Outcome outcome = run_segue(
      {"apply", "--yes", "--wait", "2", "--db", "postgresql://legato:correct%20horse@/legato?host=" + nowhere},
      folder.path().string());
  EXPECT_EQ(outcome.exit_code, 5) << outcome.text();
  EXPECT_GT(seconds_since(start), 1.0) << "it did not wait";
  EXPECT_LT(seconds_since(start), 20) << "it waited far longer than it was told";
  EXPECT_NE(outcome.err.find("nowhere"), std::string::npos) << "the message does not say where: " << outcome.text();
  expect_no_password(outcome);
}

TEST(AbsentServer, ThatComesUpWhileSegueWaitsIsUsed) {
  Server server;
  const LegatoDatabase legato(server);
  server.stop();
  const auto start = Clock::now();
  std::future<Outcome> applying = std::async(std::launch::async, [&legato] {
    return legato.segue({"apply", "--schema", "schema.sql", "--yes", "--wait", "60"});
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  server.start(false);
  const Outcome outcome = applying.get();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_GT(seconds_since(start), 1.4) << "it was done before the server was there";
  EXPECT_EQ(legato.database().ask("SELECT to_regclass('bookmarks')"), "bookmarks");
}

}  // namespace
}  // namespace segue::test
