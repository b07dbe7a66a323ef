// Runs a program and gives back what it said and how it ended.
//
// Called by every test that looks at segue, psql or pg_dump from outside. It never goes through a shell, and it never
// waits longer than its time limit: what runs on is killed and said to have timed out.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace segue::test {

struct RunOptions {
  std::string input;                                            ///< what stands on its standard input
  std::string folder;                                           ///< where it runs; "" is the test's own
  std::map<std::string, std::optional<std::string>> variables;  ///< set, or taken away where there is no value
  std::string user;  ///< run as this user, where the test itself is root; "" is the test's own
  int time_limit_seconds = 120;
  std::optional<std::chrono::milliseconds> killed_after;  ///< SIGKILL at that moment, where it still runs
};

struct Outcome {
  int exit_code = -1;  ///< 128 + the signal's number where a signal ended it
  bool timed_out = false;
  std::string out;
  std::string err;
  bool ok() const { return exit_code == 0 && !timed_out; }
  /// All of it, as a failed test shows it.
  std::string text() const;
};

/// Runs `command` (a path, or a name to be found in PATH, and its arguments) to its end.
/// Throws std::runtime_error where it cannot even be started.
Outcome run(const std::vector<std::string>& command, const RunOptions& options = {});

/// A program that runs beside the test: a server. Its output goes to a file.
class Background {
 public:
  /// It is sent SIGQUIT when this process ends in whatever way, a kill too.
  Background(const std::vector<std::string>& command, const RunOptions& options, const std::string& log_file);
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  ~Background();

  bool running();
  /// Sends the signal and waits for the end; SIGKILL after ten seconds. Without effect where it has ended.
  void stop(int signal);

 private:
  int pid_ = -1;
};

}  // namespace segue::test
