#include "pg/embedded.h"

#include <libpq-fe.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>

#include "base/quote.h"
#include "pg/connect.h"
#include "pg/embedded_binaries.h"
#include "pg/embedded_cluster.h"
#include "pg/embedded_process.h"

namespace segue::pg {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// The running servers, for a signal handler: no lock, no allocation. Each entry holds the process that started the
/// server beside the server's own, so that a forked child does not end the servers of its parent.
std::array<std::atomic<std::uint64_t>, 32> running_servers{};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

std::uint64_t entry_for(pid_t server) noexcept {
  return (static_cast<std::uint64_t>(::getpid()) << 32U) | static_cast<std::uint32_t>(server);
}

void replace_entry(std::uint64_t old_entry, std::uint64_t new_entry) {
  for (auto& slot : running_servers) {
    std::uint64_t expected = old_entry;
    if (slot.compare_exchange_strong(expected, new_entry)) return;
  }
}

void register_server(pid_t server) { replace_entry(0, entry_for(server)); }
void unregister_server(pid_t server) { replace_entry(entry_for(server), 0); }

/// Every place where libpq would otherwise take a PG* variable of the caller's that can lead elsewhere is filled.
std::string socket_conninfo(const std::string& socket_directory, const std::string& database) {
  return conninfo_pair("host", socket_directory) +
         " hostaddr='' port='5432' user='segue' password='' options='' target_session_attrs='any' "
         "application_name='segue' client_encoding='UTF8' " +
         conninfo_pair("dbname", database);
}

/// Settings by command line, so that they hold for a cluster of any age. The data is kept between commands, so fsync
/// stays on; a lost last transaction after a crash of the machine is bearable here.
std::vector<std::string> server_arguments(const ServerBinaries& binaries, const std::string& data,
                                          const std::string& socket_directory) {
  std::vector<std::string> arguments = {binaries.directory + "/postgres", "-D", data};
  for (const std::string& setting : {
           std::string("listen_addresses="),
           "unix_socket_directories=" + quote_identifier(socket_directory),
           std::string("unix_socket_permissions=0700"),
           std::string("port=5432"),
           std::string("shared_buffers=32MB"),
           std::string("max_connections=64"),
           std::string("max_locks_per_transaction=1024"),
           std::string("synchronous_commit=off"),
           std::string("wal_level=logical"),  // else CREATE PUBLICATION warns
           std::string("ssl=off"),
           std::string("lc_messages=C"),
           std::string("log_destination=stderr"),
           std::string("logging_collector=off"),
           std::string("cluster_name=segue"),
       }) {
    arguments.emplace_back("-c");
    arguments.push_back(setting);
  }
  return arguments;
}

}  // namespace

struct EmbeddedServer::Impl {
  EmbeddedOptions options;
  RunAs user;
  ServerBinaries binaries;
  ClusterFiles files;
  OpenFile lock;
  OpenFile log;
  std::string socket_directory;
  pid_t process = 0;

  Status prepare();
  Status launch();
  Status launch_once(Clock::time_point deadline);
  Status await_ready(Clock::time_point deadline);
  Status ensure_database() const;
  Diagnostic died(int wait_status);
  ConnectionTarget target(const std::string& database) const;
  void stop();
};

Status EmbeddedServer::Impl::prepare() {
  Result<RunAs> found_user = server_user();
  if (!found_user) return found_user.failure();
  user = *found_user;
  Result<ServerBinaries> found = find_server_binaries(options.binary_directory, options.environment, user);
  if (!found) return found.failure();
  binaries = *found;
  const Result<std::string> state = make_state_directory(options.directory);
  if (!state) return state.failure();
  Result<ClusterFiles> placed = place_cluster(*state, binaries.major, user, options.notice);
  if (!placed) return placed.failure();
  files = *placed;
  Result<OpenFile> locked = lock_cluster(files, options.lock_timeout, options.notice);
  if (!locked) return locked.failure();
  lock = std::move(*locked);
  // From here on the files are ours alone.
  Result<OpenFile> opened = open_log(files);
  if (!opened) return opened.failure();
  log = std::move(*opened);
  const Status cleaned = clean_up(files, options.notice);
  if (!cleaned) return cleaned;
  return ensure_cluster(files, binaries, user, log.get(), options.notice);
}

Status EmbeddedServer::Impl::launch() {
  const Clock::time_point deadline = Clock::now() + options.start_timeout;
  // After a killed postmaster its children hold the shared memory until they notice, and postgres refuses to start
  // (CreateDataDirLockFile and PGSharedMemoryCreate): worth a few more tries, but only where a pid file tells of one.
  const bool stale = ::access((files.data + "/postmaster.pid").c_str(), F_OK) == 0;
  Status started = launch_once(deadline);
  for (int retries = stale ? 10 : 0; !started && process == 0 && retries > 0 && Clock::now() < deadline; --retries) {
    std::this_thread::sleep_for(milliseconds(500));
    started = launch_once(deadline);
  }
  return started;
}

Status EmbeddedServer::Impl::launch_once(Clock::time_point deadline) {
  if (socket_directory.empty()) {
    Result<std::string> made = make_socket_directory(files, user);
    if (!made) return made.failure();
    socket_directory = *made;
  }
  Program program;
  program.arguments = server_arguments(binaries, files.data, socket_directory);
  program.environment = server_environment(binaries.directory);
  program.directory = files.data;
  program.output = log.get();
  program.user = user;
  program.server = true;
  const Result<pid_t> started = start_program(program);
  if (!started) return started.failure();
  process = *started;
  register_server(process);
  return await_ready(deadline);
}

Status EmbeddedServer::Impl::await_ready(Clock::time_point deadline) {
  const std::string conninfo = socket_conninfo(socket_directory, "postgres") + " connect_timeout='5'";
  for (;;) {
    if (const std::optional<int> ended = wait_for(process, milliseconds(0))) return died(*ended);
    if (PQping(conninfo.c_str()) == PQPING_OK) return done();
    if (Clock::now() >= deadline) break;
    std::this_thread::sleep_for(milliseconds(20));
  }
  Diagnostic problem = Diagnostic::error(ErrorCode::connection, "the embedded server does not get ready in time",
                                         "its whole log is " + files.log);
  problem.why = log_tail(files);
  return problem;
}

Diagnostic EmbeddedServer::Impl::died(int wait_status) {
  unregister_server(process);
  process = 0;
  Diagnostic problem =
      Diagnostic::error(ErrorCode::connection, "the embedded server did not start: " + describe_end(wait_status),
                        "its whole log is " + files.log);
  problem.why = log_tail(files);
  return problem;
}

Status EmbeddedServer::Impl::ensure_database() const {
  Result<std::unique_ptr<PgSession>> session = connect(target("postgres"));
  if (!session) return session.failure();
  const Result<Rows> found =
      (*session)->query("SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1", {options.database});
  if (!found) return found.failure();
  if (!found->empty()) return done();
  const Result<Rows> made = (*session)->execute("CREATE DATABASE " + quote_identifier(options.database));
  if (!made) return made.failure();
  return done();
}

ConnectionTarget EmbeddedServer::Impl::target(const std::string& database) const {
  return {socket_conninfo(socket_directory, database),
          "embedded PostgreSQL " + std::to_string(binaries.major) + ", database " + database, database};
}

void EmbeddedServer::Impl::stop() {
  if (process != 0) {
    // Fast first; a server that hangs is stopped the way a crash would, and recovers at the next start.
    const std::array<std::pair<int, milliseconds>, 3> ways = {
        {{SIGINT, milliseconds(60000)}, {SIGQUIT, milliseconds(10000)}, {SIGKILL, milliseconds(10000)}}};
    for (const auto& [signal, patience] : ways) {
      ::kill(process, signal);
      if (wait_for(process, patience)) break;
    }
    unregister_server(process);
    process = 0;
  }
  if (!socket_directory.empty()) remove_socket_directory(files, socket_directory);
  socket_directory.clear();
  lock = OpenFile();
}

EmbeddedServer::EmbeddedServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EmbeddedServer::~EmbeddedServer() { impl_->stop(); }

Result<std::unique_ptr<EmbeddedServer>> EmbeddedServer::start(const EmbeddedOptions& options) {
  std::unique_ptr<EmbeddedServer> server(new EmbeddedServer(std::make_unique<Impl>()));
  server->impl_->options = options;
  for (const auto step : {&Impl::prepare, &Impl::launch}) {
    const Status status = (server->impl_.get()->*step)();
    if (!status) return status.failure();
  }
  const Status database = server->impl_->ensure_database();
  if (!database) return database.failure();
  return server;
}

ConnectionTarget EmbeddedServer::target() const { return impl_->target(impl_->options.database); }
ConnectionTarget EmbeddedServer::target(const std::string& database) const { return impl_->target(database); }
int EmbeddedServer::major() const { return impl_->binaries.major; }
int EmbeddedServer::process_id() const { return impl_->process; }
const std::string& EmbeddedServer::data_directory() const { return impl_->files.data; }
const std::string& EmbeddedServer::log_file() const { return impl_->files.log; }
void EmbeddedServer::stop() { impl_->stop(); }

void interrupt_embedded_servers() noexcept {
  for (const auto& slot : running_servers) {
    const auto server = static_cast<pid_t>(slot.load() & 0xffffffffU);
    if (server > 0 && slot.load() == entry_for(server)) ::kill(server, SIGINT);
  }
}

}  // namespace segue::pg
