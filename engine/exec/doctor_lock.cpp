// The holder of segue's advisory lock, where it has been idle for long.
#include "exec/doctor.h"

namespace segue::exec {
namespace {

// What a session runs is shown up to its first literal: behind it a password may stand.
// State and query of other roles' sessions are NULL to who may not see them (pg_read_all_stats); pid and name are not.
constexpr const char* holders_query =
    "SELECT l.pid::text, coalesce(a.application_name, ''), coalesce(a.usename::text, '?'), a.state,"
    " coalesce(pg_catalog.host(a.client_addr), 'this machine'),"
    " pg_catalog.to_char(a.state_change AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC',"
    " coalesce((extract(epoch FROM pg_catalog.clock_timestamp() - a.state_change) * 1000)::bigint::text, '0'),"
    " coalesce(pg_catalog.left(substring(a.query FROM '^[^''$]*'), 80), ''), a.backend_start::text,"
    " a.state_change::text, coalesce(a.application_name LIKE 'segue%', false)"
    " FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
    " AND ((l.classid::bigint << 32) | l.objid::bigint) = $1::bigint"
    " AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())"
    " AND l.pid <> pg_catalog.pg_backend_pid()";

// The process of that number may be another one by now, or may have woken up: then nothing is ended.
constexpr const char* terminate =
    "SELECT pg_catalog.pg_terminate_backend(a.pid) FROM pg_catalog.pg_stat_activity a WHERE a.pid = $1::integer"
    " AND a.backend_start = $2::timestamp with time zone AND a.state_change = $3::timestamp with time zone"
    " AND a.state = 'idle' AND a.application_name LIKE 'segue%'";

struct Holder {
  std::string pid, application, user, state, from, since, query, backend_start, state_change;
  std::int64_t idle_ms = 0;
  bool is_segue = false;
};

Holder holder_of(const Rows& rows, std::size_t i) {
  const auto cell = [&](std::size_t column) { return rows.at(i, column).value_or(""); };
  return {cell(0), cell(1), cell(2), cell(3),           cell(4),        cell(5),
          cell(7), cell(8), cell(9), rows.number(i, 6), cell(10) == "t"};
}

/// Only a session of segue that is outside any transaction: it has nothing that could be lost, and no lock but this.
bool safe_to_end(const Holder& holder) { return holder.is_segue && holder.state == "idle"; }

std::string why(const Holder& holder) {
  std::string out =
      "Every apply, rollback and fix on this database waits for it, and gives up with exit 6. The last that it ran: " +
      (holder.query.empty() ? std::string("nothing") : holder.query) + ". ";
  if (safe_to_end(holder)) {
    return out +
           "The session is segue's, idle and in no transaction, so ending it loses nothing; but a person may be "
           "sitting before the question whether to apply.";
  }
  if (!holder.is_segue) return out + "It does not call itself segue, so --fix leaves it alone: look who it is first.";
  return out + "It is inside a transaction, which is rolled back when the session ends; --fix leaves that to you.";
}

Finding finding_of(const Holder& holder) {
  Finding finding;
  finding.code = "lock-held-by-idle-session";
  finding.what = "segue's lock on this database is held by process " + holder.pid + ", which has been " + holder.state +
                 " since " + holder.since;
  finding.object = "session " + holder.pid + " (" +
                   (holder.application.empty() ? "an unnamed program" : holder.application) + ", user " + holder.user +
                   ", from " + holder.from + ")";
  finding.why = why(holder);
  finding.way_out = {
      {"Look at it.", "SELECT * FROM pg_stat_activity WHERE pid = " + holder.pid + ";"},
      {"End it, where it is left behind: its transaction, if it has one, is rolled back.",
       "SELECT pg_terminate_backend(" + holder.pid + ");"},
  };
  if (safe_to_end(holder)) {
    finding.repairs = {{terminate, {holder.pid, holder.backend_start, holder.state_change}, true}};
  }
  return finding;
}

}  // namespace

Status examine_lock(Session& session, const DoctorOptions& options, Examination& examination) {
  const Result<Rows> rows = session.query(holders_query, {std::to_string(advisory_key)});
  if (!rows) return rows.failure();
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const Holder holder = holder_of(*rows, i);
    if (holder.state.empty()) {
      examination.notes.push_back("segue's lock is held by process " + holder.pid +
                                  ", and you may not see whether it is at work: that needs pg_read_all_stats");
    } else if (holder.state != "active" && holder.idle_ms >= options.idle_ms) {
      examination.findings.push_back(finding_of(holder));
    }
  }
  return done();
}

}  // namespace segue::exec
