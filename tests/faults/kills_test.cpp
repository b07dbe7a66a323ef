// Guards against a database that a crash leaves between two states, or a segue that does not find its way on from
// there: it is killed, its session ended, its connection cut, the disk filled and the server stopped, each at many
// moments of an apply and of its rollback, while other sessions write.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "fault.h"
#include "small_disk.h"

namespace segue::test {
namespace {

using std::chrono::milliseconds;

/// Rows that come in all the while, as fast as one session can; each that was answered for must be there at the end.
class Writer {
 public:
  explicit Writer(const Database& database) : database_(database) {
    thread_ = std::thread([this] {
      while (!stopped_) write();
    });
  }
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { stop(); }
  void stop() {
    stopped_ = true;
    if (thread_.joinable()) thread_.join();
  }
  /// How many of the rows that were written are not there.
  std::string missing() const {
    return database_.ask("SELECT count(*) FROM generate_series(1, " + std::to_string(written_) +
                         ") n WHERE NOT EXISTS (SELECT FROM book WHERE title = 'written ' || n)");
  }
  int written() const { return written_; }

 private:
  void write() {
    const std::string title = "'written " + std::to_string(written_ + 1) + "'";
    const Outcome outcome = database_.server().psql(
        database_.name(), "INSERT INTO book (author_id, title, pages) SELECT 1, " + title +
                              ", 1 WHERE NOT EXISTS (SELECT FROM book WHERE title = " + title + ")");
    if (outcome.ok()) ++written_;
  }
  const Database& database_;
  std::atomic<bool> stopped_ = false;
  int written_ = 0;
  std::thread thread_;
};

struct Tally {
  int old_ones = 0;
  int new_ones = 0;
};

/// One run that is hit: the state before or the one after, and the same command once more ends in the one after.
void hit(const Deployment& deployment, const Fault& fault, bool back, milliseconds after, Tally& tally) {
  const State before = back ? State::new_one : State::old_one;
  const State wanted = back ? State::old_one : State::new_one;
  const auto arguments = back ? Deployment::rollback_arguments() : Deployment::apply_arguments();
  const Outcome outcome = fault(deployment, arguments, after);
  const State state = deployment.state();
  ASSERT_NE(state, State::neither) << outcome.text() << deployment.database().dump();
  ASSERT_TRUE(outcome.exit_code != 0 || state == wanted) << outcome.text();
  ++(state == before ? tally.old_ones : tally.new_ones);
  const Outcome again = deployment.segue(arguments);
  ASSERT_EQ(again.exit_code, 0) << "after " << after.count() << " ms: " << outcome.text() << again.text();
  ASSERT_EQ(deployment.state(), wanted) << again.text();
}

/// `count` runs there and as many back, at moments spread over a little more than an undisturbed run takes; and later
/// ones where a busy machine lets none come to its end by then.
void hit_at_many_moments(const Deployment& deployment, const Fault& fault, int count) {
  Writer writer(deployment.database());
  const milliseconds span = span_of(deployment) * 6 / 5;
  Tally tally;
  const auto hit_there_and_back = [&](milliseconds after) {
    for (const bool back : {false, true}) {
      if (!testing::Test::HasFatalFailure()) hit(deployment, fault, back, after, tally);
    }
  };
  for (int i = 0; i < count; ++i) hit_there_and_back(span * i / count);
  for (int times = 2; tally.new_ones == 0 && times < 10; ++times) hit_there_and_back(span * times);
  if (testing::Test::HasFatalFailure()) return;
  writer.stop();
  EXPECT_EQ(writer.missing(), "0");
  EXPECT_GT(writer.written(), 0);
  // The moments hit both sides of the commit, or they prove little.
  EXPECT_GT(tally.old_ones, 0);
  EXPECT_GT(tally.new_ones, 0);
  testing::Test::RecordProperty("left_before", tally.old_ones);
  testing::Test::RecordProperty("left_after", tally.new_ones);
  const Outcome history = deployment.segue({"history", "--limit", "1000"});
  EXPECT_EQ(history.out.find("was changed after"), std::string::npos) << history.text();
}

TEST(Faults, SegueKilledLeavesTheOldOrTheNewState) {
  hit_at_many_moments(Deployment(ordinary_change()), kill_segue, runs(20));
}

TEST(Faults, SessionEndedLeavesTheOldOrTheNewState) {
  hit_at_many_moments(Deployment(ordinary_change()), end_session, runs(15));
}

TEST(Faults, ConnectionCutLeavesTheOldOrTheNewState) {
  hit_at_many_moments(Deployment(ordinary_change()), cut_socket, runs(10));
}

TEST(Faults, DiskFullLeavesTheOldOrTheNewState) {
  Server server;
  const SmallDisk disk(server);
  if (!disk.problem().empty()) GTEST_SKIP() << disk.problem();
  const Deployment deployment(ordinary_change(), server);
  disk.move_here(deployment.database());
  const Fault fill_disk = [&](const Deployment& on, const std::vector<std::string>& arguments, milliseconds after) {
    auto run = std::async(std::launch::async, [&] { return on.segue(arguments); });
    std::this_thread::sleep_for(after);
    disk.fill();
    Outcome outcome = run.get();
    disk.free();
    return outcome;
  };
  hit_at_many_moments(deployment, fill_disk, runs(8));
}

TEST(Faults, ServerCrashedLeavesTheOldOrTheNewState) {
  Server server({"synchronous_commit=on"});
  hit_at_many_moments(Deployment(ordinary_change(), server), crash_server, runs(5));
}

}  // namespace
}  // namespace segue::test
