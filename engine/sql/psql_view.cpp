#include "sql/psql_view.h"

#include <algorithm>
#include <string_view>

#include "sql/scanner.h"

namespace segue::sql {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

std::string_view trim(std::string_view text) {
  const auto is_space = [](char c) { return is_blank(c) || c == '\n'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Without -- or the outermost /* */.
std::string comment_text(std::string_view raw) {
  const bool block = raw.substr(0, 2) == "/*";
  raw.remove_prefix(2);
  if (block && raw.size() >= 2 && raw.substr(raw.size() - 2) == "*/") raw.remove_suffix(2);
  return std::string(trim(raw));
}

class Reader {
 public:
  explicit Reader(std::string& text) : text_(text), scanner_(text) {}

  PsqlView read() {
    while (auto token = scanner_.next()) {
      if (token->kind == TokenKind::comment) {
        add_comment(*token);
      } else if (token->kind == TokenKind::op && token->text == "\\") {
        meta_command(static_cast<std::size_t>(token->begin));
      } else {
        view_.tokens.push_back(*token);
        if (ends_.ends_at(*token)) end_statement();
      }
    }
    return std::move(view_);
  }

 private:
  void add_comment(const Token& token) {
    Comment comment;
    comment.begin = token.begin;
    comment.end = token.end;
    comment.text = comment_text(token.text);
    if (!view_.tokens.empty()) {
      const auto code_end = static_cast<std::size_t>(view_.tokens.back().end);
      const std::string_view between =
          std::string_view(text_).substr(code_end, static_cast<std::size_t>(token.begin) - code_end);
      comment.ends_line_of_code = between.find('\n') == std::string_view::npos;
    }
    view_.comments.push_back(std::move(comment));
  }

  void end_statement() {
    if (copies_from_stdin()) skip_data(line_end(scanner_.at()));
    statement_ = view_.tokens.size();
  }

  // COPY … FROM STDIN as a statement; the words of a column list or a query stand in parentheses.
  bool copies_from_stdin() const {
    if (statement_ >= view_.tokens.size() || !view_.tokens[statement_].is_word("copy")) return false;
    int depth = 0;
    for (std::size_t i = statement_ + 1; i + 1 < view_.tokens.size(); ++i) {
      if (view_.tokens[i].is('(')) ++depth;
      if (view_.tokens[i].is(')')) --depth;
      if (depth == 0 && view_.tokens[i].is_word("from") && view_.tokens[i + 1].is_word("stdin")) return true;
    }
    return false;
  }

  std::size_t line_end(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }

  void blank(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (text_[i] != '\n') text_[i] = ' ';
    }
  }

  // Lines up to and with the one that is \. alone; up to the end of the file where there is none.
  void skip_data(std::size_t newline) {
    std::size_t at = newline + 1;
    while (at < text_.size()) {
      const std::size_t end = line_end(at);
      std::string_view line = std::string_view(text_).substr(at, end - at);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      const bool last = line == "\\.";
      blank(at, end);
      at = end + 1;
      if (last) return;
      ++view_.copied_lines;
    }
  }

  void meta_command(std::size_t backslash) {
    std::size_t at = backslash + 1;
    if (at < text_.size() && (text_[at] == ';' || text_[at] == ':')) {  // \; and \: send the character itself
      text_[backslash] = ' ';
      return;
    }
    const std::size_t end = line_end(at);
    const std::size_t name_begin = at;
    while (at < end && !is_blank(text_[at]) && text_[at] != '\\') ++at;
    MetaCommand command;
    command.begin = static_cast<int>(backslash);
    command.name = text_.substr(name_begin, at - name_begin);
    const std::size_t stop = arguments(at, end, command);
    const bool sends = sends_statement(command.name);
    const bool quits = command.name == "q" || command.name == "quit";
    if (command.name == "copy" && copies_from_stdin(command)) skip_data(end);
    view_.meta_commands.push_back(std::move(command));
    blank(backslash, stop);
    if (sends) text_[backslash] = ';';
    scanner_.move_to(backslash);
    if (quits) blank(stop, text_.size());
  }

  // \g and its like send what stands before them, as a semicolon does.
  static bool sends_statement(std::string_view name) {
    constexpr std::string_view senders[] = {"g", "gx", "gset", "gexec", "gdesc", "crosstabview", "watch"};
    return std::find(std::begin(senders), std::end(senders), name) != std::end(senders);
  }

  static bool copies_from_stdin(const MetaCommand& command) {
    for (std::size_t i = 0; i + 1 < command.arguments.size(); ++i) {
      if (same_word(command.arguments[i], "from") && same_word(command.arguments[i + 1], "stdin")) return true;
    }
    return false;
  }

  static bool same_word(std::string_view word, std::string_view lower_case) {
    const Token token{TokenKind::word, 0, 0, word};
    return token.is_word(lower_case);
  }

  // psqlscanslash.l: words, with quotes; two backslashes end the command, one begins the next. Returns where it ends.
  std::size_t arguments(std::size_t at, std::size_t end, MetaCommand& command) const {
    while (true) {
      while (at < end && is_blank(text_[at])) ++at;
      if (at >= end) return end;
      if (text_[at] == '\\') return at + 1 < end && text_[at + 1] == '\\' ? at + 2 : at;
      std::string argument;
      while (at < end && !is_blank(text_[at]) && text_[at] != '\\') at = argument_part(at, end, argument);
      command.arguments.push_back(std::move(argument));
    }
  }

  std::size_t argument_part(std::size_t at, std::size_t end, std::string& argument) const {
    const char quote = text_[at];
    if (quote != '\'' && quote != '"' && quote != '`') {
      argument += quote;
      return at + 1;
    }
    for (++at; at < end; ++at) {
      if (text_[at] == quote) {
        if (at + 1 >= end || text_[at + 1] != quote) return at + 1;
        ++at;
      } else if (quote == '\'' && text_[at] == '\\' && at + 1 < end) {
        ++at;
      }
      argument += text_[at];
    }
    return at;
  }

  std::string& text_;
  Scanner scanner_;
  StatementEnds ends_;
  PsqlView view_;
  std::size_t statement_ = 0;  ///< the first token of the present statement
};

}  // namespace

// psqlscan.l: only the first words are remembered, by their first letters (CREATE [OR REPLACE] FUNCTION|PROCEDURE).
bool StatementEnds::may_have_body() const {
  const std::string_view words = first_words_;
  return words.substr(0, 2) == "cf" || words.substr(0, 2) == "cp" || words.substr(0, 4) == "corf" ||
         words.substr(0, 4) == "corp";
}

bool StatementEnds::ends_at(const Token& token) {
  if (token.is('(')) ++parentheses_;
  if (token.is(')') && parentheses_ > 0) --parentheses_;
  if (token.kind == TokenKind::word) {
    if (first_words_.size() < 4) {
      const bool counts = token.is_word("create") || token.is_word("function") || token.is_word("procedure") ||
                          token.is_word("or") || token.is_word("replace");
      first_words_ += counts ? static_cast<char>(token.text[0] | 0x20) : '-';
    }
    if (may_have_body() && parentheses_ == 0) {
      if (token.is_word("begin") || (token.is_word("case") && blocks_ > 0)) ++blocks_;
      if (token.is_word("end") && blocks_ > 0) --blocks_;
    }
  }
  if (!token.is(';') || parentheses_ > 0 || blocks_ > 0) return false;
  first_words_.clear();
  return true;
}

PsqlView read_as_psql(std::string& text) { return Reader(text).read(); }

PsqlView read_plain(std::string_view text) {
  PsqlView view;
  Scanner scanner(text);
  while (auto token = scanner.next()) {
    if (token->kind != TokenKind::comment) view.tokens.push_back(*token);
  }
  return view;
}

}  // namespace segue::sql
