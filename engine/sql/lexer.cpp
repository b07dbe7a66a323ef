#include "sql/lexer.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "sql/scanner.h"

namespace segue::sql {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
// scan.l ident_start, ident_cont, dolq_cont.
bool starts_name(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || is_high(c); }
bool continues_tag(char c) { return starts_name(c) || is_digit(c); }
bool continues_name(char c) { return continues_tag(c) || c == '$'; }
bool is_operator(char c) { return std::string_view("~!@#^&|`?+-*/%<>=").find(c) != std::string_view::npos; }

}  // namespace

bool Token::is_word(std::string_view lower_case) const {
  return kind == TokenKind::word && text.size() == lower_case.size() &&
         std::equal(text.begin(), text.end(), lower_case.begin(), [](char a, char b) { return lower(a) == b; });
}

char Scanner::peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

void Scanner::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

Token Scanner::make(TokenKind kind, std::size_t begin) const {
  return {kind, static_cast<int>(begin), static_cast<int>(at_), text_.substr(begin, at_ - begin)};
}

std::optional<Token> Scanner::next() {
  skip_space();
  if (at_ >= text_.size()) return std::nullopt;
  const std::size_t begin = at_;
  const char c = peek();
  if ((c == '-' && peek(1) == '-') || (c == '/' && peek(1) == '*')) {
    comment();
    return make(TokenKind::comment, begin);
  }
  if (c == '\'') return quoted_string(begin, false);
  if (c == '"') return quoted_name(begin);
  if (starts_name(c)) return word(begin);
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) {
    number();
    return make(TokenKind::number, begin);
  }
  if (c == '$') return dollar(begin);
  return symbol(begin);
}

// scan.l <xc>: comments nest. A line comment ends before its newline.
void Scanner::comment() {
  if (peek() == '-') {
    while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
    return;
  }
  int depth = 0;
  do {
    if (peek() == '/' && peek(1) == '*') {
      ++depth;
      at_ += 2;
    } else if (peek() == '*' && peek(1) == '/') {
      --depth;
      at_ += 2;
    } else {
      ++at_;
    }
  } while (depth > 0 && at_ < text_.size());
  at_ = std::min(at_, text_.size());
}

// scan.l <xqs>: a string goes on in the next line when only white space with a newline (and comments) stands between.
bool Scanner::continues_on_next_line() const {
  Scanner ahead(text_, at_);
  bool newline = false;
  while (ahead.at_ < text_.size()) {
    const char c = ahead.peek();
    if (is_space(c)) {
      newline = newline || c == '\n' || c == '\r';
      ++ahead.at_;
    } else if (c == '-' && ahead.peek(1) == '-') {
      ahead.comment();
    } else {
      return newline && c == '\'';
    }
  }
  return false;
}

Token Scanner::quoted_string(std::size_t begin, bool escapes) {
  for (;;) {
    ++at_;  // the opening quote
    bool closed = false;
    while (at_ < text_.size() && !closed) {
      const char c = text_[at_++];
      if (escapes && c == '\\' && at_ < text_.size()) {
        ++at_;
      } else if (c == '\'') {
        if (peek() == '\'') {
          ++at_;
        } else {
          closed = true;
        }
      }
    }
    if (!closed || !continues_on_next_line()) return make(TokenKind::string, begin);
    while (peek() != '\'') {
      if (peek() == '-') {
        comment();
      } else {
        ++at_;
      }
    }
  }
}

Token Scanner::quoted_name(std::size_t begin) {
  ++at_;
  while (at_ < text_.size()) {
    if (text_[at_++] != '"') continue;
    if (peek() != '"') break;
    ++at_;
  }
  return make(TokenKind::quoted_word, begin);
}

Token Scanner::word(std::size_t begin) {
  const char c = lower(peek());
  if (peek(1) == '\'' && (c == 'e' || c == 'b' || c == 'x' || c == 'n')) {
    ++at_;
    return quoted_string(begin, c == 'e');
  }
  if (c == 'u' && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"')) {
    at_ += 2;
    return peek() == '"' ? quoted_name(begin) : quoted_string(begin, false);
  }
  while (at_ < text_.size() && continues_name(text_[at_])) ++at_;
  return make(TokenKind::word, begin);
}

// scan.l integer, decimal, real, decimalfail ("1..10" is 1 and 10), with the forms that PostgreSQL 16 added.
void Scanner::number() {
  const auto digits = [this](bool (*wanted)(char)) {
    while (wanted(peek()) || (peek() == '_' && wanted(peek(1)))) ++at_;
  };
  const char base = lower(peek(1));
  if (peek() == '0' && (base == 'x' || base == 'o' || base == 'b') && is_hex(peek(2))) {
    at_ += 2;
    digits(is_hex);
    return;
  }
  digits(is_digit);
  if (peek() == '.' && peek(1) != '.') {
    ++at_;
    digits(is_digit);
  }
  if (lower(peek()) == 'e') {
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (is_digit(peek(1 + sign))) {
      at_ += 1 + sign;
      digits(is_digit);
    }
  }
}

Token Scanner::dollar(std::size_t begin) {
  ++at_;
  if (is_digit(peek())) {
    while (is_digit(peek())) ++at_;
    return make(TokenKind::parameter, begin);
  }
  std::size_t tag_end = at_;
  if (tag_end < text_.size() && starts_name(text_[tag_end])) {
    while (tag_end < text_.size() && continues_tag(text_[tag_end])) ++tag_end;
  }
  if (tag_end >= text_.size() || text_[tag_end] != '$') return make(TokenKind::op, begin);
  const std::string_view mark = text_.substr(begin, tag_end + 1 - begin);
  const std::size_t close = text_.find(mark, tag_end + 1);
  at_ = close == std::string_view::npos ? text_.size() : close + mark.size();
  return make(TokenKind::string, begin);
}

Token Scanner::symbol(std::size_t begin) {
  const char c = peek();
  if (c == '.' && peek(1) == '.') {
    at_ += 2;
    return make(TokenKind::punctuation, begin);
  }
  if (std::string_view("()[],;.").find(c) != std::string_view::npos) {
    ++at_;
    return make(TokenKind::punctuation, begin);
  }
  if (c == ':') {
    at_ += peek(1) == ':' || peek(1) == '=' ? 2 : 1;
    return make(TokenKind::op, begin);
  }
  if (!is_operator(c)) {
    ++at_;
    return make(TokenKind::op, begin);
  }
  std::size_t end = begin;
  while (end < text_.size() && is_operator(text_[end])) ++end;
  at_ = begin + operator_length(text_.substr(begin, end - begin));
  return make(TokenKind::op, begin);
}

// scan.l {operator}: a comment's start ends it; a trailing + or - belongs to it only where it holds a character that
// no SQL-standard operator has.
std::size_t Scanner::operator_length(std::string_view run) {
  std::size_t length = std::min({run.size(), run.find("--"), run.find("/*")});
  while (length > 1 && (run[length - 1] == '+' || run[length - 1] == '-')) {
    if (run.substr(0, length - 1).find_first_of("~!@#^&|`?%") != std::string_view::npos) break;
    --length;
  }
  return length;
}

std::vector<Token> tokens(std::string_view text, bool with_comments) {
  std::vector<Token> all;
  Scanner scanner(text);
  while (auto token = scanner.next()) {
    if (with_comments || token->kind != TokenKind::comment) all.push_back(*token);
  }
  return all;
}

}  // namespace segue::sql
