#include "plan/equal_indexes.h"

#include <algorithm>
#include <limits>

#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::plan {

using model::Object;

namespace {

/// What an index is bound to; null for none.
const Object* bound_to(const Object& index, const model::Schema& side) {
  for (const Object* link : side.children(index.key)) {
    if (link->kind->binds_parent_to != nullptr) return side.find(link->kind->binds_parent_to(*link));
  }
  return nullptr;
}

bool may_be_bound(const Object& index, const model::Schema& side) {
  const Object* table = side.find(index.parent);
  return bound_to(index, side) != nullptr || kinds::is_partitioned(table);
}

/// Whether a partition of its table has nothing that is bound to it, since it came before.
bool comes_behind_partition(const Object& index, const model::Schema& side) {
  static const std::size_t parent = model::attribute(kinds::partition, "parent");
  std::size_t partitions = 0;
  std::set<std::string> bound;
  for (const Object& object : side.objects()) {
    const bool is_partition =
        object.kind == &kinds::partition && std::string(kinds::table.name) + " " + object.text(parent) == index.parent;
    if (is_partition) ++partitions;
    if (object.kind->binds_parent_to != nullptr && object.kind->binds_parent_to(object) == index.key)
      bound.insert(object.parent);
  }
  return bound.size() < partitions;
}

std::int64_t age_of(const Object& index) {
  static const std::size_t made_as = model::attribute(kinds::index, "made_as");
  return index.kind == &kinds::index && index.has(made_as) ? index.number(made_as)
                                                           : std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::string place_of_index(const Object& object) {
  const bool is_key = kinds::is_key(object);
  if (!is_key && object.kind != &kinds::index) return "";
  std::string place = object.parent;
  for (const std::string& column : object.list(model::attribute(*object.kind, is_key ? "columns" : "keys")))
    place += "\n" + column;
  return place;
}

TurnOfIndex turn_of_index(const Object& index, const model::Schema& side) {
  const Object* top = &index;
  int way_up = 0;
  while (const Object* above = bound_to(*top, side)) {
    top = above;
    ++way_up;
  }
  const bool is_key = kinds::is_key(*top);
  const bool is_primary = is_key && top->text(model::attribute(kinds::constraint, "type")) == "primary key";
  const int of_kind = is_primary ? 0 : is_key ? 1 : 2;
  return {of_kind + (comes_behind_partition(*top, side) ? 3 : 0), -way_up, age_of(*top), top->key};
}

bool has_equal(const Object& index, const model::Schema& side) {
  const std::string place = place_of_index(index);
  const auto parts = side.children(index.parent);
  return std::any_of(parts.begin(), parts.end(),
                     [&](const Object* other) { return other->key != index.key && place_of_index(*other) == place; });
}

std::map<std::string, std::set<std::string>> equal_indexes_before(const std::vector<const Object*>& objects,
                                                                  const model::Schema& side) {
  std::map<std::string, std::vector<const Object*>> by_place;
  for (const Object* object : objects) {
    const std::string place = place_of_index(*object);
    if (!place.empty() && may_be_bound(*object, side)) by_place[place].push_back(object);
  }
  std::map<std::string, std::set<std::string>> before;
  for (const auto& [place, equal] : by_place) {
    if (equal.size() < 2) continue;
    std::map<std::string, TurnOfIndex> turns;
    for (const Object* one : equal) turns[one->key] = turn_of_index(*one, side);
    for (const auto& [one, turn] : turns) {
      for (const auto& [other, its_turn] : turns) {
        if (its_turn < turn) before[one].insert(other);
      }
    }
  }
  return before;
}

}  // namespace segue::plan
