// A file of SQL, parsed: statements with their trees, their text and their place in the file.
//
// Made by source/ for schema files, by catalog/ for what the server printed. The fence around libpg_query: nothing
// else includes its headers. Never resolves a name and never looks into a database.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sql/lexer.h"
#include "sql/tree.h"

namespace segue::sql {

/// A comment of the file: `-- …` or `/* … */`, for annotations.
struct Comment {
  int begin = 0;
  int end = 0;
  std::string text;                ///< without its marks, trimmed
  bool ends_line_of_code = false;  ///< code stands before it on its line
};

/// A line that psql reads itself: `\i file`, `\restrict …`, `\connect …`.
struct MetaCommand {
  int begin = 0;
  std::string name;  ///< "i", "ir", "restrict" …
  std::vector<std::string> arguments;
};

struct Statement {
  Node node;      ///< "CreateStmt" …
  int begin = 0;  ///< byte offset of its first token
  int end = 0;    ///< one past its last token, the semicolon not counted
};

/// A parsed text. Owns its bytes and its tree; movable, not copyable; views into it stay valid when it is moved.
class Script {
 public:
  Script();
  Script(Script&&) noexcept;
  Script& operator=(Script&&) noexcept;
  ~Script();

  const std::string& file() const;
  /// The bytes that the server would see: meta-commands, COPY data and a byte order mark stand in it as spaces.
  std::string_view text() const;
  const std::vector<Statement>& statements() const;
  const std::vector<Comment>& comments() const;
  const std::vector<MetaCommand>& meta_commands() const;
  /// How many lines of data stood behind `COPY … FROM stdin`.
  int copied_lines() const;

  /// The tokens of the whole text, comments left out; `tokens(begin, end)` is a part of them.
  const std::vector<Token>& all_tokens() const;

  /// file:line:column of a byte offset, with its source line.
  Location locate(int offset) const;
  /// The line alone.
  int line_at(int offset) const;

  /// The tokens of the bytes [begin, end), comments left out; offsets are those of the script.
  std::vector<Token> tokens(int begin, int end) const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
  static Result<Script> read(std::string text, std::string file, int prefix, int suffix);
  friend Result<Script> parse(std::string, std::string);
  friend class Fragment;
};

/// Parses a schema file as psql would read it: meta-commands are taken out line by line, data behind COPY … FROM stdin
/// is passed over. Offsets are those of the file. Fails (ErrorCode::syntax) on a NUL byte, on invalid UTF-8, on a text
/// over 512 MB and on one that nests beyond sql/parser.h's limits, and on syntax errors. A syntax error carries file,
/// line, column and source line. Every error of the file is reported, not just the first, where statements can be told
/// apart.
Result<Script> parse(std::string text, std::string file);

/// The place of a byte of a text that need not parse.
Location locate(std::string_view text, const std::string& file, std::size_t offset);

/// A tree of its own for a small text: `SELECT <expression>`'s expression, a query, a type name. Owns the bytes.
class Fragment {
 public:
  Node node() const { return node_; }
  std::string_view text() const;  ///< the text as given
  /// What to subtract from a node's location to get an offset in text().
  int offset() const { return offset_; }

 private:
  friend Result<Fragment> parse_expression(std::string_view);
  friend Result<Fragment> parse_query(std::string_view);
  friend Result<Fragment> parse_type(std::string_view);
  friend Result<Fragment> parse_body(std::string_view);
  static Result<Fragment> read(std::string_view before, std::string_view text, std::string_view after);
  std::shared_ptr<const Script> script_;
  Node node_;
  int offset_ = 0;
  int length_ = 0;
};
Result<Fragment> parse_expression(std::string_view text);
Result<Fragment> parse_query(std::string_view text);  ///< any one statement
Result<Fragment> parse_type(std::string_view text);   ///< the TypeName of `NULL::text`
Result<Fragment> parse_body(std::string_view text);   ///< of a function: `BEGIN ATOMIC … END` or `RETURN …`

/// The major version of PostgreSQL whose grammar this libpg_query has.
int grammar_version();

}  // namespace segue::sql
