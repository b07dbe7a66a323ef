#include "fault.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <thread>

#include "relay.h"

namespace segue::test {

using std::chrono::milliseconds;

int runs(int usual) {
  const char* factor = std::getenv("SEGUE_FAULT_RUNS");  // NOLINT(concurrency-mt-unsafe)
  return usual * (factor == nullptr ? 1 : std::max(1, std::atoi(factor)));
}

Outcome kill_segue(const Deployment& deployment, const std::vector<std::string>& arguments, milliseconds after) {
  return deployment.segue_killed(arguments, after);
}

Outcome end_session(const Deployment& deployment, const std::vector<std::string>& arguments, milliseconds after) {
  auto run = std::async(std::launch::async, [&] { return deployment.segue(arguments); });
  std::this_thread::sleep_for(after);
  (void)deployment.database().ask(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
      " AND application_name LIKE 'segue%'");
  return run.get();
}

Outcome crash_server(const Deployment& deployment, const std::vector<std::string>& arguments, milliseconds after) {
  auto run = std::async(std::launch::async, [&] { return deployment.segue(arguments); });
  std::this_thread::sleep_for(after);
  deployment.database().server().crash();
  deployment.database().server().start();
  return run.get();
}

Outcome cut_socket(const Deployment& deployment, const std::vector<std::string>& arguments, milliseconds after) {
  Relay relay(deployment.database().server().socket_folder());
  auto run = std::async(std::launch::async, [&] { return deployment.segue(arguments, relay.socket_folder()); });
  std::this_thread::sleep_for(after);
  relay.cut();
  return run.get();
}

namespace {

/// One run that is hit, and gone on with, or at once taken back. Whether it was stopped between two groups.
bool hit_and_recover(const Fault& fault, const Deployment& deployment, milliseconds after, bool goes_on) {
  const testing::ScopedTrace trace(__FILE__, __LINE__, "after " + std::to_string(after.count()) + " ms");
  (void)fault(deployment, Deployment::apply_arguments(), after);
  const bool is_between = deployment.state() == State::neither;
  if (goes_on) {
    const Outcome resumed = deployment.segue({"apply", "plan.json", "--resume", "--yes", "--allow-hazards", "all"});
    EXPECT_EQ(resumed.exit_code, 0) << resumed.text();
    EXPECT_EQ(deployment.state(), State::new_one);
  }
  const Outcome back = deployment.roll_back();
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
  return is_between;
}

}  // namespace

/// At moments spread over a little more than an undisturbed run takes; closer together where all of them missed what
/// lies between two groups.
void recover_from(const Fault& fault, const Deployment& deployment, int count) {
  const milliseconds span = span_of(deployment) * 6 / 5;
  const std::string rows = deployment.rows();
  int between = 0;
  bool goes_on = false;
  const auto hit_at = [&](milliseconds after) {
    if (testing::Test::HasFailure()) return;
    goes_on = !goes_on;
    if (hit_and_recover(fault, deployment, after, goes_on)) ++between;
    EXPECT_EQ(deployment.rows(), rows) << "after " << after.count() << " ms";
  };
  for (int i = 0; i < count; ++i) hit_at(span * i / count);
  for (int finer = 2; deployment.has_groups() && finer <= 8; finer *= 2) {
    for (int i = 1; i < count * finer && between == 0; i += 2) hit_at(span * i / (count * finer));
  }
  if (deployment.has_groups()) {
    EXPECT_GT(between, 0);
  } else if (deployment.is_one_transaction()) {
    EXPECT_EQ(between, 0);
  }
  testing::Test::RecordProperty("stopped_between", between);
}

}  // namespace segue::test
