// PostgreSQL's lexical rules (parser/scan.l), for what the parser throws away: comments, the extent of clauses, psql's
// own lines.
//
// Used by sql/script and by readers that cut a definition out of the file's text. Never decides what SQL means.
#pragma once

#include <string_view>
#include <vector>

namespace segue::sql {

enum class TokenKind { word, quoted_word, string, number, parameter, op, punctuation, comment };

struct Token {
  TokenKind kind;
  int begin;              ///< byte offset in the text
  int end;                ///< one past its last byte
  std::string_view text;  ///< the bytes themselves

  /// An unquoted word, compared without case ("check" is CHECK).
  bool is_word(std::string_view lower_case) const;
  bool is(char punctuation) const {
    return kind == TokenKind::punctuation && text.size() == 1 && text[0] == punctuation;
  }
};

/// All tokens of `text` in order; comments only where asked for. Unterminated quotes and comments end at the end of the
/// text (the parser reports them). `( ) [ ] , ;` and `.` are punctuation; everything in scan.l's operator set is an op
/// (also ":=" "=>" "::").
std::vector<Token> tokens(std::string_view text, bool with_comments = false);

}  // namespace segue::sql
