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

bool converts_by_itself(const std::string& from, const std::string& to) {
  const TypeParts a = parts_of_type(from);
  const TypeParts b = parts_of_type(to);
  if (!b.is_array && is_one_of(b.base, strings)) return true;  // through the type's own text
  if (a.is_array != b.is_array) return false;
  const auto both = [&](const auto& family) { return is_one_of(a.base, family) && is_one_of(b.base, family); };
  return a.base == b.base || both(strings) || both(numbers) || both(days) || both(clocks) || both(addresses) ||
         both(bits) || both(documents) || (is_one_of(a.base, stamps) && is_one_of(b.base, clocks));
}

bool may_change_values(const std::string& from, const std::string& to) {
  const TypeParts a = parts_of_type(from);
  const TypeParts b = parts_of_type(to);
  const auto both = [&](const auto& family) { return is_one_of(a.base, family) && is_one_of(b.base, family); };
  const auto is_time = [](const std::string& base) { return is_one_of(base, days) || is_one_of(base, clocks); };
  if (both(numbers)) return numbers_change(a, b);
  if (is_time(a.base) && is_time(b.base)) return times_change(a, b);
  if (a.base == "interval" && b.base == "interval") return !b.modifier.empty() && a.modifier != b.modifier;
  if (both(addresses)) return a.base == "inet" && b.base == "cidr";
  if (both(documents)) return a.base != b.base;
  return is_one_of(a.base, strings) && !is_one_of(b.base, strings);
}

bool has_equality(const std::string& type) { return !is_one_of(parts_of_type(type).base, without_equality); }

}  // namespace segue::kinds
