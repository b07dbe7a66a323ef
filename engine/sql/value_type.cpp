#include "sql/value_type.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/quote.h"
#include "sql/fragments.h"
#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::sql {
namespace {

// The types whose names mean pg_catalog's wherever they stand, since that schema is searched first.
constexpr std::array builtin_types = {"bool",
                                      "int2",
                                      "int4",
                                      "int8",
                                      "numeric",
                                      "float4",
                                      "float8",
                                      "text",
                                      "varchar",
                                      "bpchar",
                                      "char",
                                      "name",
                                      "bytea",
                                      "uuid",
                                      "date",
                                      "time",
                                      "timetz",
                                      "timestamp",
                                      "timestamptz",
                                      "interval",
                                      "json",
                                      "jsonb",
                                      "xml",
                                      "inet",
                                      "cidr",
                                      "macaddr",
                                      "macaddr8",
                                      "money",
                                      "oid",
                                      "regclass",
                                      "regproc",
                                      "regprocedure",
                                      "regtype",
                                      "regrole",
                                      "regnamespace",
                                      "regconfig",
                                      "regdictionary",
                                      "regoper",
                                      "regoperator",
                                      "regcollation",
                                      "bit",
                                      "varbit",
                                      "tsvector",
                                      "tsquery",
                                      "point",
                                      "line",
                                      "lseg",
                                      "box",
                                      "path",
                                      "polygon",
                                      "circle",
                                      "int4range",
                                      "int8range",
                                      "numrange",
                                      "tsrange",
                                      "tstzrange",
                                      "daterange",
                                      "int4multirange",
                                      "int8multirange",
                                      "nummultirange",
                                      "tsmultirange",
                                      "tstzmultirange",
                                      "datemultirange",
                                      "pg_lsn",
                                      "xid",
                                      "xid8",
                                      "cid",
                                      "tid",
                                      "jsonpath",
                                      "txid_snapshot",
                                      "pg_snapshot",
                                      "void",
                                      "record",
                                      "trigger",
                                      "event_trigger",
                                      "unknown",
                                      "anyelement",
                                      "anyarray",
                                      "cstring",
                                      "internal"};

using Set = std::initializer_list<std::string_view>;

bool in(std::string_view name, Set set) { return std::find(set.begin(), set.end(), name) != set.end(); }

bool is_comparison(std::string_view op) { return in(op, {"=", "<>", "<", "<=", ">", ">="}); }
bool is_match(std::string_view op) { return in(op, {"~~", "!~~", "~~*", "!~~*", "~", "!~", "~*", "!~*"}); }
bool is_string(std::string_view type) { return in(type, {"text", "varchar"}); }
bool is_integer(std::string_view type) { return in(type, {"int2", "int4", "int8"}); }
bool is_time(std::string_view type) { return in(type, {"date", "timestamp", "timestamptz"}); }

// Types that have a comparison with themselves in pg_catalog (pg_operator), so that oper() takes it at once.
bool compares_with_itself(std::string_view type) {
  return in(type, {"bool",      "int2",        "int4",     "int8",    "numeric", "float4",  "float8", "text",
                   "bpchar",    "char",        "name",     "bytea",   "uuid",    "date",    "time",   "timetz",
                   "timestamp", "timestamptz", "interval", "jsonb",   "inet",    "macaddr", "money",  "oid",
                   "bit",       "varbit",      "tsvector", "tsquery", "pg_lsn",  "text[]",  "int2[]", "int4[]",
                   "int8[]",    "numeric[]",   "uuid[]",   "bool[]",  "date[]"});
}

int numeric_rank(std::string_view type) {
  constexpr std::array order = {"int2", "int4", "int8", "numeric", "float4", "float8"};
  const auto at = std::find(order.begin(), order.end(), type);
  return at == order.end() ? -1 : static_cast<int>(at - order.begin());
}

std::optional<OperatorTypes> both(std::string_view type, std::string_view result) {
  return OperatorTypes{std::string(type), std::string(type), std::string(result)};
}

std::optional<OperatorTypes> as_they_are(std::string_view left, std::string_view right, std::string_view result) {
  return OperatorTypes{std::string(left), std::string(right), std::string(result)};
}

std::optional<OperatorTypes> numeric_operator(std::string_view op, std::string_view left, std::string_view right) {
  const bool comparison = is_comparison(op);
  if (!comparison && !in(op, {"+", "-", "*", "/", "%"})) return std::nullopt;
  if (left == right) {
    if (op == "%" && in(left, {"float4", "float8"})) return std::nullopt;
    return both(left, comparison ? "bool" : left);
  }
  if (is_integer(left) && is_integer(right)) {
    if (op == "%") return std::nullopt;
    return as_they_are(left, right, comparison ? "bool" : numeric_rank(left) > numeric_rank(right) ? left : right);
  }
  const bool floats = in(left, {"float4", "float8"}) && in(right, {"float4", "float8"});
  if (op == "%") return std::nullopt;
  if (floats) return as_they_are(left, right, comparison ? "bool" : "float8");
  // A float4 beside an int or a numeric meets it at float8, by the operators between the two floats.
  const std::string_view wider = numeric_rank(left) > numeric_rank(right) ? left : right;
  if (wider == "numeric" || wider == "float8") return both(wider, comparison ? "bool" : wider);
  if (left == "float4") return as_they_are("float4", "float8", comparison ? "bool" : "float8");
  return as_they_are("float8", "float4", comparison ? "bool" : "float8");
}

std::optional<OperatorTypes> time_operator(std::string_view op, std::string_view left, std::string_view right) {
  if (is_comparison(op) && is_time(left) && is_time(right)) return as_they_are(left, right, "bool");
  const bool plus = op == "+";
  const bool minus = op == "-";
  if (!plus && !minus) return std::nullopt;
  if (is_time(left) && right == "interval") return as_they_are(left, right, left == "date" ? "timestamp" : left);
  if (left == "date" && right == "int4") return as_they_are(left, right, "date");
  if (left == "interval" && right == "interval") return both(left, left);
  if (plus && left == "interval" && is_time(right))
    return as_they_are(left, right, right == "date" ? "timestamp" : right);
  if (minus && left == right && is_time(left)) return both(left, left == "date" ? "int4" : "interval");
  return std::nullopt;
}

std::optional<OperatorTypes> json_operator(std::string_view op, std::string_view left, std::string_view right,
                                           bool literal) {
  const std::string_view result = op == "->" || op == "#>" ? left : "text";
  if (op == "->" || op == "->>") {
    if (literal || is_string(right)) return as_they_are(left, "text", result);
    if (right == "int4" || right == "int2") return as_they_are(left, "int4", result);
    return std::nullopt;
  }
  if (op == "#>" || op == "#>>") {
    if (literal || right == "text[]") return as_they_are(left, "text[]", result);
    return std::nullopt;
  }
  if (left != "jsonb") return std::nullopt;
  if (op == "?" && (literal || is_string(right))) return as_they_are(left, "text", "bool");
  if (in(op, {"?|", "?&"}) && (literal || right == "text[]")) return as_they_are(left, "text[]", "bool");
  if (in(op, {"@>", "<@"}) && (literal || right == "jsonb")) return both("jsonb", "bool");
  if (op == "||" && (literal || right == "jsonb")) return both("jsonb", "jsonb");
  if (op == "-" && (literal || is_string(right))) return as_they_are("jsonb", "text", "jsonb");
  return std::nullopt;
}

std::optional<OperatorTypes> string_operator(std::string_view op, std::string_view left, bool left_literal,
                                             std::string_view right, bool right_literal) {
  const bool left_fits = left_literal || is_string(left);
  const bool right_fits = right_literal || is_string(right);
  if (left_fits && right_fits) {
    if (is_comparison(op) || is_match(op)) return both("text", "bool");
    if (op == "||") return both("text", "text");
  }
  const bool text_and_padded = (left == "text" && right == "bpchar") || (left == "bpchar" && right == "text");
  if (is_comparison(op) && text_and_padded) return both("text", "bool");
  if (is_match(op) && in(left, {"bpchar", "name"}) && right_fits) return as_they_are(left, "text", "bool");
  // text || anynonarray
  if (op == "||" && (left == "text" || left_literal) &&
      in(right, {"int2", "int4", "int8", "numeric", "uuid", "date"})) {
    return as_they_are("text", right, "text");
  }
  if (op == "||" && (right == "text" || right_literal) &&
      in(left, {"int2", "int4", "int8", "numeric", "uuid", "date"})) {
    return as_they_are(left, "text", "text");
  }
  return std::nullopt;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

std::string without_leading_zeros(std::string_view digits) {
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return std::string(digits);
}

// numeric_in and numeric_out for plain digits; anything else stays as it is.
std::string number_text(std::string_view text, bool whole) {
  std::string_view rest = trimmed(text);
  const bool negative = !rest.empty() && rest.front() == '-';
  if (negative) rest.remove_prefix(1);
  const std::size_t dot = rest.find('.');
  const std::string_view digits = rest.substr(0, dot);
  const std::string_view fraction = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  const bool plain = (digits.empty() || all_digits(digits)) && (fraction.empty() || all_digits(fraction)) &&
                     !(digits.empty() && fraction.empty()) && !(whole && dot != std::string_view::npos);
  if (!plain) return std::string(text);
  std::string made = without_leading_zeros(digits.empty() ? "0" : digits);
  if (!fraction.empty()) made += "." + std::string(fraction);
  const bool zero = made.find_first_not_of("0.") == std::string::npos;
  return negative && !zero ? "-" + made : made;
}

std::string bool_text(std::string_view text) {
  std::string word;
  for (const char c : trimmed(text)) word += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  if (in(word, {"t", "true", "y", "yes", "on", "1"})) return "true";
  if (in(word, {"f", "false", "n", "no", "off", "0"})) return "false";
  return std::string(text);
}

std::string padded(long long number) {
  const std::string digits = std::to_string(number);
  return digits.size() < 2 ? "0" + digits : digits;
}

// interval_out in the style "postgres" for a number and one unit; anything else stays as it is.
std::string interval_text(std::string_view text) {
  const std::string_view whole = trimmed(text);
  const std::size_t space = whole.find(' ');
  if (space == std::string_view::npos || space > 6 || !all_digits(whole.substr(0, space))) return std::string(text);
  const long long count = std::stoll(std::string(whole.substr(0, space)));
  std::string unit(trimmed(whole.substr(space)));
  if (unit.size() > 1 && unit.back() == 's') unit.pop_back();
  const auto clock = [](long long seconds) {
    return padded(seconds / 3600) + ":" + padded(seconds / 60 % 60) + ":" + padded(seconds % 60);
  };
  const auto counted = [](long long number, const std::string& name) {
    return std::to_string(number) + " " + name + (number == 1 ? "" : "s");
  };
  if (count == 0) return std::string(text);
  if (unit == "second" || unit == "sec") return clock(count);
  if (unit == "minute" || unit == "min") return clock(count * 60);
  if (unit == "hour") return clock(count * 3600);
  if (unit == "day") return counted(count, "day");
  if (unit == "week") return counted(count * 7, "day");
  const bool years = unit == "year";
  if (!years && unit != "month" && unit != "mon") return std::string(text);
  const long long months = years ? count * 12 : count;
  std::string made = months >= 12 ? counted(months / 12, "year") : "";
  if (months % 12 > 0) made += (made.empty() ? "" : " ") + counted(months % 12, "mon");
  return made;
}

std::string folded(std::string_view word) {
  std::string made(word);
  for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return made;
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string made = "'";
  for (const char c : text) {
    if (c == '\'') made += c;
    made += c;
  }
  return made + "'";
}

bool is_builtin_type(std::string_view name) {
  while (name.size() > 2 && name.substr(name.size() - 2) == "[]") name.remove_suffix(2);
  return std::find(builtin_types.begin(), builtin_types.end(), name) != builtin_types.end();
}

std::string resolved_name(const std::vector<std::string>& parts, std::string_view object_class, const Names& names) {
  const auto part = [](std::string_view name) {
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80 ||
             std::string_view("~!@#^&|`?+-*/%<>=").find(c) != std::string_view::npos;
    });
    if (plain) return std::string(name);
    std::string made = "\"";
    for (const char c : name) made += c == '"' ? std::string("\"\"") : std::string(1, c);
    return made + "\"";
  };
  if (parts.empty()) return "?";
  std::string made;
  if (parts.size() == 1) {
    const auto schema = names.schema_of ? names.schema_of(object_class, parts[0]) : std::nullopt;
    if (!schema) return "?" + part(parts[0]);
    if (*schema != "pg_catalog") made = part(*schema) + ".";
    return made + part(parts[0]);
  }
  const std::size_t first = parts.size() > 1 && parts[0] == "pg_catalog" ? 1 : 0;
  for (std::size_t i = first; i < parts.size(); ++i) made += (i > first ? "." : "") + part(parts[i]);
  return made;
}

ValueType type_of_name(Node type_name, const Names& names) {
  ValueType type;
  std::vector<std::string> parts = strings(type_name.list("names"));
  if (parts.empty()) return type;
  std::size_t bounds = type_name.list("arrayBounds").size();
  std::string& last = parts.back();
  const bool may_be_builtin = parts.size() == 1 || (parts.size() == 2 && parts[0] == "pg_catalog");
  if (may_be_builtin && last.size() > 1 && last[0] == '_' && is_builtin_type(last.substr(1))) {
    last.erase(0, 1);
    bounds = 1;
  }
  if (may_be_builtin && is_builtin_type(last)) {
    type.name = last;
  } else {
    type.name = resolved_name(parts, "type", names);
  }
  if (bounds > 0) type.name += "[]";  // the number of dimensions and their sizes are not stored
  if (const List typmods = type_name.list("typmods"); !typmods.empty()) {
    type.typmod = "(";
    for (const Node typmod : typmods) {
      if (type.typmod.size() > 1) type.typmod += ",";
      if (typmod.is("A_Const") && typmod.has("ival")) {
        type.typmod += std::to_string(typmod.number());
      } else if (typmod.is("ColumnRef")) {
        type.typmod += strings(typmod.list("fields")).back();
      } else {
        type.typmod += quoted(typmod.text());
      }
    }
    type.typmod += ")";
  }
  if (type.is("numeric") && type.typmod.find(',') == std::string::npos && !type.typmod.empty()) {
    type.typmod.insert(type.typmod.size() - 1, ",0");
  }
  if (type_name.flag("pct_type")) type.name = "?%" + type.name;
  if (type_name.flag("setof")) type.name = "setof " + type.name;
  return type;
}

ValueType type_of_text(std::string_view text, const Names& names) {
  // What format_type prints for most columns, without the parser.
  constexpr std::pair<std::string_view, std::string_view> printed[] = {{"integer", "int4"},
                                                                       {"bigint", "int8"},
                                                                       {"smallint", "int2"},
                                                                       {"boolean", "bool"},
                                                                       {"real", "float4"},
                                                                       {"double precision", "float8"},
                                                                       {"character varying", "varchar"},
                                                                       {"timestamp with time zone", "timestamptz"},
                                                                       {"timestamp without time zone", "timestamp"},
                                                                       {"time without time zone", "time"},
                                                                       {"text", "text"},
                                                                       {"uuid", "uuid"},
                                                                       {"jsonb", "jsonb"},
                                                                       {"json", "json"},
                                                                       {"date", "date"},
                                                                       {"bytea", "bytea"},
                                                                       {"numeric", "numeric"},
                                                                       {"text[]", "text[]"},
                                                                       {"interval", "interval"},
                                                                       {"inet", "inet"}};
  for (const auto& [name, type] : printed) {
    if (name == text) return {std::string(type), {}};
  }
  const auto parsed = names.fragments == nullptr ? parse_type(text) : names.fragments->parse(text, Grammar::type);
  return parsed ? type_of_name(parsed->node(), names) : ValueType{};
}

std::optional<std::vector<std::string>> split_name(std::string_view text) {
  std::vector<std::string> parts;
  bool wants_name = true;
  for (const Token& token : tokens(text)) {
    if (wants_name && token.kind == TokenKind::word) {
      parts.push_back(folded(token.text));
    } else if (wants_name && token.kind == TokenKind::quoted_word && token.text[0] == '"') {
      parts.push_back(unquote_identifier(token.text));
    } else if (wants_name || !token.is('.')) {
      return std::nullopt;
    }
    wants_name = !wants_name;
  }
  if (parts.empty() || wants_name) return std::nullopt;
  return parts;
}

std::optional<std::vector<std::string>> split_name_as_input(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  std::vector<std::string> parts;
  std::size_t at = 0;
  const auto skip = [&] {
    while (at < text.size() && is_space(text[at])) ++at;
  };
  for (bool more = true; more; ++at) {
    skip();
    const std::size_t begin = at;
    const bool quoted = at < text.size() && text[at] == '"';
    if (quoted) ++at;
    while (at < text.size() &&
           (quoted ? text[at] != '"' || text.substr(at).starts_with("\"\"") : text[at] != '.' && !is_space(text[at])))
      at += quoted && text[at] == '"' ? 2 : 1;
    if (quoted && at == text.size()) return std::nullopt;
    if (quoted) ++at;
    const std::string_view part = text.substr(begin, at - begin);
    if (part.empty()) return std::nullopt;
    parts.push_back(quoted ? unquote_identifier(part) : folded(part));
    skip();
    more = at < text.size();
    if (more && text[at] != '.') return std::nullopt;
  }
  return parts;
}

std::optional<OperatorTypes> operator_types(std::string_view op, const ValueType& left, bool left_is_literal,
                                            const ValueType& right, bool right_is_literal) {
  if ((!left.known() && !left_is_literal) || (!right.known() && !right_is_literal)) return std::nullopt;
  if (auto found = string_operator(op, left.name, left_is_literal, right.name, right_is_literal)) return found;
  if (left_is_literal && right_is_literal) return std::nullopt;
  // oper(): a literal is first tried with the type of the other side.
  const std::string& l = left_is_literal ? right.name : left.name;
  const std::string& r = right_is_literal ? left.name : right.name;
  if (in(left.name, {"json", "jsonb"})) {
    if (auto found = json_operator(op, left.name, right.name, right_is_literal)) return found;
  }
  if (is_comparison(op) && l == r && compares_with_itself(l)) return both(l, "bool");
  if (numeric_rank(l) >= 0 && numeric_rank(r) >= 0) return numeric_operator(op, l, r);
  if (op == "+" && right_is_literal && in(l, {"timestamp", "timestamptz"})) return as_they_are(l, "interval", l);
  if (!left_is_literal && !right_is_literal) {
    if (auto found = time_operator(op, l, r)) return found;
    if (op == "@@" && l == "tsvector" && r == "tsquery") return as_they_are(l, r, "bool");
  }
  if (l == r && left.is_array() && compares_with_itself(l)) {
    if (in(op, {"@>", "<@", "&&"})) return both(l, "bool");
    if (op == "||" && !left_is_literal && !right_is_literal) return both(l, l);
  }
  return std::nullopt;
}

std::string common_type(const std::vector<std::string>& types) {
  if (types.empty()) return {};
  std::string common = types.front();
  for (const std::string& type : types) {
    if (type == common || (common == "text" && type == "varchar")) continue;
    if (type.empty() || numeric_rank(type) < 0 || numeric_rank(common) < 0) return {};
    if (numeric_rank(type) > numeric_rank(common)) common = type;
  }
  return common;
}

std::string constant_text(std::string_view text, const ValueType& type, const Names& names) {
  if (!type.typmod.empty()) return std::string(text);
  if (is_integer(type.name)) return number_text(text, true);
  if (type.is("numeric")) return number_text(text, false);
  if (type.is("bool")) return bool_text(text);
  if (type.is("interval")) return interval_text(text);
  const std::string_view object_class = type.is("regclass") ? "relation" : type.is("regtype") ? "type" : "";
  if (!object_class.empty() && !all_digits(text)) {
    const auto parts = type.is("regclass") ? split_name_as_input(text) : split_name(text);
    if (parts) return resolved_name(*parts, object_class, names);
  }
  if (type.is("regconfig")) {
    const auto parts = split_name(text);
    if (parts && parts->size() == 2 && parts->front() == "pg_catalog") return parts->back();
  }
  return std::string(text);
}

}  // namespace segue::sql
