// Opens sessions, patiently where patience can help.
//
// Called by cli/, by pg/pool and by pg/embedded. Never asks for a password, never prints, and never repeats what the
// server has refused for good.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "pg/conninfo.h"
#include "pg/pg_session.h"

namespace segue::pg {

struct ConnectOptions {
  /// How long to go on trying while the server starts, stops, is full or cannot be reached; 0 tries once.
  std::chrono::milliseconds wait{0};
  /// A database that does not exist (yet) counts as worth waiting for.
  bool wait_for_database = false;
  /// Progress for people ("waiting for …"), at most once per reason; may be empty.
  std::function<void(const std::string&)> notice;
  /// Limit of one attempt per host, unless the target sets connect_timeout itself.
  std::chrono::milliseconds connect_timeout{10000};
  /// Notices and warnings of the server during the session's life; may be empty, then they are dropped.
  NoticeHandler server_notice;
};

/// An open session, set up as PgSession::adopt says. Between attempts it sleeps a random time between 0 and a bound
/// that doubles from 100 ms up to 5 s (exponential backoff with full jitter), and never beyond `wait`. On failure one
/// diagnostic of code connection about the last attempt. The caller owns the session. Thread safe.
Result<std::unique_ptr<PgSession>> connect(const ConnectionTarget& target, const ConnectOptions& options = {});

}  // namespace segue::pg
