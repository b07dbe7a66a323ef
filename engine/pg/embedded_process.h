// Programs of the PostgreSQL server run without a shell, as another user where we are root, and ended again.
//
// Used by pg/embedded*. Never passes the caller's environment or open files on, and never waits without a limit.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace segue::pg {

/// The user that server programs run as. PostgreSQL refuses root, so `change` is set when we are root.
struct RunAs {
  uid_t uid = 0;
  gid_t gid = 0;
  std::string name;
  bool change = false;
};

/// Ourselves; as root the user postgres, else nobody. An error when root finds neither.
Result<RunAs> server_user();

/// The user with this id, or the bare number where it has no name.
RunAs user_with_id(uid_t uid, gid_t gid);

struct Program {
  std::vector<std::string> arguments;    ///< [0] is the path of the binary
  std::vector<std::string> environment;  ///< NAME=value, all of it
  std::string directory = "/";
  int output = -1;  ///< file descriptor for stdout and stderr; -1 is /dev/null
  RunAs user;
  /// A session of its own, so that Ctrl-C at the terminal does not reach it, and a fast shutdown (SIGINT) from the
  /// kernel when the thread that started it dies (Linux; elsewhere the next start cleans up).
  bool server = false;
};

/// The process id. Fails with the system's reason where the binary cannot be run.
Result<pid_t> start_program(const Program& program);

/// The wait status once the process has ended; absent when `limit` passes first. A child that somebody else has already
/// reaped counts as ended well.
std::optional<int> wait_for(pid_t process, std::chrono::milliseconds limit);

/// Runs to the end; killed when `limit` passes. True when it exited with 0.
Result<bool> run_program(const Program& program, std::chrono::milliseconds limit);

/// Runs to the end and returns what it wrote, up to 64 KiB; an error when it did not exit with 0.
Result<std::string> run_and_read(Program program, std::chrono::milliseconds limit);

/// Whether `user` may list and enter the directory, which for another user is a question about every folder above it.
bool can_enter(const std::string& directory, const RunAs& user);

/// "exit code 1", "signal 9 (Killed)".
std::string describe_end(int wait_status);

}  // namespace segue::pg
