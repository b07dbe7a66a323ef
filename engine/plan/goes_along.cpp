#include "plan/goes_along.h"

#include <algorithm>
#include <set>

#include "kinds/kinds.h"

namespace segue::plan {
namespace {

using model::Object;
using model::Schema;

/// Whether the step makes the object or does away with it.
bool makes_or_drops(const Step& step, const std::string& key) {
  const auto does = [&](const std::string& object, Verb verb) {
    return object == key && (verb == Verb::create || verb == Verb::drop);
  };
  return does(step.object, step.verb) || std::any_of(step.parts.begin(), step.parts.end(),
                                                     [&](const Part& part) { return does(part.object, part.verb); });
}

void add_parts(const Schema& side, const std::string& key, std::set<std::string>& keys) {
  for (const Object* part : side.children(key)) {
    if (keys.insert(part->key).second) add_parts(side, part->key, keys);
  }
}

/// tablecmds.c DetachPartitionFinalize: the indexes of the partition are bound to those of its parent no more.
void add_links(const Schema& side, const std::string& table, std::set<std::string>& keys) {
  for (const Object* index : side.children(table)) {
    for (const Object* link : side.children(index->key)) {
      if (link->kind->binds_parent_to != nullptr) keys.insert(link->key);
    }
  }
}

}  // namespace

void note_what_goes_along(const Schema& from, const Schema& to, Body& body) {
  if (body.groups.size() < 2) return;
  for (Step& step : body.steps) {
    std::set<std::string> along;
    for (const std::string& key : step.changes) {
      for (const Schema* side : {&from, &to}) {
        const Object* object = side->find(key);
        if (object == nullptr) continue;
        if (object->kind == &kinds::partition) add_links(*side, object->parent, along);
        if (makes_or_drops(step, key)) add_parts(*side, key, along);
      }
    }
    for (const std::string& key : step.changes) along.erase(key);
    step.changes.insert(step.changes.end(), along.begin(), along.end());
  }
}

}  // namespace segue::plan
