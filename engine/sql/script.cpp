#include "sql/script.h"

#include <algorithm>
#include <utility>

#include "sql/newer_grammar.h"
#include "sql/parser.h"
#include "sql/psql_view.h"

namespace segue::sql {
namespace {

constexpr std::size_t max_bytes = 512UL << 20;
constexpr std::size_t max_errors = 100;

/// How much is parsed at once: libpg_query's answer is some twenty times as long, and stays in the processor's cache.
constexpr int portion_bytes = 32 << 10;

/// The length of the UTF-8 character at `at`, or 0 where there is none (RFC 3629; pg_utf8_islegal).
std::size_t character_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : (first & 0xF0) == 0xE0         ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if ((first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return length;
}

std::optional<std::size_t> first_bad_byte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = text[at] == '\0' ? 0 : character_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

std::string hex(char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  return {'0', 'x', digits[byte >> 4], digits[byte & 15]};
}

/// A line as messages show it: where it may say a password, its literals are stars, character by character. Where a
/// literal goes on from another line, or the word is a parameter of one, nobody can say where it ends: all is.
std::string shown_line(std::string_view line) {
  std::string lower(line);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (lower.find("password") == std::string::npos && lower.find("://") == std::string::npos) return std::string(line);
  const auto quotes = std::count(line.begin(), line.end(), '\'');
  const bool unclear = quotes % 2 != 0 || (quotes == 0 && lower.find('=') != std::string::npos);
  std::string shown;
  bool inside = unclear;
  for (const char c : line) {
    if (c == '\'' && !unclear) inside = !inside;
    const bool star = inside && c != '\'' && c != ' ';
    const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
    if (!star || !continues) shown += star ? '*' : c;
  }
  return shown;
}

struct Piece {
  int begin = 0;
  int end = 0;
};

}  // namespace

struct Script::Body {
  std::string file;
  std::string text;      ///< what the server would see
  std::string original;  ///< the file's bytes, where they differ from `text`
  int prefix = 0;        ///< bytes that segue put before the text given
  int suffix = 0;        ///< and behind it
  Tree tree;
  std::vector<Statement> statements;
  PsqlView view;
  std::vector<int> line_starts;

  std::string_view source() const { return original.empty() ? std::string_view(text) : std::string_view(original); }
  void find_lines();
  int line_at(int offset) const;
  Location locate(int offset) const;
  Diagnostic error(int offset, std::string what, std::string hint = {}) const {
    return Diagnostic::error_at(ErrorCode::syntax, locate(offset), std::move(what), std::move(hint));
  }
  std::optional<Diagnostic> refuse_encoding() const;
  void take_statements(const std::vector<RawStatement>& raw);
  Diagnostic explain(const ParserError& error, Piece piece) const;
  std::vector<Piece> pieces(std::size_t first, std::size_t last, bool lines_end_statements) const;
  std::vector<Piece> portions() const;
  bool parse_portions(std::vector<RawStatement>& raw);
  Diagnostics parse_piece_by_piece(std::vector<RawStatement>& raw);
  void parse_broken(Piece piece, const ParserError& error, std::vector<RawStatement>& raw, Diagnostics& diagnostics);
  Diagnostics parse_all();
};

namespace {

/// `begin` is where the line begins.
Location place_on_line(std::string_view source, const std::string& file, int number, std::size_t begin,
                       std::size_t offset) {
  Location location{file, number, 1, {}};
  if (number == 1 && starts_with(source, "\xEF\xBB\xBF")) begin += 3;
  const std::size_t end = std::min(source.find('\n', begin), source.size());
  std::string_view line = source.substr(begin, end - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  location.source_line = shown_line(line);
  for (std::size_t at = begin; at < offset && at < end; ++at) {
    if ((static_cast<unsigned char>(source[at]) & 0xC0) != 0x80) ++location.column;
  }
  return location;
}

}  // namespace

void Script::Body::find_lines() {
  line_starts.push_back(prefix);
  for (std::size_t at = source().find('\n', static_cast<std::size_t>(prefix)); at != std::string_view::npos;
       at = source().find('\n', at + 1)) {
    line_starts.push_back(static_cast<int>(at + 1));
  }
}

int Script::Body::line_at(int offset) const {
  offset = std::clamp(offset, prefix, static_cast<int>(text.size()) - suffix);
  return static_cast<int>(std::upper_bound(line_starts.begin(), line_starts.end(), offset) - line_starts.begin());
}

Location Script::Body::locate(int offset) const {
  offset = std::clamp(offset, prefix, static_cast<int>(text.size()) - suffix);
  const int line = line_at(offset);
  if (line == 0) return {file, 0, 0, {}};
  const auto begin = static_cast<std::size_t>(line_starts[static_cast<std::size_t>(line) - 1]);
  return place_on_line(source(), file, line, begin, static_cast<std::size_t>(offset));
}

std::optional<Diagnostic> Script::Body::refuse_encoding() const {
  const std::string_view start = source().substr(0, 2);
  if (start == "\xFF\xFE" || start == "\xFE\xFF") {
    return Diagnostic::error_at(ErrorCode::syntax, {file, 1, 1, {}}, "the file is UTF-16, not UTF-8",
                                "save it as UTF-8 (iconv -f utf-16 -t utf-8)");
  }
  const auto bad = first_bad_byte(text);
  if (!bad) return std::nullopt;
  const auto offset = static_cast<int>(*bad);
  if (text[*bad] == '\0') return error(offset, "the text holds a NUL byte", "remove it: no SQL text can hold one");
  return error(offset, "the byte " + hex(text[*bad]) + " is no valid UTF-8",
               "save the file as UTF-8 (for instance with iconv -f latin1 -t utf-8)");
}

void Script::Body::take_statements(const std::vector<RawStatement>& raw) {
  const std::vector<Token>& tokens = view.tokens;
  std::size_t at = 0;
  for (const RawStatement& one : raw) {
    const int limit = one.length > 0 ? one.location + one.length : static_cast<int>(text.size());
    while (at < tokens.size() && (tokens[at].begin < one.location || tokens[at].is(';'))) ++at;
    Statement statement;
    statement.node = tree.node(one.node);
    statement.begin = at < tokens.size() ? tokens[at].begin : one.location;
    statement.end = statement.begin;
    for (; at < tokens.size() && tokens[at].end <= limit; ++at) statement.end = tokens[at].end;
    statements.push_back(statement);
  }
}

Diagnostic Script::Body::explain(const ParserError& error, Piece piece) const {
  const int offset = error.offset >= 0 ? error.offset : piece.begin;
  const auto by_begin = [](const Token& token, int where) { return token.begin < where; };
  const auto token = std::lower_bound(view.tokens.begin(), view.tokens.end(), offset, by_begin) - view.tokens.begin();
  std::string hint = newer_grammar_hint(view.tokens, static_cast<std::size_t>(token), error.message);
  const std::string_view at = std::string_view(text).substr(static_cast<std::size_t>(offset));
  if (!hint.empty()) {
    // said already
  } else if (starts_with(at, ":")) {
    hint = "psql's variables (:name) are not replaced here; write the value itself";
  } else if (starts_with(error.message, "memory exhausted") || starts_with(error.message, "the statement nests")) {
    hint = "split the expression into smaller ones; the server refuses such a depth as well";
  } else if (starts_with(error.message, "unterminated")) {
    hint = "close what begins here";
  }
  return this->error(offset, error.message, std::move(hint));
}

// Statements from their tokens alone. Where a parenthesis stays open, everything after it would be one statement: there
// a semicolon at the end of a line is believed instead.
std::vector<Piece> Script::Body::pieces(std::size_t first, std::size_t last, bool lines_end_statements) const {
  std::vector<Piece> all;
  StatementEnds ends;
  std::size_t begin = first;
  for (std::size_t i = first; i < last; ++i) {
    const Token& token = view.tokens[i];
    const bool ended = ends.ends_at(token);
    const auto end = static_cast<std::size_t>(token.end);
    const bool line_ends = token.is(';') && (end >= text.size() || text[end] == '\n' || text[end] == '\r');
    if (!ended && !(lines_end_statements && line_ends) && i + 1 != last) continue;
    const bool is_empty = begin == i && token.is(';');
    if (!is_empty) all.push_back({view.tokens[begin].begin, token.end});
    if (!ended) ends = StatementEnds();
    begin = i + 1;
  }
  return all;
}

// Whole statements, as many as make a portion; the last goes to the end of the text, where a comment may stay open.
std::vector<Piece> Script::Body::portions() const {
  std::vector<Piece> all;
  for (const Piece& piece : pieces(0, view.tokens.size(), false)) {
    if (all.empty() || all.back().end - all.back().begin >= portion_bytes) {
      all.push_back(piece);
    } else {
      all.back().end = piece.end;
    }
  }
  if (all.empty()) all.push_back({0, 0});
  all.back().end = static_cast<int>(text.size());
  return all;
}

// What each portion says by itself is what it says in the whole, since a statement that was cut in two would not parse.
bool Script::Body::parse_portions(std::vector<RawStatement>& raw) {
  for (const Piece& portion : portions()) {
    if (run_parser(tree, text, portion.begin, portion.end, raw)) return false;
  }
  return true;
}

void Script::Body::parse_broken(Piece piece, const ParserError& error, std::vector<RawStatement>& raw,
                                Diagnostics& diagnostics) {
  const auto by_begin = [](const Token& token, int offset) { return token.begin < offset; };
  const auto& tokens = view.tokens;
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), piece.begin, by_begin) - tokens.begin();
  const auto last = std::lower_bound(tokens.begin(), tokens.end(), piece.end, by_begin) - tokens.begin();
  StatementEnds ends;
  for (auto i = first; i < last; ++i) ends.ends_at(tokens[static_cast<std::size_t>(i)]);
  if (!ends.inside_parentheses()) {
    diagnostics.push_back(explain(error, piece));
    return;
  }
  bool is_first = true;
  for (const Piece& smaller : pieces(static_cast<std::size_t>(first), static_cast<std::size_t>(last), true)) {
    const auto smaller_error = run_parser(tree, text, smaller.begin, smaller.end, raw);
    if (is_first) {
      diagnostics.push_back(explain(smaller_error ? *smaller_error : error, smaller));
    } else if (smaller_error && diagnostics.size() < max_errors) {
      diagnostics.push_back(explain(*smaller_error, smaller));
    }
    is_first = false;
  }
}

Diagnostics Script::Body::parse_piece_by_piece(std::vector<RawStatement>& raw) {
  Diagnostics diagnostics;
  for (const Piece& piece : pieces(0, view.tokens.size(), false)) {
    if (diagnostics.size() >= max_errors) break;
    if (auto error = run_parser(tree, text, piece.begin, piece.end, raw)) {
      parse_broken(piece, *error, raw, diagnostics);
    }
  }
  return diagnostics;
}

Diagnostics Script::Body::parse_all() {
  if (auto refused = refuse_encoding()) return {std::move(*refused)};
  if (const Token* deep = first_beyond_limits(view.tokens)) {
    return {error(deep->begin, "the statement nests too deep, or an expression in it is too long",
                  "at most " + std::to_string(max_open_parentheses) + " open parentheses and " +
                      std::to_string(max_tokens_in_a_row) +
                      " words without a comma, AND, OR or semicolon are read; split it into smaller ones")};
  }
  std::vector<RawStatement> raw;
  Diagnostics diagnostics;
  const Piece whole{0, static_cast<int>(text.size())};
  if (whole.end <= portion_bytes || !parse_portions(raw)) {
    tree = Tree();
    raw.clear();
    if (const auto error = run_parser(tree, text, whole.begin, whole.end, raw)) {
      raw.clear();
      tree = Tree();
      if (prefix > 0) return {explain(*error, whole)};
      diagnostics = parse_piece_by_piece(raw);
      // what stands between the pieces, or behind them
      if (diagnostics.empty()) diagnostics.push_back(explain(*error, whole));
    }
  }
  if (diagnostics.empty()) take_statements(raw);
  return diagnostics;
}

Script::Script() : body_(std::make_unique<Body>()) {}
Script::Script(Script&&) noexcept = default;
Script& Script::operator=(Script&&) noexcept = default;
Script::~Script() = default;

const std::string& Script::file() const { return body_->file; }
std::string_view Script::text() const { return body_->text; }
const std::vector<Statement>& Script::statements() const { return body_->statements; }
const std::vector<Comment>& Script::comments() const { return body_->view.comments; }
const std::vector<MetaCommand>& Script::meta_commands() const { return body_->view.meta_commands; }
int Script::copied_lines() const { return body_->view.copied_lines; }
const std::vector<Token>& Script::all_tokens() const { return body_->view.tokens; }
Location locate(std::string_view text, const std::string& file, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const std::size_t last = before.rfind('\n');
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  return place_on_line(text, file, line, last == std::string_view::npos ? 0 : last + 1, offset);
}

Location Script::locate(int offset) const { return body_->locate(offset); }
int Script::line_at(int offset) const { return body_->line_at(offset); }

std::vector<Token> Script::tokens(int begin, int end) const {
  const auto& all = body_->view.tokens;
  const auto before = [](const Token& token, int offset) { return token.begin < offset; };
  const auto first = std::lower_bound(all.begin(), all.end(), begin, before);
  auto last = first;
  while (last != all.end() && last->end <= end) ++last;
  return {first, last};
}

Result<Script> Script::read(std::string text, std::string file, int prefix, int suffix) {
  Script script;
  Body& body = *script.body_;
  body.file = std::move(file);
  body.prefix = prefix;
  body.suffix = suffix;
  if (text.size() > max_bytes) {
    return Diagnostic::error_at(ErrorCode::syntax, {body.file, 1, 1, {}}, "the text is larger than 512 MB",
                                "keep data out of the schema file");
  }
  body.text = std::move(text);
  if (prefix > 0) {
    body.view = read_plain(body.text);
  } else {
    body.original = body.text;
    if (starts_with(body.text, "\xEF\xBB\xBF")) body.text.replace(0, 3, "   ");
    body.view = read_as_psql(body.text);
    if (body.original == body.text) body.original.clear();
  }
  body.find_lines();
  Diagnostics diagnostics = body.parse_all();
  if (!diagnostics.empty()) return Failure(std::move(diagnostics));
  return script;
}

Result<Script> parse(std::string text, std::string file) {
  return Script::read(std::move(text), std::move(file), 0, 0);
}

}  // namespace segue::sql
