// Throw-away servers for the tests of pg/: a real one for the whole test binary, and sockets that answer as told.
//
// Included by the tests in this folder. Never touches a cluster that it did not make.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "pg/connect.h"
#include "pg/embedded.h"

namespace segue::pg::test {

/// A folder below /tmp that the server's user can enter; removed in the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Looks into the process environment, as cli/ does.
Environment process_environment();

/// Options for a server in the folder.
EmbeddedOptions options_for(const TemporaryFolder& folder);

/// The server that the tests share. Aborts with the reason when it cannot be started.
EmbeddedServer& shared_server();

/// A session with it, or an abort with the reason.
std::unique_ptr<PgSession> shared_session();

/// The first cell of the first row, or "NULL", or "error: …".
std::string cell(Session& session, const std::string& sql);

/// A TCP socket on 127.0.0.1 that hands each connection, with its number from 0, to a function. The function's thread
/// is the socket's own; the connection is closed when it returns.
class FakeServer {
 public:
  explicit FakeServer(std::function<void(int connection, int number)> serve);
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;
  ~FakeServer();
  /// A target with that port; no TLS unless `extra` says so.
  ConnectionTarget target(const std::string& extra = "sslmode=disable") const;
  int connections() const { return connections_; }

 private:
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_{0};
  std::thread thread_;
};

/// Reads the startup packet.
void read_startup(int connection);
/// An ErrorResponse with severity, SQLSTATE, message and the function that raised it.
void send_error(int connection, const std::string& severity, const std::string& sqlstate, const std::string& message,
                const std::string& function = "fake");

}  // namespace segue::pg::test
