// Guards against a fleet that starts together: two applies that run at once, one that gives up although all is well,
// and one that waits without a word.
#include <gtest/gtest.h>

#include <future>

#include "deployment.h"

namespace segue::test {
namespace {

constexpr std::size_t fleet = 20;

std::vector<Outcome> at_once(const std::vector<std::string>& arguments, const std::string& folder) {
  std::vector<std::future<Outcome>> runs;
  for (std::size_t i = 0; i < fleet; ++i)
    runs.push_back(std::async(std::launch::async, [&] { return run_segue(arguments, folder); }));
  std::vector<Outcome> outcomes;
  for (auto& run : runs) outcomes.push_back(run.get());
  return outcomes;
}

bool says(const Outcome& outcome, const std::string& text) { return outcome.err.find(text) != std::string::npos; }

void expect_one_at_work(const std::vector<Outcome>& outcomes) {
  std::size_t applied = 0;
  std::size_t waited = 0;  // not all others: on a busy machine one may start when the work is done
  for (const Outcome& outcome : outcomes) {
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
    if (says(outcome, "Applied ")) ++applied;
    if (says(outcome, "waiting for another segue")) ++waited;
    EXPECT_NE(says(outcome, "Applied "), says(outcome, "Nothing to do")) << outcome.text();
  }
  EXPECT_EQ(applied, 1U);
  EXPECT_GT(waited, 0U);
}

class AtOnce : public testing::Test {
 protected:
  void SetUp() override { write_file(folder_ / "schema.sql", ordinary_change().before); }
  std::string history() const {
    return database_.ask("SELECT string_agg(verb || ' ' || outcome, ', ' ORDER BY id) FROM segue.history");
  }
  const Database database_{Server::shared()};
  const TempDir folder_;
};

TEST_F(AtOnce, OneOfTwentyAppliesOfASchemaDoesTheWork) {
  expect_one_at_work(
      at_once({"apply", "--schema", "schema.sql", "--yes", "--db", database_.url()}, folder_.path().string()));
  EXPECT_EQ(history(), "apply done");
}

TEST_F(AtOnce, OneOfTwentyAppliesOfAPlanDoesTheWork) {
  const Outcome planned = run_segue({"plan", "--out", "plan.json", "--db", database_.url()}, folder_.path().string());
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  expect_one_at_work(at_once({"apply", "plan.json", "--yes", "--db", database_.url()}, folder_.path().string()));
  EXPECT_EQ(history(), "apply done");
}

TEST_F(AtOnce, OneOfTwentyRollbacksDoesTheWork) {
  ASSERT_EQ(run_segue({"plan", "--out", "plan.json", "--db", database_.url()}, folder_.path().string()).exit_code, 0);
  ASSERT_EQ(run_segue({"apply", "plan.json", "--yes", "--db", database_.url()}, folder_.path().string()).exit_code, 0);
  const auto outcomes = at_once({"rollback", "plan.json", "--yes", "--db", database_.url()}, folder_.path().string());
  for (const Outcome& outcome : outcomes) EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_EQ(history(), "apply done, rollback done");
}

TEST_F(AtOnce, WhoeverMayWaitNoLongerSaysForWhom) {
  auto holder = std::async(std::launch::async, [&] {
    return database_.ask(
        "SET application_name = 'the holder'; SELECT pg_advisory_lock(x'7365677565'::bigint);"
        " SELECT pg_sleep(4)");
  });
  while (database_.ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "0" &&
         holder.wait_for(std::chrono::milliseconds(1)) == std::future_status::timeout) {
  }
  const Outcome outcome =
      run_segue({"apply", "--yes", "--wait", "0.5", "--db", database_.url()}, folder_.path().string());
  EXPECT_EQ(outcome.exit_code, 6) << outcome.text();
  EXPECT_TRUE(says(outcome, "the holder")) << outcome.text();
  EXPECT_TRUE(says(outcome, "nothing was changed")) << outcome.text();
  (void)holder.get();
}

}  // namespace
}  // namespace segue::test
