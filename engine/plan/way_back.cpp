#include "plan/way_back.h"

#include <algorithm>
#include <set>
#include <utility>

#include "kinds/foreign_below.h"
#include "kinds/held_not_null.h"
#include "kinds/index_taken_over.h"
#include "kinds/kinds.h"
#include "kinds/partition_parts.h"
#include "kinds/relation.h"
#include "kinds/type_swap.h"
#include "plan/refusals.h"

namespace segue::plan {

using model::Object;

namespace {

/// The domain that is exchanged when one of its checks that goes comes back; null for any other change.
const Object* exchanged_on_way_back(const ChangeInput& input, const Change& change) {
  if (change.op != Change::Op::drop || change.from->kind != &kinds::domain_constraint) return nullptr;
  const model::Sides turned = sides_of(input, change, true);
  const Object* whole = input.from->find(change.from->parent);
  const bool exchanged = whole != nullptr && kinds::is_exchanged(turned, whole->key);
  return exchanged && kinds::speaker_of_exchange(turned, *whole) == change.from ? whole : nullptr;
}

/// The indexes that would give one to a partition that comes back, which had none.
std::set<std::string> indexes_off_on_way_back(const ChangeInput& input, const Change& change) {
  if (change.op != Change::Op::drop || change.rebuilt || change.from->names.size() != 2) return {};
  const Object* membership = input.from->find(model::key_of(kinds::partition, change.from->names));
  if (membership == nullptr || (change.from != membership && change.from->key != membership->parent)) return {};
  std::set<std::string> keys;
  for (const Object* one : kinds::indexes_without_one_below(*input.from, *membership)) {
    if (input.to->contains(one->key)) keys.insert(one->key);
  }
  return keys;
}

/// Whether the way back would exchange a composite type that a partition key holds, and the way there does not.
bool is_stuck(const ChangeInput& input, const Change& change) {
  const Object& part = change.object();
  if (part.kind != &kinds::composite_attribute || change.op == Change::Op::create) return false;
  const Object* whole = input.from->find(part.parent);
  return whole != nullptr && kinds::is_in_partition_key(*input.from, *whole) &&
         kinds::is_exchanged(sides_of(input, change, true), whole->key);
}

/// The foreign keys that stay on an index which a key of the table takes over: the key is not dropped under them
/// (dependency.c findDependentObjects), and the index comes back as another one.
std::vector<Change> off_taken_index(const ChangeInput& input, const Change& change,
                                    const std::vector<Change>& changes) {
  const model::Sides there = sides_of(input, change, false);
  const bool comes = change.op == Change::Op::create;
  const Object* index = comes && kinds::is_key(*change.to) ? kinds::index_taken_over(*change.to, there) : nullptr;
  if (change.op == Change::Op::drop && kinds::key_over(*change.from, there) != nullptr) index = change.from;
  static const std::size_t referenced = model::attribute(kinds::constraint, "referenced");
  std::vector<Change> off;
  for (const Object* one : index == nullptr ? std::vector<const Object*>{} : input.dependents->of(index->key)) {
    const bool goes = std::any_of(changes.begin(), changes.end(), [&](const Change& other) {
      return other.op == Change::Op::drop && other.from == one;
    });
    if (goes || one->kind != &kinds::constraint || !one->has(referenced)) continue;
    Change& put = off.emplace_back();
    put.op = comes ? Change::Op::drop : Change::Op::create;
    (comes ? put.from : put.to) = one;
  }
  return off;
}

ChangeInput standing_of(const ChangeInput& input) {
  ChangeInput standing;
  standing.from = standing.to = input.from;
  standing.dependents = input.dependents;
  standing.server_version = input.server_version;
  return standing;
}

/// What the plan takes down itself has gone before, and what it puts up comes after: the rest stands as it was. All of
/// it does where the change went ahead.
void take_down(const ChangeInput& input, const Change& change, const std::vector<Change>& changes, bool ahead,
               Result<std::vector<Change>> found, WayBack& way) {
  if (!found) {
    const Diagnostic& first = found.diagnostics().front();
    way.obstacle = first.what + (first.why.empty() ? "" : ": " + first.why);
    return;
  }
  std::set<std::string> taken;
  for (const Change& one : changes) {
    if (one.op == Change::Op::drop && !ahead) taken.insert(one.object().key);
  }
  const model::Sides turned = sides_of(input, change, true);
  std::erase_if(*found, [&](const Change& one) {
    const Object& object = one.object();
    return taken.count(object.key) != 0 || kinds::is_exchanged(turned, object.parent);
  });
  way.changes = std::move(*found);
}

WayBack way_back_of_alteration(const ChangeInput& input, const Change& alteration, const std::vector<Change>& changes) {
  const ChangeInput standing = standing_of(input);
  const bool ahead = !why_ahead(alteration, sides_of(input, alteration, false)).empty();
  const Impact there = impact_of(input, alteration, false);
  const Impact back = impact_of(ahead ? standing : input, alteration, true);
  WayBack way;
  const bool holds_rows = alteration.from->kind->holds_rows && !is_rebuilt(*alteration.to);
  way.replaces = back == Impact::replaces && !holds_rows;
  const bool watched = way.replaces || (back == Impact::disturbs && there == Impact::none);
  const kinds::HeldNotNull held = kinds::held_not_null(sides_of(input, alteration, true));
  if (!held.identity.empty()) way.obstacle = why_held(held);
  const std::string foreign = kinds::foreign_table_below(sides_of(input, alteration, true));
  if (!foreign.empty()) way.obstacle = alteration.to->key + ": " + why_not_converted(foreign);
  std::set<std::string> off = kinds::keys_against_unlogged(sides_of(input, alteration, true));
  off.insert(held.taken_off.begin(), held.taken_off.end());
  if (!watched && off.empty()) return way;
  auto found = watched ? expand_around(standing, *alteration.from, way.replaces)
                       : expand_off(standing, off, alteration.from->key);
  take_down(input, alteration, changes, ahead, std::move(found), way);
  return way;
}

}  // namespace

WayBack way_back_of(const ChangeInput& input, const Change& change, const std::vector<Change>& changes) {
  if (change.stage != Change::Stage::whole) return {};  // whoever reads it reads the placeholder as well
  WayBack way;
  if (is_stuck(input, change)) {
    way.obstacle = why_not_exchanged();
    return way;
  }
  if (change.op == Change::Op::alter) return way_back_of_alteration(input, change, changes);
  way.changes = off_taken_index(input, change, changes);
  if (!way.changes.empty()) return way;
  if (const std::set<std::string> off = indexes_off_on_way_back(input, change); !off.empty()) {
    take_down(input, change, changes, false, expand_off(standing_of(input), off, change.from->key), way);
    return way;
  }
  const Object* whole = exchanged_on_way_back(input, change);
  if (whole == nullptr) return way;
  if (kinds::is_in_partition_key(*input.from, *whole))
    way.obstacle = why_not_checked();
  else
    take_down(input, change, changes, false, expand_around(standing_of(input), *whole, false), way);
  return way;
}

}  // namespace segue::plan
