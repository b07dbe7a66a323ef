// A PostgreSQL server of the test's own, and databases in it.
//
// Called by every suite that needs a real server; each process starts one at its first need and stops it at its end.
// It never touches a server of the machine: socket and data lie in a folder of its own (files.h).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pg/pg_session.h"
#include "support/files.h"
#include "support/process.h"

namespace segue::test {

/// The folder of the newest server binaries: SEGUE_TEST_PG_BIN, or under /usr/lib/postgresql. Throws where none.
std::filesystem::path server_binaries();

/// The folder of the binaries of one major version: where `./dev servers` puts them (<major>/native/bin; the folder is
/// SEGUE_TEST_SERVERS, or a cache), or under /usr/lib/postgresql. Absent where there is none.
std::optional<std::filesystem::path> server_binaries_of(int major);

class Server {
 public:
  /// Makes a cluster (UTF-8, C.UTF-8; superuser `tester`; the roles of testdata/README.md) and starts it, with
  /// `settings` ("name=value") besides those that make a throw-away server fast. Where `binaries` hold no psql and no
  /// pg_dump, those of server_binaries() are taken.
  /// Throws std::runtime_error, with what to install, where there are no binaries.
  explicit Server(std::vector<std::string> settings = {}, std::filesystem::path binaries = server_binaries());
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// The one that the tests of a process share. Stopped at exit.
  static Server& shared();

  /// Starts it again after stop(); returns when it answers, or at once where `wait` is false.
  void start(bool wait = true);
  /// Shuts it down in order: what was committed is there after the next start.
  void stop();
  /// Stops it as a crash would (pg_ctl stop -m immediate): the next start recovers from its log.
  void crash();

  /// 15, 16, …
  int major() const { return major_; }
  /// For `--db`, psql and pg_dump.
  std::string url(const std::string& database) const;
  /// The folder of the socket: what stands after host= in a connection string.
  std::string socket_folder() const;
  std::string data_folder() const { return folder_ / "server/data"; }
  /// The path of one of PostgreSQL's programs.
  std::string program(const std::string& name) const;
  /// Whether pg_dump is not older than the server, which it refuses then (pg_dump/connectdb.c).
  bool has_pg_dump() const { return has_pg_dump_; }
  std::string log() const;

  /// Runs a script with psql, stopping at the first error.
  Outcome psql(const std::string& database, const std::string& script) const;
  /// The same for a file.
  Outcome psql_file(const std::string& database, const std::filesystem::path& file) const;
  /// The unaligned answer to a script, without its last line end. Throws std::runtime_error where it fails.
  std::string ask(const std::string& database, const std::string& script) const;
  /// Runs one statement in the database postgres, as the superuser. Throws std::runtime_error where it fails.
  void administer(const std::string& sql);
  /// The statement that makes a database as another is.
  std::string create_database(const std::string& name, const std::string& like = "template1") const;

 private:
  void make_cluster();
  void wait_until_ready();
  void make_roles() const;
  bool pg_dump_knows_it() const;

  std::filesystem::path binaries_;
  std::vector<std::string> settings_;
  int major_ = 0;
  bool has_pg_dump_ = false;
  TempDir folder_;
  std::unique_ptr<Background> process_;
  std::unique_ptr<pg::PgSession> administrator_;  ///< null until it is needed
};

/// A database that is there as long as this object.
class Database {
 public:
  explicit Database(Server& server, const std::string& like = "template1");
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  const std::string& name() const { return name_; }
  std::string url() const { return server_.url(name_); }
  Server& server() const { return server_; }

  /// Throws std::runtime_error with psql's message where the script does not run to its end.
  void load(const std::filesystem::path& file) const;
  void execute(const std::string& script) const;
  std::string ask(const std::string& script) const { return server_.ask(name_, script); }
  /// Asks on a session of its own: twice as fast as psql. Throws std::runtime_error where the statement fails.
  Rows query(const std::string& sql) const;
  /// What pg_dump -s prints, the schemas of segue left out; where pg_dump does not know the server, its catalogs.
  std::string dump() const;

 private:
  Server& server_;
  std::string name_;
};

}  // namespace segue::test
