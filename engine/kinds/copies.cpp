#include "kinds/copies.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/constraint_parts.h"
#include "kinds/kinds.h"
#include "kinds/object_name.h"
#include "kinds/relation.h"

namespace segue::kinds {

using model::Object;
using model::Schema;

namespace {

/// Whether the table of one constraint is a partition below that of the other.
bool is_below(const Object& one, const Object& other, const Schema& side) {
  const Object* at = side.find(one.parent);
  while (at != nullptr) {
    const Object* membership = side.find(model::key_of(partition, at->names));
    if (membership == nullptr) return false;
    at = side.find(std::string(table.name) + " " + membership->text(model::attribute(partition, "parent")));
    if (at != nullptr && at->key == other.parent) return true;
  }
  return false;
}

bool is_number(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool makes_copies(const Object& object, const Schema& side) {
  if (object.kind != &constraint || !object.has(constraint_parts::referenced)) return false;
  const std::string referenced = std::string(table.name) + " " + object.text(constraint_parts::referenced);
  return is_partitioned(side.find(object.parent)) || is_partitioned(side.find(referenced));
}

std::string chosen_name(const Object& foreign_key, const std::string& on_table, int number) {
  const std::string columns = join(foreign_key.list(constraint_parts::columns), "_");
  return make_object_name(on_table, columns, "fkey" + (number == 0 ? "" : std::to_string(number)));
}

bool may_take_name_of(const Object& foreign_key, const Object& other, const Schema& side) {
  if (&foreign_key == &other || !makes_copies(foreign_key, side)) return false;
  const bool below = is_below(other, foreign_key, side);
  if (!below && other.parent != foreign_key.parent) return false;
  if (below && other.name() == foreign_key.name()) return true;
  const std::string chosen = chosen_name(foreign_key, other.names[1], 0);
  return other.name().starts_with(chosen) && is_number(other.name().substr(chosen.size()));
}

}  // namespace segue::kinds
