#include "kinds/storable.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/quote.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using Tokens = std::vector<sql::Token>;
using sql::Token;
using sql::TokenKind;

bool opens(const Token& token) { return token.is('(') || token.is('['); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
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

/// Words to be put into a text, with where they go.
using Insertions = std::vector<std::pair<std::size_t, std::string_view>>;

std::string inserted(std::string_view printed, Insertions words) {
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text;
  std::size_t copied = 0;
  for (const auto& [at, word] : words) {
    text.append(printed.substr(copied, at - copied)).append(word);
    copied = at;
  }
  return text.append(printed.substr(copied));
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

bool is_values_table(const Token& token) { return token.text == "\"*VALUES*\""; }

/// `"*VALUES*".column1 AS name, …`, or `column1 AS name, …` as 16 and later print it, from `at` on: the names; empty
/// where there is anything else. `at` is the token behind.
std::vector<std::string> renamed_values(const Tokens& all, std::size_t& at) {
  std::vector<std::string> names;
  for (; at + 3 < all.size(); ++at) {
    if (is_values_table(all[at]) && all[at + 1].is('.')) at += 2;
    const std::string_view column = all[at].text;
    if (column != "column" + std::to_string(names.size() + 1)) return {};
    ++at;
    names.emplace_back(column);
    if (at + 1 < all.size() && all[at].is_word("as")) {
      names.back() = all[at + 1].text;
      at += 2;
    }
    if (at >= all.size() || !all[at].is(',')) return names;
  }
  return {};
}

/// ruleutils.c get_values_def prints `(VALUES` where the rows stand in the query itself, and `( VALUES` where they are
/// a subquery.
bool are_own_rows(const Tokens& all, std::size_t open) {
  return open + 1 < all.size() && all[open].is('(') && all[open + 1].is_word("values") &&
         all[open].end == all[open + 1].begin;
}

/// A view whose query is VALUES and whose columns have names of their own is printed as one that selects from it
/// (ruleutils.c get_simple_values_rte), which would make a subquery of it: here it is VALUES again.
std::string with_own_values(std::string_view printed, const Tokens& all) {
  std::size_t as = 0;
  while (as < all.size() && !all[as].is_word("as")) ++as;
  std::size_t at = as + 2;
  if (at >= all.size() || !all[0].is_word("create") || !all[as + 1].is_word("select")) return std::string(printed);
  const std::vector<std::string> names = renamed_values(all, at);
  if (names.empty() || at + 1 >= all.size() || !all[at].is_word("from") || !are_own_rows(all, at + 1))
    return std::string(printed);
  const std::size_t close = closing(all, at + 1);
  if (close + 1 >= all.size() || !is_values_table(all[close + 1])) return std::string(printed);
  // behind the name: CREATE [MATERIALIZED] VIEW schema.name
  const std::size_t name = all[1].is_word("view") ? 2 : 3;
  const auto text = [&](int begin, int end) {
    return std::string(printed.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  };
  std::string list;
  for (const std::string& one : names) list += (list.empty() ? "" : ", ") + one;
  return text(0, all[name + 2].end) + " (" + list + ")" + text(all[name + 2].end, all[as + 1].begin) +
         text(all[at + 2].begin, all[close].begin) + text(all[close + 1].end, static_cast<int>(printed.size()));
}

/// Arrays that are cast as a whole get a cast to their own type: ( ARRAY [ … ] ) ::
std::string with_typed_arrays(std::string_view printed) {
  const Tokens all = sql::tokens(printed);
  std::string text;
  std::size_t copied = 0;
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

/// The field of EXTRACT is a constant that is printed bare (ruleutils.c get_func_sql_syntax), and would be read back in
/// lower case.
std::string with_quoted_fields(std::string_view printed) {
  const Tokens all = sql::tokens(printed);
  std::string text;
  std::size_t copied = 0;
  for (std::size_t i = 0; i + 3 < all.size(); ++i) {
    const Token& field = all[i + 2];
    if (!all[i].is_word("extract") || !all[i + 1].is('(') || field.kind != TokenKind::word ||
        !all[i + 3].is_word("from") || std::none_of(field.text.begin(), field.text.end(), is_upper))
      continue;
    text += std::string(printed.substr(copied, static_cast<std::size_t>(field.begin) - copied)) +
            quote_literal(std::string(field.text));
    copied = static_cast<std::size_t>(field.end);
  }
  return text + std::string(printed.substr(copied));
}

/// GROUP of `WITHIN GROUP (ORDER BY …)` stands in a target.
bool ends_targets(const Tokens& tokens, std::size_t at) {
  const Token& token = tokens[at];
  if (at > 0 && token.is_word("group") && tokens[at - 1].is_word("within")) return false;
  for (const std::string_view word : {"from", "where", "group", "having", "window", "union", "intersect", "except",
                                      "order", "limit", "offset", "fetch", "for"}) {
    if (token.is_word(word)) return true;
  }
  return closes(token) || token.is(';');
}

/// Whether the word at `at` is a query's SELECT, and not the privilege or the event of that name.
bool starts_query(const Tokens& tokens, std::size_t at) {
  if (!tokens[at].is_word("select")) return false;
  if (at == 0) return true;
  const Token& before = tokens[at - 1];
  for (const std::string_view word :
       {"as", "union", "intersect", "except", "all", "distinct", "do", "instead", "also", "atomic"}) {
    if (before.is_word(word)) return true;
  }
  return before.is('(') || before.is(')') || before.is(';');
}

/// The first token of the list of targets behind SELECT.
std::size_t first_target(const Tokens& tokens, std::size_t select) {
  std::size_t at = select + 1;
  if (at >= tokens.size() || !tokens[at].is_word("distinct")) return at;
  if (++at + 1 < tokens.size() && tokens[at].is_word("on")) at = closing(tokens, at + 1) + 1;
  return at;
}

/// Whether the parser would name the target [begin, end) after something in it (parse_target.c FigureColname), although
/// it was printed without a name: it is neither a column nor a constant nor an expression in parentheses.
bool takes_a_name(const Tokens& tokens, std::size_t begin, std::size_t end) {
  if (end == begin + 1 || (tokens[begin].is('(') && closing(tokens, begin) + 1 == end)) return false;
  bool is_column = true;
  for (std::size_t i = begin, depth = 0; i < end; ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i])) --depth;
    if (depth == 0 && tokens[i].is_word("as")) return false;
    const bool is_name = tokens[i].kind == TokenKind::word || tokens[i].kind == TokenKind::quoted_word;
    if (!is_name && !tokens[i].is('.') && tokens[i].text != "*") is_column = false;
  }
  return !is_column;
}

/// Targets that have no name get the one that the server keeps for those.
std::string with_named_targets(std::string_view printed) {
  const Tokens all = sql::tokens(printed);
  Insertions names;
  for (std::size_t select = 0; select < all.size(); ++select) {
    if (!starts_query(all, select)) continue;
    std::size_t begin = first_target(all, select);
    for (std::size_t at = begin, depth = 0; at <= all.size(); ++at) {
      const bool ends = at == all.size() || (depth == 0 && ends_targets(all, at));
      if (at > begin && (ends || (depth == 0 && all[at].is(','))) && takes_a_name(all, begin, at))
        names.emplace_back(all[at - 1].end, " AS \"?column?\"");
      if (ends) break;
      if (depth == 0 && all[at].is(',')) begin = at + 1;
      if (opens(all[at])) ++depth;
      if (closes(all[at])) --depth;
    }
  }
  return inserted(printed, std::move(names));
}

/// Whether tokens of [begin, end) are joined by `word` ("and", "or"), and not inside of parentheses.
bool joins(const Tokens& tokens, std::size_t begin, std::size_t end, std::string_view word) {
  for (std::size_t i = begin, depth = 0; i < end; ++i) {
    if (opens(tokens[i])) ++depth;
    if (closes(tokens[i])) --depth;
    if (depth == 0 && tokens[i].is_word(word)) return true;
  }
  return false;
}

/// `a BETWEEN 1 AND 2 AND b` is an AND whose first operand is one (parse_expr.c transformAExprBetween), which the
/// grammar would make one of both where it reads them again (gram.y makeAndExpr, makeOrExpr): a cast to what it is
/// anyway stands between them and leaves no trace (coerce_type).
std::string with_nested_operands(std::string_view printed) {
  const Tokens all = sql::tokens(printed);
  Insertions casts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].is('(') || (i > 0 && !all[i - 1].is('('))) continue;
    const std::size_t close = closing(all, i);
    if (close + 1 >= all.size()) continue;
    for (const std::string_view word : {"and", "or"}) {
      if (all[close + 1].is_word(word) && joins(all, i + 1, close, word))
        casts.emplace_back(all[close].end, "::boolean");
    }
  }
  return inserted(printed, std::move(casts));
}

/// The end of `ROW(…)` at `at`, with a cast to its type; `at` where there is none.
std::size_t end_of_row(const Tokens& all, std::size_t at) {
  if (at + 1 >= all.size() || !all[at].is_word("row") || !all[at + 1].is('(')) return at;
  std::size_t end = closing(all, at + 1) + 1;
  if (end + 1 >= all.size() || !is_cast(all[end])) return std::min(end, all.size());
  for (end += 2; end + 1 < all.size() && all[end].is('.'); end += 2) continue;
  return end;
}

/// The token behind the comparison at `at`; `at` where there is none that the parser takes apart.
std::size_t end_of_comparison(const Tokens& all, std::size_t at) {
  if (at >= all.size()) return at;
  if (all[at].kind == TokenKind::op) return all[at].text == "=" || all[at].text == "<>" ? at + 1 : at;
  const bool is_distinct = at + 2 < all.size() && all[at].is_word("is") && all[at + 1].is_word("distinct");
  return is_distinct && all[at + 2].is_word("from") ? at + 3 : at;
}

/// Two rows are compared as a whole only where they stand in rows that are compared, as `((a, b), c) = ((1, 2), 3)`:
/// elsewhere they are compared member by member (parse_expr.c make_row_comparison_op, make_row_distinct_op). A row of
/// that one row is what it is printed from.
std::string with_rows_in_rows(std::string_view printed) {
  const Tokens all = sql::tokens(printed);
  Insertions words;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t left_end = end_of_row(all, i);
    const std::size_t right = left_end == i ? i : end_of_comparison(all, left_end);
    const std::size_t right_end = right == left_end ? right : end_of_row(all, right);
    if (right_end == right) continue;
    words.emplace_back(all[i].begin, "ROW(");
    words.emplace_back(all[left_end - 1].end, ")");
    words.emplace_back(all[right].begin, "ROW(");
    words.emplace_back(all[right_end - 1].end, ")");
  }
  return inserted(printed, std::move(words));
}

}  // namespace

std::string storable(std::string_view printed) {
  const std::string values = with_own_values(printed, sql::tokens(printed));
  const std::string targets = with_named_targets(with_quoted_fields(with_typed_arrays(values)));
  return with_rows_in_rows(with_nested_operands(targets));
}

}  // namespace segue::kinds
