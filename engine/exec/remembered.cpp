// What the history remembers for planning: forms of definitions, and which objects are segue's to drop.
#include <nlohmann/json.hpp>

#include "exec/history.h"
#include "exec/run_sql.h"
#include "exec/settled.h"

namespace segue::exec {
namespace {

std::string dump(const nlohmann::json& tree) {
  return tree.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The rows of a table of the history; none where there is none, or where it may not be read: who plans looks whether
/// that is so, and says it.
Result<Rows> rows_of(Session& session, const std::string& sql) {
  const Result<HistoryState> state = history_state(session);
  if (!state) return state.failure();
  if (*state != HistoryState::ours) return Rows();
  return session.query(sql);
}

}  // namespace

Result<std::vector<RememberedForm>> load_remembered(Session& session) {
  const Result<Rows> rows = rows_of(
      session, "SELECT key, form, canonical_version::text, server_version::text FROM segue.remembered_form ORDER BY 1");
  if (!rows) return rows.failure();
  std::vector<RememberedForm> forms;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    forms.push_back({rows->at(i, 0).value_or(""), rows->at(i, 1).value_or(""), static_cast<int>(rows->number(i, 2)),
                     static_cast<int>(rows->number(i, 3))});
  }
  return forms;
}

Status store_remembered(Session& session, const std::vector<RememberedForm>& rows) {
  if (rows.empty()) return done();
  nlohmann::json tree = nlohmann::json::array();
  for (const RememberedForm& row : rows) {
    tree.push_back({{"key", row.key},
                    {"form", row.form},
                    {"canonical_version", row.canonical_version},
                    {"server_version", row.server_version}});
  }
  // DISTINCT ON: one key given twice would make ON CONFLICT fail.
  return run_sql(session,
                 "INSERT INTO segue.remembered_form (key, form, canonical_version, server_version)"
                 " SELECT DISTINCT ON (r.key) r.key, r.form, r.canonical_version, r.server_version"
                 " FROM json_to_recordset($1::json)"
                 " AS r(key text, form text, canonical_version integer, server_version integer)"
                 " ON CONFLICT (key) DO UPDATE SET form = excluded.form,"
                 " canonical_version = excluded.canonical_version, server_version = excluded.server_version",
                 {dump(tree)});
}

Result<std::vector<std::string>> load_managed(Session& session) {
  const Result<Rows> rows = rows_of(session, "SELECT key FROM segue.managed_object ORDER BY 1");
  if (!rows) return rows.failure();
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < rows->size(); ++i) keys.push_back(rows->at(i, 0).value_or(""));
  return keys;
}

Status update_managed(Session& session, const std::string& plan_id, const std::vector<std::string>& gone,
                      const std::vector<std::string>& ours) {
  bool changed = false;
  if (!gone.empty()) {
    const Result<Rows> removed = session.query(
        "DELETE FROM segue.managed_object WHERE key IN (SELECT json_array_elements_text($1::json)) RETURNING 1",
        {dump(gone)});
    if (!removed) return removed.failure();
    changed = !removed->empty();
  }
  if (!ours.empty()) {
    const Result<Rows> added = session.query(
        "INSERT INTO segue.managed_object (key, plan_id)"
        " SELECT DISTINCT k, $2 FROM json_array_elements_text($1::json) AS k ON CONFLICT (key) DO NOTHING RETURNING 1",
        {dump(ours), plan_id});
    if (!added) return added.failure();
    changed = changed || !added->empty();
  }
  return changed ? forget_settled(session) : done();
}

}  // namespace segue::exec
