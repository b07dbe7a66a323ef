#include "kinds/query_text.h"

#include <algorithm>
#include <optional>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using sql::Node;
using sql::Span;
using sql::Token;

/// How many of the last tokens are `words`; 0 where they are not all there.
std::size_t tail(const std::vector<Token>& tokens, const std::vector<std::string_view>& words) {
  if (tokens.size() <= words.size()) return 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!tokens[tokens.size() - words.size() + i].is_word(words[i])) return 0;
  }
  return words.size();
}

/// WITH is reserved, so that no query ends in these words by itself.
std::size_t clause_tokens(const std::vector<Token>& tokens) {
  static const std::vector<std::vector<std::string_view>> clauses = {{"with", "check", "option"},
                                                                     {"with", "local", "check", "option"},
                                                                     {"with", "cascaded", "check", "option"},
                                                                     {"with", "no", "data"},
                                                                     {"with", "data"}};
  for (const auto& clause : clauses) {
    if (const std::size_t found = tail(tokens, clause)) return found;
  }
  return 0;
}

/// Whether the select list ends before token `at`: these words are reserved, but not behind a dot or AS, and IS
/// DISTINCT FROM is an operator.
bool ends_select_list(const std::vector<Token>& tokens, std::size_t at) {
  static const std::vector<std::string_view> words = {"from",   "where",     "group",  "having", "window",
                                                      "union",  "intersect", "except", "order",  "limit",
                                                      "offset", "fetch",     "for",    "into"};
  if (at > 0 && (tokens[at - 1].is('.') || tokens[at - 1].is_word("as"))) return false;
  if (at > 0 && tokens[at].is_word("from") && tokens[at - 1].is_word("distinct")) return false;
  return std::any_of(words.begin(), words.end(), [&](auto word) { return tokens[at].is_word(word); });
}

/// Behind the SELECT [ALL | DISTINCT [ON (…)]] of the leftmost query, past its WITH; nothing where there is none.
std::optional<std::size_t> select_list(const std::vector<Token>& tokens) {
  int depth = 0;
  std::size_t at = 0;
  for (; at < tokens.size() && !(depth == 0 && tokens[at].is_word("select")); ++at) {
    if (at == 0 && !tokens[at].is_word("with")) return std::nullopt;
    if (tokens[at].is('(')) ++depth;
    if (tokens[at].is(')')) --depth;
  }
  if (++at >= tokens.size()) return std::nullopt;
  if (tokens[at].is_word("all")) ++at;
  if (at + 1 < tokens.size() && tokens[at].is_word("distinct") && tokens[++at].is_word("on")) {
    do {
      if (++at >= tokens.size()) return std::nullopt;
      if (tokens[at].is('(')) ++depth;
      if (tokens[at].is(')')) --depth;
    } while (depth > 0);
    ++at;
  }
  return at;
}

/// Where an output column stands in the text, its alias set apart.
struct Output {
  int begin = 0;
  int alias = 0;  ///< where its alias begins, with its AS; `end` where there is none
  int end = 0;
};

/// The elements of the select list; empty where the text and the tree do not agree.
std::vector<Output> outputs(const std::vector<Token>& tokens, std::size_t at, const sql::List& targets) {
  std::vector<Output> found;
  for (const Node target : targets) {
    const std::size_t begin = at;
    int depth = 0;
    while (at < tokens.size() && (depth > 0 || !(tokens[at].is(',') || ends_select_list(tokens, at)))) {
      if (tokens[at].is('(') || tokens[at].is('[')) ++depth;
      if (tokens[at].is(')') || tokens[at].is(']')) --depth;
      ++at;
    }
    if (at == begin) return {};
    const int end = tokens[at - 1].end;
    Output output{tokens[begin].begin, end, end};
    if (!target.text("name").empty()) {
      const bool with_as = at - begin > 2 && tokens[at - 2].is_word("as");
      output.alias = tokens[at - (with_as ? 2 : 1)].begin;
    }
    found.push_back(output);
    const bool last = found.size() == targets.size();
    if (!last && (at >= tokens.size() || !tokens[at].is(','))) return {};
    if (last && at < tokens.size() && tokens[at].is(',')) return {};
    ++at;
  }
  return found;
}

/// Columns that a FROM item gives to `*`, qualified; nothing where they are not known.
using Columns = std::optional<std::vector<std::string>>;

Columns columns_of(const Node& item, std::string_view only, DesiredReader& reader) {
  if (item.is("JoinExpr")) {
    if (item.flag("isNatural") || !item.list("usingClause").empty() || item.has("alias")) return std::nullopt;
    Columns left = columns_of(item["larg"], only, reader);
    const Columns right = columns_of(item["rarg"], only, reader);
    if (!left || !right) return std::nullopt;
    left->insert(left->end(), right->begin(), right->end());
    return left;
  }
  if (!item.is("RangeVar") || !item["alias"].list("colnames").empty()) return std::nullopt;
  const std::string_view alias = item["alias"].text("aliasname");
  const std::string qualifier(alias.empty() ? item.text("relname") : alias);
  if (!only.empty() && only != qualifier) return std::vector<std::string>{};
  const model::Object* relation = reader.find_relation(item, true);
  if (relation == nullptr) return std::nullopt;
  std::vector<std::string> columns;
  for (const model::Object* child : std::as_const(reader.schema()).children(relation->key)) {
    if (child->kind == &column) columns.push_back(quote_identifier(qualifier) + "." + quote_identifier(child->name()));
  }
  if (columns.empty()) return std::nullopt;
  return columns;
}

/// What a star in the select list stands for; an empty list for a target that is no star.
Columns star(const Node& target, const sql::List& from, DesiredReader& reader) {
  const sql::List fields = target["val"].list("fields");
  if (fields.empty() || !fields.back().is("A_Star")) {
    const sql::List path = target["val"].list("indirection");
    if (!path.empty() && path.back().is("A_Star")) return std::nullopt;  // (composite).*
    return std::vector<std::string>{};
  }
  if (fields.size() > 2) return std::nullopt;
  const std::string_view only = fields.size() == 2 ? fields.front().text() : std::string_view{};
  std::vector<std::string> all;
  for (const Node item : from) {
    const Columns columns = columns_of(item, only, reader);
    if (!columns) return std::nullopt;
    all.insert(all.end(), columns->begin(), columns->end());
  }
  if (all.empty()) return std::nullopt;
  return all;
}

std::string wrap(const std::string& query, const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  quoted.reserve(names.size());
  for (const std::string& name : names) quoted.push_back(quote_identifier(name));
  return "SELECT * FROM (" + query + "\n) v(" + join(quoted, ", ") + ")";
}

/// Where the rows of VALUES end, and ORDER BY and its like begin.
std::size_t end_of_rows(const std::string& query) {
  int depth = 0;
  for (const sql::Token& token : sql::tokens(query)) {
    if (token.is('(')) ++depth;
    if (token.is(')')) --depth;
    for (const std::string_view word : {"order", "limit", "offset", "fetch", "for"}) {
      if (depth == 0 && token.is_word(word)) return static_cast<std::size_t>(token.begin);
    }
  }
  return query.size();
}

/// ruleutils.c get_simple_values_rte: VALUES under other names prints as a query over it.
std::string named_values(const std::string& query, std::size_t width, const std::vector<std::string>& names) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < width; ++i) {
    const std::string name = "column" + std::to_string(i + 1);
    columns.push_back("\"*VALUES*\"." + name + " AS " + quote_identifier(i < names.size() ? names[i] : name));
  }
  const std::size_t end = end_of_rows(query);
  const std::string rest = end == query.size() ? "" : " " + query.substr(end);
  return "SELECT " + join(columns, ", ") + " FROM (" + query.substr(0, end) + ") \"*VALUES*\"" + rest;
}

Node leftmost(Node select) {
  while (select.has("larg")) select = select["larg"];
  return select;
}

std::string trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(" \t\r\n");
  return std::string(end == std::string_view::npos ? std::string_view{} : text.substr(0, end + 1));
}

/// The elements of the select list with the names in the place of their aliases; nothing where that cannot be done.
class Renamed {
 public:
  Renamed(const std::string& query, const std::vector<std::string>& names) : query_(query), names_(names) {}

  bool add(const Output& output, const Columns& expanded) {
    if (!expanded) return false;
    for (const std::string& column : *expanded) elements_.push_back(named(column));
    if (!expanded->empty()) return true;
    const std::string expression = trimmed(slice(output.begin, output.alias));
    elements_.push_back(elements_.size() < names_.size() ? named(expression)
                                                         : std::string(slice(output.begin, output.end)));
    return true;
  }
  std::size_t size() const { return elements_.size(); }
  std::string text() const { return join(elements_, ", "); }
  std::string_view slice(int begin, int end) const {
    return std::string_view(query_).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  }

 private:
  std::string named(const std::string& expression) const {
    const std::size_t at = elements_.size();
    return at < names_.size() ? expression + " AS " + quote_identifier(names_[at]) : expression;
  }
  const std::string& query_;
  const std::vector<std::string>& names_;
  std::vector<std::string> elements_;
};

}  // namespace

model::Definition query_after_as(DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  cutter.skip_to_word("as");
  const Span span = cutter.rest();
  const std::vector<Token> tokens = sql::tokens(cutter.text(span));
  if (tokens.empty()) return reader.definition(span);
  const std::size_t left = tokens.size() - clause_tokens(tokens);
  return reader.definition({span.begin + tokens.front().begin, span.begin + tokens[left - 1].end});
}

std::string with_column_names(const std::string& query, const Node& select, const std::vector<std::string>& names,
                              DesiredReader& reader) {
  if (names.empty()) return query;
  const Node leaf = leftmost(select);
  const std::vector<Token> tokens = sql::tokens(query);
  if (const sql::List rows = leaf.list("valuesLists"); !rows.empty()) {
    if (select.has("larg") || select.has("withClause")) return wrap(query, names);
    return named_values(query, rows.front().items().size(), names);
  }
  const sql::List targets = leaf.list("targetList");
  Renamed renamed(query, names);
  if (!tokens.empty() && tokens.front().is_word("table") && targets.size() == 1) {
    if (!renamed.add({}, star(targets.front(), leaf.list("fromClause"), reader)) || renamed.size() < names.size()) {
      return wrap(query, names);
    }
    return "SELECT " + renamed.text() + " FROM" + query.substr(static_cast<std::size_t>(tokens.front().end));
  }
  const std::optional<std::size_t> first = select_list(tokens);
  if (!first) return wrap(query, names);
  const std::vector<Output> found = outputs(tokens, *first, targets);
  if (found.empty()) return wrap(query, names);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!renamed.add(found[i], star(targets[i], leaf.list("fromClause"), reader))) return wrap(query, names);
  }
  if (renamed.size() < names.size()) return wrap(query, names);
  return query.substr(0, static_cast<std::size_t>(found.front().begin)) + renamed.text() +
         query.substr(static_cast<std::size_t>(found.back().end));
}

model::List quoted_names(const std::vector<std::string>& names) {
  model::List list;
  for (const std::string& name : names) list.push_back(quote_identifier(name));
  return list;
}

void name_columns(model::Object& of, const NamedQuery& at, const Node& select, DesiredReader& reader) {
  std::vector<std::string> names;
  const std::string& lines = reader.text();
  for (std::size_t begin = 0; begin <= lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    names.push_back(lines.substr(begin, end - begin));
    begin = end + 1;
  }
  model::Definition definition = of.definition(at.query);
  if (!of.has(at.written)) of[at.written] = definition;
  of[at.column_names] = quoted_names(names);
  definition.text = with_column_names(definition.text, select, names, reader);
  of[at.query] = std::move(definition);
}

model::Definition printed_query(const std::string& text) {
  const std::vector<Token> tokens = sql::tokens(text);
  if (tokens.empty()) return {text, ""};
  const Token& last = tokens.back();
  const int end = last.is(';') && tokens.size() > 1 ? tokens[tokens.size() - 2].end : last.end;
  const int begin = tokens.front().begin;
  return {text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)), ""};
}

}  // namespace segue::kinds
