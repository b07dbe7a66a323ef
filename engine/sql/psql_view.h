// A file as psql hands it to the server: without psql's own lines and without the data behind COPY … FROM stdin.
//
// Used by sql/script.cpp alone. Everything taken out is blanked with spaces, so that every offset stays true.
#pragma once

#include <string>
#include <vector>

#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::sql {

/// Says where statements end, as psql does (psqlscan.l): at a semicolon outside parentheses, and outside BEGIN ATOMIC …
/// END in the body of a function.
class StatementEnds {
 public:
  /// True for the semicolon that ends a statement.
  bool ends_at(const Token& token);
  bool inside_parentheses() const { return parentheses_ > 0; }

 private:
  bool may_have_body() const;
  int parentheses_ = 0;
  int blocks_ = 0;
  std::string first_words_;
};

struct PsqlView {
  std::vector<Token> tokens;  ///< without comments; they view the text given
  std::vector<Comment> comments;
  std::vector<MetaCommand> meta_commands;
  int copied_lines = 0;
};

/// Reads `text` and blanks in it what psql keeps to itself.
PsqlView read_as_psql(std::string& text);

/// The tokens and comments of a text that never went through psql.
PsqlView read_plain(std::string_view text);

}  // namespace segue::sql
