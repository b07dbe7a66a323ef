// The lexer, one token at a time, for a reader that has to stop between two tokens (psql's own lines, COPY data).
//
// Used inside sql/ only: by tokens() and by the reader of script files. Never looks behind the token that it returns.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "sql/lexer.h"

namespace segue::sql {

class Scanner {
 public:
  explicit Scanner(std::string_view text, std::size_t at = 0) : text_(text), at_(at) {}

  /// The next token, comments included; nothing at the end of the text.
  std::optional<Token> next();
  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }

 private:
  char peek(std::size_t ahead = 0) const;
  void skip_space();
  Token make(TokenKind kind, std::size_t begin) const;
  void comment();
  void number();
  bool continues_on_next_line() const;
  Token quoted_string(std::size_t begin, bool escapes);
  Token quoted_name(std::size_t begin);
  Token word(std::size_t begin);
  Token dollar(std::size_t begin);
  Token symbol(std::size_t begin);
  static std::size_t operator_length(std::string_view run);

  std::string_view text_;
  std::size_t at_;
};

}  // namespace segue::sql
