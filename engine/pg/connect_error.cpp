#include "pg/connect_error.h"

#include <cctype>
#include <sstream>
#include <string_view>

#include "base/quote.h"

namespace segue::pg {
namespace {

bool is_state_character(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

/// The offset of "XXXXX: message" in a line of the form "SEVERITY:  XXXXX: message" (pqBuildErrorMessage3 with
/// PQERRORS_VERBOSE), or npos.
std::size_t find_state(std::string_view line) {
  for (std::size_t at = line.find(":  "); at != std::string_view::npos; at = line.find(":  ", at + 1)) {
    const std::size_t begin = at + 3;
    if (begin + 6 >= line.size() || line.substr(begin + 5, 2) != ": ") continue;
    bool all = true;
    for (std::size_t i = 0; i < 5; ++i) all = all && is_state_character(line[begin + i]);
    if (all) return begin;
  }
  return std::string_view::npos;
}

/// The function in "LOCATION:  function, file.c:123"; the first word is libpq's and may be translated.
std::string location_function(std::string_view line) {
  const std::size_t file = line.rfind(".c:");
  const std::size_t comma = line.rfind(", ", file);
  const std::size_t label = line.find(":  ");
  if (file == std::string_view::npos || comma == std::string_view::npos || label == std::string_view::npos) return {};
  if (label + 3 >= comma) return {};
  const std::string_view function = line.substr(label + 3, comma - label - 3);
  for (const char c : function) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_') return {};
  }
  return std::string(function);
}

std::string plain(const std::string& message) {
  std::string text;
  for (const char c : message) text += c == '\t' ? ' ' : c;
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
  return text;
}

bool mentions(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

/// TLS failures come from libpq and OpenSSL without an SQLSTATE. segue sets no locale, so libpq's words are English;
/// and these names stay as they are in its translations.
bool speaks_of_tls(const std::string& text) {
  return mentions(text, "SSL") || mentions(text, "TLS") || mentions(text, "certificate");
}

struct Sentence {
  std::string what;
  std::string hint;
  Retry retry = Retry::never;
};

Sentence for_authorization(const ServerRefusal& refusal, const std::string& shown) {
  // InitializeSessionUserId (miscinit.c) refuses unknown roles and those without LOGIN; ClientAuthentication (auth.c)
  // refuses what pg_hba.conf has no line for; auth_failed (auth.c) all that failed to prove who they are.
  if (refusal.function == "InitializeSessionUserId") {
    return {"the role does not exist or may not log in: " + shown,
            "create it with CREATE ROLE … LOGIN, or name another user in the connection settings"};
  }
  if (refusal.function == "ClientAuthentication") {
    return {
        "the server's pg_hba.conf does not allow this connection: " + shown,
        "add a line for this host, database and user to pg_hba.conf, or connect with the TLS setting (sslmode) that "
        "it asks for"};
  }
  return {"the server refused to authenticate the user: " + shown,
          "check the user name and the authentication method of its line in pg_hba.conf"};
}

Sentence for_state(const ServerRefusal& refusal, const ConnectionTarget& target) {
  const std::string& shown = target.shown;
  const std::string& state = refusal.sqlstate;
  if (state == "28P01") {
    return {"the server refused the password: " + shown,
            "check the password in the URL, PGPASSWORD or .pgpass; without any, set one of them"};
  }
  if (state == "28000") return for_authorization(refusal, shown);
  if (state == "3D000") {
    return {"the database does not exist: " + shown,
            "create it with: CREATE DATABASE " + quote_identifier(target.database) +
                ";  or wait for someone else to create it with --wait-for-database",
            Retry::if_waiting_for_database};
  }
  if (state == "42501") {
    return {"the role has no right to connect to this database: " + shown, "GRANT CONNECT ON DATABASE … TO … helps"};
  }
  if (state == "55000") {
    return {"the database does not accept connections: " + shown, "choose another database, template0 is closed"};
  }
  if (state == "57P03" || state == "57P01" || state == "57P02") {
    return {"the server is starting up, shutting down or recovering: " + shown,
            "try again in a moment, or let segue wait with --wait SECONDS", Retry::worthwhile};
  }
  if (state == "53300") {
    return {"the server has no connection slot left: " + shown,
            "close idle sessions, raise max_connections or the role's CONNECTION LIMIT, or wait with --wait SECONDS",
            Retry::worthwhile};
  }
  if (state.substr(0, 2) == "53" || state.substr(0, 2) == "08") {
    return {"the server could not take the connection now: " + shown, "try again in a moment, or use --wait SECONDS",
            Retry::worthwhile};
  }
  return {"the server refused the connection: " + shown, ""};
}

Sentence unreachable(const ConnectFailure& failure, const std::string& shown) {
  const std::string& text = failure.message;
  if (failure.timed_out) {
    return {"no answer within the time limit: " + shown,
            "check host and port and whether a firewall drops the packets; connect_timeout sets the limit",
            Retry::worthwhile};
  }
  if (mentions(text, "translate host name")) {
    return {"the host name cannot be resolved: " + shown, "check the spelling of the host and the DNS",
            Retry::worthwhile};
  }
  if (mentions(text, "No such file or directory")) {
    return {"no server listens on this local socket: " + shown,
            "start the server, or name its socket directory or host (host=…); --db embedded needs no server",
            Retry::worthwhile};
  }
  return {"no server can be reached there: " + shown,
          "check that PostgreSQL is running and listens on this host and port; --wait SECONDS waits for it",
          Retry::worthwhile};
}

/// No server has said anything that counts: what libpq reports itself, checked against PQping's view.
Sentence for_client_failure(const ConnectFailure& failure, const std::string& shown) {
  if (failure.needs_password) {
    return {"the server asks for a password and none was given: " + shown,
            "put it into .pgpass or PGPASSWORD, or into the connection URL"};
  }
  if (failure.ping == Ping::not_attempted) {
    return {"the connection settings are not valid: " + shown, "correct the setting that is named here"};
  }
  if (failure.timed_out) return unreachable(failure, shown);
  const bool reached = failure.stage == Stage::encrypting || failure.stage == Stage::talking;
  // "SSL SYSCALL error: EOF" and the like: the connection broke, as it does while a server stops.
  const bool broke = mentions(failure.message, "SYSCALL");
  if (reached && !broke && speaks_of_tls(failure.message)) {
    return {"no encrypted connection could be agreed on: " + shown,
            "check sslmode, the certificates (sslrootcert, sslcert, sslkey) and whether the server has ssl = on"};
  }
  if (failure.ping == Ping::rejects) {
    return {"the server is starting up, shutting down or recovering: " + shown,
            "try again in a moment, or let segue wait with --wait SECONDS", Retry::worthwhile};
  }
  if (failure.ping == Ping::no_answer) return unreachable(failure, shown);
  if (!reached) return unreachable(failure, shown);  // it came up between the attempt and the ping
  return {"the server did not let us in: " + shown, ""};
}

}  // namespace

ServerRefusal refusal_in(const std::string& verbose_message) {
  ServerRefusal found;
  std::istringstream lines(verbose_message);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = find_state(line);
    if (at != std::string::npos) {
      found = ServerRefusal{line.substr(at, 5), line.substr(at + 7), {}, {}};
      continue;
    }
    if (found.sqlstate.empty()) continue;
    const std::string function = location_function(line);
    if (!function.empty()) {
      found.function = function;
    } else if (found.function.empty() && !line.empty()) {
      found.detail += (found.detail.empty() ? "" : "\n") + line;
    }
  }
  return found;
}

ConnectVerdict judge(const ConnectFailure& failure, const ConnectionTarget& target) {
  const ServerRefusal refusal = refusal_in(failure.message);
  const Sentence sentence = refusal.sqlstate.empty() || failure.timed_out ? for_client_failure(failure, target.shown)
                                                                          : for_state(refusal, target);
  Diagnostic diagnostic = Diagnostic::error(ErrorCode::connection, sentence.what, sentence.hint);
  diagnostic.sqlstate = refusal.sqlstate;
  diagnostic.why = refusal.sqlstate.empty() ? plain(failure.message) : refusal.message;
  if (!refusal.detail.empty()) diagnostic.why += "\n" + plain(refusal.detail);
  return {sentence.retry, diagnostic};
}

}  // namespace segue::pg
