#include "exec/blockers.h"

namespace segue::exec {
namespace {

constexpr const char* holders_query =
    "SELECT DISTINCT ON (a.xact_start, a.pid) a.pid::text, coalesce(nullif(a.application_name, ''), a.backend_type, "
    "'?'),"
    " coalesce(a.usename, '?'), coalesce(a.state, '?'), l.mode,"
    " coalesce(extract(epoch FROM clock_timestamp() - a.xact_start)::bigint::text, '?')"
    " FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.granted AND l.relation = pg_catalog.to_regclass($1) AND a.pid <> pg_catalog.pg_backend_pid()"
    " ORDER BY a.xact_start, a.pid LIMIT 3";

}  // namespace

std::string who_blocks(Session& session, const Job& job, const std::string& step_id) {
  std::string out;
  for (const Work& work : job.work) {
    if (work.step->id != step_id) continue;
    for (const std::string& relation : work.step->lock.relations) {
      const Result<Rows> rows = session.query(holders_query, {relation});
      if (!rows || rows->columns() < 6) continue;  // the step may only be about to make it
      for (std::size_t i = 0; i < rows->size(); ++i) {
        const auto cell = [&](std::size_t column) { return rows->at(i, column).value_or("?"); };
        out += (out.empty() ? "" : "\n") + ("held on " + relation + ": ") + cell(4) + " by process " + cell(0) + " (" +
               cell(1) + ", user " + cell(2) + ", " + cell(3) + ", in its transaction for " + cell(5) + " s)";
      }
    }
  }
  return out;
}

}  // namespace segue::exec
