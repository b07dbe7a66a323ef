// Guards against servers, sockets and locks that stay behind, lost data, and a second command that falls over the
// first.
#include "pg/embedded.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

#include "pg/embedded_binaries.h"
#include "pg/embedded_process.h"
#include "test_server.h"

namespace segue::pg::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

std::unique_ptr<EmbeddedServer> started(const EmbeddedOptions& options) {
  Result<std::unique_ptr<EmbeddedServer>> server = EmbeddedServer::start(options);
  EXPECT_TRUE(server) << (server ? "" : render(server.error()));
  return server ? std::move(*server) : nullptr;
}

/// cell() in a session of its own.
std::string ask(const ConnectionTarget& target, const std::string& sql) {
  const auto session = connect(target);
  return session ? cell(**session, sql) : "error: " + session.error().what;
}

bool is_running(int process) { return ::kill(process, 0) == 0; }

bool ends_soon(int process) {
  for (int i = 0; i < 1000 && is_running(process); ++i) std::this_thread::sleep_for(milliseconds(20));
  return !is_running(process);
}

std::string socket_directory(const EmbeddedServer& server) {
  const std::string conninfo = server.target().conninfo;
  const std::size_t begin = conninfo.find("host='") + 6;
  return conninfo.substr(begin, conninfo.find('\'', begin) - begin);
}

struct Notices {
  std::vector<std::string> texts;
  bool mention(const std::string& words) const {
    for (const std::string& text : texts) {
      if (text.find(words) != std::string::npos) return true;
    }
    return false;
  }
};

/// A folder where an embedded server has run and was stopped in order: a copy, since making a cluster is what takes
/// long. Tests of what happens while one is made start in an empty folder.
class UsedFolder : public TemporaryFolder {
 public:
  UsedFolder() {
    static const TemporaryFolder first;
    if (!fs::exists(first.path() + "/.segue")) started(options_for(first));
    const std::string copy = "cp -a " + first.path() + "/.segue " + path();
    if (std::system(copy.c_str()) != 0) std::abort();  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  }
};

TEST(EmbeddedServer, KeepsDataBetweenCommandsAndLeavesNothingRunning) {
  const TemporaryFolder folder;
  int process = 0;
  std::string sockets;
  {
    const auto server = started(options_for(folder));
    ASSERT_TRUE(server);
    process = server->process_id();
    sockets = socket_directory(*server);
    EXPECT_TRUE(is_running(process));
    EXPECT_EQ(server->data_directory(), folder.path() + "/.segue/pg" + std::to_string(server->major()));
    EXPECT_EQ(ask(server->target(), "SELECT current_database() || ' ' || current_user"), "segue segue");
    auto session = connect(server->target());
    ASSERT_TRUE(session);
    ASSERT_TRUE((*session)->execute("CREATE TABLE public.kept AS SELECT 42 AS answer"));
  }
  EXPECT_FALSE(is_running(process));
  EXPECT_FALSE(fs::exists(sockets));
  const auto again = started(options_for(folder));
  ASSERT_TRUE(again);
  EXPECT_EQ(ask(again->target(), "SELECT answer FROM public.kept"), "42");
  again->stop();
  again->stop();
  EXPECT_EQ(again->process_id(), 0);
}

TEST(EmbeddedServer, IsClosedToTheNetworkAndToOthers) {
  const EmbeddedServer& server = shared_server();
  EXPECT_EQ(ask(server.target(), "SHOW listen_addresses"), "");
  EXPECT_EQ(ask(server.target(), "SHOW fsync"), "on");
  EXPECT_EQ(ask(server.target(), "SHOW server_encoding"), "UTF8");
  struct stat info {};
  ASSERT_EQ(::stat(socket_directory(server).c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0700U);
  ASSERT_EQ(::stat(server.data_directory().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0077U, 0U);
}

TEST(EmbeddedServer, WorksInAFolderTooDeepForASocket) {
  const TemporaryFolder folder;
  EmbeddedOptions options = options_for(folder);
  options.directory =
      folder.path() + "/" + std::string(60, 'd') + "/" + std::string(60, 'e') + " with 'blanks' \"and\" é";
  fs::create_directories(options.directory);
  const auto server = started(options);
  ASSERT_TRUE(server);
  EXPECT_EQ(ask(server->target(), "SELECT 1"), "1");
}

TEST(EmbeddedServer, DoesNotFollowTheCallersVariables) {
  const TemporaryFolder folder;
  const std::vector<const char*> names = {"PGHOSTADDR", "PGDATA", "PGOPTIONS", "PGPORT", "PGUSER", "LC_ALL"};
  for (const char* name : names) ::setenv(name, "10.1.2.3", 1);
  const auto server = started(options_for(folder));
  for (const char* name : names) ::unsetenv(name);
  ASSERT_TRUE(server);
}

TEST(EmbeddedServer, StartsAgainAfterSegueWasKilled) {
  const UsedFolder folder;
  int told[2];
  ASSERT_EQ(::pipe(told), 0);
  const pid_t command = ::fork();
  if (command == 0) {
    Result<std::unique_ptr<EmbeddedServer>> server = EmbeddedServer::start(options_for(folder));
    if (!server) ::_exit(1);
    const auto session = connect((*server)->target());
    if (!session || !(*session)->execute("CREATE TABLE public.survivor AS SELECT 7 AS n")) ::_exit(2);
    const int process = (*server)->process_id();
    if (::write(told[1], &process, sizeof process) != sizeof process) ::_exit(3);
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(command, &status, 0), command);
  ASSERT_TRUE(WIFSIGNALED(status)) << WEXITSTATUS(status);
  int process = 0;
  ASSERT_EQ(::read(told[0], &process, sizeof process), static_cast<ssize_t>(sizeof process));
  ::close(told[0]);
  ::close(told[1]);
  std::ifstream note(folder.path() + "/.segue/pg" + std::to_string(shared_server().major()) + ".socket");
  std::string sockets;
  std::getline(note, sockets);
  EXPECT_FALSE(sockets.empty());
  const auto server = started(options_for(folder));
  ASSERT_TRUE(server);
  EXPECT_TRUE(ends_soon(process));
  EXPECT_EQ(ask(server->target(), "SELECT n FROM public.survivor"), "7");
  EXPECT_FALSE(fs::exists(sockets));
}

TEST(EmbeddedServer, EndsWithoutAnotherCommandWhenSegueIsKilled) {
  const UsedFolder folder;
  int told[2];
  ASSERT_EQ(::pipe(told), 0);
  const pid_t command = ::fork();
  if (command == 0) {
    Result<std::unique_ptr<EmbeddedServer>> server = EmbeddedServer::start(options_for(folder));
    const int process = server ? (*server)->process_id() : 0;
    if (::write(told[1], &process, sizeof process) != sizeof process) ::_exit(3);
    ::kill(::getpid(), SIGKILL);
  }
  ASSERT_EQ(::waitpid(command, nullptr, 0), command);
  int process = 0;
  ASSERT_EQ(::read(told[0], &process, sizeof process), static_cast<ssize_t>(sizeof process));
  ::close(told[0]);
  ::close(told[1]);
  ASSERT_NE(process, 0);
  EXPECT_TRUE(ends_soon(process));
  started(options_for(folder));  // removes the socket folder that nobody else would
}

TEST(EmbeddedServer, StopsAServerThatNobodyHolds) {
  const UsedFolder folder;
  EmbeddedOptions options = options_for(folder);
  const Result<ServerBinaries> binaries = find_server_binaries(std::nullopt, options.environment, *server_user());
  ASSERT_TRUE(binaries);
  const std::string data = folder.path() + "/.segue/pg" + std::to_string(binaries->major);
  Program left_over;
  left_over.arguments = {binaries->directory + "/postgres", "-D", data, "-c", "listen_addresses=", "-c",
                         "unix_socket_directories=" + data};
  left_over.environment = server_environment(binaries->directory);
  left_over.directory = data;
  left_over.user = *server_user();
  const Result<pid_t> process = start_program(left_over);
  ASSERT_TRUE(process) << render(process.error());
  for (int i = 0; i < 500 && !fs::exists(data + "/.s.PGSQL.5432"); ++i) std::this_thread::sleep_for(milliseconds(20));
  Notices notices;
  options.notice = [&notices](const std::string& text) { notices.texts.push_back(text); };
  const auto server = started(options);
  ASSERT_TRUE(server);
  EXPECT_TRUE(notices.mention("left running (process " + std::to_string(*process) + ")"));
  EXPECT_TRUE(wait_for(*process, milliseconds(10000)).has_value());
}

TEST(EmbeddedServer, RecoversAfterTheServerItselfWasKilled) {
  const UsedFolder folder;
  {
    const auto server = started(options_for(folder));
    ASSERT_TRUE(server);
    auto session = connect(server->target());
    ASSERT_TRUE(session);
    ASSERT_TRUE((*session)->execute("SET synchronous_commit = on; CREATE TABLE public.logged AS SELECT 1 AS n"));
    ::kill(server->process_id(), SIGKILL);
    server->stop();
  }
  const auto again = started(options_for(folder));
  ASSERT_TRUE(again);
  EXPECT_EQ(ask(again->target(), "SELECT n FROM public.logged"), "1");
}

TEST(EmbeddedServer, TakesTurnsWithAnotherCommand) {
  const UsedFolder folder;
  auto first = started(options_for(folder));
  ASSERT_TRUE(first);
  std::atomic<bool> waiting{false};
  std::thread second_command([&] {
    EmbeddedOptions options = options_for(folder);
    options.notice = [&waiting](const std::string& text) {
      if (text.find("waiting for another segue") != std::string::npos) waiting = true;
    };
    const auto second = started(options);
    ASSERT_TRUE(second);
    EXPECT_EQ(ask(second->target(), "SELECT 'second'"), "second");
  });
  for (int i = 0; i < 500 && !waiting; ++i) std::this_thread::sleep_for(milliseconds(20));
  EXPECT_TRUE(waiting);
  EXPECT_EQ(ask(first->target(), "SELECT 'first'"), "first");
  first.reset();
  second_command.join();
}

TEST(EmbeddedServer, GivesUpOnTheLockInTime) {
  const UsedFolder folder;
  const auto first = started(options_for(folder));
  ASSERT_TRUE(first);
  EmbeddedOptions options = options_for(folder);
  options.lock_timeout = milliseconds(100);
  const auto second = EmbeddedServer::start(options);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::locked);
}

TEST(EmbeddedServer, QuotesTheServersLogWhenItDoesNotStart) {
  const UsedFolder folder;
  const std::string data = folder.path() + "/.segue/pg" + std::to_string(shared_server().major());
  std::ofstream(data + "/postgresql.conf", std::ios::app) << "no_such_setting = 1\n";
  const auto refused = EmbeddedServer::start(options_for(folder));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::connection);
  EXPECT_NE(refused.error().why.find("no_such_setting"), std::string::npos) << render(refused.error());
}

TEST(EmbeddedServer, RefusesToOverwriteWhatIsNoCluster) {
  const TemporaryFolder folder;
  const std::string data = folder.path() + "/.segue/pg" + std::to_string(shared_server().major());
  fs::create_directories(data);
  std::ofstream(data + "/precious") << "x";
  const auto refused = EmbeddedServer::start(options_for(folder));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::io);
  EXPECT_TRUE(fs::exists(data + "/precious"));
}

TEST(EmbeddedServer, PutsTheDataElsewhereWhereTheServersUserCannotEnter) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root runs the server as somebody else";
  const TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0700);
  Notices notices;
  EmbeddedOptions options = options_for(folder);
  options.notice = [&notices](const std::string& text) { notices.texts.push_back(text); };
  std::string data;
  {
    const auto server = started(options);
    ASSERT_TRUE(server);
    data = server->data_directory();
    EXPECT_EQ(data.substr(0, 15), "/var/tmp/segue-");
    EXPECT_TRUE(notices.mention("the embedded data is in " + data));
    auto session = connect(server->target());
    ASSERT_TRUE(session);
    ASSERT_TRUE((*session)->execute("CREATE TABLE public.elsewhere ()"));
  }
  {
    const auto again = started(options);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->data_directory(), data);
    EXPECT_EQ(ask(again->target(), "SELECT to_regclass('public.elsewhere')"), "public.elsewhere");
  }
  fs::remove_all(fs::path(data).parent_path());
}

TEST(EmbeddedServer, CanBeInterruptedFromASignalHandler) {
  // In a process of its own: it ends every embedded server of the process.
  const UsedFolder folder;
  const pid_t command = ::fork();
  if (command == 0) {
    Result<std::unique_ptr<EmbeddedServer>> server = EmbeddedServer::start(options_for(folder));
    if (!server) ::_exit(1);
    const int process = (*server)->process_id();
    interrupt_embedded_servers();
    const bool ended = wait_for(process, milliseconds(30000)).has_value();
    (*server)->stop();
    ::_exit(ended ? 0 : 2);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(command, &status, 0), command);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << describe_end(status);
}

TEST(FindServerBinaries, TakesTheFolderOrTheOneAboveIt) {
  const Result<RunAs> user = server_user();
  ASSERT_TRUE(user);
  const Result<ServerBinaries> any = find_server_binaries(std::nullopt, process_environment(), *user);
  ASSERT_TRUE(any) << render(any.error());
  const std::string parent = fs::path(any->directory).parent_path().string();
  const Result<ServerBinaries> above = find_server_binaries(parent, {}, *user);
  ASSERT_TRUE(above) << render(above.error());
  EXPECT_EQ(above->directory, any->directory);
  EXPECT_EQ(above->version.substr(0, above->version.find('.')), std::to_string(above->major));
  const Environment named = [&](const std::string& name) {
    return name == "SEGUE_PG_BIN" ? std::optional<std::string>(any->directory) : std::nullopt;
  };
  EXPECT_TRUE(find_server_binaries(std::nullopt, named, *user));
}

TEST(FindServerBinaries, DoesNotLookElsewhereThanItWasTold) {
  const auto refused = find_server_binaries("/nonexistent", process_environment(), *server_user());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().what.find("/nonexistent"), std::string::npos);
}

TEST(MajorIn, ReadsEveryFormOfTheVersion) {
  EXPECT_EQ(major_in("postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)\n"), 15);
  EXPECT_EQ(major_in("postgres (PostgreSQL) 18beta1"), 18);
  EXPECT_FALSE(major_in("something else"));
}

TEST(InstallHint, NamesThePackageOfTheSystem) {
  EXPECT_NE(install_hint("ID=debian\nVERSION_ID=\"12\"\n").find("apt-get install postgresql-15"), std::string::npos);
  EXPECT_NE(install_hint("ID=debian\nVERSION_ID=\"13\"\n").find("apt-get install postgresql-17"), std::string::npos);
  EXPECT_NE(install_hint("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n").find("apt-get install postgresql,"),
            std::string::npos);
  EXPECT_NE(install_hint("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n").find("dnf install"), std::string::npos);
  EXPECT_NE(install_hint("ID=alpine\n").find("apk add"), std::string::npos);
  EXPECT_NE(install_hint("").find("SEGUE_PG_BIN"), std::string::npos);
}

TEST(StartProgram, SaysWhyABinaryCannotRun) {
  Program program;
  program.arguments = {"/nonexistent/postgres"};
  program.user = *server_user();
  const Result<pid_t> refused = start_program(program);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().why.find("could not run the binary"), std::string::npos) << refused.error().why;
}

}  // namespace
}  // namespace segue::pg::test
