// Tables below those of a file that the file does not name: what comes down to them. PostgreSQL: tablecmds.c
// ATExecAddColumn, ATExecDropColumn, ATPrepAlterColumnType, dropconstraint_internal, indexcmds.c DefineIndex.
#include <algorithm>
#include <map>
#include <set>

#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "model/whole.h"
#include "source/desired.h"
#include "source/interpreter.h"

namespace segue::source {

using model::List;
using model::Object;

namespace {

std::size_t at(const Object& object, std::string_view name) { return model::attribute(*object.kind, name); }

bool is_among(const List& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// What ALTER TABLE of the parent brings down to a column; the rest is set with ONLY.
constexpr std::string_view from_above[] = {"type",      "collation",      "not_null", "not_null_name",
                                           "generated", "generated_kind", "using",    "backfill"};

bool comes_down(const Object& part, std::size_t attribute) {
  const std::string_view name = part.kind->attributes[attribute].name;
  if (part.kind == &kinds::column)
    return std::find(std::begin(from_above), std::end(from_above), name) != std::end(from_above);
  return name != "table" && name != "inherited_from";
}

/// The part of a parent that one of a child came with: by its name, or by the link between two indexes.
const Object* counterpart(const model::Schema& live, const Object& part, const Object& parent) {
  if (part.kind == &kinds::column || part.kind == &kinds::constraint) {
    const std::string key = model::key_of(*part.kind, {parent.names[0], parent.names[1], part.name()});
    if (is_among(part.list(at(part, "inherited_from")), key)) return live.find(key);
  }
  const Object* link = live.find(model::key_of(kinds::index_attachment, {part.names[0], part.name()}));
  if (link == nullptr || link->parent != part.key) return nullptr;
  const Object* bound_to = live.find(link->kind->binds_parent_to(*link));
  return bound_to != nullptr && bound_to->parent == parent.key ? bound_to : nullptr;
}

std::vector<const Object*> parents_of(const model::Schema& live, const Object& child) {
  List addresses = child.list(at(child, "inherits"));
  const Object* membership = live.find(model::key_of(kinds::partition, child.names));
  if (membership != nullptr) addresses.push_back(membership->text(at(*membership, "parent")));
  std::vector<const Object*> found;
  for (const std::string& address : addresses) {
    for (const model::Kind* kind : {&kinds::table, &kinds::foreign_table}) {
      if (const Object* parent = live.find(std::string(kind->name) + " " + address)) found.push_back(parent);
    }
  }
  return found;
}

}  // namespace

/// As it stands, with all its parts; of the schema that holds it, only what that is itself.
void Interpreter::take_as_it_is(const model::Schema& live, const Object& whole, bool with_parts) {
  if (!schema().contains(whole.parent)) {
    if (const Object* home = live.find(whole.parent)) take_as_it_is(live, *home, false);
  }
  if (Object* added = schema().add(whole)) {
    note_relation(*added);
    note_constraint(*added);
  }
  for (const Object* part : live.children(whole.key)) {
    if (with_parts || model::is_aspect(*part)) take_as_it_is(live, *part, true);
  }
}

/// The parent has it no more. A column that is the child's own as well stays, and so does a check; those of a partition
/// go, and indexes and constraints of the table with a column that they read (RemoveAttributeById).
void Interpreter::let_go(Object& part, const std::string& above, bool as_partition) {
  if (part.kind == &kinds::column || (part.kind == &kinds::constraint && !kinds::is_key(part))) {
    List from = part.list(at(part, "inherited_from"));
    std::erase(from, above);
    const bool is_own = part.kind == &kinds::constraint || part.flag(at(part, "local"));
    const bool stays = !from.empty() || (is_own && !as_partition);
    part[at(part, "inherited_from")] = std::move(from);
    if (stays) return;
  }
  std::vector<std::string> going = {part.key};
  for (const Object* other : schema().children(part.parent)) {
    const bool is_auto =
        other->kind == &kinds::index || other->kind == &kinds::constraint || other->kind == &kinds::statistics;
    if (is_auto && part.kind == &kinds::column && is_among(other->depends, part.key)) going.push_back(other->key);
  }
  for (const std::string& key : going) schema().remove(key);
}

/// The part becomes what the parent's becomes, but for what it had otherwise before.
void Interpreter::take_on(Object& part, const Object& before, const Object& after) {
  const Object as_it_was = part;
  for (std::size_t i = 0; i < part.values.size(); ++i) {
    if (comes_down(part, i) && part[i] == before[i]) part[i] = after[i];
  }
  if (part.kind == &kinds::column && after.flag(at(after, "not_null")) && !part.flag(at(part, "not_null"))) {
    part[at(part, "not_null")] = true;
    part[at(part, "not_null_name")] = after[at(after, "not_null_name")];
  }
  if (part.values == as_it_was.values) return;
  const Object& child = *schema().find(part.parent);
  for (const std::string& needed : needs_below(before, child)) std::erase(part.depends, needed);
  for (const std::string& needed : needs_below(after, child)) {
    if (!is_among(part.depends, needed)) part.depends.push_back(needed);
  }
}

void Interpreter::follow_parts(const model::Schema& live, Object& child, const Object& parent) {
  const Object* above = schema().find(parent.key);
  if (above == nullptr) return;
  const bool as_partition = schema().contains(model::key_of(kinds::partition, child.names));
  std::vector<std::string> keys;
  for (const Object* part : schema().children(child.key)) keys.push_back(part->key);
  for (const std::string& key : keys) {
    Object* part = schema().find(key);
    const Object* before = part == nullptr ? nullptr : counterpart(live, *part, parent);
    if (before == nullptr) continue;
    if (const Object* after = schema().find(before->key))
      take_on(*part, *before, *after);
    else
      let_go(*part, before->key, as_partition);
  }
  for (const Object* original : schema().children(above->key)) {
    if (original->kind == &kinds::column && !live.contains(original->key))
      inherit_column(*original, child, as_partition);
  }
  inherit_checks(child, *above, as_partition);
  for (Object* original : as_partition ? schema().children(above->key) : std::vector<Object*>{}) {
    const bool is_index = original->kind == &kinds::index || kinds::is_key(*original);
    if (is_index && !live.contains(original->key)) attach_index(child, *original);
  }
}

void Interpreter::follow(const model::Schema& live, const Object& below) {
  take_as_it_is(live, below, true);
  Object& child = *schema().find(below.key);
  for (const Object* parent : parents_of(live, below)) {
    if (Object* above = schema().find(parent->key)) {
      (*above)[at(*above, "has_children")] = true;
      inheritors_[above->key].push_back(child.key);
    }
    follow_parts(live, child, *parent);
  }
}

std::vector<std::string> tables_below(const model::Schema& declared, const model::Schema& live) {
  std::map<std::string, std::vector<const Object*>> open;  // tables that are not declared, and their parents
  for (const Object& object : live.objects()) {
    if (!kinds::is_table(object) || declared.contains(object.key)) continue;
    if (auto parents = parents_of(live, object); !parents.empty()) open.emplace(object.key, std::move(parents));
  }
  std::set<std::string> below;
  const auto is_below = [&](const Object* parent) {
    return declared.contains(parent->key) || below.count(parent->key) != 0;
  };
  for (std::size_t before = below.size() + 1; before != below.size();) {
    before = below.size();
    for (const auto& [key, parents] : open) {
      if (std::any_of(parents.begin(), parents.end(), is_below)) below.insert(key);
    }
  }
  std::vector<std::string> sorted;
  while (!below.empty()) {
    const std::set<std::string> left = below;
    for (const std::string& key : left) {
      const auto& parents = open.at(key);
      if (std::any_of(parents.begin(), parents.end(), [&](const Object* one) { return left.count(one->key) != 0; }))
        continue;
      sorted.push_back(key);
      below.erase(key);
    }
  }
  return sorted;
}

void follow_parents(const std::vector<std::string>& tables, const model::Schema& live, model::Schema& declared,
                    const SourceOptions& options) {
  if (tables.empty()) return;
  Interpreter interpreter(options);
  interpreter.take_over(declared);
  for (const std::string& key : tables) {
    if (const Object* table = live.find(key)) interpreter.follow(live, *table);
  }
  (void)interpreter.give_back(declared);
}

}  // namespace segue::source
