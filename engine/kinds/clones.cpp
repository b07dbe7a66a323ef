#include "kinds/clones.h"

#include <algorithm>

#include "kinds/kinds.h"
#include "kinds/partition_parts.h"

namespace segue::kinds {

using model::Object;

Clone clone_on(const model::Schema& side, const Object& relation, const std::string& name) {
  static const std::size_t level = model::attribute(trigger, "level");
  Clone clone;
  const Object* below = &relation;
  while (below != nullptr) {
    const Object* membership = side.find(model::key_of(partition, below->names));
    if (membership == nullptr) break;
    clone.memberships.push_back(membership->key);
    below = table_above(side, *membership);
    if (below == nullptr) break;
    clone.original = side.find(model::key_of(trigger, {below->names[0], below->names[1], name}));
    if (clone.original != nullptr && clone.original->text(level) == "ROW") return clone;
  }
  return {};
}

model::List memberships_up_to(const Object& original, const model::Schema& side, const Object& below) {
  model::List keys;
  for (const Object* membership : memberships(side, &below)) {
    keys.push_back(membership->key);
    const Object* above = table_above(side, *membership);
    if (above != nullptr && above->key == original.parent) break;
  }
  return keys;
}

bool stays_attached(const Object& state, const model::Sides& sides) {
  const auto stays = [&](const std::string& key) {
    const Object* before = sides.from_schema->find(key);
    const Object* after = sides.to_schema->find(key);
    if (before == nullptr || after == nullptr) return false;
    return after->kind != &partition || before->values == after->values;
  };
  return std::all_of(state.depends.begin(), state.depends.end(), stays);
}

}  // namespace segue::kinds
