#include "plan/locks.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "kinds/keep_aside.h"
#include "kinds/type_change.h"
#include "plan/measured_forms.h"

namespace segue::plan {
namespace {

constexpr std::array<std::string_view, 9> modes = {
    "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
    "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};

using kinds::parts_of_type;
using kinds::TypeParts;

long number(const std::string& text) { return std::strtol(text.c_str(), nullptr, 10); }

/// A modifier that allows everything the old one allowed: none at all, or a larger one.
bool widens(const std::string& from, const std::string& to) {
  return to.empty() || (!from.empty() && number(to) >= number(from));
}

std::string after_comma(const std::string& modifier) {
  const auto comma = modifier.find(',');
  return comma == std::string::npos ? "0" : modifier.substr(comma + 1);
}

/// ALTER TYPE without a rewrite, as measured: widened varchar, varbit, numeric of the same scale and times; varchar and
/// text either way without a length; cidr to inet, xml to text. Arrays always rewrite.
bool keeps_file(const TypeParts& from, const TypeParts& to) {
  if (from.is_array || to.is_array) return false;
  static const std::set<std::string> lengths = {"character varying",
                                                "bit varying",
                                                "time without time zone",
                                                "time with time zone",
                                                "timestamp without time zone",
                                                "timestamp with time zone",
                                                "interval"};
  if (from.base == to.base) {
    if (from.modifier == to.modifier) return true;
    if (from.base == "numeric")
      return to.modifier.empty() || (!from.modifier.empty() && after_comma(from.modifier) == after_comma(to.modifier) &&
                                     number(to.modifier) >= number(from.modifier));
    return lengths.count(from.base) != 0 && widens(from.modifier, to.modifier);
  }
  if (from.base == "character varying" && to.base == "text") return true;
  if (from.base == "text" && to.base == "character varying") return to.modifier.empty();
  return (from.base == "cidr" && to.base == "inet") || (from.base == "xml" && to.base == "text");
}

LockFact type_change(const std::string& form) {
  constexpr std::string_view verb = "ALTER TYPE ";
  const auto arrow = form.find(" -> ");
  const bool keeps =
      keeps_file(parts_of_type(form.substr(verb.size(), arrow - verb.size())), parts_of_type(form.substr(arrow + 4)));
  LockFact fact;
  fact.rewrites = fact.scans = !keeps;
  fact.known = true;
  return fact;
}

}  // namespace

int lock_level(const std::string& mode) {
  return static_cast<int>(std::find(modes.begin(), modes.end(), mode) - modes.begin());
}

std::string lock_mode(int level) { return std::string(modes.at(static_cast<std::size_t>(level))); }

LockFact lock_fact(const std::string& form, int) {
  if (form == kinds::aside::copying) return {"ACCESS EXCLUSIVE", "", false, true, true};
  if (form.rfind("ALTER TYPE ", 0) == 0 && form.find(" -> ") != std::string::npos) return type_change(form);
  const auto* found =
      std::lower_bound(std::begin(measured_forms), std::end(measured_forms), form,
                       [](const MeasuredForm& one, const std::string& wanted) { return one.form < wanted; });
  if (found == std::end(measured_forms) || found->form != form) return {};
  const std::size_t read = form.starts_with("ATTACH PARTITION") ? 1 : 0;  // the table that comes
  return {std::string(found->mode), std::string(found->other_mode), found->rewrites, found->scans, true, read};
}

}  // namespace segue::plan
