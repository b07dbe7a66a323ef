#include "relay.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace segue::test {
namespace {

constexpr int tick_ms = 1;  ///< how late a cut may come

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) throw std::runtime_error(path + " is too long for a socket");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

/// Of the one end, to the other; false where that has ended.
bool pass_on(int from, int to) {
  std::array<char, 65536> bytes;
  const ssize_t got = ::read(from, bytes.data(), bytes.size());
  if (got <= 0) return false;
  for (ssize_t sent = 0; sent < got;) {
    const ssize_t now = ::send(to, bytes.data() + sent, static_cast<std::size_t>(got - sent), MSG_NOSIGNAL);
    if (now <= 0) return false;
    sent += now;
  }
  return true;
}

}  // namespace

Relay::Relay(const std::string& server_folder) : server_socket_(server_folder + "/.s.PGSQL.5432") {
  const sockaddr_un address = address_of(folder_ / ".s.PGSQL.5432");
  listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listening_ < 0 || ::bind(listening_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listening_, 16) != 0)
    throw std::runtime_error("the relay cannot listen");
  thread_ = std::thread([this] { work(); });
}

Relay::~Relay() {
  stopped_ = true;
  thread_.join();
  end_all();
  ::close(listening_);
}

void Relay::end_all() {
  for (const Pair& pair : pairs_) {
    ::close(pair.client);
    ::close(pair.server);
  }
  pairs_.clear();
}

void Relay::accept_one() {
  const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  const sockaddr_un address = address_of(server_socket_);
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    pairs_.push_back({client, server});
    return;
  }
  ::close(client);
  ::close(server);
}

void Relay::work() {
  while (!stopped_) {
    if (cut_.exchange(false)) end_all();
    std::vector<pollfd> watched = {{listening_, POLLIN, 0}};
    for (const Pair& pair : pairs_) {
      watched.push_back({pair.client, POLLIN, 0});
      watched.push_back({pair.server, POLLIN, 0});
    }
    if (::poll(watched.data(), watched.size(), tick_ms) <= 0) continue;
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      const Pair pair = pairs_[i];
      const bool asks = watched[1 + 2 * i].revents != 0;
      const bool answers = watched[2 + 2 * i].revents != 0;
      if ((!asks || pass_on(pair.client, pair.server)) && (!answers || pass_on(pair.server, pair.client))) continue;
      ::close(pair.client);
      ::close(pair.server);
      pairs_.erase(pairs_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (watched.front().revents != 0) accept_one();
  }
}

}  // namespace segue::test
