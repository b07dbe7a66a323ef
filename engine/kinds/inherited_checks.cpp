#include "kinds/inherited_checks.h"

#include <algorithm>
#include <vector>

#include "kinds/kinds.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::List;
using model::Object;
using model::Schema;

bool is_check(const Object& object) {
  static const std::size_t type = model::attribute(constraint, "type");
  return object.kind == &constraint && object.text(type) == "check";
}

bool comes_down(const Object& object) {
  static const std::size_t no_inherit = model::attribute(constraint, "no_inherit");
  return is_check(object) && !object.flag(no_inherit);
}

const List& parents_of(const Object& relation) { return relation.list(model::attribute(*relation.kind, "inherits")); }

/// The relations of these addresses, with those that they inherit from.
std::vector<const Object*> with_theirs(const Schema& side, const List& parents) {
  std::vector<const Object*> found;
  List open = parents;
  for (std::size_t i = 0; i < open.size(); ++i) {
    for (const model::Kind* kind : {&table, &foreign_table}) {
      const Object* one = side.find(std::string(kind->name) + " " + open[i]);
      if (one == nullptr || std::find(found.begin(), found.end(), one) != found.end()) continue;
      found.push_back(one);
      const List& above = parents_of(*one);
      open.insert(open.end(), above.begin(), above.end());
    }
  }
  return found;
}

List in_both(const List& one, const List& other, bool wanted) {
  List found;
  for (const std::string& name : one) {
    if ((std::find(other.begin(), other.end(), name) != other.end()) == wanted) found.push_back(name);
  }
  return found;
}

/// Those of the checks whose name no check of the others has.
std::set<std::string> without(const std::set<std::string>& checks, const std::set<std::string>& others,
                              const Schema& side) {
  std::set<std::string> found;
  for (const std::string& key : checks) {
    const bool kept = std::any_of(others.begin(), others.end(), [&](const std::string& other) {
      return side.find(other)->name() == side.find(key)->name();
    });
    if (!kept) found.insert(key);
  }
  return found;
}

}  // namespace

bool comes_to_children(const Object& part) { return part.kind == &column || comes_down(part); }

std::set<std::string> checks_from(const Schema& side, const Object& child, const List& parents) {
  std::set<std::string> keys;
  for (const Object* parent : with_theirs(side, parents)) {
    for (const Object* part : side.children(parent->key)) {
      if (comes_down(*part) &&
          !side.contains(model::key_of(constraint, {child.names[0], child.names[1], part->name()})))
        keys.insert(part->key);
    }
  }
  return keys;
}

std::set<std::string> checks_above(const Object& check, const Schema& from_schema, const Schema& to_schema) {
  const Object* before = from_schema.find(check.parent);
  const Object* after = to_schema.find(check.parent);
  std::set<std::string> keys;
  if (!is_check(check) || before == nullptr || after == nullptr || before->kind != after->kind) return keys;
  for (const Schema* side : {&from_schema, &to_schema}) {
    for (const Object* parent : with_theirs(*side, in_both(parents_of(*before), parents_of(*after), true))) {
      const Object* above = side->find(model::key_of(constraint, {parent->names[0], parent->names[1], check.name()}));
      if (above != nullptr && comes_down(*above)) keys.insert(above->key);
    }
  }
  return keys;
}

MovedChecks moved_checks(const Object& from, const Object& to, const Schema& from_schema, const Schema& to_schema) {
  if (!is_table(from) || from.kind != to.kind) return {};
  const List& before = parents_of(from);
  const List& after = parents_of(to);
  const auto moved = [](const Schema& side, const Object& child, const List& changed, const List& kept) {
    return without(checks_from(side, child, changed), checks_from(side, child, kept), side);
  };
  return {moved(from_schema, from, in_both(before, after, false), in_both(before, after, true)),
          moved(to_schema, to, in_both(after, before, false), in_both(after, before, true))};
}

namespace {

/// Whether its partition will be none: it has left by then, and took along what it had from above.
bool leaves(const Object& part, const model::Sides& sides) {
  const std::string membership = model::key_of(partition, {part.names[0], part.names[1]});
  return sides.from_schema->contains(membership) && !sides.to_schema->contains(membership);
}

}  // namespace

std::vector<const Object*> checks_kept_below(const model::Sides& drop) {
  static const std::size_t expression = model::attribute(constraint, "check");
  std::vector<const Object*> kept;
  if (drop.from->kind != &constraint || !is_partitioned(drop.from_schema->find(drop.from->parent))) return kept;
  each_below(*drop.from_schema, *drop.from, [&](const Object& before) {
    if (leaves(before, drop)) return false;
    const Object* after = drop.to_schema->find(before.key);
    if (after == nullptr || !constraint.implied_by(*after).empty()) return after == nullptr;
    if (model::same_value(constraint.attributes[expression], before[expression], (*after)[expression]))
      kept.push_back(after);
    return false;
  });
  return kept;
}

}  // namespace segue::kinds
