#include "sql/cut.h"

#include <algorithm>

namespace segue::sql {
namespace {

bool opens(const Token& token) { return token.is('(') || token.is('['); }
bool closes(const Token& token) { return token.is(')') || token.is(']'); }

// Behind these a word is an operand, whatever it means elsewhere: IS NOT NULL, NOT DEFERRABLE stays to its reader.
bool wants_operand(const Token& token) {
  return token.kind == TokenKind::op || token.is_word("is") || token.is_word("not");
}

}  // namespace

Cutter& Cutter::to(int offset) {
  at_ = 0;
  while (at_ < tokens_.size() && tokens_[at_].begin < offset) ++at_;
  return *this;
}

Cutter& Cutter::from(int offset) {
  to(offset);
  if (!at_end()) ++at_;
  return *this;
}

bool Cutter::skip_to_word(std::string_view lower_case) {
  int depth = 0;
  for (std::size_t i = at_; i < tokens_.size(); ++i) {
    if (depth == 0 && tokens_[i].is_word(lower_case)) {
      at_ = i + 1;
      return true;
    }
    if (opens(tokens_[i])) ++depth;
    if (closes(tokens_[i]) && --depth < 0) return false;
  }
  return false;
}

Span Cutter::parenthesised() {
  std::size_t open = at_;
  while (open < tokens_.size() && !tokens_[open].is('(')) ++open;
  if (open >= tokens_.size()) return {};
  int depth = 0;
  for (std::size_t i = open; i < tokens_.size(); ++i) {
    if (opens(tokens_[i])) ++depth;
    if (closes(tokens_[i]) && --depth == 0) {
      at_ = i + 1;
      if (i == open + 1) return {tokens_[i].begin, tokens_[i].begin};
      return {tokens_[open + 1].begin, tokens_[i - 1].end};
    }
  }
  return {};
}

Span Cutter::until(const std::vector<std::string_view>& words) {
  if (at_end()) return {};
  const std::size_t first = at_;
  int depth = 0;
  for (; at_ < tokens_.size(); ++at_) {
    const Token& token = tokens_[at_];
    if (depth == 0 && (token.is(',') || token.is(';') || closes(token))) break;
    const bool may_end = depth == 0 && at_ > first && !wants_operand(tokens_[at_ - 1]);
    if (may_end && std::any_of(words.begin(), words.end(), [&](std::string_view word) { return token.is_word(word); }))
      break;
    if (opens(token)) ++depth;
    if (closes(token)) --depth;
  }
  if (at_ == first) return {tokens_[first].begin, tokens_[first].begin};
  return {tokens_[first].begin, tokens_[at_ - 1].end};
}

Span Cutter::rest() {
  if (at_end()) return {};
  std::size_t last = tokens_.size();
  while (last > at_ && tokens_[last - 1].is(';')) --last;
  const std::size_t first = at_;
  at_ = tokens_.size();
  if (last == first) return {};
  return {tokens_[first].begin, tokens_[last - 1].end};
}

std::vector<Span> Cutter::elements(Span span) const {
  std::vector<Span> all;
  Span element;
  int depth = 0;
  for (const Token& token : tokens_) {
    if (token.begin < span.begin || token.end > span.end) continue;
    if (depth == 0 && token.is(',')) {
      all.push_back(element);
      element = {};
      continue;
    }
    if (opens(token)) ++depth;
    if (closes(token)) --depth;
    if (element.empty()) element.begin = token.begin;
    element.end = token.end;
  }
  if (!element.empty()) all.push_back(element);
  return all;
}

Span Cutter::key_of(Span element) const {
  const auto inside = [&](std::size_t i) {
    return i < tokens_.size() && tokens_[i].begin >= element.begin && tokens_[i].end <= element.end;
  };
  std::size_t i = 0;
  while (i < tokens_.size() && tokens_[i].begin < element.begin) ++i;
  if (!inside(i)) return {};
  Span key{tokens_[i].begin, tokens_[i].end};
  // A name, perhaps qualified; then the arguments of a call.
  if (!tokens_[i].is('(')) {
    ++i;
    while (inside(i) && inside(i + 1) && tokens_[i].is('.')) {
      key.end = tokens_[i + 1].end;
      i += 2;
    }
    if (!inside(i) || !tokens_[i].is('(')) return key;
  }
  int depth = 0;
  for (; inside(i); ++i) {
    if (opens(tokens_[i])) ++depth;
    key.end = tokens_[i].end;
    if (closes(tokens_[i]) && --depth == 0) break;
  }
  return key;
}

}  // namespace segue::sql
