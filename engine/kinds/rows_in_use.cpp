#include "kinds/rows_in_use.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/quote.h"
#include "kinds/kinds.h"

namespace segue::kinds {
namespace {

using model::Object;
using model::Schema;

/// The keys of a table and of its partitions, theirs included.
std::set<std::string> with_partitions(const Schema& all, const Object& top) {
  static const std::size_t above = model::attribute(partition, "parent");
  std::set<std::string> names = {quote_qualified(top.names[0], top.names[1])};
  std::set<std::string> keys = {top.key};
  for (bool grown = true; grown;) {
    grown = false;
    for (const Object& object : all.objects()) {
      if (object.kind != &partition || names.count(object.text(above)) == 0) continue;
      keys.insert(object.parent);
      grown = names.insert(quote_qualified(object.names[0], object.names[1])).second || grown;
    }
  }
  return keys;
}

/// What types are made of: an attribute makes its type one that holds rows, and so on.
const std::string& type_made_with(const Object& object) {
  return object.kind == &composite_attribute ? object.parent : object.key;
}

bool makes_a_type(const Object& object) {
  return object.kind == &composite_attribute || object.kind == &domain || object.kind == &range_type;
}

}  // namespace

bool are_rows_in_use(const Schema& all, const Object& of) {
  std::set<std::string> types = with_partitions(all, of);
  const auto reads_one = [&](const Object& object) {
    return std::any_of(object.depends.begin(), object.depends.end(),
                       [&](const std::string& key) { return types.count(key) != 0; });
  };
  for (bool grown = true; grown;) {
    grown = false;
    for (const Object& object : all.objects()) {
      if (makes_a_type(object) && reads_one(object)) grown = types.insert(type_made_with(object)).second || grown;
    }
  }
  return std::any_of(all.objects().begin(), all.objects().end(),
                     [&](const Object& object) { return object.kind == &column && reads_one(object); });
}

std::string acts_on_update(const Schema& all, const Object& of) {
  for (const std::string& key : with_partitions(all, of)) {
    for (const Object* part : all.children(key)) {
      if (part->kind == &trigger || part->kind == &rule || part->kind == &policy) return part->key;
    }
  }
  return "";
}

}  // namespace segue::kinds
