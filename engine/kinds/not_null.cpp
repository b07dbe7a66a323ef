#include "kinds/not_null.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "kinds/kinds.h"
#include "kinds/object_name.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Object;

std::size_t flag_of() { return model::attribute(column, "not_null"); }
std::size_t name_of() { return model::attribute(column, "not_null_name"); }

std::string implied_name(const Object& of_column) {
  return make_object_name(of_column.names[1], of_column.name(), "not_null");
}

/// The columns of a table, and of those below it, whose constraint has this name; false where there is none.
bool each_named_not_null(const Object& relation, const std::string& name, DesiredReader& reader,
                         const std::function<void(Object&)>& change) {
  bool found = false;
  for (Object* child : reader.schema().children(relation.key)) {
    if (child->kind != &column || !child->has(name_of()) || child->text(name_of()) != name) continue;
    found = true;
    change(*child);
  }
  for (const Object* below : found ? reader.inheritors(relation) : std::vector<Object*>{})
    each_named_not_null(*below, name, reader, change);
  return found;
}

}  // namespace

void set_not_null(Object& of_column, int server_version, std::string name) {
  if (!of_column.flag(flag_of())) declare_not_null(of_column, server_version, std::move(name));
}

void declare_not_null(Object& of_column, int server_version, std::string name) {
  of_column[flag_of()] = true;
  if (server_version < first_with_named_not_null) return;
  of_column[name_of()] = name.empty() ? implied_name(of_column) : std::move(name);
}

bool drop_named_not_null(const Object& relation, const std::string& name, DesiredReader& reader) {
  return each_named_not_null(relation, name, reader, drop_not_null);
}

bool rename_not_null(const Object& relation, const std::string& from, const std::string& to, DesiredReader& reader) {
  return each_named_not_null(relation, from, reader, [&](Object& of_column) { of_column[name_of()] = to; });
}

void set_not_null_below(const Object& of_column, Object& of_relation, DesiredReader& reader) {
  for (Object* child : reader.inheritors(of_relation)) {
    Object* below = reader.schema().find(model::key_of(column, {child->names[0], child->names[1], of_column.name()}));
    if (below == nullptr) continue;
    set_not_null(*below, reader.server_version(), of_column.text(name_of()));
    set_not_null_below(*below, *child, reader);
  }
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

bool states_not_null_name(const Object& of_column) {
  static const std::size_t shared = model::attribute(column, "not_null_name_shared");
  return of_column.has(name_of()) && (of_column.text(name_of()) != implied_name(of_column) || of_column.flag(shared));
}

}  // namespace segue::kinds
