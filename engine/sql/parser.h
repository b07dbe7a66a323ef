// The call of libpg_query: text in, statements in a Tree out.
//
// Used by sql/script.cpp alone. Never touches a file and knows nothing of psql.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/lexer.h"
#include "sql/tree_storage.h"

namespace segue::sql {

/// What the parser said, and the byte of its text where it said it (-1 where it did not say).
struct ParserError {
  std::string message;
  int offset = -1;
};

/// Limits before the parser is called, because libpg_query recurses without looking at its stack: measured on 8 MB, it
/// dies at some 50,000 operators in a row and gives up by itself at 3,300 open parentheses or calls.
inline constexpr int max_open_parentheses = 1500;
inline constexpr int max_tokens_in_a_row = 40000;

/// The first token at which a text nests deeper, or goes on longer without a comma, AND, OR or semicolon.
const Token* first_beyond_limits(const std::vector<Token>& tokens);

/// Parses the bytes [begin, end) of `text` and adds their statements; locations and offsets count in `text`.
std::optional<ParserError> run_parser(Tree& tree, std::string_view text, int begin, int end,
                                      std::vector<RawStatement>& statements);

}  // namespace segue::sql
