// Support for the tests beside it; no tests of its own.
#include "test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <vector>

namespace segue::pg::test {

TemporaryFolder::TemporaryFolder() : path_("/tmp/segue-test-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) std::abort();
  ::chmod(path_.c_str(), 0755);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
}

EmbeddedOptions options_for(const TemporaryFolder& folder) {
  EmbeddedOptions options;
  options.directory = folder.path();
  options.environment = process_environment();
  return options;
}

EmbeddedServer& shared_server() {
  struct Shared {
    TemporaryFolder folder;
    std::unique_ptr<EmbeddedServer> server;
  };
  static Shared shared;
  if (!shared.server) {
    Result<std::unique_ptr<EmbeddedServer>> started = EmbeddedServer::start(options_for(shared.folder));
    if (!started) {
      std::cerr << render(started.error());
      std::abort();
    }
    shared.server = std::move(*started);
  }
  return *shared.server;
}

std::unique_ptr<PgSession> shared_session() {
  Result<std::unique_ptr<PgSession>> session = connect(shared_server().target());
  if (!session) {
    std::cerr << render(session.error());
    std::abort();
  }
  return std::move(*session);
}

std::string cell(Session& session, const std::string& sql) {
  const Result<Rows> rows = session.query(sql);
  if (!rows) return "error: " + rows.error().what;
  return rows->empty() ? "nothing" : rows->at(0, 0).value_or("NULL");
}

FakeServer::FakeServer(std::function<void(int, int)> serve) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, serve = std::move(serve)] {
    for (;;) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      const timeval limit{5, 0};
      ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
      serve(connection, connections_++);
      ::close(connection);
    }
  });
}

FakeServer::~FakeServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

ConnectionTarget FakeServer::target(const std::string& extra) const {
  const std::string setting = "host=127.0.0.1 port=" + std::to_string(port_) +
                              " user=reader password=s3cret dbname=library gssencmode=disable " + extra;
  return *parse_target(setting);
}

void read_startup(int connection) {
  std::uint32_t length = 0;
  if (::recv(connection, &length, sizeof length, MSG_WAITALL) != sizeof length) return;
  std::vector<char> rest(ntohl(length) - sizeof length);
  ::recv(connection, rest.data(), rest.size(), MSG_WAITALL);
}

void send_error(int connection, const std::string& severity, const std::string& sqlstate, const std::string& message,
                const std::string& function) {
  std::string body;
  const auto field = [&body](char code, const std::string& value) {
    body += code;
    body += value;
    body += '\0';
  };
  field('S', severity);
  field('V', "FATAL");
  field('C', sqlstate);
  field('M', message);
  field('F', "fake.c");
  field('L', "1");
  field('R', function);
  body += '\0';
  const std::uint32_t length = htonl(static_cast<std::uint32_t>(body.size() + 4));
  std::string packet = "E";
  packet.append(reinterpret_cast<const char*>(&length), sizeof length);
  packet += body;
  ::send(connection, packet.data(), packet.size(), MSG_NOSIGNAL);
}

}  // namespace segue::pg::test
