// A session with a real server, over libpqxx.
//
// Made by pg/connect; used through base/session.h by catalog/ and exec/, and directly by cli/ for what only a real
// session knows. Never reconnects: a session whose connection is lost stays lost, and says so with
// ErrorCode::connection.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/session.h"

struct pg_conn;

namespace segue::pg {

/// Server notices as diagnostics: severity warning for WARNING, note for the rest.
using NoticeHandler = std::function<void(const Diagnostic&)>;

/// Owned by one thread at a time, but for cancel(), which any thread may call while the session lives.
class PgSession : public Session {
 public:
  /// Takes over an open handle and sets up the session in one round trip: search_path '' and fixed TimeZone, DateStyle,
  /// IntervalStyle, float, bytea and quoting forms; no time limits from the role's or database's settings; READ
  /// COMMITTED. Behind a pooler (the backend is not the one that the handshake named) nothing is set for the session,
  /// because it would stay behind for the pooler's next client: there the settings are made local to each transaction,
  /// right after the statement that begins it. On failure the handle is closed.
  static Result<std::unique_ptr<PgSession>> adopt(pg_conn* handle, NoticeHandler notices);
  ~PgSession() override;

  /// As in base/session.h, and further: when the connection is lost while a COMMIT is on its way the sqlstate is 08007
  /// (transaction_resolution_unknown), and nobody knows whether it happened. When it is lost elsewhere and the server
  /// gave no state of its own, the sqlstate is 08006. A COMMIT that the server answered with ROLLBACK, since the
  /// transaction had failed before, is a failure with sqlstate 25P02.
  Result<Rows> query(std::string_view sql, const std::vector<Parameter>& parameters = {}) override;
  /// Prepares the statement at its first use; behind a pooler, where another backend may serve the next one, never.
  Result<Rows> query_again(std::string_view sql) override;
  void query_each(const std::vector<std::string>& texts, const Answer& answer) override;
  Result<Rows> execute(std::string_view sql) override;
  int server_version() const override;

  /// The search_path that the server gave the session, before it was set to '' ("$user", public for instance).
  const std::string& default_search_path() const;
  const std::string& current_user() const;
  const std::string& database() const;
  /// The process that serves this session; behind a pooler the one that served the first statement.
  int backend_pid() const;
  /// Whether a pooler stands between, so that session state (advisory locks, SET) does not last between transactions.
  bool behind_pooler() const;

  /// In a transaction block, a failed one included. False when the connection is lost.
  bool in_transaction() const;
  /// In a transaction block that a statement's failure has spoilt; only ROLLBACK is of use.
  bool in_failed_transaction() const;
  /// Notices, without a round trip, also a connection that the server closed while the session was idle.
  bool is_open() const;

  /// Makes it what adopt() made, for another user: nothing is left that was set, locked or listened for. Statements of
  /// query_again stay prepared. Behind a pooler there is nothing to do.
  Status reset();

  /// Asks the server to cancel the running statement, which then fails with 57014. No error when none is running.
  /// Thread safe; opens a connection of its own.
  Status cancel();

  /// Replaces the handler of server notices; an empty one drops them.
  void on_notice(NoticeHandler notices);

 private:
  struct Impl;
  explicit PgSession(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace segue::pg
