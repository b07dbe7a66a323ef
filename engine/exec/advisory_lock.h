// One segue at a time on a database: the advisory lock, taken by polling.
//
// Used by exec/executor and by whoever plans under the lock. A blocked pg_advisory_lock would hold a snapshot for which
// concurrent index builds wait, while they hold what it waits for; so it never blocks, and asks again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/result.h"
#include "base/session.h"
#include "exec/clock.h"

namespace segue::exec {

/// The key of pg_try_advisory_lock(bigint): "segue" in ASCII.
inline constexpr std::int64_t advisory_key = 0x7365677565;

struct LockWait {
  std::int64_t at_most_ms = 60000;
  std::function<void(const std::string&)> note;  ///< says once for whom it waits
  std::function<bool()> interrupted;
};

enum class LockSpan { session, transaction };

/// Takes the lock for the session or, inside a transaction, until that ends. Code locked, with the holder, when it was
/// not to be had in time.
Status take_advisory_lock(Session& session, LockSpan span, const LockWait& wait, Clock& clock);

/// Gives a session's lock back; a session that is gone has given it back already.
void release_advisory_lock(Session& session);

}  // namespace segue::exec
