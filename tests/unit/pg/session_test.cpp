// Guards against a session that reconnects in silence, prints by the server's configuration, or misreports a commit.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>

#include "pg/pg_session.h"
#include "test_server.h"

namespace segue::pg::test {
namespace {

TEST(PgSession, AnswersTextNullAndEmptyText) {
  const auto session = shared_session();
  const Result<Rows> rows = session->query("SELECT $1::int + 1, NULL, '', true, $2::text, $3::text",
                                           {Parameter("41"), Parameter(), Parameter("it's \\ é")});
  ASSERT_TRUE(rows) << render(rows.error());
  ASSERT_EQ(rows->size(), 1U);
  ASSERT_EQ(rows->columns(), 6U);
  EXPECT_EQ(rows->at(0, 0), "42");
  EXPECT_FALSE(rows->at(0, 1).has_value());
  EXPECT_EQ(rows->at(0, 2), "");
  EXPECT_EQ(rows->at(0, 3), "t");
  EXPECT_FALSE(rows->at(0, 4).has_value());
  EXPECT_EQ(rows->at(0, 5), "it's \\ é");
}

TEST(PgSession, GivesTheRowsOfTheLastOfSeveralStatements) {
  const auto session = shared_session();
  const Result<Rows> rows = session->execute("SELECT 1, 2; SELECT 'last' UNION ALL SELECT 'two' ORDER BY 1");
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(1, 0), "two");
  EXPECT_TRUE(session->execute("CREATE TEMP TABLE nothing_to_see ()")->empty());
}

TEST(PgSession, OverridesWhatRoleAndDatabaseConfigure) {
  auto admin = shared_session();
  ASSERT_TRUE(admin->execute("DROP DATABASE IF EXISTS odd"));
  ASSERT_TRUE(admin->execute("CREATE DATABASE odd"));
  ASSERT_TRUE(admin->execute(
      "ALTER DATABASE odd SET search_path = 'a', public; ALTER DATABASE odd SET TimeZone = 'Asia/Tokyo';"
      "ALTER DATABASE odd SET DateStyle = 'German'; ALTER DATABASE odd SET IntervalStyle = 'iso_8601';"
      "ALTER DATABASE odd SET bytea_output = 'escape'; ALTER DATABASE odd SET extra_float_digits = '-10';"
      "ALTER DATABASE odd SET quote_all_identifiers = on; ALTER DATABASE odd SET statement_timeout = 7000;"
      "ALTER DATABASE odd SET standard_conforming_strings = off; ALTER DATABASE odd SET lock_timeout = 9;"
      "ALTER DATABASE odd SET default_transaction_isolation = 'serializable';"
      "ALTER DATABASE odd SET idle_in_transaction_session_timeout = 8000"));
  auto opened = connect(shared_server().target("odd"));
  ASSERT_TRUE(opened) << render(opened.error());
  PgSession& session = **opened;
  EXPECT_EQ(session.default_search_path(), "a, public");
  EXPECT_EQ(session.database(), "odd");
  EXPECT_EQ(session.current_user(), "segue");
  const std::vector<std::pair<const char*, const char*>> expected = {
      {"search_path", ""},
      {"TimeZone", "UTC"},
      {"DateStyle", "ISO, MDY"},
      {"IntervalStyle", "postgres"},
      {"bytea_output", "hex"},
      {"quote_all_identifiers", "off"},
      {"statement_timeout", "0"},
      {"lock_timeout", "0"},
      {"idle_in_transaction_session_timeout", "0"},
      {"standard_conforming_strings", "on"},
      {"default_transaction_isolation", "read committed"},
      {"row_security", "on"},
      {"application_name", "segue"},
      {"client_encoding", "UTF8"},
  };
  for (const auto& [name, value] : expected) EXPECT_EQ(cell(session, std::string("SHOW ") + name), value) << name;
  EXPECT_EQ(cell(session, "SELECT 0.1::float8 + 0.2::float8"), "0.30000000000000004");
}

TEST(PgSession, ReportsAllFieldsOfAnError) {
  const auto session = shared_session();
  ASSERT_TRUE(session->execute("CREATE TEMP TABLE parent (id int PRIMARY KEY)"));
  ASSERT_TRUE(session->execute("CREATE TEMP TABLE child (parent int REFERENCES pg_temp.parent)"));
  const Result<Rows> refused = session->query("INSERT INTO pg_temp.child VALUES ($1)", {Parameter("7")});
  ASSERT_FALSE(refused);
  const Diagnostic& error = refused.error();
  EXPECT_EQ(error.code, ErrorCode::database);
  EXPECT_EQ(error.sqlstate, "23503");
  EXPECT_NE(error.what.find("violates foreign key constraint"), std::string::npos);
  EXPECT_EQ(error.why, "Key (parent)=(7) is not present in table \"parent\".");
  EXPECT_NE(error.object.find("constraint child_parent_fkey of "), std::string::npos) << error.object;
}

TEST(PgSession, KeepsAMessageApartThatLooksLikeADetail) {
  const auto session = shared_session();
  const Result<Rows> refused = session->execute(
      "DO $$BEGIN RAISE EXCEPTION E'one\\nDETAIL:  two' USING DETAIL = 'three', HINT = 'four', ERRCODE = 'SG001'; "
      "END$$");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().what, "one\nDETAIL:  two");
  EXPECT_EQ(refused.error().why.substr(0, 5), "three");
  EXPECT_NE(refused.error().why.find("PL/pgSQL"), std::string::npos);
  EXPECT_EQ(refused.error().hint, "four");
  EXPECT_EQ(refused.error().sqlstate, "SG001");
}

TEST(PgSession, ShowsTheLineThatAnErrorPointsTo) {
  const auto session = shared_session();
  const Result<Rows> refused = session->execute("SELECT 1;\nSELECT 'ä', nope");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().why.find("line 2, column 13 of the statement:\nSELECT 'ä', nope"), std::string::npos)
      << refused.error().why;
}

TEST(PgSession, CallsLockTimeoutsAndCancelsLocked) {
  auto holder = shared_session();
  auto waiter = shared_session();
  ASSERT_TRUE(holder->execute("DROP TABLE IF EXISTS public.held; CREATE TABLE public.held ()"));
  ASSERT_TRUE(holder->execute("BEGIN; LOCK public.held"));
  ASSERT_TRUE(waiter->execute("SET lock_timeout = 50"));
  const Result<Rows> refused = waiter->execute("SELECT * FROM public.held");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::locked);
  EXPECT_EQ(refused.error().sqlstate, "55P03");
  EXPECT_TRUE(waiter->is_open());
  ASSERT_TRUE(holder->execute("ROLLBACK; DROP TABLE public.held"));
}

TEST(PgSession, CancelsFromAnotherThread) {
  const auto session = shared_session();
  std::atomic<bool> finished{false};
  std::thread canceller([&] {
    while (!finished) {
      EXPECT_TRUE(session->cancel());
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  const Result<Rows> refused = session->execute("SELECT pg_sleep(30)");
  finished = true;
  canceller.join();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().sqlstate, "57014");
  EXPECT_EQ(refused.error().code, ErrorCode::locked);
}

TEST(PgSession, FollowsTheTransactionState) {
  const auto session = shared_session();
  EXPECT_FALSE(session->in_transaction());
  ASSERT_TRUE(session->execute("BEGIN"));
  EXPECT_TRUE(session->in_transaction());
  EXPECT_FALSE(session->execute("SELECT nope"));
  EXPECT_TRUE(session->in_transaction());
  EXPECT_TRUE(session->in_failed_transaction());
  ASSERT_TRUE(session->execute("ROLLBACK"));
  EXPECT_FALSE(session->in_transaction());
}

TEST(PgSession, RefusesToCallARolledBackCommitASuccess) {
  const auto session = shared_session();
  ASSERT_TRUE(session->execute("BEGIN"));
  EXPECT_FALSE(session->execute("SELECT nope"));
  const Result<Rows> commit = session->execute("COMMIT");
  ASSERT_FALSE(commit);
  EXPECT_EQ(commit.error().sqlstate, "25P02");
  EXPECT_FALSE(session->in_transaction());
}

TEST(PgSession, StaysLostWhenItsBackendIsKilled) {
  auto session = shared_session();
  ASSERT_TRUE(session->execute("CREATE TEMP TABLE mine ()"));
  const Result<Rows> killed = session->execute("SELECT pg_terminate_backend(pg_backend_pid())");
  ASSERT_FALSE(killed);
  EXPECT_EQ(killed.error().code, ErrorCode::connection);
  EXPECT_EQ(killed.error().sqlstate, "57P01");
  EXPECT_FALSE(session->is_open());
  EXPECT_FALSE(session->in_transaction());
  for (int i = 0; i < 3; ++i) {
    const Result<Rows> after = session->execute("SELECT 1");
    ASSERT_FALSE(after) << "it reconnected";
    EXPECT_EQ(after.error().code, ErrorCode::connection);
    EXPECT_EQ(after.error().sqlstate, "08003");
  }
}

TEST(PgSession, StaysLostWhenTheSocketBreaksWithoutAWord) {
  auto session = shared_session();
  auto admin = shared_session();
  // An idle backend that is killed hard says nothing; the next statement finds the broken socket.
  ASSERT_TRUE(admin->query("SELECT pg_terminate_backend($1)", {std::to_string(session->backend_pid())}));
  for (int i = 0; i < 100 && session->is_open(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(session->is_open());
  const Result<Rows> after = session->query("SELECT $1::text", {Parameter("x")});
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, ErrorCode::connection);
}

TEST(PgSession, CallsACommitWhoseAnswerWasLostInDoubt) {
  auto session = shared_session();
  ASSERT_TRUE(session->execute(
      "CREATE TABLE IF NOT EXISTS public.doubtful (id int);"
      "CREATE OR REPLACE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS "
      "$$BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END$$;"
      "DROP TRIGGER IF EXISTS die ON public.doubtful;"
      "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON public.doubtful DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
      "EXECUTE FUNCTION public.die()"));
  ASSERT_TRUE(session->execute("BEGIN; INSERT INTO public.doubtful VALUES (1)"));
  const Result<Rows> commit = session->execute("COMMIT");
  ASSERT_FALSE(commit);
  EXPECT_EQ(commit.error().sqlstate, "08007");
  EXPECT_EQ(commit.error().code, ErrorCode::connection);
  EXPECT_TRUE(shared_session()->execute("DROP TABLE public.doubtful; DROP FUNCTION public.die()"));
}

TEST(PgSession, HandsServerNoticesToTheHandlerOnly) {
  auto session = shared_session();
  std::vector<Diagnostic> seen;
  session->on_notice([&seen](const Diagnostic& notice) { seen.push_back(notice); });
  testing::internal::CaptureStderr();
  ASSERT_TRUE(session->execute("DO $$BEGIN RAISE NOTICE 'a note'; RAISE WARNING 'a warning'; END$$"));
  session->on_notice({});
  ASSERT_TRUE(session->execute("DO $$BEGIN RAISE WARNING 'unheard'; END$$"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].severity, Severity::note);
  EXPECT_EQ(seen[0].what, "a note");
  EXPECT_EQ(seen[1].severity, Severity::warning);
}

constexpr const char* prepared_statements = "SELECT count(*) FROM pg_catalog.pg_prepared_statements";

TEST(PgSession, PreparesWhatIsAskedAgainOnce) {
  const auto session = shared_session();
  for (int i = 0; i < 3; ++i) {
    const Result<Rows> rows = session->query_again("SELECT 'a;b', 2 -- the last word");
    ASSERT_TRUE(rows) << render(rows.error());
    EXPECT_EQ(rows->at(0, 0), "a;b");
    EXPECT_EQ(rows->columns(), 2U);
  }
  EXPECT_EQ(cell(*session, prepared_statements), "1");
  ASSERT_TRUE(session->query_again("SELECT 3"));
  EXPECT_EQ(cell(*session, prepared_statements), "2");
}

TEST(PgSession, AsksAgainWhatHasFailed) {
  const auto session = shared_session();
  const std::string sql = "SELECT 1 / pg_catalog.current_setting('segue.divisor')::int";
  ASSERT_TRUE(session->execute("SET segue.divisor = 0"));
  for (int i = 0; i < 2; ++i) {
    const Result<Rows> failed = session->query_again(sql);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().sqlstate, "22012");
  }
  EXPECT_FALSE(session->query_again("SELECT no_such_column"));
  ASSERT_TRUE(session->execute("SET segue.divisor = 1"));
  const Result<Rows> rows = session->query_again(sql);
  ASSERT_TRUE(rows) << render(rows.error());
  EXPECT_EQ(rows->at(0, 0), "1");
}

/// What each of `texts` was answered: the first cell, "none" for no row, or the state of the failure.
std::vector<std::string> answers_to(PgSession& session, const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  session.query_each(texts, [&all](const Result<Rows>& rows) {
    all.push_back(!rows ? rows.error().sqlstate : rows->empty() ? "none" : rows->at(0, 0).value_or("null"));
  });
  return all;
}

TEST(PgSession, AnswersSeveralTextsInOneRoundTrip) {
  const auto session = shared_session();
  const std::vector<std::string> texts = {"SELECT 2 WHERE false", "SELECT NULL -- ;", "SELECT 'é;', 3"};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(answers_to(*session, texts), (std::vector<std::string>{"none", "null", "é;"}));
  EXPECT_EQ(cell(*session, prepared_statements), "3");
  EXPECT_EQ(answers_to(*session, {}), std::vector<std::string>());
}

TEST(PgSession, AnswersUpToTheFirstFailure) {
  const auto session = shared_session();
  const std::vector<std::string> texts = {"SELECT 1", "SELECT 1 / current_setting('segue.divisor')::int", "SELECT 3"};
  ASSERT_TRUE(session->execute("SET segue.divisor = 0"));
  EXPECT_EQ(answers_to(*session, texts), (std::vector<std::string>{"1", "22012"}));
  EXPECT_EQ(answers_to(*session, {"SELECT 1", "SELECT no_such_column"}), (std::vector<std::string>{"1", "42703"}));
  ASSERT_TRUE(session->execute("BEGIN"));
  EXPECT_EQ(answers_to(*session, texts), (std::vector<std::string>{"1", "22012"}));
  EXPECT_TRUE(session->in_failed_transaction());
  EXPECT_EQ(answers_to(*session, texts), std::vector<std::string>{"25P02"});
  ASSERT_TRUE(session->execute("ROLLBACK; SET segue.divisor = 1"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(answers_to(*session, texts), (std::vector<std::string>{"1", "1", "3"}));
}

TEST(PgSession, SaysThatItWasLostAmongSeveralTexts) {
  const auto session = shared_session();
  const std::vector<std::string> texts = {"SELECT 1", "SELECT pg_terminate_backend(pg_backend_pid())", "SELECT 3"};
  EXPECT_EQ(answers_to(*session, texts), (std::vector<std::string>{"1", "57P01"}));
  EXPECT_EQ(answers_to(*session, texts), std::vector<std::string>{"08003"});
}

TEST(PgSession, IsAsNewAfterAReset) {
  const auto session = shared_session();
  ASSERT_TRUE(session->execute("DROP ROLE IF EXISTS somebody; CREATE ROLE somebody"));
  ASSERT_TRUE(session->execute(
      "CREATE TEMP TABLE left_behind (); SET search_path = public; SET statement_timeout = 1234; SET jit = on; "
      "LISTEN news; SELECT pg_advisory_lock(4711); SET ROLE somebody; DECLARE c CURSOR WITH HOLD FOR SELECT 1"));
  ASSERT_TRUE(session->query_again("SELECT 3"));
  const Status reset = session->reset();
  ASSERT_TRUE(reset) << render(reset.error());
  EXPECT_EQ(cell(*session, "SHOW search_path"), "");
  EXPECT_EQ(cell(*session, "SHOW statement_timeout"), "0");
  EXPECT_EQ(cell(*session, "SHOW jit"), "off");
  EXPECT_EQ(cell(*session, "SELECT current_user"), "segue");
  EXPECT_EQ(cell(*session, "SELECT count(*) FROM pg_catalog.pg_listening_channels()"), "0");
  EXPECT_EQ(cell(*session, "SELECT count(*) FROM pg_catalog.pg_cursors WHERE name = 'c'"), "0");
  EXPECT_EQ(cell(*session, "SELECT count(*) FROM pg_catalog.pg_class WHERE relname = 'left_behind'"), "0");
  EXPECT_EQ(cell(*session,
                 "SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = "
                 "pg_catalog.pg_backend_pid()"),
            "0");
  EXPECT_EQ(cell(*session, prepared_statements), "1");
  ASSERT_TRUE(session->execute("DROP ROLE somebody"));
}

/// Passes bytes between a client and the shared server, and changes the process id that the server names in
/// BackendKeyData: what a session sees of a pooler.
class FakePooler {
 public:
  FakePooler() : server_([this](int connection, int) { pass(connection); }) {}
  ConnectionTarget target() const {
    ConnectionTarget target = server_.target();
    target.conninfo += " user='segue' dbname='segue'";
    return target;
  }

 private:
  static int open_upstream() {
    const std::string conninfo = shared_server().target().conninfo;
    const std::size_t begin = conninfo.find("host='") + 6;
    const std::string path = conninfo.substr(begin, conninfo.find('\'', begin) - begin) + "/.s.PGSQL.5432";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int upstream = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(upstream, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) std::abort();
    return upstream;
  }

  /// The first bytes of the server's that hold a 'K' message of 12 bytes: its process id is not what pg_backend_pid
  /// says.
  static void change_key(std::string& bytes) {
    const std::size_t key = bytes.find(std::string("K\0\0\0\x0c", 5));
    if (key != std::string::npos) bytes[key + 5] = 0x7f;
  }

  static bool copy(int from, int to, bool from_server, bool& changed) {
    std::string bytes(65536, '\0');
    const ssize_t size = ::recv(from, bytes.data(), bytes.size(), 0);
    if (size <= 0) return false;
    bytes.resize(static_cast<std::size_t>(size));
    if (from_server && !changed) {
      const std::string before = bytes;
      change_key(bytes);
      changed = before != bytes;
    }
    return ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
  }

  void pass(int client) {
    const int upstream = open_upstream();
    bool changed = false;
    for (bool open = true; open;) {
      pollfd ready[2] = {{client, POLLIN, 0}, {upstream, POLLIN, 0}};
      ::poll(ready, 2, 10000);
      if (ready[0].revents != 0) open = copy(client, upstream, false, changed);
      if (open && ready[1].revents != 0) open = copy(upstream, client, true, changed);
    }
    ::close(upstream);
  }

  FakeServer server_;
};

TEST(PgSession, LeavesNoSettingBehindAtAPoolerButSetsEachTransaction) {
  FakePooler pooler;
  auto opened = connect(pooler.target());
  ASSERT_TRUE(opened) << render(opened.error());
  PgSession& session = **opened;
  EXPECT_TRUE(session.behind_pooler());
  EXPECT_EQ(session.default_search_path(), "\"$user\", public");
  EXPECT_EQ(cell(session, "SHOW search_path"), "\"$user\", public");
  ASSERT_TRUE(session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ"));
  EXPECT_EQ(cell(session, "SHOW search_path"), "");
  EXPECT_EQ(cell(session, "SHOW IntervalStyle"), "postgres");
  EXPECT_EQ(cell(session, "SHOW transaction_isolation"), "repeatable read");
  ASSERT_TRUE(session.execute("COMMIT"));
  EXPECT_EQ(cell(session, "SHOW search_path"), "\"$user\", public");
}

TEST(PgSession, PreparesNothingAtAPooler) {
  FakePooler pooler;
  auto opened = connect(pooler.target());
  ASSERT_TRUE(opened) << render(opened.error());
  const Result<Rows> rows = (*opened)->query_again("SELECT 7");
  ASSERT_TRUE(rows) << render(rows.error());
  EXPECT_EQ(rows->at(0, 0), "7");
  EXPECT_EQ(answers_to(**opened, {"SELECT 8", "SELECT 1 / 0", "SELECT 9"}), (std::vector<std::string>{"8", "22012"}));
  EXPECT_EQ(cell(**opened, "SELECT count(*) FROM pg_catalog.pg_prepared_statements"), "0");
}

TEST(PgSession, KnowsADirectConnectionFromAPooledOne) { EXPECT_FALSE(shared_session()->behind_pooler()); }

}  // namespace
}  // namespace segue::pg::test
