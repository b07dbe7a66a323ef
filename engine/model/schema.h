// A schema: objects by key, in the order in which they were added.
//
// Made by source/ and catalog/; read by diff/ and plan/. Object addresses stay valid until the object is removed.
#pragma once

#include <list>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/object.h"

namespace segue::model {

class Schema {
 public:
  Schema() = default;
  Schema(Schema&&) = default;
  Schema& operator=(Schema&&) = default;

  /// Adds an object; null where one of that key is there already.
  Object* add(Object object);
  Object* find(std::string_view key);
  const Object* find(std::string_view key) const;
  bool contains(std::string_view key) const { return find(key) != nullptr; }
  /// Removes the object and everything whose parent it is, all the way down.
  void remove(const std::string& key);
  /// Gives an object other names: its key, and the keys, parents and dependencies that mention it or its children.
  void rename(const std::string& key, std::vector<std::string> names);

  std::vector<const Object*> children(std::string_view key) const;
  std::vector<Object*> children(std::string_view key);

  const std::list<Object>& objects() const { return objects_; }
  std::list<Object>& objects() { return objects_; }
  std::size_t size() const { return objects_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::list<Object> objects_;
  void rekey(Object& object, std::vector<std::string> names, std::map<std::string, std::string>& renamed);

  std::unordered_map<std::string_view, std::list<Object>::iterator> by_key_;  ///< the keys are the objects' own
  std::unordered_map<std::string, std::vector<Object*>, Hash, std::equal_to<>> children_;  ///< by the parent's key
};

}  // namespace segue::model
