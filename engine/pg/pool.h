// A few sessions to one database, lent out one at a time, so that catalog queries can run side by side.
//
// Made and used by the front (connection.cpp). Never lends a session out that is broken or still in a transaction, and
// never opens more than its limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>

#include "base/result.h"
#include "pg/connect.h"

namespace segue::pg {

/// Thread safe. Outlives its leases: the destructor waits for those that are still out.
class Pool {
 public:
  /// A borrowed session; gives it back when it goes. Move only; belongs to one thread at a time.
  class Lease {
   public:
    Lease(Lease&& other) noexcept;
    Lease& operator=(Lease&& other) noexcept;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();
    PgSession& operator*() const { return *session_; }
    PgSession* operator->() const { return session_.get(); }

   private:
    friend class Pool;
    Lease(Pool* pool, std::unique_ptr<PgSession> session);
    void give_back() noexcept;
    Pool* pool_;
    std::unique_ptr<PgSession> session_;
  };

  /// At most `limit` (at least 1) sessions. Opens none before the first acquire.
  Pool(ConnectionTarget target, ConnectOptions options, std::size_t limit);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  /// Waits for outstanding leases, then closes everything.
  ~Pool();

  /// An idle session, or a new one while there are fewer than the limit, else waits for one to come back. Fails with
  /// ErrorCode::locked when `timeout` has passed, and as connect() does when a new session cannot be opened.
  Result<Lease> acquire(std::chrono::milliseconds timeout);

  std::size_t limit() const;
  /// Sessions that are open now, lent out or idle.
  std::size_t open_sessions() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segue::pg
