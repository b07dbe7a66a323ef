// A server's error, field by field, and the diagnostic that segue makes of it.
//
// Used by pg/pg_session for statements. Knows nothing of connections and never talks to one.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"

struct pg_result;

namespace segue::pg {

/// The fields of an ErrorResponse or NoticeResponse (protocol-error-fields in the manual of PostgreSQL). Empty fields
/// were not sent. `severity` is the one that is never translated (field V).
struct ServerError {
  std::string severity;
  std::string sqlstate;
  std::string message;
  std::string detail;
  std::string hint;
  std::string position;  ///< characters into the statement, from 1
  std::string internal_query;
  std::string context;
  std::string schema;
  std::string relation;
  std::string column;
  std::string type;
  std::string constraint;
};

/// Reads the fields of a libpq result. An error that libpq itself made (a lost connection) has only the message.
ServerError server_error_of(const pg_result* result);

/// What the contract of base/session.h asks for: code, sqlstate, what, why (detail, place in the statement, context),
/// hint, object. `sql` is the statement, for the line that the error points to; that line is left out when it speaks
/// of a password.
Diagnostic diagnostic_of(const ServerError& error, std::string_view sql);

/// The code for an SQLSTATE: `locked` for 55P03, 57014 and 40P01, `connection` for class 08 and a server that goes
/// down, else `database`.
ErrorCode code_for(std::string_view sqlstate);

/// Whether the last or the first statement of the text ends a transaction by making it durable: COMMIT, END or COMMIT
/// PREPARED, PREPARE TRANSACTION. Leading comments are skipped. A text that only looks so counts too: the answer
/// decides whether a lost connection leaves a commit in doubt, and there caution costs nothing.
bool may_commit(std::string_view sql);

}  // namespace segue::pg
