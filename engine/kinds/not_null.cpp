#include "kinds/not_null.h"

#include <algorithm>
#include <utility>

#include "kinds/kinds.h"

namespace segue::kinds {
namespace {

using model::Object;

std::size_t flag_of() { return model::attribute(column, "not_null"); }
std::size_t name_of() { return model::attribute(column, "not_null_name"); }

std::string implied_name(const Object& of_column) {
  return make_object_name(of_column.names[1], of_column.name(), "not_null");
}

}  // namespace

std::string make_object_name(std::string_view name1, std::string_view name2, const std::string& label) {
  std::size_t overhead = 0;
  if (!name2.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  std::size_t length1 = name1.size();
  std::size_t length2 = name2.size();
  const std::size_t available = 63 - std::min<std::size_t>(overhead, 63);
  while (length1 + length2 > available) {
    if (length1 > length2)
      --length1;
    else
      --length2;
  }
  const auto clip = [](std::string_view name, std::size_t length) {
    if (length >= name.size()) return name;
    while (length > 0 && (static_cast<unsigned char>(name[length]) & 0xC0) == 0x80) --length;  // pg_mbcliplen
    return name.substr(0, length);
  };
  std::string name(clip(name1, length1));
  if (!name2.empty()) name += "_" + std::string(clip(name2, length2));
  if (!label.empty()) name += "_" + label;
  return name;
}

void set_not_null(Object& of_column, int server_version, std::string name) {
  if (!of_column.flag(flag_of())) declare_not_null(of_column, server_version, std::move(name));
}

void declare_not_null(Object& of_column, int server_version, std::string name) {
  of_column[flag_of()] = true;
  if (server_version < first_with_named_not_null) return;
  of_column[name_of()] = name.empty() ? implied_name(of_column) : std::move(name);
}

void drop_not_null(Object& of_column) {
  of_column[flag_of()] = false;
  of_column[name_of()] = {};
}

bool has_implied_not_null_name(const Object& of_column) {
  if (!of_column.has(name_of())) return true;
  const std::string& name = of_column.text(name_of());
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::string implied = implied_name(of_column);
  return name.starts_with(implied) &&
         std::all_of(name.begin() + static_cast<std::ptrdiff_t>(implied.size()), name.end(), is_digit);
}

}  // namespace segue::kinds
