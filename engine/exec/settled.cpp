#include "exec/settled.h"

#include "exec/history.h"
#include "exec/run_sql.h"

namespace segue::exec {

std::optional<Settled> find_settled(Session& session, const std::string& request) {
  const Result<HistoryState> state = history_state(session);
  if (!state || *state != HistoryState::ours) return std::nullopt;
  // an older format has no such table, and the role may lack the privilege: then there is nothing to go by
  const Result<Rows> rows =
      session.query("SELECT s.catalog, s.plan_file FROM segue.settled s WHERE s.request = $1", {request});
  if (!rows || rows->empty()) return std::nullopt;
  return Settled{request, rows->at(0, 0).value_or(""), rows->at(0, 1).value_or("")};
}

Status store_settled(Session& session, const Settled& settled) {
  return run_sql(
      session,
      "WITH old AS (DELETE FROM segue.settled s WHERE s.request IN (SELECT o.request FROM segue.settled o "
      "WHERE o.request <> $1 ORDER BY o.settled_at DESC OFFSET 15)) "
      "INSERT INTO segue.settled AS s (request, catalog, plan_file) VALUES ($1, $2, $3) ON CONFLICT (request) "
      "DO UPDATE SET catalog = excluded.catalog, plan_file = excluded.plan_file, settled_at = excluded.settled_at",
      {settled.request, settled.catalog, settled.plan_file});
}

Status forget_settled(Session& session) { return run_sql(session, "DELETE FROM segue.settled"); }

}  // namespace segue::exec
