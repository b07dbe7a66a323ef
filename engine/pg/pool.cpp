#include "pg/pool.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace segue::pg {

struct Pool::State {
  ConnectionTarget target;
  ConnectOptions options;
  std::size_t limit;
  mutable std::mutex mutex;
  std::condition_variable returned;
  std::vector<std::unique_ptr<PgSession>> idle;
  std::size_t lent = 0;  ///< lent out, or being opened
};

Pool::Lease::Lease(Pool* pool, std::unique_ptr<PgSession> session) : pool_(pool), session_(std::move(session)) {}
Pool::Lease::Lease(Lease&& other) noexcept : pool_(other.pool_), session_(std::move(other.session_)) {}

Pool::Lease& Pool::Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    give_back();
    pool_ = other.pool_;
    session_ = std::move(other.session_);
  }
  return *this;
}

Pool::Lease::~Lease() { give_back(); }

void Pool::Lease::give_back() noexcept {
  if (!session_) return;
  State& state = *pool_->state_;
  // A transaction that is still open would leak its snapshot and locks to the next borrower; closing the session is
  // the one way out that cannot fail.
  if (!session_->is_open() || session_->in_transaction()) session_.reset();
  {
    // Notified under the lock: after it the pool's destructor may already have run.
    const std::lock_guard<std::mutex> lock(state.mutex);
    if (session_) state.idle.push_back(std::move(session_));
    --state.lent;
    state.returned.notify_all();
  }
}

Pool::Pool(ConnectionTarget target, ConnectOptions options, std::size_t limit)
    : state_(new State{std::move(target), std::move(options), std::max<std::size_t>(limit, 1), {}, {}, {}, 0}) {
  // Room for all, so that giving back never allocates and so never throws.
  state_->idle.reserve(state_->limit);
}

Pool::~Pool() {
  std::unique_lock<std::mutex> lock(state_->mutex);
  state_->returned.wait(lock, [this] { return state_->lent == 0; });
}

Result<Pool::Lease> Pool::acquire(std::chrono::milliseconds timeout) {
  State& state = *state_;
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  {
    std::unique_lock<std::mutex> lock(state.mutex);
    const bool free = state.returned.wait_until(lock, deadline, [&] { return state.lent < state.limit; });
    if (!free) {
      return Diagnostic::error(ErrorCode::locked, "all " + std::to_string(state.limit) + " sessions were busy for " +
                                                      std::to_string(timeout.count()) + " ms: " + state.target.shown);
    }
    ++state.lent;
    while (!state.idle.empty()) {
      std::unique_ptr<PgSession> session = std::move(state.idle.back());
      state.idle.pop_back();
      if (session->is_open()) return Lease(this, std::move(session));
    }
  }
  // Opened without the lock, so that several can open at the same time; the slot is already counted.
  Result<std::unique_ptr<PgSession>> opened = connect(state.target, state.options);
  if (opened) return Lease(this, std::move(*opened));
  const std::lock_guard<std::mutex> lock(state.mutex);
  --state.lent;
  state.returned.notify_all();
  return opened.failure();
}

std::size_t Pool::limit() const { return state_->limit; }

std::size_t Pool::open_sessions() const {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->lent + state_->idle.size();
}

}  // namespace segue::pg
