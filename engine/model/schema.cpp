#include "model/schema.h"

#include <algorithm>

#include "model/kind.h"

namespace segue::model {

Object* Schema::add(Object object) {
  if (by_key_.find(object.key) != by_key_.end()) return nullptr;
  objects_.push_back(std::move(object));
  const auto at = std::prev(objects_.end());
  by_key_.emplace(at->key, at);
  if (!at->parent.empty()) children_[at->parent].push_back(at->key);
  return &*at;
}

Object* Schema::find(std::string_view key) {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nullptr : &*found->second;
}

const Object* Schema::find(std::string_view key) const { return const_cast<Schema*>(this)->find(key); }

void Schema::remove(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  if (const auto mine = children_.find(key); mine != children_.end()) {
    const std::vector<std::string> keys = std::move(mine->second);
    children_.erase(mine);
    for (const std::string& child : keys) remove(child);
  }
  const auto at = found->second;
  if (const auto siblings = children_.find(at->parent); siblings != children_.end()) std::erase(siblings->second, key);
  by_key_.erase(found);
  objects_.erase(at);
}

std::vector<const Object*> Schema::children(std::string_view key) const {
  std::vector<const Object*> found;
  if (const auto mine = children_.find(key); mine != children_.end()) {
    for (const std::string& child : mine->second) found.push_back(find(child));
  }
  return found;
}

std::vector<Object*> Schema::children(std::string_view key) {
  std::vector<Object*> found;
  if (const auto mine = children_.find(key); mine != children_.end()) {
    for (const std::string& child : mine->second) found.push_back(find(child));
  }
  return found;
}

void Schema::rekey(Object& object, std::vector<std::string> names, std::map<std::string, std::string>& renamed) {
  const std::string old_key = object.key;
  const std::string new_key = key_of(*object.kind, names);
  const std::vector<std::string> old_names = object.names;
  const auto entry = by_key_.extract(old_key);
  object.names = std::move(names);
  object.key = new_key;
  by_key_.emplace(new_key, entry.mapped());
  renamed[old_key] = new_key;
  if (const auto siblings = children_.find(object.parent); siblings != children_.end()) {
    std::replace(siblings->second.begin(), siblings->second.end(), old_key, new_key);
  }
  auto mine = children_.extract(old_key);
  if (mine.empty()) return;
  mine.key() = new_key;
  const std::vector<std::string> keys = mine.mapped();
  children_.insert(std::move(mine));
  for (const std::string& child_key : keys) {
    Object& child = *find(child_key);
    child.parent = new_key;
    std::vector<std::string> child_names = child.names;
    if (child.kind->name_space == NameSpace::of_target) {
      child_names[0] = new_key;
    } else {
      // {schema, relation, name}: a child's names begin with its parent's; an index shares the schema alone
      for (std::size_t i = 0; i < child_names.size() && i < old_names.size() && child.names[i] == old_names[i]; ++i)
        child_names[i] = object.names[i];
    }
    rekey(child, std::move(child_names), renamed);
  }
}

void Schema::rename(const std::string& key, std::vector<std::string> names) {
  Object* object = find(key);
  if (object == nullptr) return;
  std::map<std::string, std::string> renamed;
  const Object* home = find(object->parent);
  if (home != nullptr && home->names.size() == 1 && object->names[0] == home->names[0] && names[0] != home->names[0]) {
    // it moves to another schema
    std::erase(children_[home->key], key);
    object->parent = key_of(*home->kind, {names[0]});
    children_[object->parent].push_back(key);
  }
  rekey(*object, std::move(names), renamed);
  for (Object& other : objects_) {
    for (std::string& needed : other.depends) {
      if (const auto found = renamed.find(needed); found != renamed.end()) needed = found->second;
    }
  }
}

}  // namespace segue::model
