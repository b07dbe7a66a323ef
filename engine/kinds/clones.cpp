#include "kinds/clones.h"

#include "kinds/kinds.h"

namespace segue::kinds {

using model::Object;

namespace {

const Object* table_above(const model::Schema& side, const Object& membership) {
  for (const std::string& key : membership.depends) {
    const Object* needed = side.find(key);
    if (needed != nullptr && needed->kind == &table) return needed;
  }
  return nullptr;
}

}  // namespace

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

}  // namespace segue::kinds
