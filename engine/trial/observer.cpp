#include "trial/observer.h"

#include <algorithm>

#include "base/quote.h"
#include "plan/locks.h"

namespace segue::trial {
namespace {

/// Levels as plan/locks numbers them (lockdefs.h).
constexpr const char* query =
    "SELECT c.oid, n.nspname, c.relname, pg_catalog.pg_relation_filenode(c.oid),"
    " pg_catalog.pg_stat_get_xact_numscans(c.oid), coalesce((SELECT pg_catalog.max(CASE l.mode WHEN 'AccessShareLock'"
    " THEN 1 WHEN 'RowShareLock' THEN 2 WHEN 'RowExclusiveLock' THEN 3 WHEN 'ShareUpdateExclusiveLock' THEN 4 WHEN"
    " 'ShareLock' THEN 5 WHEN 'ShareRowExclusiveLock' THEN 6 WHEN 'ExclusiveLock' THEN 7 ELSE 8 END)"
    " FROM pg_catalog.pg_locks l WHERE l.relation = c.oid AND l.locktype = 'relation' AND l.granted"
    " AND l.pid = pg_catalog.pg_backend_pid() AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d"
    " WHERE d.datname = pg_catalog.current_database())), 0)"
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'segue',"
    " 'segue_retained') AND n.nspname NOT LIKE 'pg\\_toast%' AND n.nspname NOT LIKE 'pg\\_temp%'";

}  // namespace

Observer::Relations Observer::look() {
  Relations found;
  const Result<Rows> rows = session_->query(query);
  if (!rows) return found;  // the statement that follows tells why
  for (std::size_t i = 0; i < rows->size(); ++i) {
    found[rows->at(i, 0).value_or("")] = {quote_qualified(rows->text(i, 1), rows->text(i, 2)),
                                          rows->at(i, 3).value_or(""), rows->number(i, 4),
                                          static_cast<int>(rows->number(i, 5))};
  }
  return found;
}

void Observer::step_started(std::size_t /*number*/, std::size_t /*total*/, const plan::Step& step) {
  if (step.alone || session_ == nullptr) return;
  before_ = look();
  if (at_first_.empty()) at_first_ = before_;
}

void Observer::step_finished(std::size_t /*number*/, std::size_t /*total*/, const plan::Step& step,
                             std::int64_t /*ms*/) {
  if (step.alone || session_ == nullptr) return;
  plan::Measured seen;
  seen.step = step.id;
  int strongest = 0;
  for (const auto& [oid, now] : look()) {
    const auto before = before_.find(oid);
    if (before == before_.end() || at_first_.count(oid) == 0) continue;  // the plan's own: nobody else waits for it
    if (now.lock > before->second.lock) {
      seen.locked.push_back(before->second.name);
      strongest = std::max(strongest, now.lock);
    }
    if (now.file != before->second.file) seen.rewritten.push_back(before->second.name);
    if (now.scans > before->second.scans) seen.scanned.push_back(before->second.name);
  }
  seen.mode = plan::lock_mode(strongest);
  compare(step, seen);
  measured_.push_back(std::move(seen));
}

void Observer::compare(const plan::Step& step, const plan::Measured& seen) {
  // ACCESS SHARE keeps nobody waiting but who would have waited for any reader
  if (plan::lock_level(seen.mode) > std::max(plan::lock_level(step.lock.mode), plan::lock_level("ACCESS SHARE")))
    broken_.push_back(step.id + " locks " + join(seen.locked, ", ") + " in mode " + seen.mode + ", and says " +
                      (step.lock.mode.empty() ? "that it locks nothing" : step.lock.mode));
  if (!seen.rewritten.empty() && !step.rewrites)
    broken_.push_back(step.id + " rewrites " + join(seen.rewritten, ", ") + ", and does not say so");
  if (!seen.scanned.empty() && !step.scans && !step.rewrites)
    broken_.push_back(step.id + " reads all of " + join(seen.scanned, ", ") + ", and does not say so");
}

}  // namespace segue::trial
