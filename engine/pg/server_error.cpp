#include "pg/server_error.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace segue::pg {
namespace {

std::string field(const PGresult* result, int code) {
  const char* value = PQresultErrorField(result, code);
  return value == nullptr ? std::string() : std::string(value);
}

std::string trimmed(std::string text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.pop_back();
  return text;
}

bool starts_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

bool contains_password(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text.find("password") != std::string::npos || text.find("passwd") != std::string::npos;
}

/// "line 2, column 8 of the statement:" with the line and a caret, as psql shows it.
std::string place_in(std::string_view sql, const std::string& position) {
  const long wanted = std::strtol(position.c_str(), nullptr, 10);
  if (wanted < 1) return {};
  long character = 0;
  std::size_t at = 0;
  for (; at < sql.size(); ++at) {
    if (starts_character(sql[at]) && ++character == wanted) break;
  }
  const std::size_t before = at == 0 ? std::string_view::npos : sql.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::string line(sql.substr(begin, std::min(sql.find('\n', at), sql.size()) - begin));
  const auto line_number = std::count(sql.begin(), sql.begin() + static_cast<std::ptrdiff_t>(begin), '\n') + 1;
  const auto column = std::count_if(sql.begin() + static_cast<std::ptrdiff_t>(begin),
                                    sql.begin() + static_cast<std::ptrdiff_t>(at), starts_character) +
                      1;
  const std::string place =
      "line " + std::to_string(line_number) + ", column " + std::to_string(column) + " of the statement";
  if (contains_password(std::string(sql))) return "at " + place;
  return "at " + place + ":\n" + line + "\n" + std::string(static_cast<std::size_t>(column - 1), ' ') + "^";
}

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

std::string object_of(const ServerError& error) {
  const std::string prefix = error.schema.empty() ? "" : error.schema + ".";
  if (!error.constraint.empty()) {
    return "constraint " + error.constraint + (error.relation.empty() ? "" : " of " + prefix + error.relation);
  }
  if (!error.relation.empty()) {
    return (error.column.empty() ? "relation " : "column " + error.column + " of ") + prefix + error.relation;
  }
  if (!error.type.empty()) return "type " + prefix + error.type;
  return error.schema.empty() ? "" : "schema " + error.schema;
}

void skip_blanks_and_comments(std::string_view& text) {
  for (;;) {
    while (!text.empty() && (std::isspace(static_cast<unsigned char>(text.front())) != 0 || text.front() == ';')) {
      text.remove_prefix(1);
    }
    if (text.substr(0, 2) == "--") {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    } else if (text.substr(0, 2) == "/*") {
      int depth = 0;  // PostgreSQL's block comments nest
      do {
        if (text.substr(0, 2) == "/*") ++depth;
        if (text.substr(0, 2) == "*/") --depth;
        text.remove_prefix(text.substr(0, 2) == "/*" || text.substr(0, 2) == "*/" ? 2 : 1);
      } while (depth > 0 && !text.empty());
    } else {
      return;
    }
  }
}

bool begins_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(text[i])) != word[i]) return false;
  }
  if (text.size() == word.size()) return true;
  const auto next = static_cast<unsigned char>(text[word.size()]);
  return std::isalnum(next) == 0 && next != '_' && next < 0x80;
}

bool is_commit(std::string_view text) {
  skip_blanks_and_comments(text);
  if (begins_with_word(text, "commit") || begins_with_word(text, "end")) return true;
  if (!begins_with_word(text, "prepare")) return false;
  text.remove_prefix(7);
  skip_blanks_and_comments(text);
  return begins_with_word(text, "transaction");
}

/// A name that a query of a function's own did not find. Functions that a default or an index calls run with the
/// session's search_path, which is empty here as it is under pg_restore.
bool is_name_in_function_body(const ServerError& error) {
  return !error.internal_query.empty() &&
         (error.sqlstate == "42P01" || error.sqlstate == "42883" || error.sqlstate == "42704");
}

}  // namespace

ServerError server_error_of(const pg_result* result) {
  ServerError error;
  error.severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  error.sqlstate = field(result, PG_DIAG_SQLSTATE);
  error.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  error.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  error.hint = field(result, PG_DIAG_MESSAGE_HINT);
  error.position = field(result, PG_DIAG_STATEMENT_POSITION);
  error.internal_query = field(result, PG_DIAG_INTERNAL_QUERY);
  error.context = field(result, PG_DIAG_CONTEXT);
  error.schema = field(result, PG_DIAG_SCHEMA_NAME);
  error.relation = field(result, PG_DIAG_TABLE_NAME);
  error.column = field(result, PG_DIAG_COLUMN_NAME);
  error.type = field(result, PG_DIAG_DATATYPE_NAME);
  error.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  if (error.message.empty()) error.message = trimmed(PQresultErrorMessage(result));
  return error;
}

ErrorCode code_for(std::string_view sqlstate) {
  if (sqlstate == "55P03" || sqlstate == "57014" || sqlstate == "40P01") return ErrorCode::locked;
  if (sqlstate.substr(0, 2) == "08") return ErrorCode::connection;
  // admin_shutdown, crash_shutdown, cannot_connect_now, database_dropped, idle_session_timeout, and the two limits that
  // end a session from idle_in_transaction_session_timeout and transaction_timeout: the session is gone.
  for (const std::string_view gone : {"57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04"}) {
    if (sqlstate == gone) return ErrorCode::connection;
  }
  return ErrorCode::database;
}

Diagnostic diagnostic_of(const ServerError& error, std::string_view sql) {
  Diagnostic result = Diagnostic::error(code_for(error.sqlstate), error.message, error.hint);
  if (is_name_in_function_body(error)) {
    result.hint =
        "The function looks names up in an empty search_path here: write them with their schemas in its body, or give "
        "it "
        "SET search_path in the schema file.";
  }
  result.sqlstate = error.sqlstate;
  result.object = object_of(error);
  result.why = error.detail;
  if (!error.position.empty()) add_line(result.why, place_in(sql, error.position));
  if (!error.internal_query.empty() && !contains_password(error.internal_query)) {
    add_line(result.why, "in the query: " + error.internal_query);
  }
  add_line(result.why, error.context);
  return result;
}

bool may_commit(std::string_view sql) {
  if (is_commit(sql)) return true;
  std::string_view rest = sql;
  while (!rest.empty() && (std::isspace(static_cast<unsigned char>(rest.back())) != 0 || rest.back() == ';')) {
    rest.remove_suffix(1);
  }
  const std::size_t separator = rest.rfind(';');
  return separator != std::string_view::npos && is_commit(rest.substr(separator + 1));
}

}  // namespace segue::pg
