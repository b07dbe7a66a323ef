#include "base/quote.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace segue {
namespace {

/// The key words of PostgreSQL 13 to 18 that are not unreserved (parser/kwlist.h), in byte order. Where the versions
/// differ it is the union: a quote too many harms nobody, a missing one is a syntax error.
constexpr std::array<std::string_view, 164> key_words = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "json",
    "json_array",
    "json_arrayagg",
    "json_exists",
    "json_object",
    "json_objectagg",
    "json_query",
    "json_scalar",
    "json_serialize",
    "json_table",
    "json_value",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "merge_action",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
};

/// Where the key words of each first letter begin: every name of a schema is looked up here.
constexpr auto first_of_letter = [] {
  std::array<std::uint8_t, 'z' - 'a' + 2> first{};
  for (std::size_t letter = 0; letter < first.size(); ++letter) {
    while (first[letter] < key_words.size() && key_words[first[letter]][0] < static_cast<char>('a' + letter))
      ++first[letter];
  }
  return first;
}();

/// Of a plain identifier.
bool is_key_word(std::string_view name) {
  if (name.front() == '_') return false;
  const auto letter = static_cast<std::size_t>(name.front() - 'a');
  const auto end = key_words.begin() + first_of_letter[letter + 1];
  return std::find(key_words.begin() + first_of_letter[letter], end, name) != end;
}

constexpr bool is_start(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

constexpr auto may_follow = [] {
  std::array<bool, 256> parts{};
  for (std::size_t byte = 0; byte < parts.size(); ++byte) {
    const char c = static_cast<char>(byte);
    parts[byte] = is_start(c) || (c >= '0' && c <= '9');
  }
  return parts;
}();

bool is_plain_identifier(std::string_view name) {
  return !name.empty() && is_start(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return may_follow[static_cast<unsigned char>(c)]; });
}

std::string doubled(std::string_view text, std::string_view specials) {
  std::string out;
  out.reserve(text.size() + 2);
  for (const char c : text) {
    if (specials.find(c) != std::string_view::npos) out += c;
    out += c;
  }
  return out;
}

/// One element between double quotes, `at` on the opening one; leaves `at` behind the closing one.
std::string quoted_element(std::string_view text, std::size_t& at) {
  std::string element;
  for (++at; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    element += text[at];
  }
  ++at;
  return element;
}

}  // namespace

// The server quotes a name that holds a dollar although its scanner would take it: the SQL standard does not allow it.
void append_identifier(std::string& text, std::string_view name) {
  if (is_plain_identifier(name) && !is_key_word(name)) {
    text += name;
  } else {
    text += '"' + doubled(name, "\"") + '"';
  }
}

std::string quote_identifier(std::string_view name) {
  std::string text;
  append_identifier(text, name);
  return text;
}

std::string unquote_identifier(std::string_view identifier) {
  if (!identifier.starts_with('"')) return std::string(identifier);
  std::string name;
  for (std::size_t i = 1; i + 1 < identifier.size(); ++i) {
    name += identifier[i];
    if (identifier[i] == '"') ++i;  // the second of two that stand for one
  }
  return name;
}

std::string quote_qualified(std::string_view schema, std::string_view name) {
  std::string text;
  if (!schema.empty()) {
    append_identifier(text, schema);
    text += '.';
  }
  append_identifier(text, name);
  return text;
}

std::string quote_literal(std::string_view text) {
  const bool escape = text.find('\\') != std::string_view::npos;
  return (escape ? "E'" : "'") + doubled(text, escape ? "'\\" : "'") + "'";
}

// The tag grows until not even its beginning occurs in the text, so that no `$` at the text's end can join with it.
std::string quote_dollar(std::string_view text) {
  constexpr std::string_view suffixes = "_XXXXXXX";
  std::string tag = "$";
  for (std::size_t next = 0; text.find(tag) != std::string_view::npos; next = (next + 1) % suffixes.size()) {
    tag += suffixes[next];
  }
  tag += "$";
  return tag + std::string(text) + tag;
}

// Follows arrayfuncs.c array_out: bounds that do not start at 1 stand in front ("[0:1]={…}"); braces, commas, white
// space, quotes, backslashes and the word NULL as an element are quoted, so that bare ones are never part of a value.
std::vector<std::string> parse_array(std::string_view text) {
  std::vector<std::string> elements;
  std::size_t at = text.find('{');
  while (at < text.size()) {
    const char c = text[at];
    if (c == '{' || c == '}' || c == ',') {
      ++at;
    } else if (c == '"') {
      elements.push_back(quoted_element(text, at));
    } else {
      const std::size_t end = std::min(text.find_first_of(",}", at), text.size());
      const std::string_view element = text.substr(at, end - at);
      elements.emplace_back(element == "NULL" ? std::string_view() : element);
      at = end;
    }
  }
  return elements;
}

std::string clip_identifier(std::string_view name, std::size_t bytes) {
  if (name.size() <= bytes) return std::string(name);
  while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xc0U) == 0x80U) --bytes;
  return std::string(name.substr(0, bytes));
}

std::string truncate_identifier(std::string_view name) { return clip_identifier(name, name_bytes_max); }

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

}  // namespace segue
