// How a group of changes that comes into being is written: what stands inside its head's CREATE, and what comes before
// and behind it.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "kinds/kinds.h"
#include "plan/equal_indexes.h"
#include "plan/write_step.h"

namespace segue::plan {

using model::Emit;
using model::Fragment;
using model::Object;

namespace {

bool needs_any(const Object& object, const std::set<std::string>& keys) {
  const auto is_one = [&](const std::string& key) { return keys.count(key) != 0; };
  const bool owned = object.kind->dropped_with != nullptr && is_one(object.kind->dropped_with(object));
  return owned || is_one(object.parent) || std::any_of(object.depends.begin(), object.depends.end(), is_one);
}

/// What goes with the head of a group and comes before it, since a default of the head reads it: a serial's sequence.
std::vector<const Object*> owned_by_head(const std::vector<const Object*>& members) {
  std::vector<const Object*> owned;
  for (const Object* object : members) {
    if (object->kind->dropped_with != nullptr && object->kind->dropped_with(*object) == members.front()->key)
      owned.push_back(object);
  }
  return owned;
}

std::size_t owned_by_attribute(const Object& object) { return model::attribute(*object.kind, "owned_by"); }

/// What goes before an object besides its needs, by key.
using Before = std::map<std::string, std::set<std::string>>;

bool waits_for_any(const Object& object, const Before& before, const std::set<std::string>& keys) {
  const auto found = before.find(object.key);
  return found != before.end() && std::any_of(found->second.begin(), found->second.end(),
                                              [&](const std::string& key) { return keys.count(key) != 0; });
}

/// The members of a group that cannot stand inside its head's CREATE, and those that need one of them. What another
/// member implies is written by nobody, so that nothing can stand inside it.
template <class Made>
std::set<std::string> not_inside(const std::vector<const Object*>& members, const Before& before, const Made& made) {
  std::set<std::string> outside;
  std::set<std::string> keys;
  for (const Object* object : members) keys.insert(object->key);
  for (const Object* object : owned_by_head(members)) keys.erase(object->key);
  std::set<std::string> implied;
  for (const Object* object : members) {
    if (object->kind->implied_by != nullptr && keys.count(object->kind->implied_by(*object)) != 0)
      implied.insert(object->key);
  }
  for (std::size_t i = 1; i < members.size(); ++i) {
    const Object& object = *members[i];
    if (keys.count(object.key) == 0) continue;  // it comes first
    if (implied.count(object.key) != 0 || comes_down(object, members)) continue;
    const bool can = object.kind->inline_form != nullptr && keys.count(object.parent) != 0 &&
                     implied.count(object.parent) == 0 &&
                     (object.kind->can_inline == nullptr || object.kind->can_inline(made(&object)));
    if (!can) outside.insert(object.key);
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t i = 1; i < members.size(); ++i) {
      const std::string& key = members[i]->key;
      const bool waits = needs_any(*members[i], outside) || waits_for_any(*members[i], before, outside);
      if (keys.count(key) != 0 && outside.count(key) == 0 && waits) grown = outside.insert(members[i]->key).second;
    }
  }
  return outside;
}

/// What each member waits for besides its own needs: whatever makes a link by itself must find both of its ends, or it
/// would make another one in its place (add_link_edges says the same of changes).
Before ends_of_links(const std::vector<const Object*>& members) {
  Before ends;
  for (const Object* link : members) {
    if (link->kind->binds_parent_to == nullptr) continue;
    const std::string bound_to = link->kind->binds_parent_to(*link);
    for (const std::string& maker : link->depends) {
      if (maker != bound_to) ends[maker].insert({link->parent, bound_to});
    }
  }
  return ends;
}

/// The members with the ends of links in front: of several that would do, the server links the oldest (tablecmds.c
/// AttachPartitionEnsureIndexes).
std::vector<const Object*> ends_first(std::vector<const Object*> members) {
  std::set<std::string> ends;
  for (const Object* link : members) {
    if (link->kind->binds_parent_to != nullptr) ends.insert(link->parent);
  }
  std::stable_partition(members.begin(), members.end(),
                        [&](const Object* object) { return ends.count(object->key) != 0; });
  return members;
}

/// Those of `keys`, each behind what it needs of the others.
std::vector<const Object*> in_order(const std::vector<const Object*>& all, const Before& before,
                                    std::set<std::string> keys) {
  const std::vector<const Object*> members = ends_first(all);
  const auto ends = ends_of_links(members);
  const auto waits = [&](const Object& object) {
    std::set<std::string> others = keys;
    others.erase(object.key);
    if (needs_any(object, others) || waits_for_any(object, before, others)) return true;
    return waits_for_any(object, ends, others);
  };
  std::vector<const Object*> order;
  while (!keys.empty()) {
    const std::size_t left = keys.size();
    for (const Object* object : members) {
      if (keys.count(object->key) == 0 || waits(*object)) continue;
      order.push_back(object);
      keys.erase(object->key);
    }
    if (keys.size() != left) continue;
    for (const Object* object : members) {  // they need each other: their own order is as good as any
      if (keys.erase(object->key) != 0) order.push_back(object);
    }
  }
  return order;
}

/// The path of the file's text that an object holds; "" for none.
std::string path_of_text(const Object& object) {
  for (const model::Value& value : object.values) {
    const auto* definition = model::definition_in(value);
    if (definition != nullptr && !definition->search_path.empty()) return definition->search_path;
  }
  return "";
}

/// A statement runs under the path of the file's text that it carries inside.
void take_path(const std::vector<const Object*>& inside, Fragment& fragment) {
  for (const Object* object : inside) {
    if (fragment.search_path.empty()) fragment.search_path = path_of_text(*object);
  }
}

}  // namespace

/// A group that comes into being: the head's CREATE with what can stand inside it, then the others. `members` are in
/// the order in which they could be created.
void StepWriter::create(const Objects& members, bool backwards, Emit& emit) const {
  const auto made = [&](const Object* object) {
    return backwards ? sides(object, nullptr, true) : sides(nullptr, object, false);
  };
  const Objects owned = owned_by_head(members);
  std::set<std::string> apart =
      not_inside(members, equal_indexes_before(members, backwards ? *input_.from : *input_.to), made);
  const std::set<std::string> outside = apart;
  for (const Object* object : owned) apart.insert(object->key);
  Objects inside;
  for (std::size_t i = 1; i < members.size(); ++i) {
    if (apart.count(members[i]->key) == 0) inside.push_back(members[i]);
  }
  std::deque<Object> alone;
  for (const Object* object : owned) {
    alone.push_back(*object);
    alone.back()[owned_by_attribute(*object)] = {};
    object->kind->create(made(&alone.back()), {}, emit);
    emit.fragments().back().relations.clear();  // new, so that nobody waits for it: the step is about the head's
  }
  const std::size_t first = emit.fragments().size();
  members.front()->kind->create(made(members.front()), inside, emit);
  if (emit.fragments().size() > first) take_path(inside, emit.fragments()[first]);
  for (const Object* object : inside) {
    if (object->kind->after_inline != nullptr) object->kind->after_inline(made(object), emit);
  }
  for (std::size_t i = 0; i < owned.size(); ++i) {
    const model::Sides both = backwards ? sides(owned[i], &alone[i], true) : sides(&alone[i], owned[i], false);
    owned[i]->kind->attributes[owned_by_attribute(*owned[i])].alter(both, emit);
  }
  create_each(members, outside, backwards, emit);
  settle_below(members, backwards, emit);
  for (const model::Kind* kind : kinds::all()) {
    if (kind->settle_created == nullptr) continue;
    for (const Object* object : members) kind->settle_created(made(object), emit);  // a serial's sequence, too
  }
}

/// Those of `keys`, each behind what it needs of the others.
StepWriter::Objects StepWriter::created_in_order(const Objects& members, const std::set<std::string>& keys,
                                                 bool backwards) const {
  return in_order(members, equal_indexes_before(members, backwards ? *input_.from : *input_.to), keys);
}

/// Each of `keys` with a statement of its own.
void StepWriter::create_each(const Objects& members, const std::set<std::string>& keys, bool backwards,
                             Emit& emit) const {
  for (const Object* object : created_in_order(members, keys, backwards))
    object->kind->create(backwards ? sides(object, nullptr, true) : sides(nullptr, object, false), {}, emit);
}

}  // namespace segue::plan
