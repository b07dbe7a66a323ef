// How long a program runs and how much memory it takes.
//
// Called by bench.cpp. It never looks at what the program does.
#pragma once

#include <string>
#include <vector>

namespace segue::bench {

struct Measured {
  double seconds = 0;      ///< wall clock
  double cpu_seconds = 0;  ///< the program's own, user and system; the server's is not in it
  double megabytes = 0;    ///< peak resident memory
};

/// Runs the program `times` times in `folder`, its output thrown away, and returns the fastest run.
/// Throws std::runtime_error, with what it said on stderr, where it does not end with `exit_code`.
Measured fastest(const std::vector<std::string>& command, const std::string& folder, int times, int exit_code = 0);

}  // namespace segue::bench
