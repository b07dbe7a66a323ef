// A private PostgreSQL server for one command: `--db embedded`.
//
// Made by cli/ for the command's duration and by tests. Never listens on the network, never uses a shell, never touches
// another cluster of the machine.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "pg/conninfo.h"

namespace segue::pg {

struct EmbeddedOptions {
  std::string directory = ".";  ///< the project's folder; data, log and lock are kept in its .segue/
  std::string database = "segue";
  std::optional<std::string> binary_directory;      ///< the server programs to use, of any major from 13 on
  Environment environment;                          ///< for PATH and SEGUE_PG_BIN
  std::function<void(const std::string&)> notice;   ///< progress for people; may be empty
  std::chrono::milliseconds start_timeout{120000};  ///< for the server to accept connections, recovery included
  std::chrono::milliseconds lock_timeout{300000};   ///< for another segue that uses the same data to finish
};

/// A running server. One thread at a time. Two commands in the same folder take turns: the second waits for the first,
/// and says so.
class EmbeddedServer {
 public:
  /// Finds the programs, makes the cluster `.segue/pg<major>` when there is none, stops a server that a killed segue
  /// left behind, starts the server and makes the database when it is absent. As root all of it runs as the data's
  /// owner, else as user postgres, else nobody; where that user cannot enter the project's folder, the data is in
  /// /var/tmp/segue-<hash of the folder> and `notice` says so. Fails with `connection` where the server cannot run,
  /// `io` where files cannot be made, `locked` when the time for the lock is up. On Linux the server is shut down when
  /// the calling THREAD ends, so call it on one that outlives the server.
  static Result<std::unique_ptr<EmbeddedServer>> start(const EmbeddedOptions& options);
  EmbeddedServer(const EmbeddedServer&) = delete;
  EmbeddedServer& operator=(const EmbeddedServer&) = delete;
  /// Stops the server.
  ~EmbeddedServer();

  /// The database of the options, as the superuser role `segue`.
  ConnectionTarget target() const;
  /// Another database of the same server, which need not exist.
  ConnectionTarget target(const std::string& database) const;

  int major() const;
  /// The process id of the server; 0 once it is stopped.
  int process_id() const;
  const std::string& data_directory() const;
  const std::string& log_file() const;

  /// Fast shutdown, waiting until it is done; the data stays. Harmless when it is stopped already.
  void stop();

 private:
  struct Impl;
  explicit EmbeddedServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// For the command's handler of SIGINT and SIGTERM, when it is not going to unwind to the destructors: asks every
/// embedded server of this process for a fast shutdown and does not wait. Async-signal-safe.
void interrupt_embedded_servers() noexcept;

}  // namespace segue::pg
