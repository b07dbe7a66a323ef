#include "kinds/misfit.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/quote.h"
#include "kinds/type_change.h"

namespace segue::kinds {
namespace {

constexpr int first_with_valid_input = 160000;  // pg_input_is_valid

struct Integer {
  std::string_view name;
  const char* lowest;
  const char* highest;
  const char* beyond;  ///< the first one that is too large
  long digits;
};
constexpr Integer integers[] = {
    {"smallint", "-32768", "32767", "32768", 5},
    {"integer", "-2147483648", "2147483647", "2147483648", 10},
    {"bigint", "-9223372036854775808", "9223372036854775807", "9223372036854775808", 19},
};

const Integer* integer_named(const std::string& name) {
  const auto* found =
      std::find_if(std::begin(integers), std::end(integers), [&](const Integer& one) { return one.name == name; });
  return found == std::end(integers) ? nullptr : found;
}

bool is_one_of(const std::string& name, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

bool is_text(const std::string& base) { return is_one_of(base, {"text", "character varying", "character"}); }
bool is_float(const std::string& base) { return is_one_of(base, {"real", "double precision"}); }
bool is_bit(const std::string& base) { return is_one_of(base, {"bit", "bit varying"}); }
/// Days and times: the loss of a part is no error.
bool is_time(const std::string& base) {
  return base.rfind("interval", 0) == 0 ||
         is_one_of(base, {"date", "timestamp without time zone", "timestamp with time zone", "time without time zone",
                          "time with time zone"});
}

const Misfit fits = {};
const Misfit nobody_knows = {false, ""};
Misfit where(std::string condition) { return {true, std::move(condition)}; }

/// varchar.c varchar, bpchar: an assignment cuts nothing off but blanks.
Misfit too_long(const Conversion& conversion, const TypeParts& from, const TypeParts& to, const std::string& value) {
  if (to.modifier.empty() || conversion.written_out) return fits;
  if (from.base.find('.') != std::string::npos) return nobody_knows;  // its text is what its own function makes of it
  const long room = std::atol(to.modifier.c_str());
  if (is_text(from.base) && !from.modifier.empty() && std::atol(from.modifier.c_str()) <= room) return fits;
  return where("pg_catalog.rtrim(pg_catalog.substr(" + value + "::text, " + std::to_string(room + 1) + ")) <> ''");
}

/// int.c, int8.c, float.c, numeric.c: rounded to the nearest, then looked at.
Misfit beyond_integer(const std::string& from, const Integer& to, const std::string& value) {
  const std::string lowest = to.lowest;
  if (const Integer* before = integer_named(from)) {
    if (before->digits <= to.digits) return fits;
    return where(value + " NOT BETWEEN " + lowest + " AND " + to.highest);
  }
  const std::string rounded = "pg_catalog.round(" + value + (is_float(from) ? "::double precision)" : ")");
  return where("NOT (" + rounded + " >= " + lowest + " AND " + rounded + " < " + to.beyond + ")");
}

struct Digits {
  long before_point;
  long behind_point;
};

/// "5,2" and "5".
Digits digits_of(const std::string& modifier) {
  const auto comma = modifier.find(',');
  const long scale = comma == std::string::npos ? 0 : std::atol(modifier.c_str() + comma + 1);
  return {std::atol(modifier.c_str()) - scale, scale};
}

std::string power_of_ten(long exponent) {
  if (exponent >= 0) return "1" + std::string(static_cast<std::size_t>(exponent), '0');
  return "0." + std::string(static_cast<std::size_t>(-exponent) - 1, '0') + "1";
}

/// numeric.c apply_typmod: rounded to the scale, it must have room before the point. NaN always fits.
Misfit beyond_numeric(const TypeParts& from, const TypeParts& to, const std::string& value) {
  if (to.modifier.empty()) return fits;
  const Digits room = digits_of(to.modifier);
  if (const Integer* before = integer_named(from.base)) {
    if (before->digits <= room.before_point && room.behind_point >= 0) return fits;
  } else if (from.base == "numeric" && !from.modifier.empty()) {
    const Digits was = digits_of(from.modifier);
    const bool is_rounded = was.behind_point > room.behind_point;  // and may become a digit longer
    if (was.before_point + (is_rounded ? 1 : 0) <= room.before_point) return fits;
  }
  const std::string number = value + "::numeric";
  return where("pg_catalog.abs(pg_catalog.round(" + number + ", " + std::to_string(room.behind_point) +
               ")) >= " + power_of_ten(room.before_point) + " AND " + number + " <> 'NaN'");
}

/// float.c dtof: neither more than the largest nor so little that nothing is left.
Misfit beyond_real(const std::string& value) {
  return where("pg_catalog.abs(" + value + ") >= 3.4028235677973366e+38 AND pg_catalog.abs(" + value +
               ") < 'Infinity' OR " + value + " <> 0 AND pg_catalog.abs(" + value + ") <= 7.006492321624085e-46");
}

Misfit number(const TypeParts& from, const TypeParts& to, const std::string& value) {
  if (const Integer* integer = integer_named(to.base)) return beyond_integer(from.base, *integer, value);
  if (to.base == "numeric") return beyond_numeric(from, to, value);
  if (integer_named(from.base) != nullptr || from.base == "real" || from.base == to.base) return fits;
  return from.base == "double precision" ? beyond_real(value) : nobody_knows;
}

/// varbit.c: a text of bits is neither cut off nor filled up.
Misfit bits(const Conversion& conversion, const TypeParts& to, const std::string& value) {
  if (to.modifier.empty() || conversion.written_out) return fits;
  return where("pg_catalog.length(" + value + ") " + (to.base == "bit" ? "<> " : "> ") + to.modifier);
}

/// What the input functions leave out around a value (isspace).
constexpr const char* blanks = R"([ \t\n\v\f\r]*)";

std::string matches(const std::string& value, const std::string& pattern) {
  return value + " ~ " + quote_literal("^" + pattern + "$");
}

/// pg_strtoint64_safe before 16: digits alone, and not too many.
Misfit not_an_integer(const Integer& to, const std::string& value) {
  const std::string text = value + "::text";
  const std::string digits = std::string(blanks) + "[+-]?0*[0-9]{1,19}" + blanks;
  return where("CASE WHEN " + matches(text, digits) + " THEN " + text + "::numeric NOT BETWEEN " + to.lowest + " AND " +
               to.highest + " ELSE true END");
}

/// bool.c parse_bool_with_len: any beginning that is one word's alone.
Misfit not_a_boolean(const std::string& value) {
  return where("NOT " + value + "::text ~* " +
               quote_literal("^" + std::string(blanks) +
                             "(t|tr|tru|true|f|fa|fal|fals|false|y|ye|yes|n|no|on|of|off|1|0)" + blanks + "$"));
}

/// uuid.c string_to_uuid: a hyphen behind any four digits.
Misfit not_a_uuid(const std::string& value) {
  const std::string digits = "[0-9a-fA-F]{4}(-?[0-9a-fA-F]{4}){7}";
  return where("NOT " + value + "::text ~ " + quote_literal("^(" + digits + "|\\{" + digits + "\\})$"));
}

/// A text that is read as a value of another type. The blanks at the end of a character(n) are no part of its text, but
/// the input function sees them: of those nothing is said but where they do not matter.
Misfit no_input(const Conversion& conversion, const TypeParts& from, const TypeParts& to, const std::string& value) {
  if (!conversion.labels.empty()) {
    model::List quoted;
    for (const std::string& label : conversion.labels) quoted.push_back(quote_literal(label));
    return where(value + "::text NOT IN (" + join(quoted, ", ") + ")");
  }
  if (to.base.find('.') != std::string::npos) return nobody_knows;
  const bool padded = from.base == "character";
  if (conversion.server_version >= first_with_valid_input) {
    if (padded && integer_named(to.base) == nullptr) return nobody_knows;
    return where("NOT pg_catalog.pg_input_is_valid(" + value + "::text, " + quote_literal(conversion.to) + ")");
  }
  if (const Integer* integer = integer_named(to.base)) return not_an_integer(*integer, value);
  if (to.base == "boolean") return not_a_boolean(value);
  return to.base == "uuid" && !padded ? not_a_uuid(value) : nobody_knows;
}

Misfit misfit_of_one(const Conversion& conversion, const TypeParts& from, const TypeParts& to,
                     const std::string& value) {
  const auto is_number = [](const std::string& base) {
    return base == "numeric" || integer_named(base) != nullptr || is_float(base);
  };
  if (is_text(to.base)) return too_long(conversion, from, to, value);
  if (!conversion.labels.empty() || is_text(from.base)) return no_input(conversion, from, to, value);
  if (is_number(from.base) && is_number(to.base)) return number(from, to, value);
  if (is_time(from.base) && is_time(to.base)) return fits;
  if (is_bit(from.base) && is_bit(to.base)) return bits(conversion, to, value);
  if (is_one_of(from.base, {"inet", "cidr"}) && is_one_of(to.base, {"inet", "cidr"})) return fits;
  if (from.base == "jsonb" && to.base == "json") return fits;
  if (integer_named(from.base) != nullptr && to.base == "boolean") return fits;
  if (from.base == "boolean" && to.base == "integer") return fits;
  return from.base == to.base && from.modifier == to.modifier ? fits : nobody_knows;
}

}  // namespace

Misfit misfit(const Conversion& conversion, const std::string& value) {
  const TypeParts from = parts_of_type(conversion.from);
  const TypeParts to = parts_of_type(conversion.to);
  if (is_text(to.base) && !to.is_array) return too_long(conversion, from, to, value);
  if (from.is_array != to.is_array) return nobody_knows;
  if (!from.is_array) return misfit_of_one(conversion, from, to, value);
  Misfit one = misfit_of_one(conversion, from, to, "element");
  if (!one.condition.empty())
    one.condition = "EXISTS (SELECT FROM pg_catalog.unnest(" + value + ") element WHERE " + one.condition + ")";
  return one;
}

}  // namespace segue::kinds
