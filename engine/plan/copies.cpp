// The copies of foreign keys that the server keeps for partitions: no objects, but they have names. PostgreSQL:
// pg_constraint.conparentid, tablecmds.c addFkRecurseReferenced, addFkRecurseReferencing.
#include "kinds/copies.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "plan/renames.h"

namespace segue::plan {
namespace {

using model::List;
using model::Object;

struct Copy {
  List names;  ///< schema, table, name
  std::string key() const { return model::key_of(kinds::constraint, names); }
};

std::vector<Copy> copies_of(const Object& foreign_key) {
  static const std::size_t copies = model::attribute(kinds::constraint, "copies");
  std::vector<Copy> found;
  const List& flat = foreign_key.list(copies);
  for (std::size_t i = 0; i + 2 < flat.size(); i += 3) found.push_back({{flat[i], flat[i + 1], flat[i + 2]}});
  return found;
}

/// The names that constraints and copies have on one side or both.
std::set<std::string> names_in_use(const model::Schema& live, const model::Schema& desired) {
  std::set<std::string> keys;
  for (const model::Schema* side : {&live, &desired}) {
    for (const Object& object : side->objects()) {
      if (object.kind != &kinds::constraint) continue;
      keys.insert(object.key);
      for (const Copy& copy : copies_of(object)) keys.insert(copy.key());
    }
  }
  return keys;
}

/// A name as the server would have chosen it.
List aside(const Object& foreign_key, const Copy& copy, std::set<std::string>& taken) {
  List names = copy.names;
  int n = 0;
  do {
    names[2] = kinds::chosen_name(foreign_key, names[1], ++n);
  } while (!taken.insert(model::key_of(kinds::constraint, names)).second);
  return names;
}

/// Detaching the partition leaves it the copy under the name that it has by then.
void follow(model::Schema& live, const Copy& copy, const std::string& name) {
  Object* membership = live.find(model::key_of(kinds::partition, {copy.names[0], copy.names[1]}));
  if (membership == nullptr) return;
  const std::size_t from_above = model::attribute(kinds::partition, "foreign_keys_from_above");
  List names = membership->list(from_above);
  std::replace(names.begin(), names.end(), copy.names[2], name);
  (*membership)[from_above] = std::move(names);
}

}  // namespace

void free_names_of_copies(model::Schema& live, const model::Schema& desired, Renames& renames) {
  std::vector<std::pair<const Object*, Copy>> in_the_way;
  for (const Object& object : live.objects()) {
    if (object.kind != &kinds::constraint) continue;
    for (const Copy& copy : copies_of(object)) {
      if (desired.contains(copy.key())) in_the_way.emplace_back(&object, copy);
    }
  }
  if (in_the_way.empty()) return;
  std::set<std::string> taken = names_in_use(live, desired);
  for (const auto& [of, copy] : in_the_way) {
    const Object* wanted_by = desired.find(copy.key());
    Rename step{*of, *of, {}, {}, "the name of a copy of it is wanted by " + copy.key(), wanted_by->origin};
    const List names = aside(*of, copy, taken);
    const Object holder = model::make_object(kinds::constraint, copy.names, "");
    step.there.statement(kinds::rename_constraint(holder, copy.names[2], names[2]), "RENAME CONSTRAINT fk")
        .relations = {kinds::relation_address(holder)};
    follow(live, copy, names[2]);
    renames.steps.push_back(std::move(step));
  }
}

}  // namespace segue::plan
