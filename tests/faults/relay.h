// What lies between segue and the server's socket, and can break.
//
// Used by fault.cpp. It passes bytes on in both directions and never looks at them.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/files.h"

namespace segue::test {

class Relay {
 public:
  /// Listens in a folder of its own, where clients find it as they find a server.
  explicit Relay(const std::string& server_folder);
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;
  ~Relay();

  std::string socket_folder() const { return folder_.path().string(); }
  /// Ends every connection there is; both sides see it.
  void cut() { cut_ = true; }

 private:
  struct Pair {
    int client;
    int server;
  };
  void work();
  void accept_one();
  void end_all();

  TempDir folder_;
  std::string server_socket_;
  int listening_ = -1;
  std::vector<Pair> pairs_;
  std::atomic<bool> cut_ = false;
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

}  // namespace segue::test
