#include "support/server.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "support/catalogs.h"
#include "support/session.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* superuser = "tester";

/// Who runs the server when the tests run as root, whom postgres refuses.
constexpr const char* server_user = "postgres";

/// The variables of libpq could lead a client elsewhere, and one in this process too.
void forget_libpq_variables() {
  std::vector<std::string> names;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string pair = *one;
    if (pair.starts_with("PG")) names.push_back(pair.substr(0, pair.find('=')));
  }
  for (const std::string& name : names) unsetenv(name.c_str());
}

RunOptions client_options(const std::string& input = {}) {
  RunOptions options;
  options.input = input;
  options.variables["LC_ALL"] = "C.UTF-8";
  return options;
}

void must(const Outcome& outcome, const std::string& what) {
  if (!outcome.ok()) throw std::runtime_error(what + ": " + outcome.text());
}

/// The home folder of root is open to nobody else, and root runs no server (`dev` has the same rule).
fs::path fetched_servers() {
  if (const char* given = std::getenv("SEGUE_TEST_SERVERS")) return given;
  if (geteuid() == 0) return "/var/cache/segue/servers";
  if (const char* cache = std::getenv("XDG_CACHE_HOME")) return fs::path(cache) / "segue" / "servers";
  const char* home = std::getenv("HOME");
  return fs::path(home != nullptr ? home : "/nonexistent") / ".cache" / "segue" / "servers";
}

}  // namespace

fs::path server_binaries() {
  if (const char* given = std::getenv("SEGUE_TEST_PG_BIN")) return given;
  fs::path best;
  int best_major = 0;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const int major = std::atoi(entry.path().filename().c_str());
    if (major > best_major && fs::exists(entry.path() / "bin" / "postgres")) {
      best_major = major;
      best = entry.path() / "bin";
    }
  }
  if (best.empty()) {
    throw std::runtime_error(
        "no PostgreSQL server binaries under /usr/lib/postgresql: install postgresql, or set SEGUE_TEST_PG_BIN");
  }
  return best;
}

std::optional<fs::path> server_binaries_of(int major) {
  const std::string version = std::to_string(major);
  for (const fs::path& folder :
       {fetched_servers() / version / "native" / "bin", fs::path("/usr/lib/postgresql") / version / "bin"}) {
    if (fs::exists(folder / "postgres") && fs::exists(folder / "initdb")) return folder;
  }
  return std::nullopt;
}

Server::Server(std::vector<std::string> settings, fs::path binaries)
    : binaries_(std::move(binaries)), settings_(std::move(settings)) {
  forget_libpq_variables();
  make_cluster();
  start();
  make_roles();
  major_ = std::stoi(ask("postgres", "SELECT current_setting('server_version_num')::integer / 10000"));
  has_pg_dump_ = pg_dump_knows_it();
}

Server::~Server() {
  administrator_.reset();
  // An immediate shutdown: nothing that this server holds is wanted any more.
  if (process_) process_->stop(SIGQUIT);
}

Server& Server::shared() {
  static Server server;
  return server;
}

void Server::make_cluster() {
  const std::string owned = folder_ / "server";
  fs::create_directory(owned);
  RunOptions options = client_options();
  options.user = server_user;
  options.folder = "/";
  if (geteuid() == 0) must(run({"chown", server_user, owned}), "chown");
  must(run({program("initdb"), "-D", folder_ / "server/data", "-U", superuser, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "-N"},
           options),
       "initdb");
}

void Server::start(bool wait) {
  std::vector<std::string> command{program("postgres"), "-D", folder_ / "server/data", "-k", socket_folder()};
  std::vector<std::string> settings{"listen_addresses=",    "fsync=off",      "synchronous_commit=off",
                                    "full_page_writes=off", "autovacuum=off", "max_locks_per_transaction=1024",
                                    "max_connections=60",   "jit=off",        "timezone=UTC",
                                    "shared_buffers=64MB"};
  settings.insert(settings.end(), settings_.begin(), settings_.end());
  for (const std::string& setting : settings) command.insert(command.end(), {"-c", setting});
  RunOptions options = client_options();
  options.user = server_user;
  options.folder = "/";
  process_ = std::make_unique<Background>(command, options, folder_ / "log");
  if (wait) wait_until_ready();
}

void Server::stop() {
  if (process_) process_->stop(SIGINT);
  process_.reset();
}

void Server::crash() {
  if (process_) process_->stop(SIGQUIT);
  process_.reset();
}

// In template1, so that it has a relation cache's file: databases made of it begin with a copy, and their first session
// need not make one (relcache.c, load_relcache_init_file).
void Server::wait_until_ready() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!psql("template1", "SELECT 1").ok()) {
    if (!process_->running() || std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("the test's PostgreSQL server does not come up:\n" + log());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void Server::make_roles() const {
  must(psql("postgres",
            "CREATE ROLE app_owner; CREATE ROLE app_reader; CREATE ROLE app_writer; CREATE ROLE \"Team \"\"A\"\"\";"),
       "CREATE ROLE");
}

std::string Server::url(const std::string& database) const {
  return "postgresql://" + std::string(superuser) + "@/" + database + "?host=" + socket_folder();
}

std::string Server::socket_folder() const { return folder_ / "server"; }

std::string Server::program(const std::string& name) const {
  const bool is_here = fs::exists(binaries_ / name);
  return ((is_here ? binaries_ : server_binaries()) / name).string();
}

bool Server::pg_dump_knows_it() const {
  const Outcome version = run({program("pg_dump"), "--version"}, client_options());  // pg_dump (PostgreSQL) 15.20 (…)
  const std::size_t number = version.out.find(") ");
  return number != std::string::npos && std::atoi(version.out.c_str() + number + 2) >= major_;
}

std::string Server::log() const { return read_file(folder_ / "log"); }

// Without fsync, files are copied five times as fast as their pages are logged (dbcommands.c,
// CreateDatabaseUsingWalLog).
std::string Server::create_database(const std::string& name, const std::string& like) const {
  return "CREATE DATABASE " + name + " TEMPLATE " + like + (major_ >= 15 ? " STRATEGY file_copy" : "");
}

// On a session that stays open: the start of psql takes longer than the statement.
void Server::administer(const std::string& sql) {
  if (administrator_ == nullptr || !administrator_->is_open()) administrator_ = connect_to(url("postgres"));
  (void)must(administrator_->execute(sql));
}

Outcome Server::psql(const std::string& database, const std::string& script) const {
  return run({program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url(database), "-f", "-"},
             client_options(script));
}

Outcome Server::psql_file(const std::string& database, const fs::path& file) const {
  return run({program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", url(database), "-f", file.string()},
             client_options());
}

std::string Server::ask(const std::string& database, const std::string& script) const {
  Outcome outcome = psql(database, script);
  must(outcome, script);
  if (outcome.out.ends_with('\n')) outcome.out.pop_back();
  return outcome.out;
}

Database::Database(Server& server, const std::string& like) : server_(server) {
  static int count = 0;
  name_ = "db" + std::to_string(++count);
  server_.administer(server_.create_database(name_, like));
}

Database::~Database() {
  try {
    server_.administer("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the whole server goes at the end anyway
  }
}

void Database::load(const fs::path& file) const { must(server_.psql_file(name_, file), file.string()); }

Rows Database::query(const std::string& sql) const { return must(connect_to(url())->query(sql)); }

void Database::execute(const std::string& script) const { server_.ask(name_, script); }

std::string Database::dump() const {
  if (!server_.has_pg_dump()) return server_.ask(name_, catalogs_script());
  const Outcome outcome =
      run({server_.program("pg_dump"), "-s", "-N", "segue", "-N", "segue_retained", "-d", url()}, client_options());
  must(outcome, "pg_dump");
  return outcome.out;
}

}  // namespace segue::test
