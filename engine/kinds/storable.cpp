#include "kinds/storable.h"

#include <vector>

#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using Tokens = std::vector<sql::Token>;
using sql::Token;
using sql::TokenKind;

bool opens(const Token& token) { return token.is('(') || token.is('['); }
bool closes(const Token& token) { return token.is(')') || token.is(']'); }
bool is_cast(const Token& token) { return token.kind == TokenKind::op && token.text == "::"; }

/// The token that closes what the one at `open` opens; the end where none does.
std::size_t closing(const Tokens& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i]) && --depth == 0) return i;
  }
  return tokens.size();
}

/// What stands behind the last cast of the array's first element; "" where there is none.
std::string_view element_type(std::string_view text, const Tokens& tokens, std::size_t open, std::size_t close) {
  std::size_t last = 0;
  std::size_t end = open + 1;
  for (int depth = 0; end < close && !(depth == 0 && tokens[end].is(',')); ++end) {
    if (opens(tokens[end])) ++depth;
    if (closes(tokens[end])) --depth;
    if (depth == 0 && is_cast(tokens[end])) last = end;
  }
  if (last == 0) return "";
  const auto begin = static_cast<std::size_t>(tokens[last].end);
  return text.substr(begin, static_cast<std::size_t>(tokens[end - 1].end) - begin);
}

}  // namespace

std::string storable(std::string_view printed) {
  const Tokens all = sql::tokens(printed);
  std::string text;
  std::size_t copied = 0;
  // ( ARRAY [ … ] ) ::
  for (std::size_t i = 0; i + 2 < all.size(); ++i) {
    if (!all[i].is('(') || !all[i + 1].is_word("array") || !all[i + 2].is('[')) continue;
    const std::size_t close = closing(all, i + 2);
    if (close + 2 >= all.size() || !all[close + 1].is(')') || !is_cast(all[close + 2])) continue;
    const std::string_view type = element_type(printed, all, i + 2, close);
    if (type.empty()) continue;
    const auto end = static_cast<std::size_t>(all[close].end);
    text += std::string(printed.substr(copied, end - copied)) + "::" + std::string(type) + "[]";
    copied = end;
  }
  return text + std::string(printed.substr(copied));
}

}  // namespace segue::kinds
