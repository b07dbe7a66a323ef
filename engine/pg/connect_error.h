// Why an attempt to connect failed, whether another may succeed, and how to say so.
//
// Used by pg/connect. Looks at facts that were gathered; never connects and never sleeps itself.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "pg/conninfo.h"

namespace segue::pg {

/// How far an attempt came, from PQstatus while PQconnectPoll was running.
enum class Stage {
  not_started,  ///< libpq did not accept the settings, or the address did not resolve, or was refused at once
  connecting,   ///< no answer on the socket yet
  encrypting,   ///< the TLS or GSS handshake had begun
  talking,      ///< the startup packet was on its way: the refusal is the server's, or the connection broke
};

/// What PQping said after the failure. It needs no valid user, password or database.
enum class Ping { not_asked, accepts, rejects, no_answer, not_attempted };

/// The facts. libpq gives no SQLSTATE for a failed connection, but puts it in the text when error verbosity is VERBOSE
/// before the attempt, together with the server function that refused: neither is ever translated, unlike the words.
struct ConnectFailure {
  std::string message;  ///< libpq's text, verbose form
  Stage stage = Stage::not_started;
  Ping ping = Ping::not_asked;
  bool needs_password = false;  ///< PQconnectionNeedsPassword
  bool timed_out = false;
};

/// The server's own words within a verbose libpq message; empty parts where no server spoke. With several hosts or
/// addresses the last that spoke counts.
struct ServerRefusal {
  std::string sqlstate;
  std::string message;
  std::string detail;    ///< further lines without the source location
  std::string function;  ///< InitializeSessionUserId for instance
};
ServerRefusal refusal_in(const std::string& verbose_message);

enum class Retry { worthwhile, if_waiting_for_database, never };

struct ConnectVerdict {
  Retry retry;
  Diagnostic diagnostic;  ///< code connection, always
};

ConnectVerdict judge(const ConnectFailure& failure, const ConnectionTarget& target);

}  // namespace segue::pg
