// Making, recognizing and bringing up the schema `segue`. The rest of the history is in history.cpp and remembered.cpp.
#include <array>
#include <sstream>
#include <vector>

#include "base/quote.h"
#include "exec/history.h"

namespace segue::exec {
namespace {

// Format 1, as one text, so that it costs one round trip. The marker table comes last: what has no marker is not ours.
constexpr const char* first_format = R"sql(
CREATE SCHEMA segue;
COMMENT ON SCHEMA segue IS 'History of segue. Read it with: segue history';

CREATE TABLE segue.history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_id text NOT NULL,
  verb text NOT NULL,
  outcome text NOT NULL,
  started_at timestamp with time zone NOT NULL,
  finished_at timestamp with time zone NOT NULL,
  who text NOT NULL,
  client text,
  tool_version text NOT NULL,
  server_version integer NOT NULL,
  steps integer NOT NULL,
  hand_edited boolean NOT NULL,
  failed_step text,
  error text,
  sqlstate text,
  plan_file text,
  left_state text,
  undone_by bigint,
  prev_hash text,
  hash text
);
COMMENT ON TABLE segue.history IS 'One row per apply, rollback and failure';
CREATE INDEX history_plan_id ON segue.history (plan_id);

CREATE TABLE segue.history_step (
  history_id bigint NOT NULL REFERENCES segue.history ON DELETE CASCADE,
  position integer NOT NULL,
  step_id text NOT NULL,
  object text NOT NULL,
  verb text NOT NULL,
  sql text NOT NULL,
  duration_ms bigint NOT NULL,
  PRIMARY KEY (history_id, position)
);
COMMENT ON TABLE segue.history_step IS 'What each row of segue.history ran';

CREATE TABLE segue.remembered_form (
  key text PRIMARY KEY,
  form text NOT NULL,
  canonical_version integer NOT NULL,
  server_version integer NOT NULL
);
COMMENT ON TABLE segue.remembered_form IS 'What the server made of definitions that were sent to it';

CREATE TABLE segue.managed_object (
  key text PRIMARY KEY,
  plan_id text NOT NULL
);
COMMENT ON TABLE segue.managed_object IS 'Objects that applied plans named: only these are ever dropped unasked';

CREATE TABLE segue.format (version integer NOT NULL);
COMMENT ON TABLE segue.format IS 'Marks the schema segue as made by segue';
INSERT INTO segue.format VALUES (1);
)sql";

// What leads from each format to the next. A new history takes the same way.
constexpr std::array<const char*, history_version - 1> upgrades = {
    R"sql(
CREATE TABLE segue.settled (
  request text PRIMARY KEY,
  catalog text NOT NULL,
  plan_file text NOT NULL,
  settled_at timestamp with time zone NOT NULL DEFAULT now()
);
COMMENT ON TABLE segue.settled IS 'Comparisons that found nothing to do, so that a start need not compare again';

ALTER TABLE segue.history ADD COLUMN part integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN segue.history.part IS 'Which group of its plan, where that has several; 0 for the whole';
)sql",
    R"sql(
CREATE TABLE segue.retained (
  relation text PRIMARY KEY,
  object text NOT NULL,
  plan_id text NOT NULL,
  step_id text NOT NULL,
  kept_at timestamp with time zone NOT NULL DEFAULT now()
);
COMMENT ON TABLE segue.retained IS 'What plans kept in the schema segue_retained, so that rollback can bring it back';
)sql",
    R"sql(
ALTER TABLE segue.history ADD COLUMN left_hash text;
ALTER TABLE segue.history ADD COLUMN chain_version integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN segue.history.chain_version IS '1: the hash is over what rows of the first formats had; 2: over the whole row and its steps';
)sql",
};

// What both texts above make, by the format that brought it.
struct Columns {
  int since;
  const char* table;
  const char* names;
};
constexpr Columns all_columns[] = {
    {1, "history",
     "id plan_id verb outcome started_at finished_at who client tool_version server_version steps hand_edited "
     "failed_step error sqlstate plan_file left_state undone_by prev_hash hash"},
    {1, "history_step", "history_id position step_id object verb sql duration_ms"},
    {1, "remembered_form", "key form canonical_version server_version"},
    {1, "managed_object", "key plan_id"},
    {2, "settled", "request catalog plan_file settled_at"},
    {2, "history", "part"},
    {3, "retained", "relation object plan_id step_id kept_at"},
    {4, "history", "left_hash chain_version"},
};

// A schema whose owner is neither a superuser nor a role that we may act as could hold triggers that run as us.
// Catalog look-ups and not to_regclass, which fails where the schema may not be used.
constexpr const char* state_query =
    "SELECT n.oid IS NOT NULL,"
    " EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'format')"
    " AND h.oid IS NOT NULL AND (o.rolsuper OR pg_catalog.pg_has_role(n.nspowner, 'MEMBER')),"
    " coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
    " AND pg_catalog.has_table_privilege(h.oid, 'SELECT'), false)"
    " FROM (SELECT 1) AS one LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = 'segue'"
    " LEFT JOIN pg_catalog.pg_class h ON h.relnamespace = n.oid AND h.relname = 'history'"
    " LEFT JOIN pg_catalog.pg_roles o ON o.oid = n.nspowner";

Result<int> format_of(Session& session) {
  const Result<Rows> rows = session.query("SELECT max(version)::text FROM segue.format");
  if (!rows) return rows.failure();
  const std::int64_t version = rows->empty() ? 0 : rows->number(0, 0);
  if (version >= 1 && version <= history_version) return static_cast<int>(version);
  if (version < 1) {
    return Diagnostic::error(ErrorCode::refused,
                             "the history in this database (schema segue) does not say which format it has: the table "
                             "segue.format is empty; nothing was changed",
                             "segue doctor finds out which one it is.");
  }
  return Diagnostic::error(ErrorCode::refused,
                           "the history in this database (schema segue) has format " + std::to_string(version) +
                               ", and this segue writes format " + std::to_string(history_version) +
                               "; nothing was changed",
                           "Use the newer segue that has written it.");
}

Diagnostic foreign_schema() {
  Diagnostic error = Diagnostic::error(
      ErrorCode::refused, "the database has a schema named segue that segue did not make; nothing was changed",
      "Rename that schema (ALTER SCHEMA segue RENAME TO …), or have its owner let you act as that role if it is the "
      "history after all.");
  error.object = "schema segue";
  error.why =
      "segue keeps its history in a schema of that name. This one lacks the table segue.format that marks it, or "
      "belongs to a role that is neither a superuser nor one that you are a member of.";
  return error;
}

/// An event trigger of the schema's users that refuses every CREATE must not keep a plan from beginning, which may be
/// about to drop it (evtcache.c, event_trigger.c filter_event_trigger). A superuser alone may pass it by.
constexpr const char* without_event_triggers =
    "SELECT pg_catalog.set_config('session_replication_role', 'replica', true) FROM pg_catalog.pg_roles"
    " WHERE rolname = current_user AND rolsuper;";

std::string hint_for(std::string_view sqlstate) {
  if (sqlstate == "25006") {  // read_only_sql_transaction
    return "The server is a standby, or default_transaction_read_only is on for this role or database: connect to the "
           "primary server, or as a role that may write.";
  }
  return "segue needs CREATE on the database once, or a schema segue made by `segue apply` as a role that you are a "
         "member of.";
}

/// Makes the history (format 0 is none), or brings an older one up to this segue's format.
Status bring_up(Session& session, int format) {
  if (format == history_version) return done();
  std::string sql = without_event_triggers;
  if (format == 0) sql += first_format;
  for (std::size_t from = format == 0 ? 0 : static_cast<std::size_t>(format) - 1; from < upgrades.size(); ++from) {
    sql += upgrades[from];
  }
  // an update would need a replica identity where somebody publishes all tables; the highest version counts
  sql += "INSERT INTO segue.format VALUES (" + std::to_string(history_version) + ")";
  for (const std::string& part : {std::string("BEGIN"), sql, std::string("COMMIT")}) {
    const Result<Rows> rows = session.execute(part);
    if (rows) continue;
    Diagnostics all = rows.diagnostics();
    (void)session.execute("ROLLBACK").ok();
    all.front().what = "the history (schema segue) could not be made: " + all.front().what + "; nothing was changed";
    if (all.front().hint.empty()) all.front().hint = hint_for(all.front().sqlstate);
    return Failure(std::move(all));
  }
  return done();
}

}  // namespace

Result<HistoryState> history_state(Session& session) {
  const Result<Rows> rows = session.query(state_query);
  if (!rows) return rows.failure();
  if (rows->empty() || rows->at(0, 0) != "t") return HistoryState::absent;
  if (rows->at(0, 1) != "t") return HistoryState::foreign;
  return rows->at(0, 2) == "t" ? HistoryState::ours : HistoryState::unreadable;
}

Result<std::string> missing_columns(Session& session, int format) {
  std::vector<std::string> wanted;
  for (const Columns& some : all_columns) {
    std::istringstream names(some.since <= format ? some.names : "");
    for (std::string name; names >> name;) wanted.push_back(std::string(some.table) + "." + name);
  }
  const Result<Rows> rows = session.query(
      "SELECT coalesce(pg_catalog.string_agg('segue.' || w.name, ', ' ORDER BY w.place), '')"
      " FROM pg_catalog.unnest(pg_catalog.string_to_array($1, ' ')) WITH ORDINALITY AS w(name, place)"
      " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
      " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'segue' AND NOT a.attisdropped"
      " AND c.relname || '.' || a.attname = w.name)",
      {join(wanted, " ")});
  return rows ? Result<std::string>(rows->at(0, 0).value_or("")) : rows.failure();
}

Status ensure_history(Session& session) {
  const Result<HistoryState> state = history_state(session);
  if (!state) return state.failure();
  switch (*state) {
    case HistoryState::absent:
      return bring_up(session, 0);
    case HistoryState::foreign:
      return foreign_schema();
    case HistoryState::unreadable:
      return Diagnostic::error(ErrorCode::refused,
                               "the history (schema segue) exists, but you may not read it; nothing was changed",
                               "Connect as its owner, or as a member of the role that owns the schema segue.");
    case HistoryState::ours:
      break;
  }
  const Result<int> format = format_of(session);
  return format ? bring_up(session, *format) : Status(format.failure());
}

}  // namespace segue::exec
