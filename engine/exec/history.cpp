#include "exec/history.h"

#include <nlohmann/json.hpp>

#include "exec/run_sql.h"
#include "exec/way_back.h"

namespace segue::exec {
namespace {

/// How many applied plans are kept in full. Rows themselves are small and stay.
constexpr int plans_kept = 100;

std::string dump(const nlohmann::json& tree) {
  return tree.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string sha256_of(const std::string& expression) {
  return "encode(sha256(convert_to(" + expression + ", 'UTF8')), 'hex')";
}

/// What the rows of chain_version 2 are chained by besides. A state goes when it is old, and its hash stays; a plan is
/// known by its id.
std::string rest_of(const std::string& row) {
  std::string columns;
  for (const char* name : {"tool_version", "server_version", "steps", "hand_edited", "sqlstate", "part", "left_hash"})
    columns += ", coalesce(" + row + "." + name + "::text, '')";
  return "CASE WHEN " + row + ".chain_version >= 2 THEN concat_ws(chr(31)" + columns +
         ", (SELECT coalesce(string_agg(concat_ws(chr(31), s.position, s.step_id, s.object, s.verb, s.sql,"
         " s.duration_ms), chr(30) ORDER BY s.position), '') FROM segue.history_step s WHERE s.history_id = " +
         row + ".id)) END";
}

/// `whole`: the history has the columns of format 4. concat_ws passes over what is null: rows of older formats keep
/// their hash. Over whole microseconds, since what extract() returns has changed its type with PostgreSQL 14.
std::string hash_of(const std::string& row, const std::string& previous, bool whole) {
  const auto column = [&](const char* name) { return "coalesce(" + row + "." + name + "::text, '')"; };
  const auto time = [&](const char* name) {
    return "(extract(epoch FROM " + row + "." + name + ") * 1000000)::bigint";
  };
  return sha256_of("concat_ws(chr(31), " + previous + ", " + column("id") + ", " + column("plan_id") + ", " +
                   column("verb") + ", " + column("outcome") + ", " + time("started_at") + ", " + time("finished_at") +
                   ", " + column("who") + ", " + column("client") + ", " + column("failed_step") + ", " +
                   column("error") + (whole ? ", " + rest_of(row) : "") + ")");
}

/// Whether the rows say which chain they are of: an older history is read as it is.
Result<bool> has_chain_version(Session& session) {
  const Result<Rows> rows = session.query(
      "SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = 'segue.history'::regclass"
      " AND attname = 'chain_version' AND NOT attisdropped)");
  if (!rows) return rows.failure();
  return !rows->empty() && rows->at(0, 0) == "t";
}

/// Whether the state is another than the one that was written. The oldest are forgotten with their plans: one that is
/// gone while an older plan is there was taken away.
std::string has_another_state() {
  return "CASE WHEN h.left_state IS NOT NULL THEN h.chain_version >= 2 AND " + sha256_of("h.left_state") +
         " IS DISTINCT FROM h.left_hash ELSE h.left_hash IS NOT NULL AND EXISTS"
         " (SELECT FROM segue.history o WHERE o.id < h.id AND o.plan_file IS NOT NULL) END";
}

Parameter text_or_null(const std::string& text) { return text.empty() ? Parameter() : Parameter(text); }

std::string to_text(const LeftState& left) {
  nlohmann::json tree = nlohmann::json::object();
  for (const auto& [key, hash] : left) tree[key] = hash;
  return dump(tree);
}

/// What somebody else may have written there is no reason to fail: then the shapes of the plan decide.
LeftState left_from_text(const std::string& text) {
  LeftState left;
  const nlohmann::json tree = nlohmann::json::parse(text, nullptr, false);
  if (!tree.is_object()) return left;
  for (const auto& [key, hash] : tree.items()) {
    if (hash.is_string()) left[key] = hash.get<std::string>();
  }
  return left;
}

Status write_steps(Session& session, std::int64_t id, const std::vector<StepRecord>& steps) {
  if (steps.empty()) return done();
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    rows.push_back({{"position", i + 1},
                    {"step_id", steps[i].step_id},
                    {"object", steps[i].object},
                    {"verb", steps[i].verb},
                    {"sql", steps[i].sql},
                    {"duration_ms", steps[i].duration_ms}});
  }
  return run_sql(session,
                 "INSERT INTO segue.history_step (history_id, position, step_id, object, verb, sql, duration_ms)"
                 " SELECT $1::bigint, s.position, s.step_id, s.object, s.verb, s.sql, s.duration_ms"
                 " FROM json_to_recordset($2::json) AS"
                 " s(position integer, step_id text, object text, verb text, sql text, duration_ms bigint)",
                 {std::to_string(id), dump(rows)});
}

Status chain(Session& session, std::int64_t id) {
  return run_sql(
      session,
      "UPDATE segue.history h SET prev_hash = p.hash, hash = " + hash_of("h", "p.hash", true) +
          " FROM (SELECT coalesce((SELECT hash FROM segue.history WHERE id < $1::bigint ORDER BY id DESC LIMIT 1), '')"
          " AS hash) p WHERE h.id = $1::bigint",
      {std::to_string(id)});
}

Status forget_old_plans(Session& session) {
  return run_sql(session,
                 "UPDATE segue.history SET plan_file = NULL, left_state = NULL WHERE plan_file IS NOT NULL AND id <="
                 " (SELECT id FROM segue.history WHERE plan_file IS NOT NULL ORDER BY id DESC OFFSET " +
                     std::to_string(plans_kept) + " LIMIT 1)");
}

Result<std::optional<AppliedPlan>> applied_where(Session& session, const std::string& condition,
                                                 const std::vector<Parameter>& parameters) {
  const Result<HistoryState> state = history_state(session);
  if (!state) return state.failure();
  if (*state != HistoryState::ours) return std::optional<AppliedPlan>();
  // h.id is the number; a bare id would be the text of that name in the answer, by which 9 comes after 10
  const Result<Rows> rows = session.query(
      "SELECT id::text, plan_id, coalesce(plan_file, ''), to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')"
      " || ' UTC', who, coalesce(left_state, ''), undone_by IS NOT NULL, outcome = 'done' FROM segue.history h"
      " WHERE verb = 'apply' AND " +
          condition + " ORDER BY h.id DESC LIMIT 1",
      parameters);
  if (!rows) return rows.failure();
  if (rows->empty()) return std::optional<AppliedPlan>();
  const auto cell = [&](std::size_t column) { return rows->at(0, column).value_or(""); };
  return std::optional<AppliedPlan>(AppliedPlan{rows->number(0, 0), cell(1), cell(2), cell(3), cell(4),
                                                left_from_text(cell(5)), cell(6) == "t", cell(7) == "t"});
}

HistoryRow row_of(const Rows& rows, std::size_t i) {
  const auto cell = [&](std::size_t column) { return rows.at(i, column).value_or(""); };
  HistoryRow row;
  row.id = rows.number(i, 0);
  row.plan_id = cell(1);
  row.verb = cell(2);
  row.outcome = cell(3);
  row.started_at = cell(4);
  row.duration_ms = rows.number(i, 5);
  row.who = cell(6);
  row.client = cell(7);
  row.tool_version = cell(8);
  row.steps = static_cast<int>(rows.number(i, 9));
  row.hand_edited = cell(10) == "t";
  row.undone_by = rows.number(i, 11);
  row.failed_step = cell(12);
  row.error = cell(13);
  row.intact = cell(14) == "t";
  return row;
}

}  // namespace

Result<std::int64_t> write_entry(Session& session, const HistoryEntry& entry) {
  const Result<Rows> rows = session.query(
      "INSERT INTO segue.history (plan_id, verb, outcome, started_at, finished_at, who, client, tool_version,"
      " server_version, steps, hand_edited, failed_step, error, sqlstate, plan_file, left_state, part, left_hash,"
      " chain_version)"
      " SELECT $1, $2, $3, t.now - $4::bigint * interval '1 millisecond', t.now, session_user,"
      " host(inet_client_addr()), $5, current_setting('server_version_num')::integer, $6::integer, $7::boolean, $8,"
      " $9, $10, $11, $12, $13::integer, " +
          sha256_of("$12::text") + ", 2 FROM (SELECT clock_timestamp() AS now) t RETURNING id::text",
      {entry.plan_id, entry.verb, entry.outcome, std::to_string(entry.duration_ms), entry.tool_version,
       std::to_string(entry.steps.size()), entry.hand_edited ? "t" : "f", text_or_null(entry.failed_step),
       text_or_null(entry.error), text_or_null(entry.sqlstate), text_or_null(entry.plan_file), to_text(entry.left),
       std::to_string(entry.part)});
  if (!rows) return rows.failure();
  const std::int64_t id = rows->empty() ? 0 : rows->number(0, 0);
  if (id == 0) return Diagnostic::error(ErrorCode::internal, "the server gave no id for the row of the history");
  for (const Status& status : {write_steps(session, id, entry.steps), chain(session, id), forget_old_plans(session)}) {
    if (!status) return status.failure();
  }
  return id;
}

Status mark_undone(Session& session, const std::string& plan_id, std::int64_t by) {
  return run_sql(
      session,
      "UPDATE segue.history SET undone_by = $2::bigint WHERE plan_id = $1 AND verb = 'apply' AND undone_by IS NULL"
      " AND outcome IN ('done', 'part', 'begun') AND id < $2::bigint",
      {plan_id, std::to_string(by)});
}

Result<Progress> find_progress(Session& session, const std::string& plan_id) {
  const Result<HistoryState> state = history_state(session);
  if (!state) return state.failure();
  Progress progress;
  if (*state != HistoryState::ours) return progress;
  const Result<Rows> rows = session.query(
      "SELECT h.part, h.outcome, coalesce(h.left_state, '') FROM segue.history h WHERE h.plan_id = $1"
      " AND h.verb = 'apply' AND h.outcome IN ('part', 'begun') AND h.undone_by IS NULL AND h.id > coalesce((SELECT"
      " max(d.id) FROM segue.history d WHERE d.plan_id = $1 AND d.verb = 'apply' AND d.outcome = 'done'), 0)"
      " ORDER BY h.id",
      {plan_id});
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    progress.begun = rows->at(i, 1) == "begun";
    if (progress.begun) continue;
    progress.done = static_cast<int>(rows->number(i, 0));
    progress.left = left_from_text(rows->at(i, 2).value_or(""));
  }
  return progress;
}

Result<bool> entry_exists(Session& session, std::int64_t id) {
  const Result<Rows> rows =
      session.query("SELECT EXISTS (SELECT FROM segue.history WHERE id = $1::bigint)", {std::to_string(id)});
  if (!rows) return rows.failure();
  return !rows->empty() && rows->at(0, 0) == "t";
}

Result<std::optional<AppliedPlan>> find_applied(Session& session, const std::string& plan_id) {
  return applied_where(session, "outcome = 'done' AND plan_id = $1", {plan_id});
}

Result<std::optional<AppliedPlan>> last_applied(Session& session) {
  return applied_where(session, "outcome IN ('done', 'part') AND undone_by IS NULL", {});
}

Result<std::vector<HistoryRow>> read_history(Session& session, int limit) {
  const Result<HistoryState> state = history_state(session);
  if (!state) return state.failure();
  std::vector<HistoryRow> history;
  if (*state == HistoryState::absent || *state == HistoryState::foreign) return history;
  const Result<bool> whole = has_chain_version(session);
  if (!whole) return whole.failure();
  const Result<Rows> rows = session.query(
      "SELECT id::text, plan_id, verb, outcome,"
      " to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC',"
      " round(extract(epoch FROM finished_at - started_at) * 1000)::bigint::text, who, coalesce(client, 'local'),"
      " tool_version, steps::text, hand_edited, undone_by::text, coalesce(failed_step, ''), coalesce(error, ''),"
      " coalesce(hash = " +
          hash_of("h", "h.prev_hash", *whole) +
          " AND prev_hash = before, false), verb = 'apply' AND outcome = 'done' AND undone_by IS NULL,"
          " coalesce(plan_file, '')"
          " FROM (SELECT *, coalesce(lag(hash) OVER (ORDER BY id), '') AS before FROM segue.history) h"
          " ORDER BY h.id DESC LIMIT $1::bigint",
      {std::to_string(limit)});
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    history.push_back(row_of(*rows, i));
    if (rows->at(i, 15) != "t") continue;
    Result<std::string> found = way_back(session, history.back().plan_id, rows->at(i, 16).value_or(""));
    if (!found) return found.failure();
    history.back().way_back = std::move(*found);
  }
  return history;
}

Result<std::vector<BrokenRow>> broken_rows(Session& session) {
  const Result<bool> whole = has_chain_version(session);
  if (!whole) return whole.failure();
  const std::string state = *whole ? " OR " + has_another_state() : "";
  const Result<Rows> rows = session.query(
      "SELECT * FROM (SELECT h.id, coalesce(h.before_id, 0), coalesce(h.hash <> " +
      hash_of("h", "h.prev_hash", *whole) + ", true)" + state +
      " AS changed, coalesce(h.prev_hash <> h.before, true) AS unlinked, CASE WHEN NOT EXISTS"
      " (SELECT FROM segue.history b WHERE b.id = h.undone_by AND b.verb = 'rollback' AND b.plan_id = h.plan_id) THEN "
      "coalesce(h.undone_by, 0) ELSE 0 END AS missing,"
      " h.steps, (SELECT count(*) FROM segue.history_step s WHERE s.history_id = h.id) AS kept FROM"
      " (SELECT *, coalesce(lag(hash) OVER (ORDER BY id), '') AS before, lag(id) OVER (ORDER BY id) AS before_id"
      " FROM segue.history) h) r WHERE r.changed OR r.unlinked OR r.missing <> 0 OR r.steps <> r.kept"
      " ORDER BY r.id LIMIT 100");
  if (!rows) return rows.failure();
  std::vector<BrokenRow> broken;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto value = [&](std::size_t column) { return rows->number(i, column); };
    broken.push_back({value(0), value(1), rows->at(i, 2) == "t", rows->at(i, 3) == "t", value(4), value(5), value(6)});
  }
  return broken;
}

std::string chain_anew(int format) {
  const bool whole = format >= 4;
  const std::string states = "UPDATE segue.history SET left_hash = " + sha256_of("left_state") +
                             " WHERE chain_version >= 2 AND left_state IS NOT NULL; ";
  return (whole ? states : "") +
         "WITH RECURSIVE h AS (SELECT *, row_number() OVER (ORDER BY id) AS place FROM segue.history), c AS"
         " (SELECT h.place, h.id, ''::text AS prev_hash, " +
         hash_of("h", "''", whole) +
         " AS hash FROM h WHERE h.place = 1 UNION ALL"
         " SELECT h.place, h.id, c.hash, " +
         hash_of("h", "c.hash", whole) +
         " FROM c JOIN h ON h.place = c.place + 1)"
         " UPDATE segue.history t SET prev_hash = c.prev_hash, hash = c.hash FROM c WHERE c.id = t.id;";
}

}  // namespace segue::exec
