#include "exec/advisory_lock.h"

#include <algorithm>
#include <random>

namespace segue::exec {
namespace {

// pg_locks shows a bigint key as its halves, with objsubid 1 (the manual, pg_locks).
constexpr const char* holder_query =
    "SELECT l.pid::text, coalesce(nullif(a.application_name, ''), 'an unnamed program'), coalesce(a.usename, '?'),"
    " coalesce(host(a.client_addr), 'this machine'),"
    " coalesce((extract(epoch FROM clock_timestamp() - a.backend_start))::bigint::text, '?')"
    " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
    " AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint"
    " AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

std::string cell(const Rows& rows, std::size_t column) { return rows.at(0, column).value_or("?"); }

std::string holder(Session& session) {
  const Result<Rows> rows = session.query(holder_query, {std::to_string(advisory_key)});
  if (!rows || rows->empty() || rows->columns() < 5) return "another session";
  return "process " + cell(*rows, 0) + " (" + cell(*rows, 1) + ", user " + cell(*rows, 2) + ", from " + cell(*rows, 3) +
         ", connected for " + cell(*rows, 4) + " s)";
}

Diagnostic not_to_be_had(const std::string& by, std::int64_t waited_ms) {
  return Diagnostic::error(ErrorCode::locked,
                           "another segue is at work on this database: " + by + "; gave up after " +
                               std::to_string(waited_ms / 1000) + " s, and nothing was changed",
                           "Wait until it is done and try again, or give more time with --wait SECONDS. If it hangs, "
                           "look at it in pg_stat_activity before ending it.");
}

/// Pauses of a waiter that grow to a third of a second, each of a length of its own: many that start together would
/// else ask at the same moments, and only one of them would have an answer each time.
class Pauses {
 public:
  std::int64_t next() {
    const std::int64_t least = longest_ / 2;
    const std::int64_t pause = std::uniform_int_distribution<std::int64_t>(least, longest_)(random_);
    longest_ = std::min<std::int64_t>(longest_ * 2, 320);
    return pause;
  }

 private:
  std::int64_t longest_ = 40;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace

Status take_advisory_lock(Session& session, LockSpan span, const LockWait& wait, Clock& clock) {
  const std::string call = span == LockSpan::session ? "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)"
                                                     : "SELECT pg_catalog.pg_try_advisory_xact_lock($1::bigint)";
  const std::int64_t begin = clock.now_ms();
  Pauses pauses;
  bool told = false;
  for (;;) {
    const Result<Rows> rows = session.query(call, {std::to_string(advisory_key)});
    if (!rows) return rows.failure();
    if (rows->size() == 1 && rows->at(0, 0) == "t") return done();
    const std::int64_t waited = clock.now_ms() - begin;
    if (waited >= wait.at_most_ms) return not_to_be_had(holder(session), waited);
    if (wait.interrupted && wait.interrupted()) {
      return Diagnostic::error(ErrorCode::database, "interrupted while waiting for another segue; nothing was changed");
    }
    if (!told && wait.note) wait.note("waiting for another segue on this database: " + holder(session));
    told = true;
    clock.sleep_ms(std::min(pauses.next(), wait.at_most_ms - waited));
  }
}

void release_advisory_lock(Session& session) {
  const Result<Rows> unlocked =
      session.query("SELECT pg_catalog.pg_advisory_unlock($1::bigint)", {std::to_string(advisory_key)});
  (void)unlocked;
}

}  // namespace segue::exec
