// Guards against lending out broken or half-used sessions, and against opening more than the limit.
#include "pg/pool.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "test_server.h"

namespace segue::pg::test {
namespace {

using std::chrono::milliseconds;

TEST(Pool, OpensNothingBeforeItIsAsked) {
  Pool pool(shared_server().target(), {}, 3);
  EXPECT_EQ(pool.open_sessions(), 0U);
}

TEST(Pool, LendsTheSameSessionAgain) {
  Pool pool(shared_server().target(), {}, 2);
  int first = 0;
  {
    auto lease = pool.acquire(milliseconds(1000));
    ASSERT_TRUE(lease);
    first = (*lease)->backend_pid();
  }
  auto again = pool.acquire(milliseconds(1000));
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->backend_pid(), first);
  EXPECT_EQ(pool.open_sessions(), 1U);
}

TEST(Pool, GivesUpWhenAllStayBusy) {
  Pool pool(shared_server().target(), {}, 1);
  auto lease = pool.acquire(milliseconds(1000));
  ASSERT_TRUE(lease);
  const auto refused = pool.acquire(milliseconds(50));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::locked);
}

TEST(Pool, ReplacesABrokenSession) {
  Pool pool(shared_server().target(), {}, 1);
  int first = 0;
  {
    auto lease = pool.acquire(milliseconds(1000));
    ASSERT_TRUE(lease);
    first = (*lease)->backend_pid();
    EXPECT_FALSE((*lease)->execute("SELECT pg_terminate_backend(pg_backend_pid())"));
  }
  auto again = pool.acquire(milliseconds(1000));
  ASSERT_TRUE(again);
  EXPECT_NE((*again)->backend_pid(), first);
  EXPECT_EQ(cell(**again, "SELECT 1"), "1");
}

TEST(Pool, ReplacesASessionThatBrokeWhileIdle) {
  Pool pool(shared_server().target(), {}, 1);
  std::string first;
  {
    auto lease = pool.acquire(milliseconds(1000));
    ASSERT_TRUE(lease);
    first = std::to_string((*lease)->backend_pid());
  }
  auto admin = shared_session();
  ASSERT_TRUE(admin->query("SELECT pg_terminate_backend($1)", {first}));
  // The process, not pg_stat_activity: a backend leaves that list before it closes its socket.
  for (int i = 0; i < 500 && ::kill(std::stoi(first), 0) == 0; ++i) std::this_thread::sleep_for(milliseconds(20));
  auto again = pool.acquire(milliseconds(1000));
  ASSERT_TRUE(again);
  EXPECT_EQ(cell(**again, "SELECT 1"), "1");
}

TEST(Pool, NeverLendsAnOpenTransactionToTheNext) {
  Pool pool(shared_server().target(), {}, 1);
  {
    auto lease = pool.acquire(milliseconds(1000));
    ASSERT_TRUE(lease);
    ASSERT_TRUE((*lease)->execute("BEGIN"));
  }
  auto again = pool.acquire(milliseconds(1000));
  ASSERT_TRUE(again);
  EXPECT_FALSE((*again)->in_transaction());
}

TEST(Pool, ServesManyThreadsWithinItsLimit) {
  Pool pool(shared_server().target(), {}, 3);
  std::mutex mutex;
  std::set<int> backends;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&] {
      auto lease = pool.acquire(milliseconds(20000));
      ASSERT_TRUE(lease) << render(lease.error());
      EXPECT_EQ(cell(**lease, "SELECT pg_sleep(0.02)"), "");
      const std::lock_guard<std::mutex> lock(mutex);
      backends.insert((*lease)->backend_pid());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_LE(backends.size(), 3U);
  EXPECT_GE(backends.size(), 1U);
}

TEST(Pool, ClosesEverythingInTheEnd) {
  std::string backend;
  {
    Pool pool(shared_server().target(), {}, 1);
    auto lease = pool.acquire(milliseconds(1000));
    ASSERT_TRUE(lease);
    backend = std::to_string((*lease)->backend_pid());
  }
  auto admin = shared_session();
  const std::string still_there = "SELECT count(*) FROM pg_stat_activity WHERE pid = " + backend;
  for (int i = 0; i < 100 && cell(*admin, still_there) != "0"; ++i) std::this_thread::sleep_for(milliseconds(20));
  EXPECT_EQ(cell(*admin, still_there), "0");
}

TEST(Pool, FreesTheSlotWhenConnectingFails) {
  ConnectionTarget nowhere = *parse_target("host=127.0.0.1 port=1 dbname=x user=y");
  Pool pool(nowhere, {}, 1);
  for (int i = 0; i < 2; ++i) {
    const auto refused = pool.acquire(milliseconds(1000));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::connection);
  }
  EXPECT_EQ(pool.open_sessions(), 0U);
}

}  // namespace
}  // namespace segue::pg::test
