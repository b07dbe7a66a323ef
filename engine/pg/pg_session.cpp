#include "pg/pg_session.h"

#include <libpq-events.h>
#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/quote.h"
#include "pg/pqxx_compat.h"
#include "pg/server_error.h"

namespace segue::pg {
namespace {

/// What libpq saw of the running statement. libpqxx 6 and 7 hand out no more of an error than its text and SQLSTATE;
/// libpq's events (libpq-events in the manual) show each result, with all fields, before libpqxx has it.
struct Seen {
  std::optional<ServerError> error;
  std::string command_tag;
};

void note_result(Seen& seen, const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
    // A backend that dies says why first; "server closed the connection" follows and must not hide it.
    if (!seen.error || seen.error->sqlstate.empty()) seen.error = server_error_of(result);
  } else if (const char* tag = PQcmdStatus(const_cast<PGresult*>(result)); tag != nullptr) {
    seen.command_tag = tag;
  }
}

extern "C" int segue_pg_event(PGEventId event, void* info, void* seen) {
  if (event == PGEVT_RESULTCREATE) {
    try {
      note_result(*static_cast<Seen*>(seen), static_cast<PGEventResultCreate*>(info)->result);
    } catch (...) {
      return 0;  // out of memory: libpq makes the result an error
    }
  }
  return 1;
}

extern "C" void segue_pg_notice(void* handler, const PGresult* result) {
  try {
    const auto& notices = *static_cast<const NoticeHandler*>(handler);
    if (!notices) return;
    const ServerError notice = server_error_of(result);
    Diagnostic diagnostic = diagnostic_of(notice, {});
    diagnostic.severity = notice.severity == "WARNING" ? Severity::warning : Severity::note;
    notices(diagnostic);
  } catch (...) {  // NOLINT(bugprone-empty-catch): no exception may pass through libpq, and a lost notice is no error
  }
}

struct Setting {
  const char* name;
  const char* value;
  int since;  ///< the first server version that knows it
};

// As pg_dump's setup_connection does for the same reason: what the server prints must not depend on the role's, the
// database's or the server's configuration. row_security stays on: off would make reads of the user's tables fail.
constexpr std::array<Setting, 16> settings = {{
    {"search_path", "", 0},
    {"TimeZone", "UTC", 0},
    {"DateStyle", "ISO, MDY", 0},
    {"IntervalStyle", "postgres", 0},
    {"extra_float_digits", "3", 0},
    {"standard_conforming_strings", "on", 0},
    {"bytea_output", "hex", 0},
    {"quote_all_identifiers", "off", 0},
    {"row_security", "on", 0},
    {"default_transaction_isolation", "read committed", 0},
    {"statement_timeout", "0", 0},
    {"lock_timeout", "0", 0},
    {"idle_in_transaction_session_timeout", "0", 0},
    {"idle_session_timeout", "0", 140000},
    {"transaction_timeout", "0", 170000},
    {"jit", "off", 110000},  // compiling a catalog query costs more than running it
}};

std::string set_config_list(int server_version, bool local) {
  std::string list;
  for (const Setting& setting : settings) {
    if (server_version < setting.since) continue;
    if (!list.empty()) list += ", ";
    list += "pg_catalog.set_config(" + quote_literal(setting.name) + ", " + quote_literal(setting.value) +
            (local ? ", true)" : ", false)");
  }
  return list;
}

/// Reads who and where we are and sets the session up, in one round trip. The old search_path is read in a subquery
/// that OFFSET 0 keeps apart, so that it is read first. The ROW is not made where the CASE is false: then a pooler has
/// handed us a backend that is not ours to change.
std::string setup_query(int server_version, int handshake_pid) {
  return "SELECT before.path, pg_catalog.current_setting('is_superuser'), current_user, "
         "pg_catalog.current_database(), pg_catalog.pg_backend_pid(), "
         "CASE WHEN pg_catalog.pg_backend_pid() OPERATOR(pg_catalog.=) " +
         std::to_string(handshake_pid) + " THEN ROW(" + set_config_list(server_version, false) +
         ")::pg_catalog.text END FROM (SELECT pg_catalog.current_setting('search_path') AS path OFFSET 0) AS before";
}

Rows rows_of(const PGresult* result) {
  const int columns = PQnfields(result);
  const int size = PQntuples(result);
  Rows rows(static_cast<std::size_t>(columns));
  rows.reserve(static_cast<std::size_t>(size));
  for (int row = 0; row < size; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column) != 0) {
        rows.add(std::nullopt);
      } else {
        const auto length = static_cast<std::size_t>(PQgetlength(result, row, column));
        rows.add(std::string_view(PQgetvalue(result, row, column), length));
      }
    }
  }
  return rows;
}

std::string without_trailing_newline(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace

struct PgSession::Impl {
  Impl(PGconn* raw, NoticeHandler handler)
      : handle(raw), notices(std::move(handler)), cancel(PQgetCancel(raw), &PQfreeCancel), connection(raw) {
    PQsetErrorVerbosity(raw, PQERRORS_DEFAULT);
    // After libpqxx took over, since it puts a receiver of its own in place.
    PQsetNoticeReceiver(raw, &segue_pg_notice, &notices);
    PQregisterEventProc(raw, &segue_pg_event, "segue", &seen);
  }

  bool lost() const { return PQstatus(handle) != CONNECTION_OK; }

  Diagnostic failure(const RunFailure& thrown, std::string_view sql) const {
    ServerError error;
    if (seen.error) error = *seen.error;
    // A statement that could not even be sent has no result; libpq's words about it are better than libpqxx's, which
    // may speak of what it tried next.
    if (error.message.empty() && lost()) error.message = without_trailing_newline(PQerrorMessage(handle));
    if (error.message.empty()) error.message = without_trailing_newline(thrown.message);
    if (error.sqlstate.empty()) error.sqlstate = thrown.sqlstate;
    Diagnostic diagnostic = diagnostic_of(error, sql);
    if (lost()) mark_lost(diagnostic, sql);
    return diagnostic;
  }

  static void mark_lost(Diagnostic& diagnostic, std::string_view sql) {
    diagnostic.code = ErrorCode::connection;
    if (may_commit(sql)) {
      diagnostic.why = "the server's last words: " + diagnostic.what;
      diagnostic.what = "the connection was lost during COMMIT; whether the transaction was committed is not known";
      diagnostic.hint = "look into the database before doing anything again";
      diagnostic.sqlstate = "08007";
      return;
    }
    if (diagnostic.sqlstate.empty()) diagnostic.sqlstate = "08006";
    if (!diagnostic.why.empty()) diagnostic.why += '\n';
    diagnostic.why += "the connection to the server is lost; an open transaction was rolled back with it";
  }

  static Diagnostic never_sent() {
    Diagnostic gone = Diagnostic::error(ErrorCode::connection, "the connection to the server is lost",
                                        "run the command again once the server answers");
    gone.sqlstate = "08003";  // connection_does_not_exist
    return gone;
  }

  template <class Run>
  Result<Rows> run(std::string_view sql, const Run& call) {
    if (lost()) return never_sent();
    seen = Seen{};
    const bool was_idle = PQtransactionStatus(handle) == PQTRANS_IDLE;
    RunOutcome outcome = call();
    if (outcome.failure) return failure(*outcome.failure, sql);
    if (seen.command_tag == "ROLLBACK" && may_commit(sql)) return rolled_back_instead();
    if (pooled && was_idle && PQtransactionStatus(handle) == PQTRANS_INTRANS) {
      seen = Seen{};
      const std::string local = "SELECT " + set_config_list(PQserverVersion(handle), true);
      const RunOutcome prepared = connection.run(local);
      if (prepared.failure) return failure(*prepared.failure, local);
    }
    return std::move(outcome.rows);
  }

  /// Prepares what is not prepared yet, in the same round trip. A name is never taken twice: whether a statement that
  /// failed was prepared is not known.
  std::string execution_of(const std::string& sql) {
    const auto [known, is_new] = statements.try_emplace(sql);
    if (!is_new) return "EXECUTE " + known->second;
    known->second = "segue_" + std::to_string(++names_taken);
    return "PREPARE " + known->second + " AS " + sql + "\n; EXECUTE " + known->second;  // it may end in a comment
  }

  /// With libpq itself: of several statements libpqxx hands out the last one's rows.
  void ask_together(const std::vector<std::string>& texts, const Session::Answer& answer) {
    if (lost()) return answer(never_sent());
    std::string all;
    for (const std::string& text : texts) all += execution_of(text) + ";\n";
    seen = Seen{};
    std::size_t answered = 0;
    if (PQsendQuery(handle, all.c_str()) != 0) answered = hand_out(answer);
    if (answered == texts.size()) return;
    for (std::size_t i = answered; i < texts.size(); ++i) statements.erase(texts[i]);
    answer(failure({}, texts[answered]));
  }

  /// How many were answered with rows, each of one statement; all that the server sends is read.
  std::size_t hand_out(const Session::Answer& answer) {
    std::size_t answered = 0;
    while (const auto result = std::unique_ptr<PGresult, decltype(&PQclear)>(PQgetResult(handle), &PQclear)) {
      if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) continue;  // of PREPARE, or the end
      answer(rows_of(result.get()));
      ++answered;
    }
    return answered;
  }

  static Diagnostic rolled_back_instead() {
    Diagnostic refused = Diagnostic::error(
        ErrorCode::database, "the transaction was rolled back, not committed: a statement in it had failed before");
    refused.sqlstate = "25P02";
    return refused;
  }

  PGconn* handle;  ///< owned by `connection`
  NoticeHandler notices;
  Seen seen;
  std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> cancel;
  PqxxConnection connection;
  std::map<std::string, std::string> statements;  ///< the names of those prepared, by their texts
  std::size_t names_taken = 0;
  std::string search_path;
  std::string user;
  std::string database;
  int pid = 0;
  bool pooled = false;
};

PgSession::PgSession(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PgSession::~PgSession() = default;

Result<std::unique_ptr<PgSession>> PgSession::adopt(pg_conn* handle, NoticeHandler notices) {
  std::unique_ptr<PgSession> session(new PgSession(std::make_unique<Impl>(handle, std::move(notices))));
  Impl& impl = *session->impl_;
  const Result<Rows> rows = session->execute(setup_query(PQserverVersion(handle), PQbackendPID(handle)));
  if (!rows) return rows.failure();
  impl.search_path = rows->at(0, 0).value_or("");
  impl.user = rows->at(0, 2).value_or("");
  impl.database = rows->at(0, 3).value_or("");
  impl.pid = std::stoi(rows->at(0, 4).value_or("0"));
  impl.pooled = !rows->at(0, 5).has_value();
  return session;
}

Result<Rows> PgSession::query(std::string_view sql, const std::vector<Parameter>& parameters) {
  const std::string text(sql);
  return impl_->run(sql, [&] { return impl_->connection.run(text, parameters); });
}

Result<Rows> PgSession::query_again(std::string_view sql) {
  if (impl_->pooled) return query(sql);
  const std::string text(sql);
  Result<Rows> rows = impl_->run(sql, [&] { return impl_->connection.run(impl_->execution_of(text)); });
  if (!rows) impl_->statements.erase(text);
  return rows;
}

void PgSession::query_each(const std::vector<std::string>& texts, const Answer& answer) {
  if (impl_->pooled) return Session::query_each(texts, answer);
  impl_->ask_together(texts, answer);
}

Result<Rows> PgSession::execute(std::string_view sql) {
  const std::string text(sql);
  return impl_->run(sql, [&] { return impl_->connection.run(text); });
}

int PgSession::server_version() const { return PQserverVersion(impl_->handle); }
const std::string& PgSession::default_search_path() const { return impl_->search_path; }
const std::string& PgSession::current_user() const { return impl_->user; }
const std::string& PgSession::database() const { return impl_->database; }
int PgSession::backend_pid() const { return impl_->pid; }
bool PgSession::behind_pooler() const { return impl_->pooled; }
bool PgSession::is_open() const {
  // A server that ends an idle session sends its reason and closes: what can be read now leads to the end of the
  // stream.
  for (int reads = 0; reads < 8 && !impl_->lost(); ++reads) {
    pollfd waiting{PQsocket(impl_->handle), POLLIN, 0};
    if (::poll(&waiting, 1, 0) <= 0) break;
    if (PQconsumeInput(impl_->handle) == 0) return false;
  }
  return !impl_->lost();
}

bool PgSession::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(impl_->handle);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool PgSession::in_failed_transaction() const { return PQtransactionStatus(impl_->handle) == PQTRANS_INERROR; }

// What DISCARD ALL is short for (its page in the manual), but for the plans and the prepared statements.
Status PgSession::reset() {
  if (impl_->pooled) return done();
  const auto reset = execute(
      "CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *; DISCARD TEMP; DISCARD SEQUENCES; "
      "SELECT pg_catalog.pg_advisory_unlock_all(); SELECT " +
      set_config_list(server_version(), false));
  return reset ? done() : reset.failure();
}

Status PgSession::cancel() {
  std::array<char, 256> message{};
  if (!impl_->cancel || PQcancel(impl_->cancel.get(), message.data(), static_cast<int>(message.size())) == 0) {
    return Diagnostic::error(ErrorCode::connection, "the running statement could not be cancelled",
                             without_trailing_newline(message.data()));
  }
  return done();
}

void PgSession::on_notice(NoticeHandler notices) { impl_->notices = std::move(notices); }

}  // namespace segue::pg
