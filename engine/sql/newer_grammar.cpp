#include "sql/newer_grammar.h"

#include <algorithm>
#include <string_view>

#include "sql/script.h"

namespace segue::sql {
namespace {

/// The words around the token at which the parser gave up; "" for any. They are those of gram.y of the later version.
struct Clause {
  int since;
  std::string_view earlier;  ///< the word before `before`
  std::string_view before;
  std::string_view at;
  std::string_view after;
  std::string_view name;
};

constexpr Clause clauses[] = {
    {16, "", "", "storage", "", "STORAGE of a column in CREATE TABLE"},
    {16, "", "is", "json", "", "IS JSON"},
    {16, "", "statistics", "on", "", "CREATE STATISTICS without a name"},
    {17, "", "set", "expression", "", "SET EXPRESSION"},
    {17, "", "method", "default", "", "SET ACCESS METHOD DEFAULT"},
    {17, "", "at", "local", "", "AT LOCAL"},
    {17, "", "", "columns", "", "JSON_TABLE"},
    {17, "", "matched", "by", "", "WHEN NOT MATCHED BY SOURCE"},
    {18, "", "", "virtual", "", "a virtual generated column"},
    {18, "", "", "enforced", "", "ENFORCED and NOT ENFORCED"},
    {18, "", "", "without", "overlaps", "WITHOUT OVERLAPS"},
    {18, "", "period", "", "", "PERIOD of a foreign key"},
    {18, "", "null", "no", "inherit", "NOT NULL … NO INHERIT"},
    {18, "", "null", "not", "valid", "NOT NULL … NOT VALID"},
    {18, "", ",", "not", "null", "NOT NULL as a constraint of the table"},
    {18, "constraint", "", "not", "null", "NOT NULL as a constraint of the table"},
};

struct Complaint {
  int since;
  std::string_view start;
  std::string_view name;
};

/// What an older grammar refuses in words of its own: scan.l and gram.y of 15.
constexpr Complaint complaints[] = {
    {16, "trailing junk after numeric literal", "0x…, 0o…, 0b… and _ in a number"},
    {16, "subquery in FROM must have an alias", "a subquery in FROM without a name"},
};

std::string hint(std::string_view name, int since) {
  return std::string(name) + " came with PostgreSQL " + std::to_string(since) +
         ", and this segue reads the grammar of " + std::to_string(grammar_version()) +
         ": one that is built with libpg_query " + std::to_string(since) + " can read it";
}

}  // namespace

std::string newer_grammar_hint(const std::vector<Token>& tokens, std::size_t at, const std::string& message) {
  for (const Complaint& one : complaints) {
    if (grammar_version() < one.since && message.starts_with(one.start)) return hint(one.name, one.since);
  }
  if (!message.starts_with("syntax error")) return {};
  // a place before the first token is as far away as one behind the last
  const auto is = [&](std::size_t i, std::string_view word) {
    return word.empty() || (i < tokens.size() && (tokens[i].is_word(word) || tokens[i].text == word));
  };
  for (const Clause& one : clauses) {
    if (grammar_version() >= one.since) continue;
    if (is(at - 2, one.earlier) && is(at - 1, one.before) && is(at, one.at) && is(at + 1, one.after))
      return hint(one.name, one.since);
  }
  return {};
}

std::string newer_server_hint(int server_major) {
  if (server_major <= grammar_version()) return {};
  return "the server is PostgreSQL " + std::to_string(server_major) + ", and this segue reads the grammar of " +
         std::to_string(grammar_version()) + ": what came since can be read by one that is built with libpg_query " +
         std::to_string(server_major);
}

}  // namespace segue::sql
