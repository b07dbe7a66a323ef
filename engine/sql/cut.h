// Cutting a clause out of a statement's own text, for definitions that are kept as the file wrote them.
//
// Used by the readers of kinds/. Works on tokens; never on patterns over the bytes.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lexer.h"

namespace segue::sql {

/// A span of a script's bytes: [begin, end). Empty when begin == end.
struct Span {
  int begin = 0;
  int end = 0;
  bool empty() const { return begin == end; }
};

/// Reads clauses from the tokens of one statement, in the order in which they stand.
class Cutter {
 public:
  Cutter(std::string_view text, std::vector<Token> tokens)
      : Cutter(text, std::make_shared<const std::vector<Token>>(std::move(tokens))) {}
  /// Of tokens that other cutters read too.
  Cutter(std::string_view text, std::shared_ptr<const std::vector<Token>> tokens)
      : text_(text), owned_(std::move(tokens)), tokens_(*owned_) {}

  /// Moves behind the first token that starts at or after the byte `offset`.
  Cutter& from(int offset);
  /// Moves to the first token that starts at or after the byte `offset`.
  Cutter& to(int offset);
  /// Moves behind the next word `lower_case` at the present depth of parentheses; false (and stays) where there is
  /// none.
  bool skip_to_word(std::string_view lower_case);
  /// The inside of the next pair of parentheses, without them; moves behind it.
  Span parenthesised();
  /// From here to the next of the words, a comma or a closing parenthesis at this depth, or the end; moves there.
  /// The first token is never taken for a terminator, nor is a word behind IS, NOT or an operator.
  Span until(const std::vector<std::string_view>& words);
  /// From here to the end of the statement.
  Span rest();
  bool at_end() const { return at_ >= tokens_.size(); }

  std::string_view text(Span span) const {
    return text_.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin));
  }

  /// The elements between commas at depth 0 of a span (of a list in parentheses).
  std::vector<Span> elements(Span span) const;
  /// Of an index or partition key element, the column name or expression alone: `(expr)`, `f(args)` or a name.
  Span key_of(Span element) const;

 private:
  std::string_view text_;
  std::shared_ptr<const std::vector<Token>> owned_;
  std::span<const Token> tokens_;  ///< of owned_
  std::size_t at_ = 0;
};

}  // namespace segue::sql
