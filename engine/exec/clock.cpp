#include "exec/clock.h"

#include <chrono>
#include <thread>

namespace segue::exec {
namespace {

class MachineClock : public Clock {
 public:
  std::int64_t now_ms() override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  }
  void sleep_ms(std::int64_t ms) override { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }
};

}  // namespace

Clock& machine_clock() {
  static MachineClock clock;
  return clock;
}

}  // namespace segue::exec
