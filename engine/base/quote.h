// Quoting, as the server itself does it (ruleutils.c quote_identifier, quote.c quote_literal).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace segue {

/// `name` as it may stand in SQL: quoted where it is not all lower case letters, digits, underscores and dollars after
/// the first, or where it is a key word that is not unreserved (quote_identifier with quote_all_identifiers off).
std::string quote_identifier(std::string_view name);
/// The same, behind what `text` holds already.
void append_identifier(std::string& text, std::string_view name);

/// The name that a quoted identifier stands for; text without quotes is the name itself.
std::string unquote_identifier(std::string_view identifier);

/// `schema.name`, each part quoted as needed; `name` alone where schema is empty.
std::string quote_qualified(std::string_view schema, std::string_view name);

/// A string literal; the E'' form where it holds a backslash, so that standard_conforming_strings does not matter.
std::string quote_literal(std::string_view text);

/// `text` between dollar quotes whose tag does not occur in it ($$, $_$, $__$ …: pg_dump's appendStringLiteralDQ).
std::string quote_dollar(std::string_view text);

/// The elements of an array as the server prints it ({a,"b c",NULL}); a NULL element becomes an empty string.
std::vector<std::string> parse_array(std::string_view text);

inline constexpr std::size_t name_bytes_max = 63;  ///< NAMEDATALEN - 1

/// The first `bytes` of a name, or fewer, so that it ends at a character's boundary (mbutils.c pg_mbcliplen).
std::string clip_identifier(std::string_view name, std::size_t bytes);

/// Cut to what a name can hold (parser/scansup.c truncate_identifier).
std::string truncate_identifier(std::string_view name);

/// Elements with `separator` between them.
std::string join(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace segue
