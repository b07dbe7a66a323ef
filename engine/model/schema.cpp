#include "model/schema.h"

#include <algorithm>

#include "model/kind.h"

namespace segue::model {

Object* Schema::add(Object object) {
  objects_.push_back(std::move(object));
  const auto at = std::prev(objects_.end());
  if (!by_key_.try_emplace(at->key, at).second) {
    objects_.pop_back();
    return nullptr;
  }
  if (!at->parent.empty()) children_[at->parent].push_back(&*at);
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
  const auto at = found->second;
  if (auto mine = children_.extract(key); !mine.empty()) {
    for (const Object* child : mine.mapped()) remove(child->key);
  }
  if (const auto siblings = children_.find(at->parent); siblings != children_.end()) std::erase(siblings->second, &*at);
  by_key_.erase(found);
  objects_.erase(at);
}

std::vector<const Object*> Schema::children(std::string_view key) const {
  const auto mine = children_.find(key);
  if (mine == children_.end()) return {};
  return {mine->second.begin(), mine->second.end()};
}

std::vector<Object*> Schema::children(std::string_view key) {
  const auto mine = children_.find(key);
  return mine == children_.end() ? std::vector<Object*>() : mine->second;
}

void Schema::rekey(Object& object, std::vector<std::string> names, std::map<std::string, std::string>& renamed) {
  const std::string old_key = object.key;
  const std::vector<std::string> old_names = object.names;
  auto entry = by_key_.extract(old_key);
  object.key = key_of(*object.kind, names);
  object.names = std::move(names);
  entry.key() = object.key;
  by_key_.insert(std::move(entry));
  renamed[old_key] = object.key;
  auto mine = children_.extract(old_key);
  if (mine.empty()) return;
  mine.key() = object.key;
  const std::vector<Object*> its_children = mine.mapped();
  children_.insert(std::move(mine));
  for (Object* child : its_children) {
    child->parent = object.key;
    std::vector<std::string> child_names = child->names;
    if (child->kind->name_space == NameSpace::of_target) {
      if (child_names[0] != old_key) continue;  // it stands below for another reason
      child_names[0] = object.key;
    } else {
      // {schema, relation, name}: a child's names begin with its parent's; an index shares the schema alone
      for (std::size_t i = 0; i < child_names.size() && i < old_names.size() && child->names[i] == old_names[i]; ++i)
        child_names[i] = object.names[i];
      // what is about the index of a key: that stands in the schema, under the name of the key
      if (child_names.size() < old_names.size() && child_names.back() == old_names.back())
        child_names.back() = object.names.back();
    }
    rekey(*child, std::move(child_names), renamed);
  }
}

void Schema::rename(const std::string& key, std::vector<std::string> names) {
  Object* object = find(key);
  if (object == nullptr) return;
  std::map<std::string, std::string> renamed;
  const Object* home = find(object->parent);
  if (home != nullptr && home->names.size() == 1 && object->names[0] == home->names[0] && names[0] != home->names[0]) {
    // it moves to another schema
    std::erase(children_[home->key], object);
    object->parent = key_of(*home->kind, {names[0]});
    children_[object->parent].push_back(object);
  }
  rekey(*object, std::move(names), renamed);
  for (Object& other : objects_) {
    for (std::string& needed : other.depends) {
      if (const auto found = renamed.find(needed); found != renamed.end()) needed = found->second;
    }
  }
}

}  // namespace segue::model
