// Parts of a table and their counterparts on its parents, while tables come and go.
#include <algorithm>

#include "kinds/inherited_checks.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "plan/edges.h"
#include "plan/group.h"

namespace segue::plan {

using model::Object;

namespace {

std::string counterpart_of(const Object& part) {
  return part.kind->implied_by == nullptr ? "" : part.kind->implied_by(part);
}

/// Columns come down from it: of a table to those that inherit, of a type to its typed tables. Partitions come and go
/// by their links.
bool hands_columns_down(const Object& parent) {
  return (kinds::is_table(parent) && !kinds::is_partitioned(&parent)) || parent.kind == &kinds::composite_type;
}

/// Those from which `one` has columns and `other` has none.
std::vector<std::string> parents_without(const Object& one, const Object& other, const model::Schema& side) {
  std::vector<std::string> keys;
  if (!kinds::is_table(one)) return keys;
  for (const std::string& key : one.depends) {
    const Object* parent = side.find(key);
    const bool kept = std::find(other.depends.begin(), other.depends.end(), key) != other.depends.end();
    if (parent != nullptr && hands_columns_down(*parent) && !kept) keys.push_back(key);
  }
  return keys;
}

}  // namespace

/// Whether a part of a relation that stands is made with that of its parent, which stands too.
bool Edges::comes_with_counterpart(const Object& part) const {
  const auto made = creates_.find(counterpart_of(part));
  return made != creates_.end() && creates_.count(changes_[made->second].to->parent) == 0 &&
         !is_declared_again(part, *input_.to) && memberships_.is_bound_meanwhile(changes_[creates_.at(part.key)]);
}

/// A table that goes has its columns until then: what comes back with it, on the way back, finds those of its parent.
void Edges::add_edges_of_children_gone() {
  for (const auto& [key, node] : drops_) {
    const Object& part = *changes_[node].from;
    const auto whole = find(drops_, part.parent);
    const auto above = whole ? find(drops_, counterpart_of(part)) : std::nullopt;
    if (above && drops_.count(changes_[*above].from->parent) == 0) graph_.add_edge(*whole, *above);
    const auto altered = whole ? find(alters_, counterpart_of(part)) : std::nullopt;
    if (altered) graph_.add_edge(*whole, *altered);
    const auto alone =
        whole || !is_declared_again(part, *input_.from) ? std::nullopt : find(drops_, counterpart_of(part));
    if (alone) graph_.add_edge(*alone, node);
  }
  for (const auto& [key, node] : creates_) {
    const Object& part = *changes_[node].to;
    if (creates_.count(part.parent) != 0 || !is_declared_again(part, *input_.to)) continue;
    if (const auto above = find(creates_, counterpart_of(part))) graph_.add_edge(node, *above);
  }
}

/// A partition that leaves keeps the checks that its parent loses, since it has left by then (kinds/inherited_checks.h,
/// checks_kept_below).
void Edges::add_edges_of_checks_kept() {
  for (const auto& [key, node] : drops_) {
    const Object& link = *changes_[node].from;
    if (link.kind != &kinds::partition || input_.to->contains(key)) continue;
    for (const Object* part : input_.from->children(link.parent)) {
      const bool stays = part->kind == &kinds::constraint && input_.to->contains(part->key);
      const auto above = stays ? find(drops_, counterpart_of(*part)) : std::nullopt;
      if (above) graph_.add_edge(node, *above);
    }
  }
}

/// A default of a parent comes to those that stand below then, unless they are left out, as they are where they go or
/// come: a table that goes is gone before one comes, and one that comes finds the ones that go gone.
void Edges::add_edges_of_defaults_above() {
  const auto each_below = [](const model::Schema& side, const Object& of_column, const auto& write) {
    const Object* above = side.find(of_column.parent);
    if (of_column.kind != &kinds::column_default || above == nullptr) return;
    kinds::each_below(side, *above, [&](const Object& below) {
      write(below.parent);
      return true;
    });
  };
  for (const auto& [key, node] : creates_) {
    each_below(*input_.from, *changes_[node].to, [&, created = node](const std::string& table) {
      if (const auto gone = find(drops_, table)) graph_.add_edge(*gone, created);
    });
  }
  for (const auto& [key, node] : drops_) {
    each_below(*input_.to, *changes_[node].from, [&, dropped = node](const std::string& table) {
      if (const auto made = find(creates_, table)) graph_.add_edge(dropped, *made);
    });
  }
}

/// A parent gets an identity before tables below it come (tablecmds.c ATExecAddColumn, "cannot recursively add identity
/// column to table that has child tables"), and on the way back when they are gone.
void Edges::add_edges_of_identities_above() {
  const auto each_new_below = [](const Object& part, const model::Schema& side, const ChangeIndex& changes,
                                 const auto& write) {
    if (part.kind != &kinds::column || !part.has(model::attribute(kinds::column, "identity"))) return;
    kinds::each_below(side, part, [&](const Object& below) {
      if (const auto whole = find(changes, below.parent)) write(*whole);
      return true;
    });
  };
  for (const auto& [key, node] : creates_) {
    if (creates_.count(changes_[node].to->parent) != 0) continue;
    each_new_below(*changes_[node].to, *input_.to, creates_,
                   [&, made = node](std::size_t whole) { graph_.add_edge(made, whole); });
  }
  for (const auto& [key, node] : drops_) {
    if (drops_.count(changes_[node].from->parent) != 0) continue;
    each_new_below(*changes_[node].from, *input_.from, drops_,
                   [&, gone = node](std::size_t whole) { graph_.add_edge(whole, gone); });
  }
}

/// What a parent's part becomes comes down to that of a child: what the child has otherwise is said behind it.
void Edges::add_edges_of_children_changed() {
  for (const auto& [key, node] : alters_) {
    const auto above = find(alters_, counterpart_of(*changes_[node].to));
    if (above && counterpart_of(*changes_[node].from) == changes_[*above].from->key) graph_.add_edge(*above, node);
  }
}

/// A table that becomes a partition has its columns and checks by then (tablecmds.c MergeAttributesIntoExisting).
void Edges::add_edges_of_attached() {
  for (const auto& [key, node] : creates_) {
    const Object& link = *changes_[node].to;
    if (link.kind != &kinds::partition || creates_.count(link.parent) != 0) continue;
    for (const Object* part : input_.to->children(link.parent)) {
      const auto made = find(creates_, part->key);
      const bool first = part->kind->inline_form != nullptr && !counterpart_of(*part).empty();
      if (made && first && !comes_with_counterpart(*part)) graph_.add_edge(*made, node);
    }
  }
}

/// Checks of parents are off while a child changes that may not have them, or not as its own.
void Edges::add_edges_of_inherited_checks() {
  const auto behind_drop = [&](const std::set<std::string>& keys, std::size_t node) {
    for (const std::string& key : keys) {
      if (const auto dropped = find(drops_, key)) graph_.add_edge(*dropped, node);
    }
  };
  const auto before_creation = [&](const std::set<std::string>& keys, std::size_t node) {
    for (const std::string& key : keys) {
      if (const auto created = find(creates_, key)) graph_.add_edge(node, *created);
    }
  };
  for (std::size_t node = 0; node < changes_.size(); ++node) {
    const Change& change = changes_[node];
    if (change.op == Change::Op::alter) {
      const auto moved = kinds::moved_checks(*change.from, *change.to, *input_.from, *input_.to);
      behind_drop(moved.left, node);
      before_creation(moved.joined, node);
    } else {
      const auto above = kinds::checks_above(change.object(), *input_.from, *input_.to);
      behind_drop(above, node);
      before_creation(above, node);
    }
  }
}

namespace {

/// Whether an alteration of the whole waits for the part: what is to become like that of a parent or type waits for
/// what has a counterpart there, which checks may have that do not say so yet.
bool waits_for(const Object& part, const Change& alteration, const model::Sides& sides) {
  const bool may_merge = part.kind != &kinds::column && kinds::comes_to_children(part);
  const bool is_alone = counterpart_of(part).empty() && !may_merge;
  return std::any_of(alteration.attributes.begin(), alteration.attributes.end(), [&](std::size_t at) {
    const model::Attribute& attribute = alteration.to->kind->attributes[at];
    const bool likens = attribute.name == "inherits" || attribute.name == "of_type";
    return attribute.waits_for_parts != nullptr && attribute.waits_for_parts(sides) && !(likens && is_alone);
  });
}

}  // namespace

/// Whether an alteration of the whole waits for this part of it; but what comes with the counterpart of a new parent
/// comes once that is one.
bool Edges::goes_before_whole(const Change& change) const {
  const auto whole = find(alters_, change.to->parent);
  if (!whole || change.to->kind->inline_form == nullptr) return false;
  if (change.op == Change::Op::create && comes_with_counterpart(*change.to)) return false;
  return waits_for(*change.to, changes_[*whole], sides_of(changes_[*whole]));
}

/// Whether taking back an alteration of the whole waits for this part of it, which the plan drops.
bool Edges::goes_behind_whole(const Change& change) const {
  const auto whole = find(alters_, change.from->parent);
  if (!whole || change.op != Change::Op::drop || change.from->kind->inline_form == nullptr) return false;
  if (!counterpart_of(*change.from).empty()) return false;
  return waits_for(*change.from, changes_[*whole], turned(sides_of(changes_[*whole])));
}

/// Whether the part comes with that of a table which is a parent already: its whole may change before or behind it.
bool Edges::comes_with_standing_parent(const Change& change) const {
  const auto whole = find(alters_, change.to->parent);
  const auto above = change.op == Change::Op::create ? find(creates_, counterpart_of(*change.to)) : std::nullopt;
  if (!whole || !above || !comes_with_counterpart(*change.to)) return false;
  const auto joined = parents_without(*changes_[*whole].to, *changes_[*whole].from, *input_.to);
  return std::find(joined.begin(), joined.end(), changes_[*above].to->parent) == joined.end();
}

/// Whether the part goes with that of a parent which stays, and nobody else says when: its whole may change before.
bool Edges::goes_with_counterpart(const Change& change) const {
  const auto above = change.op == Change::Op::drop ? find(drops_, counterpart_of(*change.from)) : std::nullopt;
  return above && drops_.count(change.from->parent) == 0 && drops_.count(changes_[*above].from->parent) == 0 &&
         !is_declared_again(*change.from, *input_.from);
}

/// Whether the part can be dropped only once its whole has left the parent whose counterpart stays (tablecmds.c
/// ATExecDropColumn, "cannot drop inherited column").
bool Edges::is_let_go(const Change& change) const {
  const auto whole = alters_.find(change.from->parent);
  if (change.op != Change::Op::drop || whole == alters_.end()) return false;
  const std::string counterpart = counterpart_of(*change.from);
  const Object* above = input_.from->find(counterpart);
  if (above == nullptr || (drops_.count(counterpart) != 0 && drops_.count(above->parent) == 0)) return false;
  const Change& alteration = changes_[whole->second];
  const auto left = parents_without(*alteration.from, *alteration.to, *input_.from);
  return std::find(left.begin(), left.end(), above->parent) != left.end();
}

/// A table leaves a parent before the parent's parts change, which would take its own along, and comes to a new one
/// whose parts are what they will be (tablecmds.c MergeAttributesIntoExisting).
void Edges::add_edges_of_new_parents(std::size_t node) {
  const Change& change = changes_[node];
  const auto below = [&](const Object& part, const auto& changes) {
    return std::any_of(changes.begin(), changes.end(), [&](const auto& one) {
      const Object& object = changes_[one.second].object();
      return object.parent == change.to->key && counterpart_of(object) == part.key;
    });
  };
  const auto moved = kinds::moved_checks(*change.from, *change.to, *input_.from, *input_.to);
  for (const std::string& parent : parents_without(*change.from, *change.to, *input_.from)) {
    for (const Object* part : input_.from->children(parent)) {
      if (!kinds::comes_to_children(*part) || moved.left.count(part->key) != 0) continue;
      const auto dropped = find(drops_, part->key);
      const bool is_gone_below = dropped && below(*part, drops_);
      if (dropped && !is_gone_below) graph_.add_edge(node, *dropped);
      if (is_gone_below && drops_.count(parent) == 0) graph_.add_edge(*dropped, node);  // which takes both
      if (const auto altered = find(alters_, part->key)) graph_.add_edge(node, *altered);
    }
    for (const Object* part : input_.to->children(parent)) {
      const auto created = kinds::comes_to_children(*part) ? find(creates_, part->key) : std::nullopt;
      if (created) graph_.add_edge(node, *created);
    }
  }
  for (const std::string& parent : parents_without(*change.to, *change.from, *input_.to)) {
    for (const Object* part : input_.to->children(parent)) {
      if (!kinds::comes_to_children(*part) || moved.joined.count(part->key) != 0) continue;
      const auto created = find(creates_, part->key);
      if (created && (creates_.count(parent) != 0 || !below(*part, creates_))) graph_.add_edge(*created, node);
      if (const auto altered = find(alters_, part->key)) graph_.add_edge(*altered, node);
    }
    for (const Object* part : input_.from->children(parent)) {
      const auto dropped = kinds::comes_to_children(*part) ? find(drops_, part->key) : std::nullopt;
      if (dropped) graph_.add_edge(*dropped, node);
    }
  }
}

}  // namespace segue::plan
