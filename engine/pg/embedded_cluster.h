// The files of an embedded server: folders, lock, cluster, and what a killed command left behind.
//
// Used by pg/embedded. Starts no server (only initdb), and touches nothing outside the project's .segue folder, its
// stand-in in /var/tmp and the socket folders that it made itself.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "pg/embedded_binaries.h"
#include "pg/embedded_process.h"

namespace segue::pg {

/// Closes the file when it goes.
class OpenFile {
 public:
  explicit OpenFile(int descriptor = -1) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

struct ClusterFiles {
  std::string state;        ///< .segue: log, lock and notes
  std::string data;         ///< the cluster
  std::string log;          ///< output of initdb and of the server, of the last start
  std::string lock;         ///< locked while a command uses the cluster
  std::string socket_note;  ///< the path of the socket folder, so that it can be removed after a kill
};

using Notice = std::function<void(const std::string&)>;

/// Makes .segue (with a .gitignore) in the project's folder.
Result<std::string> make_state_directory(const std::string& project);

/// The files for a major version, with the data where `user` can reach it. The data folder itself is not made. Where
/// data is there already, `user` becomes its owner when we are root.
Result<ClusterFiles> place_cluster(const std::string& state, int major, RunAs& user, const Notice& notice);

/// Waits for the lock; it holds as long as the file is open.
Result<OpenFile> lock_cluster(const ClusterFiles& files, std::chrono::milliseconds limit, const Notice& notice);

/// Opens the log, empty.
Result<OpenFile> open_log(const ClusterFiles& files);

/// Stops a server that still runs on the data although nobody holds the lock, and removes its socket folder.
Status clean_up(const ClusterFiles& files, const Notice& notice);

/// Runs initdb when there is no cluster yet. Atomic: made aside and renamed, so that an interrupted one leaves nothing.
Status ensure_cluster(const ClusterFiles& files, const ServerBinaries& binaries, const RunAs& user, int log,
                      const Notice& notice);

/// A folder of mode 0700 that belongs to `user`, with a path short enough for a socket (107 bytes), noted in `files`.
Result<std::string> make_socket_directory(const ClusterFiles& files, const RunAs& user);
void remove_socket_directory(const ClusterFiles& files, const std::string& directory);

/// The last lines of the log, for an error's `why`.
std::string log_tail(const ClusterFiles& files);

}  // namespace segue::pg
