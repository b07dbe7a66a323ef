#include "same/clause.h"

#include "sql/cut.h"

namespace segue::same {
namespace {

/// Takes expressions out of a text, from left to right.
class Extractor {
 public:
  explicit Extractor(const std::string& text) : text_(text) {}

  void take(sql::Span span) {
    keep_up_to(span.begin);
    clause_.expressions.push_back(slice(span));
    clause_.frame += "segue_expression_" + std::to_string(clause_.expressions.size());
    at_ = span.end;
  }

  Clause finish() {
    keep_up_to(static_cast<int>(text_.size()));
    return std::move(clause_);
  }

 private:
  std::string slice(sql::Span span) const {
    return text_.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin));
  }
  void keep_up_to(int end) { clause_.frame += slice({at_, end}); }

  const std::string& text_;
  Clause clause_;
  int at_ = 0;
};

/// A key in parentheses or with arguments; anything else is the name of a column.
bool is_expression(std::string_view key) { return key.ends_with(')'); }

}  // namespace

Clause take_apart(const std::string& text) {
  sql::Cutter cutter(text, sql::tokens(text));
  Extractor extractor(text);
  for (const sql::Span element : cutter.elements(cutter.parenthesised())) {
    const sql::Span key = cutter.key_of(element);
    if (is_expression(cutter.text(key))) extractor.take(key);
  }
  if (cutter.skip_to_word("where")) extractor.take(cutter.parenthesised());
  return extractor.finish();
}

}  // namespace segue::same
