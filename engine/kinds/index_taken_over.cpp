#include "kinds/index_taken_over.h"

#include <algorithm>
#include <map>

#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Object;
using model::Sides;

bool is_plain_and_unique(const Object& index_object) {
  static const std::size_t method = model::attribute(index, "method");
  static const std::size_t unique = model::attribute(index, "unique");
  static const std::size_t invalid = model::attribute(index, "invalid");
  constexpr std::string_view particular[] = {"expressions", "predicate"};
  constexpr std::string_view of_keys[] = {"collations", "opclasses", "directions", "statistics"};
  return index_object.flag(unique) && !index_object.flag(invalid) && index_object.text(method) == "btree" &&
         std::none_of(std::begin(particular), std::end(particular),
                      [&](std::string_view name) { return index_object.has(model::attribute(index, name)); }) &&
         std::all_of(std::begin(of_keys), std::end(of_keys),
                     [&](std::string_view name) { return index_object.list(model::attribute(index, name)).empty(); });
}

/// parse_utilcmd.c transformIndexConstraint; what the key says of its index has to be so already.
bool fits(const Object& index_object, const Object& key) {
  const auto alike = [&](const auto& value_of, std::string_view of_index, std::string_view of_key) {
    return value_of(index_object, model::attribute(index, of_index)) ==
           value_of(key, model::attribute(constraint, of_key));
  };
  const auto list = [](const Object& object, std::size_t at) { return object.list(at); };
  const auto flag = [](const Object& object, std::size_t at) { return object.flag(at); };
  const auto text = [](const Object& object, std::size_t at) { return object.text(at); };
  return alike(list, "keys", "columns") && alike(list, "included", "included") &&
         alike(flag, "nulls_not_distinct", "nulls_not_distinct") && alike(list, "options", "options") &&
         alike(text, "tablespace", "tablespace");
}

/// Whether an index over the column stands whatever the plan does: a type that changes may take it along.
bool stays_as_it_is(const Object& index_object, const std::string& name, const Sides& sides) {
  const std::string key =
      model::key_of(column, {index_object.names[0], sides.from_schema->find(index_object.parent)->name(), name});
  const Object* before = sides.from_schema->find(key);
  const Object* after = sides.to_schema->find(key);
  if (before == nullptr || after == nullptr || !before->depends.empty() || !after->depends.empty()) return false;
  constexpr std::string_view same[] = {"type", "collation", "generated"};
  return std::all_of(std::begin(same), std::end(same), [&](std::string_view attribute) {
    const std::size_t at = model::attribute(column, attribute);
    return (*before)[at] == (*after)[at];
  });
}

/// Comments and links would not come along.
bool may_be_taken(const Object& index_object, const Sides& sides) {
  if (index_object.kind != &index || sides.to_schema->contains(index_object.key)) return false;
  if (!is_plain_and_unique(index_object) || !sides.from_schema->children(index_object.key).empty()) return false;
  constexpr std::string_view over[] = {"keys", "included"};
  return std::all_of(std::begin(over), std::end(over), [&](std::string_view attribute) {
    const model::List& names = index_object.list(model::attribute(index, attribute));
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return stays_as_it_is(index_object, name, sides); });
  });
}

/// By the keys of the keys of a table: the indexes that they take over, those of their own names first.
std::map<std::string, const Object*> taken_over(const std::string& table_key, const Sides& sides) {
  std::map<std::string, const Object*> taken;
  const Object* before = sides.from_schema == nullptr ? nullptr : sides.from_schema->find(table_key);
  const Object* after = sides.to_schema == nullptr ? nullptr : sides.to_schema->find(table_key);
  if (before == nullptr || after == nullptr || is_partitioned(before) || is_partitioned(after)) return taken;
  std::map<std::string, const Object*> open;
  for (const Object* one : sides.from_schema->children(table_key)) {
    if (may_be_taken(*one, sides)) open.emplace(one->key, one);
  }
  for (const bool by_name : {true, false}) {
    for (const Object* key : sides.to_schema->children(table_key)) {
      if (!is_key(*key) || sides.from_schema->contains(key->key) || taken.count(key->key) != 0) continue;
      const auto found = std::find_if(open.begin(), open.end(), [&](const auto& one) {
        return (!by_name || one.second->name() == key->name()) && fits(*one.second, *key);
      });
      if (found == open.end()) continue;
      taken.emplace(key->key, found->second);
      open.erase(found);
    }
  }
  return taken;
}

}  // namespace

const Object* key_over(const Object& index_object, const Sides& sides) {
  if (index_object.kind != &index) return nullptr;
  for (const auto& [key, taken] : taken_over(index_object.parent, sides)) {
    if (taken->key == index_object.key) return sides.to_schema->find(key);
  }
  return nullptr;
}

const Object* index_taken_over(const Object& key, const Sides& sides) {
  const auto taken = taken_over(key.parent, sides);
  const auto found = taken.find(key.key);
  return found == taken.end() ? nullptr : found->second;
}

}  // namespace segue::kinds
