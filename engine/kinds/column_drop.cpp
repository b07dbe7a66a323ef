// How a column goes, and which of its child tables' columns go along (tablecmds.c ATExecDropColumn).
#include <algorithm>

#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds::column_parts {
namespace {

using model::Emit;
using model::Object;
using model::Sides;

bool inherits(const Object& object, const std::string& key) {
  const auto& from = object.list(inherited_from);
  return std::find(from.begin(), from.end(), key) != from.end();
}

/// The columns of child tables that come from the one that goes.
std::vector<const Object*> columns_below(const Sides& sides) {
  std::vector<const Object*> found;
  const Object* relation = sides.from_schema->find(sides.from->parent);
  if (relation == nullptr || !relation->flag(model::attribute(*relation->kind, "has_children")) ||
      is_partitioned(relation))
    return found;
  for (const Object& other : sides.from_schema->objects()) {
    if (other.kind == &column && inherits(other, sides.from->key)) found.push_back(&other);
  }
  return found;
}

/// Whether a column outlives that of its parent: it is the child's own, or another parent's too (tablecmds.c
/// ATExecDropColumn).
bool stands_alone(const Sides& sides, const Object& child) {
  const auto& from = child.list(inherited_from);
  return child.flag(local) || std::any_of(from.begin(), from.end(), [&](const std::string& parent) {
           return parent != sides.from->key && sides.to_schema->contains(parent);
         });
}

Sides of_child(const Sides& sides, const Object& child) {
  Sides of = sides;
  of.from = &child;
  return of;
}

/// Whether a child table is to keep the column that would go along with its parent's: ONLY leaves it there
/// (ATExecDropColumn). One that comes again for the parent comes again for what inherits it.
bool stays_below(const Sides& sides) {
  const bool comes_again = sides.to_schema->contains(sides.from->key);
  const auto below = columns_below(sides);
  return std::any_of(below.begin(), below.end(), [&](const Object* child) {
    if (stands_alone(sides, *child)) return false;
    const Object* after = sides.to_schema->find(child->key);
    return after == nullptr ? stays_below(of_child(sides, *child))
                            : !(comes_again && inherits(*after, sides.from->key));
  });
}

}  // namespace

std::string implied_by(const Object& object) {
  if (object.has(of_attribute)) return object.text(of_attribute);
  const auto& from = object.list(inherited_from);
  return from.empty() ? "" : from.front();
}

/// ONLY leaves the column to all children: those that are to lose it lose it by themselves.
void drop(const Sides& sides, Emit& emit) {
  const bool only = stays_below(sides);
  emit.alter(alter_table(sides, *sides.from, only), "DROP COLUMN " + quoted_name(*sides.from), "DROP COLUMN")
      .relations = {relation_address(*sides.from)};
  if (!only) return;
  for (const Object* child : columns_below(sides)) {
    const bool goes_along = !stands_alone(sides, *child) && implied_by(*child) == sides.from->key;
    const bool goes = !sides.to_schema->contains(child->key) && sides.to_schema->contains(child->parent);
    if (goes_along && goes) drop(of_child(sides, *child), emit);
  }
}

}  // namespace segue::kinds::column_parts
