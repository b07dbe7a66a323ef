// What went wrong, where, why and what to do: the one shape of every message that segue gives.
//
// Made by every layer of the engine; printed by the command line (report/diagnostics renders them).
// Never holds a password: whoever makes a message from a connection string redacts it first (pg/conninfo.h).
#pragma once

#include <string>
#include <vector>

namespace segue {

/// A place in a schema file. `line` and `column` count from 1 (columns in characters, not bytes); 0 means unknown.
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
  std::string source_line;  ///< the text of that line, for the caret
  bool known() const { return line > 0; }
};

/// What a caller can do about an error. cli/exit_codes.h maps each to an exit code of DESIGN section 8.
enum class ErrorCode {
  syntax,       ///< the schema text does not parse
  invalid,      ///< it parses, but no server would accept it, or segue cannot know what it means
  unsupported,  ///< an object or option that segue does not model
  io,           ///< a file could not be read or written
  plan_file,    ///< a plan file is cut short, edited, or of a newer format
  connection,   ///< the database could not be reached, or would not let us in
  refused,      ///< a hazard or a drop was not allowed, or nobody was there to say yes
  stale,        ///< the database is not what the plan expects
  locked,       ///< a lock or time limit was hit; safe to try again
  database,     ///< the server refused a statement
  usage,        ///< the command line makes no sense
  internal,     ///< a bug in segue
};

enum class Severity { note, warning, error };

struct Diagnostic {
  Severity severity = Severity::error;
  ErrorCode code = ErrorCode::internal;
  std::string what;      ///< one sentence: what happened
  Location where;        ///< the place in a file, where there is one
  std::string object;    ///< the catalog object, where there is one ("table public.books")
  std::string why;       ///< the reason, where `what` does not say it
  std::string hint;      ///< what to do
  std::string sqlstate;  ///< five characters, where a server said it

  static Diagnostic error(ErrorCode code, std::string what, std::string hint = {});
  static Diagnostic error_at(ErrorCode code, Location where, std::string what, std::string hint = {});
  static Diagnostic warning(std::string what, std::string hint = {});
};

using Diagnostics = std::vector<Diagnostic>;

/// The message as people read it, over several lines: place, sentence, source line with a caret, why, hint.
std::string render(const Diagnostic& diagnostic);

}  // namespace segue
