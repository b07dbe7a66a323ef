// Somebody else's text made safe for where it is shown.
//
// Used by the reports and by cli/ for messages. Never loses a character that can be seen; what cannot be seen, or would
// steer a terminal or reorder a line, is shown by its code point.
#pragma once

#include <string>
#include <string_view>

namespace segue::report {

/// Control characters (but newline and tab), directional controls of Unicode and bytes that are no UTF-8 made visible
/// as <U+001B>.
std::string printable(std::string_view text);

/// As printable, on one line: line breaks become spaces.
std::string one_line(std::string_view text);

/// Text for HTML, in content and in attributes.
std::string html_escape(std::string_view text);

/// Text for Markdown: shown as it is, in a table's cell too, and mentioning nobody.
std::string markdown_escape(std::string_view text);

/// A fenced block of code, whatever the code holds.
std::string markdown_fence(std::string_view code, std::string_view language);

}  // namespace segue::report
