// Guards against hammering a server that said no, giving up on one that is only starting, and unclear refusals.
#include "pg/connect.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "pg/pool.h"
#include "test_server.h"

namespace segue::pg::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

ConnectOptions patient(int wait_ms) {
  ConnectOptions options;
  options.wait = milliseconds(wait_ms);
  return options;
}

ConnectionTarget as(const std::string& user, const std::string& extra = {}) {
  ConnectionTarget target = shared_server().target();
  target.conninfo += " user='" + user + "' " + extra;
  target.shown = user + "@test";
  return target;
}

/// Puts lines in front of pg_hba.conf while it lives.
class HbaLines {
 public:
  explicit HbaLines(const std::string& lines) : path_(shared_server().data_directory() + "/pg_hba.conf") {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    before_ = text.str();
    write(lines + "\n" + before_);
  }
  HbaLines(const HbaLines&) = delete;
  HbaLines& operator=(const HbaLines&) = delete;
  ~HbaLines() { write(before_); }

 private:
  void write(const std::string& text) const {
    std::ofstream(path_) << text;
    const auto admin = shared_session();
    const std::string loaded = cell(*admin, "SELECT pg_conf_load_time()");
    EXPECT_EQ(cell(*admin, "SELECT pg_reload_conf()"), "t");
    for (int i = 0; i < 100 && cell(*admin, "SELECT pg_conf_load_time()") == loaded; ++i) {
      std::this_thread::sleep_for(milliseconds(10));
    }
  }
  std::string path_;
  std::string before_;
};

Diagnostic refusal(const ConnectionTarget& target, const ConnectOptions& options = {}) {
  const auto refused = connect(target, options);
  if (refused) return Diagnostic{};
  EXPECT_EQ(refused.error().code, ErrorCode::connection);
  EXPECT_EQ(render(refused.error()).find("s3cret"), std::string::npos);
  return refused.error();
}

TEST(Connect, NamesAMissingDatabaseAndHowToMakeIt) {
  const Diagnostic error = refusal(shared_server().target("No Such"));
  EXPECT_EQ(error.sqlstate, "3D000");
  EXPECT_NE(error.hint.find("CREATE DATABASE \"No Such\";"), std::string::npos) << error.hint;
}

TEST(Connect, NamesAMissingRole) {
  const Diagnostic error = refusal(as("nobody_here"));
  EXPECT_EQ(error.sqlstate, "28000");
  EXPECT_NE(error.what.find("the role does not exist"), std::string::npos) << error.what;
}

TEST(Connect, NamesAWrongPasswordAMissingOneAndAnUnlistedUser) {
  const auto admin = shared_session();
  ASSERT_TRUE(
      admin->execute("DROP ROLE IF EXISTS locked_in; CREATE ROLE locked_in LOGIN PASSWORD 'right';"
                     "DROP ROLE IF EXISTS unlisted; CREATE ROLE unlisted LOGIN"));
  {
    const HbaLines lines("local all locked_in scram-sha-256\nlocal all unlisted reject");
    EXPECT_TRUE(connect(as("locked_in", "password='right'")));
    const Clock::time_point begin = Clock::now();
    const Diagnostic wrong = refusal(as("locked_in", "password='s3cret'"), patient(20000));
    EXPECT_EQ(wrong.sqlstate, "28P01");
    EXPECT_NE(wrong.what.find("refused the password"), std::string::npos) << wrong.what;
    const Diagnostic missing = refusal(as("locked_in", "passfile=/nonexistent"), patient(20000));
    EXPECT_NE(missing.what.find("none was given"), std::string::npos) << missing.what;
    const Diagnostic unlisted = refusal(as("unlisted"), patient(20000));
    EXPECT_EQ(unlisted.sqlstate, "28000");
    EXPECT_NE(unlisted.what.find("pg_hba.conf"), std::string::npos) << unlisted.what;
    EXPECT_LT(Clock::now() - begin, milliseconds(10000)) << "it was retried";
  }
  EXPECT_TRUE(admin->execute("DROP ROLE locked_in; DROP ROLE unlisted"));
}

TEST(Connect, NamesAConnectionLimitAndWaitsForASlot) {
  const auto admin = shared_session();
  ASSERT_TRUE(admin->execute("DROP ROLE IF EXISTS narrow; CREATE ROLE narrow LOGIN CONNECTION LIMIT 1"));
  auto first = connect(as("narrow"));
  ASSERT_TRUE(first);
  EXPECT_EQ(refusal(as("narrow")).sqlstate, "53300");
  std::vector<std::string> told;
  ConnectOptions options = patient(20000);
  options.notice = [&told](const std::string& text) { told.push_back(text); };
  std::thread release([&first] {
    std::this_thread::sleep_for(milliseconds(300));
    first = Diagnostic::error(ErrorCode::usage, "closed");
  });
  const auto second = connect(as("narrow"), options);
  release.join();
  ASSERT_TRUE(second) << render(second.error());
  ASSERT_EQ(told.size(), 1U) << "one notice per reason";
  EXPECT_NE(told[0].find("no connection slot left"), std::string::npos);
}

TEST(Connect, WaitsForAMissingDatabaseOnlyWhenAsked) {
  const auto admin = shared_session();
  ASSERT_TRUE(admin->execute("DROP DATABASE IF EXISTS late"));
  const Clock::time_point begin = Clock::now();
  EXPECT_EQ(refusal(shared_server().target("late"), patient(20000)).sqlstate, "3D000");
  EXPECT_LT(Clock::now() - begin, milliseconds(5000));
  ConnectOptions options = patient(20000);
  options.wait_for_database = true;
  std::thread maker([&admin] {
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_TRUE(admin->execute("CREATE DATABASE late"));
  });
  const auto session = connect(shared_server().target("late"), options);
  maker.join();
  EXPECT_TRUE(session);
}

TEST(Connect, SaysThatNothingListens) {
  const Diagnostic port = refusal(*parse_target("host=127.0.0.1 port=1 user=u dbname=d password=s3cret"));
  EXPECT_NE(port.what.find("no server can be reached there: u@127.0.0.1:1/d"), std::string::npos) << port.what;
  const Diagnostic socket = refusal(*parse_target("host=/nonexistent user=u dbname=d"));
  EXPECT_NE(socket.what.find("local socket"), std::string::npos) << socket.what;
  const Diagnostic host = refusal(*parse_target("host=no-such-host.invalid user=u dbname=d"));
  EXPECT_NE(host.what.find("host name cannot be resolved"), std::string::npos) << host.what << host.why;
}

TEST(Connect, RefusesInvalidSettingsAtOnce) {
  const Clock::time_point begin = Clock::now();
  const Diagnostic error = refusal(*parse_target("host=127.0.0.1 user=u dbname=d sslmode=perhaps"), patient(20000));
  EXPECT_NE(error.what.find("settings are not valid"), std::string::npos) << error.what;
  EXPECT_NE(error.why.find("sslmode"), std::string::npos) << error.why;
  EXPECT_LT(Clock::now() - begin, milliseconds(5000));
}

TEST(Connect, RetriesAStartingServerUntilItRefusesForGood) {
  FakeServer server([](int connection, int number) {
    read_startup(connection);
    if (number < 3) {
      send_error(connection, "SCHWERWIEGEND", "57P03", "das Datenbanksystem startet", "ProcessStartupPacket");
    } else {
      send_error(connection, "SCHWERWIEGEND", "28P01", "Passwort-Authentifizierung fehlgeschlagen", "auth_failed");
    }
  });
  const Diagnostic error = refusal(server.target(), patient(30000));
  EXPECT_EQ(error.sqlstate, "28P01");
  EXPECT_EQ(error.why, "Passwort-Authentifizierung fehlgeschlagen");
  EXPECT_EQ(server.connections(), 4);
}

TEST(Connect, TriesOnceWithoutAWait) {
  FakeServer server([](int connection, int) {
    read_startup(connection);
    send_error(connection, "FATAL", "57P03", "the database system is starting up");
  });
  EXPECT_EQ(refusal(server.target()).sqlstate, "57P03");
  EXPECT_EQ(server.connections(), 1);
}

TEST(Connect, StopsWhenTheWaitIsUsedUp) {
  FakeServer server([](int connection, int) {
    read_startup(connection);
    send_error(connection, "FATAL", "57P03", "the database system is starting up");
  });
  const Clock::time_point begin = Clock::now();
  EXPECT_EQ(refusal(server.target(), patient(700)).sqlstate, "57P03");
  EXPECT_GE(Clock::now() - begin, milliseconds(700));
  EXPECT_LT(Clock::now() - begin, milliseconds(3000));
  EXPECT_GE(server.connections(), 2);
  EXPECT_LE(server.connections(), 40) << "that is no backoff";
}

TEST(Connect, RetriesAConnectionThatIsClosedWithoutAWord) {
  FakeServer server([](int connection, int number) {
    read_startup(connection);
    if (number >= 4) send_error(connection, "FATAL", "28P01", "no");
  });
  EXPECT_EQ(refusal(server.target(), patient(30000)).sqlstate, "28P01");
  EXPECT_GE(server.connections(), 5);
}

TEST(Connect, NamesRefusedEncryptionAndDoesNotRetryIt) {
  FakeServer server([](int connection, int) {
    read_startup(connection);
    ::send(connection, "N", 1, MSG_NOSIGNAL);
  });
  const Clock::time_point begin = Clock::now();
  const Diagnostic error = refusal(server.target("sslmode=require"), patient(20000));
  EXPECT_NE(error.what.find("no encrypted connection"), std::string::npos) << error.what << "\n" << error.why;
  EXPECT_LT(Clock::now() - begin, milliseconds(10000));
}

TEST(Connect, GivesUpOnASilentServer) {
  FakeServer server([](int connection, int) {
    read_startup(connection);
    read_startup(connection);  // waits until the client closes
  });
  ConnectOptions options;
  options.connect_timeout = milliseconds(300);
  const Clock::time_point begin = Clock::now();
  const Diagnostic error = refusal(server.target(), options);
  EXPECT_NE(error.what.find("no answer within the time limit"), std::string::npos) << error.what;
  EXPECT_GE(Clock::now() - begin, milliseconds(300));
  EXPECT_LT(Clock::now() - begin, milliseconds(4000));
}

TEST(Connect, LooksAtTheNextHostWhenTheFirstIsSilent) {
  FakeServer silent([](int connection, int) {
    read_startup(connection);
    read_startup(connection);
  });
  FakeServer speaking([](int connection, int) {
    read_startup(connection);
    send_error(connection, "FATAL", "3D000", "database \"library\" does not exist");
  });
  const auto port_of = [](const FakeServer& server) {
    const std::string shown = server.target().shown;
    const std::size_t colon = shown.rfind(':');
    return shown.substr(colon + 1, shown.find('/') - colon - 1);
  };
  ConnectOptions options;
  options.connect_timeout = milliseconds(300);
  const auto target = parse_target("host=127.0.0.1,127.0.0.1 port=" + port_of(silent) + "," + port_of(speaking) +
                                   " user=u dbname=library sslmode=disable gssencmode=disable");
  ASSERT_TRUE(target);
  EXPECT_EQ(refusal(*target, options).sqlstate, "3D000");
  EXPECT_GE(silent.connections(), 1);
}

}  // namespace
}  // namespace segue::pg::test
