#include "exec/retained.h"

#include <algorithm>

#include "base/quote.h"
#include "base/retained.h"
#include "exec/history.h"
#include "exec/run_sql.h"

namespace segue::exec {
namespace {

/// FROM behind this knows `k.names` of a relation, or of a column that stays in its table (three of them).
std::string names_of(const std::string& kept) { return "(SELECT pg_catalog.parse_ident(" + kept + ") AS names) k"; }

const std::string stays_in_its_table = "pg_catalog.cardinality(k.names) = 3";

const std::string column_at =
    "pg_catalog.pg_attribute a WHERE a.attrelid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', k.names[1],"
    " k.names[2])) AND a.attname = k.names[3] AND NOT a.attisdropped";

/// In bytes; of a column, what the last ANALYZE found.
std::string size_of(const std::string& kept) {
  return "coalesce(CASE WHEN " + stays_in_its_table +
         " THEN (SELECT pg_catalog.max(s.avg_width * greatest(c.reltuples, 0))::bigint FROM pg_catalog.pg_stats s JOIN"
         " pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(pg_catalog.format('%I.%I', k.names[1], k.names[2]))"
         " WHERE s.schemaname = k.names[1] AND s.tablename = k.names[2] AND s.attname = k.names[3])"
         " ELSE pg_catalog.pg_total_relation_size(pg_catalog.to_regclass(" +
         kept + ")) END, 0)";
}

}  // namespace

std::string still_kept(const std::string& name) {
  return "(SELECT CASE WHEN " + stays_in_its_table + " THEN EXISTS (SELECT FROM " + column_at +
         ") ELSE pg_catalog.to_regclass(" + name + ") IS NOT NULL END FROM " + names_of(name) + ")";
}

Result<bool> is_still_kept(Session& session, const std::string& relation) {
  const Result<Rows> there = session.query("SELECT " + still_kept("$1"), std::vector<Parameter>{relation});
  if (!there) return there.failure();
  return there->at(0, 0) == "t";
}

bool keeps_rows(const Job& job) {
  return std::any_of(job.work.begin(), job.work.end(), [](const Work& work) { return !work.step->retained.empty(); });
}

// What we put there must not become somebody else's: the owner of a schema may do anything with what is in it.
Status ensure_retained_schema(Session& session) {
  const Result<Rows> rows = session.query(
      "SELECT o.rolsuper OR pg_catalog.pg_has_role(n.nspowner, 'MEMBER') FROM pg_catalog.pg_namespace n"
      " JOIN pg_catalog.pg_roles o ON o.oid = n.nspowner WHERE n.nspname = 'segue_retained'");
  if (!rows) return rows.failure();
  if (rows->empty()) {
    Status made = run_sql(session, "CREATE SCHEMA segue_retained");
    if (made)
      made = run_sql(session,
                     "COMMENT ON SCHEMA segue_retained IS 'Rows that segue keeps for a way back. segue purge frees "
                     "them'");
    return made;
  }
  if (rows->at(0, 0) == "t") return done();
  Diagnostic error = Diagnostic::error(ErrorCode::refused,
                                       "the database has a schema named segue_retained that belongs to somebody else",
                                       "Rename that schema, or have its owner let you act as that role.");
  error.object = "schema segue_retained";
  return error;
}

namespace {

/// A name in segue_retained that is free: several ways back of one plan may each leave something there.
Result<std::string> free_name(Session& session, const std::string& wanted) {
  for (int number = 1;; ++number) {
    std::string relation = quote_qualified("segue_retained", wanted + "_" + std::to_string(number));
    const Result<Rows> taken =
        session.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", std::vector<Parameter>{relation});
    if (!taken) return taken.failure();
    if (taken->at(0, 0) != "t") return relation;
  }
}

Status write_retained(Session& session, const std::string& relation, const std::string& object, const Job& job,
                      const plan::Step& step) {
  return run_sql(session, "INSERT INTO segue.retained (relation, object, plan_id, step_id) VALUES ($1, $2, $3, $4)",
                 {relation, object, job.plan->id, step.id});
}

/// What a way back took; what it left there stays known, so that purge frees it.
Status forget(Session& session, const std::string& relation) {
  return run_sql(session, "DELETE FROM segue.retained WHERE relation = $1 AND NOT " + still_kept("$1"), {relation});
}

}  // namespace

Result<std::vector<std::string>> copy_losses(Session& session, const Job& job, const Work& work) {
  std::vector<std::string> said;
  std::set<std::string> copied;
  for (const plan::Preflight& check : work.losses) {
    if (!copied.insert(check.relation).second) continue;
    Status status = run_sql(session, "LOCK TABLE " + check.relation + " IN ACCESS EXCLUSIVE MODE");
    const Result<Rows> rows = status ? session.query(check.sql) : Result<Rows>(status.failure());
    if (!rows) return rows.failure();
    if (rows->size() == 1 && rows->at(0, 0) == "0") continue;
    if (status = ensure_retained_schema(session); !status) return status.failure();
    const Result<std::string> name =
        free_name(session, "rolled_back_" + job.plan->id.substr(0, 8) + "_" + work.step->id);
    if (!name) return name.failure();
    status = run_sql(session, "CREATE TABLE " + *name + " AS TABLE " + check.relation);
    if (status) status = write_retained(session, *name, work.step->object, job, *work.step);
    if (!status) return status.failure();
    said.push_back("the rows of " + check.relation + " are kept in " + *name + " until segue purge");
  }
  return said;
}

Status record_retained(Session& session, const Job& job) {
  for (const Work& work : job.work) {
    for (const plan::Retained& one : work.step->retained) {
      const Status status = job.direction == Direction::back
                                ? forget(session, one.relation)
                                : write_retained(session, one.relation, one.object, job, *work.step);
      if (!status) return status;
    }
  }
  return done();
}

Status check_still_retained(Session& session, const Job& job) {
  if (!keeps_rows(job)) return done();
  std::string lines;
  for (const Work& work : job.work) {
    for (const plan::Retained& one : work.step->retained) {
      const Result<bool> there = is_still_kept(session, one.relation);
      if (!there) return there.failure();
      if (*there) continue;
      lines += (lines.empty() ? "  " : "\n  ") + work.step->id + "  " + one.object + ": " + one.relation + " is gone";
    }
  }
  if (lines.empty()) return done();
  Diagnostic error = Diagnostic::error(
      ErrorCode::refused, "rollback was refused, since the rows that the plan had kept are gone; nothing was changed",
      "They were purged, or dropped by hand. Plan towards the schema that you want back instead: segue plan --schema "
      "OLD.sql.");
  error.why = lines;
  return error;
}

Result<std::vector<RetainedRow>> read_retained(Session& session) {
  std::vector<RetainedRow> all;
  const Result<Rows> known = session.query("SELECT pg_catalog.to_regclass('segue.retained') IS NOT NULL");
  if (!known) return known.failure();
  if (known->at(0, 0) != "t") return all;
  const Result<Rows> rows = session.query(
      "SELECT r.relation, r.object, r.plan_id, pg_catalog.to_char(r.kept_at, 'YYYY-MM-DD HH24:MI:SS TZ'),"
      " EXTRACT(epoch FROM pg_catalog.now() - r.kept_at)::bigint,"
      " " +
      size_of("r.relation") + ", " + still_kept("r.relation") +
      ", r.object NOT LIKE 'column %' OR pg_catalog.to_regclass(pg_catalog.format('%I.%I', o.names[1], o.names[2]))"
      " IS NOT NULL FROM segue.retained r CROSS JOIN LATERAL " +
      names_of("r.relation") +
      " CROSS JOIN LATERAL"
      " (SELECT CASE WHEN r.object LIKE 'column %' THEN pg_catalog.parse_ident(pg_catalog.substr(r.object, 8)) END)"
      " o(names) ORDER BY r.kept_at, r.relation");
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    all.push_back({rows->at(i, 0).value_or(""), rows->at(i, 1).value_or(""), rows->at(i, 2).value_or(""),
                   rows->at(i, 3).value_or(""), rows->number(i, 4), rows->number(i, 5), rows->at(i, 6) == "t",
                   rows->at(i, 7) == "t"});
  }
  return all;
}

namespace {

/// The statement that frees a relation or a column; empty where it is gone already. The name is the catalog's: what the
/// history says is a text, and nothing else is ours to drop. DROP TABLE takes a sequence for a mistake, so that each is
/// dropped as what it is.
Result<std::string> freeing(Session& session, const std::string& relation) {
  const Result<Rows> rows = session.query(
      "SELECT pg_catalog.format('ALTER TABLE %I.%I DROP COLUMN %I', k.names[1], k.names[2], a.attname) FROM " +
          names_of("$1") + " CROSS JOIN LATERAL (SELECT a.attname FROM " + column_at +
          " AND pg_catalog.starts_with(a.attname, $2)) a WHERE " + stays_in_its_table +
          " UNION ALL SELECT pg_catalog.format('DROP %s %I.%I', CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE'"
          " END, k.names[1], c.relname) FROM " +
          names_of("$1") +
          " JOIN pg_catalog.pg_class c ON c.relname = k.names[2] AND c.relnamespace ="
          " pg_catalog.to_regnamespace(k.names[1]) WHERE k.names[1] = 'segue_retained' AND NOT " +
          stays_in_its_table,
      {relation, std::string(retained_column_prefix)});
  if (!rows) return rows.failure();
  return rows->empty() ? std::string() : rows->at(0, 0).value_or("");
}

Status free_one(Session& session, const std::string& relation) {
  const Result<std::string> statement = freeing(session, relation);
  if (!statement) return statement.failure();
  if (!statement->empty()) {
    if (Status freed = run_sql(session, *statement); !freed) return freed;
  }
  return forget(session, relation);
}

}  // namespace

Status purge_retained(Session& session, const std::vector<RetainedRow>& rows, const LockWait& wait, Clock& clock) {
  Status status = run_sql(session, "BEGIN");
  if (status) status = take_advisory_lock(session, LockSpan::transaction, wait, clock);
  for (const RetainedRow& row : rows) {
    if (!status) break;
    status = free_one(session, row.relation);
  }
  if (status) return run_sql(session, "COMMIT");
  (void)session.execute("ROLLBACK").ok();
  return status;
}

}  // namespace segue::exec
