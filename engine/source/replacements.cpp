#include "source/replacements.h"

#include <algorithm>
#include <array>

#include "kinds/kinds.h"
#include "sql/cut.h"
#include "sql/lexer.h"

namespace segue::source {

using model::List;
using model::Object;

namespace {

bool is_or_begins_with_type(const std::string& text, const std::string& name) {
  if (text.compare(0, name.size(), name) != 0) return false;
  return text.size() == name.size() || text[name.size()] == '[' || text[name.size()] == '(';
}

/// Whether values of the kind are clauses of several names.
bool has_clauses(const model::Kind& kind) {
  static const std::array kinds = {&kinds::cast, &kinds::transform, &kinds::operator_class, &kinds::operator_family,
                                   &kinds::text_search_configuration};
  return std::find(kinds.begin(), kinds.end(), &kind) != kinds.end();
}

using Tokens = std::vector<sql::Token>;

/// Whether the name's tokens stand there, and no longer name.
bool stands_at(const Tokens& all, std::size_t at, const Tokens& name) {
  if (at + name.size() > all.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (all[at + i].text != name[i].text) return false;
  }
  const auto is_dot = [&](std::size_t i) { return i < all.size() && all[i].is('.'); };
  return !is_dot(at + name.size()) && (at == 0 || !is_dot(at - 1));
}

}  // namespace

std::string Replacements::of(const std::string& text) const {
  for (const auto& [before, after] : keys) {
    if (text == before) return after;
  }
  for (const auto& [before, after] : names) {
    if (is_or_begins_with_type(text, before)) return after + text.substr(before.size());
  }
  return text;
}

void Replacements::in(Object& object) const {
  const bool clauses = has_clauses(*object.kind);
  const auto made_of = [&](const std::string& text) {
    std::string made = of(text);
    return clauses && made == text ? in_clause(text) : made;
  };
  for (model::Value& value : object.values) {
    if (auto* text = std::get_if<std::string>(&value)) *text = made_of(*text);
    if (auto* list = std::get_if<List>(&value)) {
      for (std::string& item : *list) item = made_of(item);
    }
  }
}

std::string Replacements::in_clause(const std::string& text) const {
  const Tokens all = sql::tokens(text);
  std::string made;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const auto& [before, after] : in_clauses) {
      const Tokens name = sql::tokens(before);
      if (!stands_at(all, i, name)) continue;
      made += text.substr(copied, static_cast<std::size_t>(all[i].begin) - copied) + after;
      i += name.size() - 1;
      copied = static_cast<std::size_t>(all[i].end);
      break;
    }
  }
  return made + text.substr(copied);
}

std::string with_types_replaced(const std::string& signature, const Replacements& replaced) {
  std::string made;
  for (const sql::Span span :
       sql::Cutter(signature, sql::tokens(signature)).elements({0, static_cast<int>(signature.size())})) {
    const auto length = static_cast<std::size_t>(span.end - span.begin);
    made += (made.empty() ? "" : ", ") + replaced.of(signature.substr(static_cast<std::size_t>(span.begin), length));
  }
  return made;
}

std::string with_types_around_word_replaced(const std::string& name, const Replacements& replaced) {
  for (const sql::Token& token : sql::tokens(name)) {
    if (!token.is_word("as") && !token.is_word("language")) continue;
    const auto begin = static_cast<std::size_t>(token.begin);
    const auto end = static_cast<std::size_t>(token.end);
    return replaced.of(name.substr(0, begin - 1)) + " " + name.substr(begin, end - begin) + " " +
           replaced.of(name.substr(end + 1));
  }
  return name;
}

}  // namespace segue::source
