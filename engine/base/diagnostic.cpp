#include "base/diagnostic.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace segue {
namespace {

constexpr std::size_t shown_characters_max = 160;  // of a source line; a longer one is shown around the caret
constexpr char32_t replacement = 0xfffd;

/// One character of a source line as it is shown: its bytes, and the cells of a terminal that they take.
struct Glyph {
  std::string bytes;
  int cells = 1;
};

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "error";
}

/// How many bytes the UTF-8 character at the front of `text` has, with its code point; 1 and U+FFFD for a stray byte.
std::pair<std::size_t, char32_t> decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {1, lead};
  const std::size_t length = lead >= 0xf0 && lead < 0xf8 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length == 0 || lead >= 0xf8 || text.size() < length) return {1, replacement};
  char32_t point = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {1, replacement};
    point = (point << 6U) | (byte(i) & 0x3fU);
  }
  return {length, point};
}

/// Cells of a terminal that a character takes: none for combining marks, two for the wide blocks of East Asia and
/// emoji.
int cells_of(char32_t point) {
  const auto within = [&](char32_t first, char32_t last) { return point >= first && point <= last; };
  if (within(0x300, 0x36f) || within(0x200b, 0x200f) || within(0x20d0, 0x20ff) || within(0xfe00, 0xfe0f)) return 0;
  if (within(0x1100, 0x115f) || within(0x2e80, 0xa4cf) || within(0xac00, 0xd7a3) || within(0xf900, 0xfaff) ||
      within(0xfe30, 0xfe6f) || within(0xff00, 0xff60) || within(0xffe0, 0xffe6) || within(0x1f300, 0x1f64f) ||
      within(0x1f900, 0x1f9ff) || within(0x20000, 0x3fffd)) {
    return 2;
  }
  return 1;
}

/// The characters of a line. What could steer a terminal or is no UTF-8 is shown as U+FFFD; tabs stay tabs.
std::vector<Glyph> glyphs_of(std::string_view line) {
  std::vector<Glyph> glyphs;
  while (!line.empty() && line.front() != '\n' && line != "\r" && line != "\r\n") {
    const auto [length, point] = decode(line);
    const bool control = (point < 0x20 && point != '\t') || (point >= 0x7f && point < 0xa0);
    if (control || point == replacement) {
      glyphs.push_back({"\xef\xbf\xbd", 1});
    } else {
      glyphs.push_back({std::string(line.substr(0, length)), cells_of(point)});
    }
    line.remove_prefix(length);
  }
  return glyphs;
}

/// The source line, and under it a caret below `column`. Tabs are repeated, so that both lines jump alike.
std::string render_source(std::string_view line, int column) {
  const std::vector<Glyph> glyphs = glyphs_of(line);
  const std::size_t caret = std::min(static_cast<std::size_t>(std::max(column, 1)) - 1, glyphs.size());
  std::size_t first = 0;
  if (glyphs.size() > shown_characters_max && caret > shown_characters_max / 2) {
    first = std::min(caret - shown_characters_max / 2, glyphs.size() - shown_characters_max);
  }
  const std::size_t last = std::min(first + shown_characters_max, glyphs.size());

  std::string source = first > 0 ? "…" : "";
  std::string pad = first > 0 ? " " : "";
  for (std::size_t i = first; i < last; ++i) {
    source += glyphs[i].bytes;
    if (i >= caret) continue;
    pad += glyphs[i].bytes == "\t" ? "\t" : std::string(static_cast<std::size_t>(glyphs[i].cells), ' ');
  }
  if (last < glyphs.size()) source += "…";
  source = "  " + source + "\n";
  if (column > 0) source += "  " + pad + "^\n";
  return source;
}

std::string render_place(const Location& where) {
  if (where.file.empty() && !where.known()) return {};
  std::string place = where.file.empty() ? "<input>" : where.file;
  if (where.known()) place += ":" + std::to_string(where.line);
  if (where.known() && where.column > 0) place += ":" + std::to_string(where.column);
  return place + ": ";
}

}  // namespace

Diagnostic Diagnostic::error(ErrorCode code, std::string what, std::string hint) {
  return error_at(code, Location{}, std::move(what), std::move(hint));
}

Diagnostic Diagnostic::error_at(ErrorCode code, Location where, std::string what, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.where = std::move(where);
  diagnostic.what = std::move(what);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

Diagnostic Diagnostic::warning(std::string what, std::string hint) {
  Diagnostic diagnostic = error(ErrorCode::invalid, std::move(what), std::move(hint));
  diagnostic.severity = Severity::warning;
  return diagnostic;
}

std::string render(const Diagnostic& diagnostic) {
  std::string out = render_place(diagnostic.where);
  out += std::string(name_of(diagnostic.severity)) + ": ";
  if (!diagnostic.object.empty() && diagnostic.what.find(diagnostic.object) == std::string::npos) {
    out += diagnostic.object + ": ";
  }
  out += diagnostic.what;
  if (!diagnostic.sqlstate.empty()) out += " (SQLSTATE " + diagnostic.sqlstate + ")";
  out += "\n";
  if (diagnostic.where.known() && !diagnostic.where.source_line.empty()) {
    out += render_source(diagnostic.where.source_line, diagnostic.where.column);
  }
  if (!diagnostic.why.empty()) out += diagnostic.why + "\n";
  if (!diagnostic.hint.empty()) out += "hint: " + diagnostic.hint + "\n";
  return out;
}

}  // namespace segue
