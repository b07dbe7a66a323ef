// Time and sleep, so that waiting can be tested without waiting.
//
// Used by exec/ wherever it polls or tries again. Never the time that is stored: the history's times are the server's.
#pragma once

#include <cstdint>

namespace segue::exec {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_ms() = 0;  ///< monotonic
  virtual void sleep_ms(std::int64_t ms) = 0;
};

/// The machine's. Lives as long as the program.
Clock& machine_clock();

}  // namespace segue::exec
