#include "source/definition_edits.h"

#include <algorithm>

#include "base/quote.h"
#include "source/definition_text.h"

namespace segue::source {

std::optional<Parsed> parsed_definition(const model::Object& object, std::size_t attribute) {
  const model::Grammar grammar = object.kind->attributes[attribute].grammar;
  const std::string& text = object.definition(attribute).text;
  if (grammar == model::Grammar::body || text.empty()) return std::nullopt;
  const std::string whole = parsable(text, grammar);
  const auto before = static_cast<int>(whole.size() - text.size());
  auto fragment = grammar == model::Grammar::expression ? sql::parse_expression(whole)
                  : grammar == model::Grammar::type     ? sql::parse_type(whole)
                                                        : sql::parse_query(whole);
  if (!fragment) return std::nullopt;
  const int offset = fragment->offset() + before;
  return Parsed{std::move(*fragment), offset};
}

void Edits::replace_name(int begin, std::size_t parts, const std::string& by) {
  const std::size_t first = token_at(begin);
  if (first == tokens_.size()) return;
  if (tokens_[first].kind == sql::TokenKind::string) return add(first, first, quote_literal(by));
  const std::size_t last = first + 2 * (parts - 1);
  if (last < tokens_.size()) add(first, last, by);
}

void Edits::replace_part(int begin, std::size_t part, const std::string& by) {
  const std::size_t at = token_at(begin) + 2 * part;
  if (at < tokens_.size()) add(at, at, by);
}

void Edits::replace_field(const std::string& name, const std::string& by) {
  for (std::size_t i = 2; i < tokens_.size(); ++i) {
    const bool selects = tokens_[i - 1].is('.') && (tokens_[i - 2].is(')') || tokens_[i - 2].is(']'));
    if (selects && tokens_[i].text == name) add(i, i, by);
  }
}

void Edits::replace_word_before(int begin, std::string_view word, const std::string& by) {
  for (std::size_t at = token_at(begin); at-- > 0;) {
    if (tokens_[at].is_word(word)) return add(at, at, by);
  }
}

std::string Edits::applied() {
  std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string made;
  std::size_t copied = 0;
  for (const Edit& edit : edits_) {
    if (edit.begin < copied) continue;  // the same name twice in the tree
    made += text_.substr(copied, edit.begin - copied) + edit.by;
    copied = edit.end;
  }
  return made + text_.substr(copied);
}

std::size_t Edits::token_at(int begin) const {
  const auto found = std::find_if(tokens_.begin(), tokens_.end(), [&](const auto& one) { return one.begin == begin; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

void Edits::add(std::size_t first, std::size_t last, const std::string& by) {
  edits_.push_back({static_cast<std::size_t>(tokens_[first].begin), static_cast<std::size_t>(tokens_[last].end), by});
}

}  // namespace segue::source
