#include "kinds/type_change.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace segue::kinds {
namespace {

template <std::size_t N>
bool is_one_of(const std::string& name, const std::string_view (&all)[N]) {
  return std::find(std::begin(all), std::end(all), name) != std::end(all);
}

constexpr std::string_view strings[] = {"text", "character varying", "character"};
constexpr std::string_view integers[] = {"smallint", "integer", "bigint"};
constexpr std::string_view numbers[] = {"smallint", "integer", "bigint", "real", "double precision", "numeric"};
constexpr std::string_view days[] = {"date", "timestamp without time zone", "timestamp with time zone"};
constexpr std::string_view stamps[] = {"timestamp without time zone", "timestamp with time zone"};
constexpr std::string_view clocks[] = {"time without time zone", "time with time zone"};
constexpr std::string_view addresses[] = {"inet", "cidr"};
constexpr std::string_view bits[] = {"bit", "bit varying"};
constexpr std::string_view documents[] = {"json", "jsonb"};
constexpr std::string_view without_equality[] = {"json", "xml", "point", "box", "polygon", "path", "line", "lseg"};

/// Casts between built-in types that are neither strings nor of one of the families above: pg_cast of 15, and what came
/// later (bytea in 18).
struct Casts {
  std::string_view from;
  std::string_view to;  ///< separated by commas
};
constexpr Casts casts[] = {
    {"bigint", "bit,bytea,money,oid"},
    {"bit", "bigint,integer"},
    {"boolean", "integer"},
    {"box", "circle,lseg,point,polygon"},
    {"bytea", "bigint,integer,smallint"},
    {"\"char\"", "integer"},
    {"circle", "box,point,polygon"},
    {"integer", "\"char\",bit,boolean,bytea,money,oid"},
    {"interval", "time without time zone"},
    {"jsonb", "bigint,boolean,double precision,integer,numeric,real,smallint"},
    {"lseg", "point"},
    {"macaddr", "macaddr8"},
    {"macaddr8", "macaddr"},
    {"money", "numeric"},
    {"numeric", "money"},
    {"oid", "bigint,integer"},
    {"path", "polygon"},
    {"point", "box"},
    {"polygon", "box,circle,path,point"},
    {"smallint", "bytea,oid"},
    {"time without time zone", "interval"},
    {"xid8", "xid"},
};

bool is_listed(std::string_view name, std::string_view list) {
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (list.substr(begin, end - begin) == name) return true;
    begin = end + 1;
  }
  return false;
}

/// With or without fields: "interval day to second".
bool is_interval(const std::string& base) { return base.rfind("interval", 0) == 0; }

/// format_type qualifies every other type under an empty search path.
bool is_built_in(const std::string& base) { return base.find('.') == std::string::npos; }

/// An alias of oid: all of them go to and from it and the integers.
bool is_oid_alias(const std::string& base) { return base.rfind("reg", 0) == 0; }

long number(const std::string& text) { return std::strtol(text.c_str(), nullptr, 10); }

/// Digits behind the point; none where the type has no limit.
std::string scale_of(const std::string& modifier) {
  const auto comma = modifier.find(',');
  return modifier.empty() ? "" : comma == std::string::npos ? "0" : modifier.substr(comma + 1);
}

bool numbers_change(const TypeParts& from, const TypeParts& to) {
  const bool from_integer = is_one_of(from.base, integers);
  if (is_one_of(to.base, integers)) return !from_integer;
  if (to.base == "numeric") {
    const std::string scale = scale_of(to.modifier);
    if (from_integer) return !scale.empty() && number(scale) < 0;
    if (from.base != "numeric") return true;
    return !scale.empty() && (from.modifier.empty() || number(scale_of(from.modifier)) > number(scale));
  }
  if (from.base == to.base || from.base == "smallint") return false;
  return !(to.base == "double precision" && (from.base == "integer" || from.base == "real"));
}

bool times_change(const TypeParts& from, const TypeParts& to) {
  constexpr long microseconds = 6;
  const auto precision = [](const TypeParts& type) {
    return type.modifier.empty() ? microseconds : number(type.modifier);
  };
  if (to.base == "date") return from.base != "date";
  if (from.base == "date") return false;
  const bool loses_day = is_one_of(from.base, stamps) && is_one_of(to.base, clocks);
  const bool loses_zone = from.base == "time with time zone" && to.base != from.base;
  return loses_day || loses_zone || precision(to) < precision(from);
}

}  // namespace

TypeParts parts_of_type(const std::string& type) {
  TypeParts parts;
  std::string name = type;
  while (name.size() > 2 && name.compare(name.size() - 2, 2, "[]") == 0) {
    name.resize(name.size() - 2);
    parts.is_array = true;
  }
  const auto open = name.find('(');
  const auto close = name.find(')', open == std::string::npos ? 0 : open);
  if (open == std::string::npos || close == std::string::npos) {
    parts.base = std::move(name);
    return parts;
  }
  parts.base = name.substr(0, open) + name.substr(close + 1);
  parts.modifier = name.substr(open + 1, close - open - 1);
  return parts;
}

bool are_compared(const std::string& a, const std::string& b) {
  const TypeParts parts = parts_of_type(a);
  const std::string& one = parts.base;
  const std::string other = parts_of_type(b).base;
  if (parts.is_array) return one == other;
  constexpr std::string_view texts[] = {"text", "character varying"};
  constexpr std::string_view floats[] = {"real", "double precision"};
  const auto both = [&](const auto& family) { return is_one_of(one, family) && is_one_of(other, family); };
  return one == other || both(integers) || both(texts) || both(floats) || both(days);
}

bool converts_by_itself(const std::string& from, const std::string& to) {
  const TypeParts a = parts_of_type(from);
  const TypeParts b = parts_of_type(to);
  if (!b.is_array && is_one_of(b.base, strings)) return true;  // through the type's own text
  if (a.is_array != b.is_array) return false;
  const auto both = [&](const auto& family) { return is_one_of(a.base, family) && is_one_of(b.base, family); };
  return a.base == b.base || (is_interval(a.base) && is_interval(b.base)) || both(strings) || both(numbers) ||
         both(days) || both(clocks) || both(addresses) || both(bits) || both(documents) ||
         (is_one_of(a.base, stamps) && is_one_of(b.base, clocks));
}

bool casts_through_text(const TypeParts& from, const TypeParts& to) {
  const auto is_string = [](const TypeParts& type) { return is_one_of(type.base, strings) || type.base == "name"; };
  const bool alike = from.is_array == to.is_array;
  return (is_string(from) && (alike || !from.is_array)) || (is_string(to) && (alike || !to.is_array));
}

bool has_cast(const std::string& from, const std::string& to) {
  const TypeParts a = parts_of_type(from);
  const TypeParts b = parts_of_type(to);
  if (!is_built_in(a.base) || !is_built_in(b.base) || converts_by_itself(from, to)) return true;
  if (casts_through_text(a, b)) return true;
  if (a.is_array != b.is_array) return a.base == b.base;  // one element, and an array of one
  const auto is_oid = [](const std::string& base) { return base == "oid" || is_one_of(base, integers); };
  if (is_oid_alias(a.base) && (is_oid(b.base) || is_oid_alias(b.base))) return true;
  if (is_oid_alias(b.base) && is_oid(a.base)) return true;
  return std::any_of(std::begin(casts), std::end(casts),
                     [&](const Casts& one) { return one.from == a.base && is_listed(b.base, one.to); });
}

bool may_change_values(const std::string& from, const std::string& to) {
  const TypeParts a = parts_of_type(from);
  const TypeParts b = parts_of_type(to);
  const auto both = [&](const auto& family) { return is_one_of(a.base, family) && is_one_of(b.base, family); };
  const auto is_time = [](const std::string& base) { return is_one_of(base, days) || is_one_of(base, clocks); };
  if (both(numbers)) return numbers_change(a, b);
  if (is_time(a.base) && is_time(b.base)) return times_change(a, b);
  if (is_interval(a.base) && is_interval(b.base)) return from != to && b.base + b.modifier != "interval";
  if (both(addresses)) return a.base == "inet" && b.base == "cidr";
  if (both(documents)) return a.base != b.base;
  return is_one_of(a.base, strings) && !is_one_of(b.base, strings);
}

bool has_equality(const std::string& type) { return !is_one_of(parts_of_type(type).base, without_equality); }

}  // namespace segue::kinds
