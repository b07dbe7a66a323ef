#include "sql/parser.h"

extern "C" {
#include <pg_query.h>
}

#include <memory>

#include "sql/script.h"
#include "sql/version_compat.h"

namespace segue::sql {
namespace {

struct FreeResult {
  void operator()(PgQueryParseResult* result) const {
    pg_query_free_parse_result(*result);
    delete result;
  }
};

// The parser counts characters from 1; we count bytes from 0.
int byte_of_character(std::string_view text, int character) {
  if (character <= 0) return -1;
  std::size_t at = 0;
  for (int seen = 1; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (seen == character) break;
    ++seen;
  }
  return static_cast<int>(at);
}

// The grammar makes one node of a chain of ANDs or ORs.
bool joins_flat(const Token& token) { return token.is_word("and") || token.is_word("or"); }

/// How many tokens from `at` on are SEQUENCE NAME and a name; 0 where others stand there.
std::size_t length_of_sequence_name(const std::vector<Token>& all, std::size_t at) {
  if (at + 2 >= all.size() || !all[at].is_word("sequence") || !all[at + 1].is_word("name")) return 0;
  std::size_t end = at + 3;
  while (end + 1 < all.size() && all[end].is('.')) end += 2;
  return end - at;
}

/// An identity's sequence may be LOGGED or UNLOGGED where its table is not: pg_dump says so right behind the sequence's
/// name (dumpSequence), and gram.y reads it since minor releases that libpg_query may be older than. Puts words of the
/// same length there, which modernise() takes back. False where there are none.
bool replace_persistence(std::string& text) {
  const std::string before = text;
  const std::vector<Token> all = tokens(before);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t length = length_of_sequence_name(all, i);
    if (length == 0 || i + length >= all.size()) continue;
    const Token& word = all[i + length];
    if (!word.is_word("logged") && !word.is_word("unlogged")) continue;
    const std::string_view other = word.is_word("logged") ? "CYCLE " : "NO CYCLE";
    text.replace(static_cast<std::size_t>(word.begin), other.size(), other);
  }
  return text != before;
}

using Parsed = std::unique_ptr<PgQueryParseResult, FreeResult>;

Parsed call_parser(const std::string& text) { return Parsed(new PgQueryParseResult(pg_query_parse(text.c_str()))); }

}  // namespace

const Token* first_beyond_limits(const std::vector<Token>& tokens) {
  std::vector<int> outer;  // how much stands before each open parenthesis
  int cases = 0;
  int run = 0;
  for (const Token& token : tokens) {
    ++run;
    if (token.is('(') || token.is('[')) {
      outer.push_back(run);
    } else if (token.is(')') || token.is(']')) {
      if (outer.empty()) continue;
      run = outer.back();
      outer.pop_back();
    } else if (token.is(';')) {
      outer.clear();
      cases = 0;
      run = 0;
    } else if (token.is(',') || joins_flat(token)) {
      run = outer.empty() ? 0 : outer.back();
    } else if (token.is_word("case")) {
      ++cases;
    } else if (token.is_word("end") && cases > 0) {
      --cases;
    }
    if (static_cast<int>(outer.size()) + cases > max_open_parentheses || run > max_tokens_in_a_row) return &token;
  }
  return nullptr;
}

std::optional<ParserError> run_parser(Tree& tree, std::string_view text, int begin, int end,
                                      std::vector<RawStatement>& statements) {
  // libpg_query leaves out a location of 0: nothing of a later part may stand there
  const std::string_view before = begin > 0 ? " " : "";
  const int shift = begin - static_cast<int>(before.size());
  std::string part(before);
  part += text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  Parsed result = call_parser(part);
  if (result->error != nullptr && replace_persistence(part)) result = call_parser(part);
  if (result->error != nullptr) {
    const int offset = byte_of_character(part, result->error->cursorpos);
    return ParserError{result->error->message, offset < 0 ? -1 : shift + offset};
  }
  const auto from = static_cast<Tree::Index>(tree.size());
  const std::size_t first = statements.size();
  switch (read_json(tree, result->parse_tree, shift, statements)) {
    case ReadJson::done:
      break;
    case ReadJson::too_deep:
      return ParserError{"the statement nests too deep", -1};
    case ReadJson::malformed:
      return ParserError{"the parser's answer cannot be read", -1};
  }
  modernise(tree, from, text, statements.data() + first, statements.data() + statements.size());
  return std::nullopt;
}

int grammar_version() { return PG_VERSION_NUM / 10000; }

}  // namespace segue::sql
