// The schema of the history: whether it is there, ours and whole, and whether anybody has written in it since.
#include "base/quote.h"
#include "exec/doctor.h"
#include "exec/history.h"
#include "plan/plan_file.h"

namespace segue::exec {
namespace {

// Whose schema it is counts before anything in it is read: in a stranger's, a name may lead to code of theirs.
constexpr const char* layout_query =
    "SELECT o.rolname, o.rolsuper OR pg_catalog.pg_has_role(n.nspowner, 'MEMBER'), current_user,"
    " pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND coalesce((SELECT pg_catalog.bool_and("
    "pg_catalog.has_table_privilege(c.oid, 'SELECT')) FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid"
    " AND c.relname IN ('history', 'history_step', 'format')), false),"
    " (SELECT pg_catalog.string_agg('segue.' || w.name, ', ' ORDER BY w.name)"
    " FROM unnest(ARRAY['history', 'history_step', 'remembered_form', 'managed_object', 'format']) AS w(name)"
    " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname = w.name"
    " AND c.relkind = 'r')), EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid"
    " AND c.relkind = 'r' AND c.relname = 'format')"
    " FROM pg_catalog.pg_namespace n LEFT JOIN pg_catalog.pg_roles o ON o.oid = n.nspowner WHERE n.nspname = 'segue'";

struct Layout {
  std::string owner, me, missing;
  bool ours = false, readable = false, marked = false;
};

Finding finding_of(std::string code, std::string object, std::string what, std::string why) {
  Finding finding;
  finding.code = std::move(code);
  finding.object = std::move(object);
  finding.what = std::move(what);
  finding.why = std::move(why);
  return finding;
}

Finding foreign() {
  Finding finding = finding_of(
      "foreign-schema", "schema segue", "the database has a schema named segue that segue did not make",
      "segue keeps its history in a schema of that name, and refuses to apply or roll back while another one is in "
      "the way. This one lacks the tables that mark it.");
  finding.way_out = {
      {"Give it another name; what speaks of it by name must follow.", "ALTER SCHEMA segue RENAME TO segue_before;"},
      {"The history is made with the next apply.", "segue apply --schema schema.sql"}};
  return finding;
}

Finding of_another_role(const Layout& layout) {
  Finding finding = finding_of(
      "foreign-schema", "schema segue",
      "the schema segue belongs to the role " + layout.owner + ", which is no superuser and not yours to act as",
      "Whoever owns it could have put code there that would run with your rights, so segue reads nothing in it and "
      "refuses to apply.");
  finding.way_out = {{"If it is the history and the role is to be trusted: as that role or a superuser.",
                      "GRANT " + quote_identifier(layout.owner) + " TO " + quote_identifier(layout.me) + ";"}};
  return finding;
}

Finding damaged(const std::string& missing) {
  Finding finding =
      finding_of("history-incomplete", "schema segue", "the history is not whole: " + missing + " is not there",
                 "Without it segue does not know what was applied and which objects it may drop.");
  finding.way_out = {{"Set the rest aside.", "ALTER SCHEMA segue RENAME TO segue_damaged;"},
                     {"With a backup (made by pg_dump -Fc): restore the schema from it.", "CREATE SCHEMA segue;"},
                     {"", "pg_restore --dbname \"$SEGUE_DB\" --schema segue BACKUP.dump"},
                     {"Without one: begin a new history.", "segue apply --schema schema.sql"}};
  return finding;
}

std::string unreadable(const Layout& layout) {
  const std::string me = quote_identifier(layout.me);
  return "you may not read the history, so nothing was looked at there: GRANT USAGE ON SCHEMA segue TO " + me +
         "; GRANT SELECT ON ALL TABLES IN SCHEMA segue TO " + me + ";";
}

/// Columns of a newer format may be other ones: what cannot be read is left out.
std::string newest_tool(Session& session) {
  const Result<Rows> rows = session.query("SELECT h.tool_version FROM segue.history h ORDER BY h.id DESC LIMIT 1");
  if (!rows || rows->empty()) return "a newer segue";
  return "segue " + rows->at(0, 0).value_or("?");
}

Finding of_other_format(Session& session, const std::string& version) {
  Finding finding = finding_of(
      "history-format", "table segue.format",
      "the history has format " + version + ", and this segue reads and writes format " +
          std::to_string(history_version),
      "A newer segue has written here. This one refuses to apply and roll back, so that it does not break what it does "
      "not understand.");
  finding.way_out = {{"Use " + newest_tool(session) + " or later, which wrote the last row; see which one you run.",
                      "segue --version"},
                     {"Who has used it, and from where.",
                      "SELECT id, who, client, tool_version FROM segue.history ORDER BY id DESC;"}};
  return finding;
}

Remedy who_may_write() {
  return {"See who may write there.",
          "SELECT relname, relacl FROM pg_class WHERE relnamespace = 'segue'::regnamespace;"};
}

std::string row_name(std::int64_t id) { return "row " + std::to_string(id); }

std::string what_is_wrong(const BrokenRow& row) {
  if (row.steps != row.steps_kept) {
    return row_name(row.id) + " of the history ran " + std::to_string(row.steps) + " steps, and " +
           std::to_string(row.steps_kept) + " are kept";
  }
  if (row.changed) return row_name(row.id) + " of the history was changed after segue wrote it";
  if (row.unlinked && row.before == 0) return "the rows of the history before " + row_name(row.id) + " were removed";
  if (row.unlinked) {
    return row_name(row.id) + " of the history does not follow " + row_name(row.before) +
           ": rows between them were removed, or that one was rewritten together with its hash";
  }
  return row_name(row.id) + " of the history is marked as rolled back by " + row_name(row.missing_row) +
         ", and there is no such rollback of its plan";
}

Finding broken(const BrokenRow& row, int format) {
  Finding finding = finding_of(
      "history-broken", "table segue.history, id " + std::to_string(row.id), what_is_wrong(row),
      "The history no longer proves what was applied, by whom and when; rollback --last and the check for work already "
      "done rely on it. --fix leaves it alone: it would only hide that somebody wrote there.");
  const std::string around = std::to_string(row.before == 0 ? row.id : row.before) + " AND " + std::to_string(row.id);
  finding.way_out = {
      {"Look at it, and compare with a backup.", "SELECT * FROM segue.history WHERE id BETWEEN " + around + ";"},
      who_may_write()};
  if (row.changed || row.unlinked) {
    finding.way_out.push_back(
        {"Where no backup helps: accept the history as it stands, and chain it anew.", chain_anew(format)});
  }
  return finding;
}

/// What `rollback --last` would run is taken from the history: it must be the plan that the row names.
Status examine_last_plan(Session& session, Examination& examination) {
  const Result<std::optional<AppliedPlan>> last = last_applied(session);
  if (!last) return last.failure();
  if (!*last || (*last)->plan_file.empty()) return done();
  const std::string row = row_name((*last)->id);
  const Result<plan::Plan> read = plan::from_json((*last)->plan_file, "the plan of history " + row);
  if (read && read->id == (*last)->plan_id) return done();
  Finding finding =
      finding_of("history-plan-changed", "table segue.history, id " + std::to_string((*last)->id),
                 "the plan that " + row + " of the history keeps is not the one that was applied",
                 read ? "Its id is another one. Do not run segue rollback --last: it would run these statements."
                      : read.error().what + ". segue rollback --last refuses it.");
  finding.way_out = {{"Roll back with the file that was reviewed, " + (*last)->plan_id.substr(0, 12) + "….",
                      "segue rollback PLAN.json"},
                     who_may_write()};
  examination.findings.push_back(std::move(finding));
  return done();
}

/// A plan of several groups that is neither done nor taken back. An apply of another plan does not settle that.
Status examine_stopped(Session& session, Examination& examination) {
  const Result<Rows> plans = session.query(
      "SELECT DISTINCT h.plan_id FROM segue.history h WHERE h.verb = 'apply' AND h.outcome IN ('part', 'begun')"
      " AND h.undone_by IS NULL ORDER BY 1");
  if (!plans) return plans.failure();
  for (std::size_t i = 0; i < plans->size(); ++i) {
    const std::string id = plans->at(i, 0).value_or("");
    const Result<Progress> progress = find_progress(session, id);
    if (!progress) return progress.failure();
    if (progress->done == 0 && !progress->begun) continue;
    Finding finding = finding_of(
        "plan-stopped", "plan " + id.substr(0, 12),
        "an apply of this plan was stopped behind its group " + std::to_string(progress->done) +
            (progress->begun ? ", while the next one ran" : ""),
        "What is done of it stays; the database is neither as before nor as the plan would leave it. --fix leaves that "
        "alone: whether to go on or back is for a person to say.");
    finding.way_out = {
        {"Go on, with the plan's file (without it, as the history keeps the plan: segue apply --resume).",
         "segue apply PLAN.json --resume"},
        {"Or go back (without the file: segue rollback --last).", "segue rollback PLAN.json"}};
    examination.findings.push_back(std::move(finding));
  }
  return done();
}

/// The newest format of which nothing is missing; 0 where something always is.
Result<int> format_by_columns(Session& session) {
  int format = history_version;
  for (; format > 0; --format) {
    const Result<std::string> missing = missing_columns(session, format);
    if (!missing) return missing.failure();
    if (missing->empty()) break;
  }
  return format;
}

/// The marker of the format was removed.
Status examine_unmarked(Session& session, Examination& examination) {
  const Result<int> format = format_by_columns(session);
  if (!format) return format.failure();
  if (*format == 0) {
    examination.findings.push_back(damaged("the row of segue.format"));
    return done();
  }
  Finding finding =
      finding_of("history-incomplete", "table segue.format", "the history does not say its format",
                 "The table segue.format is empty. By its columns it has format " + std::to_string(*format) + ".");
  const std::string insert = "INSERT INTO segue.format VALUES (" + std::to_string(*format) + ")";
  finding.way_out = {{"Say it again.", insert + ";"}, who_may_write()};
  finding.needs_lock = true;
  finding.repairs = {{insert}};
  examination.findings.push_back(std::move(finding));
  return done();
}

/// Objects are noted in the transaction of an apply that has a row.
Status examine_emptied(Session& session, Examination& examination) {
  const Result<Rows> rows =
      session.query("SELECT count(*) FROM segue.managed_object WHERE NOT EXISTS (SELECT FROM segue.history)");
  if (!rows) return rows.failure();
  if (rows->number(0, 0) == 0) return done();
  Finding finding = finding_of("history-broken", "table segue.history", "all rows of the history were removed",
                               "Plans have made " + std::to_string(rows->number(0, 0)) +
                                   " objects here, and nothing proves any more what was applied, by whom and when. No "
                                   "plan can be rolled back by the history.");
  finding.way_out = {{"With a backup: restore the schema segue from it.",
                      "pg_restore --dbname \"$SEGUE_DB\" --clean --schema segue BACKUP.dump"},
                     who_may_write()};
  examination.findings.push_back(std::move(finding));
  return done();
}

/// What anybody may write proves nothing.
Status examine_rights(Session& session, Examination& examination) {
  const Result<Rows> rows = session.query(
      "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
      " WHERE n.nspname = 'segue' AND c.relkind IN ('r', 'S') AND EXISTS (SELECT FROM pg_catalog.aclexplode(c.relacl) a"
      " WHERE a.grantee = 0 AND a.privilege_type <> 'SELECT') ORDER BY 1");
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const std::string name = "segue." + quote_identifier(rows->at(i, 0).value_or(""));
    Finding finding = finding_of("history-open", "relation " + name, "everybody may write to " + name,
                                 "The history is to prove what was applied, and says which objects a plan may drop.");
    const std::string revoke = "REVOKE ALL ON " + name + " FROM PUBLIC";
    finding.way_out = {{"Leave it to its owner, and to the members of that role.", revoke + ";"}};
    finding.repairs = {{revoke}};
    examination.findings.push_back(std::move(finding));
  }
  return done();
}

Status examine_rows(Session& session, Examination& examination) {
  const Result<Rows> format = session.query("SELECT max(version)::text FROM segue.format");
  if (!format) return format.failure();
  const std::int64_t version = format->empty() ? 0 : format->number(0, 0);
  if (version < 1) return examine_unmarked(session, examination);
  if (version > history_version) {  // an older one is brought up by the next apply
    examination.findings.push_back(of_other_format(session, std::to_string(version)));
    return done();
  }
  const Result<std::string> missing = missing_columns(session, static_cast<int>(version));
  if (!missing) return missing.failure();
  if (!missing->empty()) {
    examination.findings.push_back(damaged(*missing));
    return done();
  }
  for (const auto& examine_more : {examine_rights, examine_emptied}) {
    if (const Status looked = examine_more(session, examination); !looked) return looked;
  }
  const Result<std::vector<BrokenRow>> rows = broken_rows(session);
  if (!rows) return rows.failure();
  for (const BrokenRow& row : *rows) examination.findings.push_back(broken(row, static_cast<int>(version)));
  // an older format knows no groups
  if (version >= 2) {
    if (const Status stopped = examine_stopped(session, examination); !stopped) return stopped;
  }
  return examine_last_plan(session, examination);
}

}  // namespace

Status examine_history(Session& session, Examination& examination) {
  const Result<Rows> rows = session.query(layout_query);
  if (!rows) return rows.failure();
  if (rows->empty()) {
    examination.notes.emplace_back("there is no history here: segue has not applied anything to this database yet");
    return done();
  }
  const auto cell = [&](std::size_t column) { return rows->at(0, column).value_or(""); };
  const Layout layout{cell(0), cell(2), cell(4), cell(1) == "t", cell(3) == "t", cell(5) == "t"};
  if (!layout.marked && layout.missing.find("segue.history,") != std::string::npos) {
    examination.findings.push_back(foreign());
  } else if (!layout.ours) {
    examination.findings.push_back(of_another_role(layout));
  } else if (!layout.missing.empty()) {
    examination.findings.push_back(damaged(layout.missing));
  } else if (!layout.readable) {
    examination.notes.push_back(unreadable(layout));
  } else {
    return examine_rows(session, examination);
  }
  return done();
}

}  // namespace segue::exec
