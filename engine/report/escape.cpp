#include "report/escape.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

namespace segue::report {
namespace {

struct Character {
  std::size_t bytes;
  char32_t point;
  bool valid;
};

/// The character at the front of `text`; one invalid byte where it is no UTF-8 (overlong forms and surrogates too).
Character first(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {1, lead, true};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return {1, lead, false};
  char32_t point = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return {1, lead, false};
    point = (point << 6U) | (byte(i) & 0x3fU);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  if (overlong || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return {1, lead, false};
  return {length, point, true};
}

/// Controls, and what reorders or hides the text around it (Unicode's Bidi_Control, zero width, line separators, tags).
bool steers(char32_t point) {
  const auto within = [point](char32_t low, char32_t high) { return point >= low && point <= high; };
  return (point < 0x20 && point != '\n' && point != '\t') || within(0x7f, 0x9f) || point == 0xad || point == 0x61c ||
         within(0x200b, 0x200f) || within(0x2028, 0x202e) || within(0x2060, 0x206f) || point == 0xfeff ||
         within(0xe0000, 0xe007f);
}

std::string shown(const Character& character) {
  char text[16];
  std::snprintf(text, sizeof text, character.valid ? "<U+%04X>" : "<0x%02X>", static_cast<unsigned>(character.point));
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = first(text);
    if (character.valid && !steers(character.point)) {
      out += text.substr(0, character.bytes);
    } else if (text.substr(0, 2) != "\r\n") {
      out += shown(character);
    }
    text.remove_prefix(character.bytes);
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string out = printable(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  std::replace(out.begin(), out.end(), '\t', ' ');
  return out;
}

std::string html_escape(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Entities are shown as what they stand for, and never read as markup. GitHub looks for mentions and issue numbers in
// what is left after that; a zero-width space keeps it from finding any.
std::string markdown_escape(std::string_view text) {
  constexpr std::string_view markup = "\\`*_{}[]()<>&|~\"':";
  std::string out;
  for (const char c : one_line(text)) {
    if (markup.find(c) != std::string_view::npos) {
      out += "&#" + std::to_string(static_cast<int>(c)) + ";";
    } else {
      out += c;
    }
    if (c == '@' || c == '#') out += "\u200b";
  }
  return out;
}

std::string markdown_fence(std::string_view code, std::string_view language) {
  const std::string shown_code = printable(code);
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : shown_code) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(std::max<std::size_t>(3, longest + 1), '`');
  return fence + std::string(language) + "\n" + shown_code +
         (shown_code.empty() || shown_code.back() != '\n' ? "\n" : "") + fence + "\n";
}

}  // namespace segue::report
