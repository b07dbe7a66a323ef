// Memberships, the indexes that are bound through them, and what hangs on partitions.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "kinds/copies.h"
#include "kinds/inherited_checks.h"
#include "kinds/kinds.h"
#include "kinds/partition_parts.h"
#include "kinds/relation.h"
#include "plan/edges.h"
#include "plan/equal_indexes.h"
#include "plan/group.h"

namespace segue::plan {

using kinds::memberships;
using model::Object;

/// What makes a link by itself finds its two ends, or it would make another one in its place, and the lower end with
/// all that is linked to it, for it is invalid until then (tablecmds.c AttachPartitionEnsureIndexes ignores those).
/// What takes a link away goes before its parent, which cannot go while it is bound.
void Edges::add_link_edges() {
  std::unordered_map<std::string, std::vector<std::size_t>> bound_to_it;
  for (const auto& [key, node] : creates_) {
    const Object& link = *changes_[node].to;
    if (link.kind->binds_parent_to != nullptr) bound_to_it[link.kind->binds_parent_to(link)].push_back(node);
  }
  for (const Change& change : changes_) {
    const Object& link = change.object();
    if (link.kind->binds_parent_to == nullptr) continue;
    const auto maker = memberships_.maker_of(change);
    if (!maker) continue;
    if (change.op == Change::Op::drop) {
      before_taking(*maker, link.parent);
      continue;
    }
    after_making(*maker, link.parent);
    after_making(*maker, link.kind->binds_parent_to(link));
    if (memberships_.returns(changes_[*maker].object().key)) continue;  // it was whole when it left
    for (const std::size_t lower : bound_to_it[link.parent]) graph_.add_edge(lower, *maker);
  }
}

void Edges::note_left_behind() {
  for (const auto& [key, node] : drops_) {
    const Object& link = *changes_[node].from;
    if (link.kind->binds_parent_to == nullptr || drops_.count(link.parent) != 0) continue;
    const auto above = find(drops_, link.kind->binds_parent_to(link));
    for (const std::string& membership : above ? link.depends : std::vector<std::string>{}) {
      if (memberships_.returns(membership)) left_behind_.insert({*above, drops_.at(membership)});
    }
  }
}

/// An index that stays goes with the one that it is bound to unless its partition has left by then; and that one is
/// gone before the partition returns.
void Edges::add_edges_of_left_behind() {
  for (const auto& [above, leaving] : left_behind_) {
    graph_.add_edge(leaving, above);
    graph_.add_edge(above, creates_.at(changes_[leaving].from->key));
  }
}

/// What is bound by itself to an index that stands comes before the partitions that bring another: a link is taken back
/// with all that the index has (there is no ALTER INDEX … DETACH), and those have left by then.
void Edges::add_edges_of_links_alone() {
  std::unordered_map<std::string, std::vector<std::size_t>> alone;  // by what it is bound to
  const auto each = [&](const auto& visit) {
    for (const auto& [key, node] : creates_) {
      const Object& link = *changes_[node].to;
      if (link.kind->binds_parent_to != nullptr) visit(node, link.kind->binds_parent_to(link));
    }
  };
  each([&](std::size_t node, const std::string& bound_to) {
    if (is_made_alone(changes_[node]) && creates_.count(bound_to) == 0) alone[bound_to].push_back(node);
  });
  each([&](std::size_t node, const std::string& bound_to) {
    const auto maker = memberships_.maker_of(changes_[node]);
    const auto found = maker ? alone.find(bound_to) : alone.end();
    for (const std::size_t one : found == alone.end() ? std::vector<std::size_t>{} : found->second)
      graph_.add_edge(one, *maker);
  });
}

/// Of several objects that would do, what makes a link by itself binds the oldest (tablecmds.c
/// AttachPartitionEnsureIndexes): the others of the parent are made later.
void Edges::add_edges_behind_ends() {
  std::map<std::string, std::vector<std::size_t>> ends;
  std::set<std::size_t> known;
  for (const Change& change : changes_) {
    if (change.op != Change::Op::create || change.to->kind->binds_parent_to == nullptr || is_made_alone(change))
      continue;
    const auto end = find(creates_, change.to->parent);
    if (end && known.insert(*end).second) ends[changes_[*end].to->parent].push_back(*end);
  }
  for (const auto& [key, node] : creates_) {
    const Object& object = *changes_[node].to;
    const auto others = ends.find(object.parent);
    if (others == ends.end() || known.count(node) != 0) continue;
    for (const std::size_t end : others->second) {
      if (changes_[end].to->kind == object.kind) graph_.add_edge(end, node);
    }
  }
}

/// Of equal indexes those that stand are older, and those below come in the order of those above.
void Edges::add_edges_of_equal_ends() {
  std::map<std::string, std::vector<const Object*>> equal;  // links, by the place of their ends
  for (const Change& change : changes_) {
    if (change.op != Change::Op::create || change.to->kind->binds_parent_to == nullptr || is_made_alone(change))
      continue;
    if (const Object* end = input_.to->find(change.to->parent)) equal[place_of_index(*end)].push_back(change.to);
  }
  const auto in_turn = [&](const std::string& first, const std::string& then) {
    const auto one = find(creates_, first);
    const auto other = find(creates_, then);
    if (one && other) graph_.add_edge(*one, *other);
  };
  const auto above = [](const Object& link) { return link.kind->binds_parent_to(link); };
  const auto turn = [&](const Object& link) {
    return std::make_pair(creates_.count(above(link)) != 0, turn_of_index(*input_.to->find(link.parent), *input_.to));
  };
  for (auto& [place, links] : equal) {
    if (links.size() < 2) continue;
    std::map<const Object*, std::pair<bool, TurnOfIndex>> turns;
    for (const Object* link : links) turns[link] = turn(*link);
    std::sort(links.begin(), links.end(), [&](const Object* a, const Object* b) { return turns[a] < turns[b]; });
    for (std::size_t i = 1; i < links.size(); ++i) {
      in_turn(links[i - 1]->parent, links[i]->parent);
      in_turn(above(*links[i - 1]), above(*links[i]));
    }
  }
}

/// Where a partition has nothing that is bound to an index of its parent, it became one before that index was made
/// (ON ONLY): attaching it later would give it one. The index goes before it leaves, so that the way back is the
/// same.
void Edges::add_edges_of_unlinked() {
  each_unlinked(*input_.to, creates_,
                [&](std::size_t membership, std::size_t index) { graph_.add_edge(membership, index); });
  each_unlinked(*input_.from, drops_,
                [&](std::size_t membership, std::size_t index) { graph_.add_edge(index, membership); });
}

/// Whether an index is dropped with the one that it is bound to, once its partition has left and returned: what its
/// table becomes meanwhile becomes of it as well.
bool Edges::goes_with_index_above(const Change& change) const {
  if (change.op != Change::Op::drop) return false;
  const auto links = input_.from->children(change.from->key);
  return std::any_of(links.begin(), links.end(), [&](const Object* link) {
    if (link->kind->binds_parent_to == nullptr || drops_.count(link->kind->binds_parent_to(*link)) == 0) return false;
    return std::any_of(link->depends.begin(), link->depends.end(),
                       [&](const std::string& key) { return memberships_.returns(key); });
  });
}

/// An index goes with the one that it is bound to while it is: behind the return of its partition, unless that one is
/// off by then, or before any partition leaves where another would be bound in its place on the way back.
void Edges::add_edges_of_bound_indexes() {
  std::map<std::size_t, std::vector<std::string>> memberships_under;  // by what goes: those of partitions that return
  std::set<std::size_t> early;
  for (const auto& [key, node] : creates_) {
    const Object& membership = *changes_[node].to;
    if (membership.kind != &kinds::partition || !memberships_.returns(key)) continue;
    for (const Object* part : input_.from->children(membership.parent)) {
      if (drops_.count(part->key) == 0) continue;
      for (const Object* link : input_.from->children(part->key)) {
        const bool binds = link->kind->binds_parent_to != nullptr;
        const auto above = binds ? find(drops_, link->kind->binds_parent_to(*link)) : std::nullopt;
        if (!above) continue;
        memberships_under[*above].push_back(key);
        const auto& around = changes_[*above].around;
        const bool is_off = std::any_of(around.begin(), around.end(),
                                        [&](const std::string& one) { return memberships_.returns(one); });
        if (is_off || (part->kind == &kinds::index && has_equal(*part, *input_.from))) early.insert(*above);
      }
    }
  }
  for (const auto& [above, memberships] : memberships_under) {
    for (const std::string& key : memberships) {
      if (early.count(above) != 0)
        graph_.add_edge(above, drops_.at(key));
      else
        graph_.add_edge(creates_.at(key), above);
    }
  }
}

void Edges::each_unlinked(const model::Schema& side, const ChangeIndex& changes,
                          const std::function<void(std::size_t membership, std::size_t index)>& what) const {
  std::set<std::pair<std::string, std::string>> bound;  // what an index is bound to, and the membership behind it
  for (const auto& [key, node] : changes) {
    const Object& link = changes_[node].object();
    if (link.kind->binds_parent_to == nullptr || is_incomplete(link)) continue;
    const std::string bound_to = link.kind->binds_parent_to(link);
    for (const std::string& maker : link.depends) bound.insert({bound_to, maker});
  }
  for (const auto& [key, node] : changes) {
    if (changes_[node].object().kind != &kinds::partition || memberships_.returns(key)) continue;
    for (const std::string& table : changes_[node].object().depends) {
      for (const Object* part : side.children(table)) {
        const bool is_index = part->kind == &kinds::index || kinds::is_key(*part);
        const auto made = is_index ? find(changes, part->key) : std::nullopt;
        if (made && bound.count({part->key, key}) == 0) what(node, *made);
      }
    }
  }
}

/// The state of a copy is taken off before its original changes, and written behind that.
void Edges::add_edges_of_clones() {
  const std::size_t original = model::attribute(kinds::trigger_state, "trigger");
  for (const auto& [key, node] : drops_) {
    const Object& state = *changes_[node].from;
    const auto altered = state.kind == &kinds::trigger_state ? find(alters_, state.text(original)) : std::nullopt;
    if (altered) graph_.add_edge(node, *altered);
  }
}

/// A constraint comes before a foreign key that might take its name for a copy, and goes behind it, for the way back.
/// Of two that might do so to each other, none is first: only the server knows what it chooses.
void Edges::add_edges_of_copies() {
  const std::size_t parent = model::attribute(kinds::partition, "parent");
  const auto each = [&](const ChangeIndex& changes, const model::Schema& side, const auto& what) {
    std::unordered_map<std::string, std::vector<std::size_t>> below;  // by table: its own, and those of its partitions
    std::vector<std::size_t> takers;
    for (const auto& [key, node] : changes) {
      const Object& object = changes_[node].object();
      if (object.kind != &kinds::constraint) continue;
      if (kinds::makes_copies(object, side)) takers.push_back(node);
      below[object.parent].push_back(node);
      for (const Object* membership : memberships(side, side.find(object.parent)))
        below[std::string(kinds::table.name) + " " + membership->text(parent)].push_back(node);
    }
    for (const std::size_t taker : takers) {
      for (const std::size_t other : below[changes_[taker].object().parent]) {
        const Object& one = changes_[taker].object();
        const Object& two = changes_[other].object();
        if (kinds::may_take_name_of(one, two, side) && !kinds::may_take_name_of(two, one, side)) what(other, taker);
      }
    }
  };
  each(creates_, *input_.to, [&](std::size_t first, std::size_t then) { graph_.add_edge(first, then); });
  each(drops_, *input_.from, [&](std::size_t first, std::size_t then) { graph_.add_edge(then, first); });
}

/// A foreign key to a partitioned table hangs on each of its partitions (tablecmds.c addFkRecurseReferenced): none of
/// them can be dropped. A key that goes, goes first; under one that stays the partition is detached first, when the
/// server looks for rows that point to it (ri_triggers.c RI_PartitionRemove_Check).
void Edges::add_edges_of_referenced_partitions() {
  const std::size_t referenced = model::attribute(kinds::constraint, "referenced");
  const std::size_t parent = model::attribute(kinds::partition, "parent");
  std::map<std::string, std::vector<const Object*>> keys_to;
  for (const Object& object : input_.from->objects()) {
    if (object.kind == &kinds::constraint && object.has(referenced))
      keys_to[object.text(referenced)].push_back(&object);
  }
  for (const auto& [key, node] : drops_) {
    const Object& table = *changes_[node].from;
    if (keys_to.empty() || table.kind != &kinds::table) continue;
    const std::vector<const Object*> way_up = memberships(*input_.from, &table);
    for (const Object* above : way_up) {
      for (const Object* foreign_key : keys_to[above->text(parent)]) {
        const auto goes = find(drops_, foreign_key->key);
        const auto own = find(drops_, way_up.front()->key);
        if (goes) graph_.add_edge(*goes, node);
        if (!goes && own) apart_.insert(*own);
      }
    }
  }
}

/// A partition that goes alone leaves its table first, where others wait for neither: to drop it outright is to lock
/// the table above against all.
void Edges::keep_detachments_apart() {
  for (const auto& [key, node] : drops_) {
    const Object& link = *changes_[node].from;
    if (link.kind != &kinds::partition || memberships_.returns(key)) continue;
    const std::string& above = link.text(model::attribute(kinds::partition, "parent"));
    if (!input_.spares({above, kinds::relation_address(link)})) continue;
    if (std::any_of(link.depends.begin(), link.depends.end(), [&](const auto& one) { return drops_.count(one) != 0; }))
      continue;
    model::Emit emit;
    kinds::partition.create_online(sides_of(changes_[node]), emit);
    if (!emit.fragments().empty()) apart_.insert(node);
  }
  for (const auto& [key, node] : drops_) {  // what stands below it stays whole until then
    if (apart_.empty() || !kinds::is_table(*changes_[node].from)) continue;
    for (const Object* link : memberships(*input_.from, changes_[node].from)) {
      const auto left = find(drops_, link->key);
      if (left && apart_.count(*left) != 0) graph_.add_edge(*left, node);
    }
  }
  add_edges_behind_apart();
}

/// A detachment that stands apart would come last: what comes to the table waits for it, since the bounds may overlap
/// (partbounds.c check_new_partition_bound), and beside a default partition it could not run (ATExecDetachPartition).
void Edges::add_edges_behind_apart() {
  const std::size_t parent = model::attribute(kinds::partition, "parent");
  for (const std::size_t left : apart_) {
    if (changes_[left].op != Change::Op::drop || changes_[left].from->kind != &kinds::partition) continue;
    for (const auto& [key, node] : creates_) {
      const Object& link = *changes_[node].to;
      if (link.kind == &kinds::partition && link.text(parent) == changes_[left].from->text(parent))
        graph_.add_edge(left, node);
    }
  }
}

/// The changes of what comes down to a partition from all tables above it.
std::vector<std::size_t> Edges::changes_above(const Object& membership, const model::Schema& side) const {
  std::vector<std::size_t> found;
  for (const Object* link : memberships(side, side.find(membership.parent))) {
    for (const std::string& above : link->depends) {
      const auto parts = above == link->parent ? inherited_.end() : inherited_.find(above);
      if (parts != inherited_.end()) found.insert(found.end(), parts->second.begin(), parts->second.end());
    }
  }
  return found;
}

/// The foreign keys that find rows in a partition before it leaves or behind its return are off while it is away. They
/// may hang on other partitions that leave, so that all of them go before the first leaves, and come behind the last.
void Edges::add_edges_of_keys_off() {
  std::vector<std::size_t> away;
  for (const auto& [key, node] : drops_) {
    if (changes_[node].from->kind != &kinds::partition || creates_.count(key) == 0) continue;
    away.push_back(node);
    for (const model::Schema* side : {input_.from, input_.to}) {
      for (const Object* foreign_key : kinds::keys_to_those_above(*side, *side->find(key)))
        keys_off_.insert(foreign_key->key);
    }
  }
  for (const std::string& key : keys_off_) {
    const auto goes = find(drops_, key);
    for (const std::size_t left : goes ? away : std::vector<std::size_t>{}) graph_.add_edge(*goes, left);
    const auto comes = find(creates_, key);
    if (!comes) continue;
    for (const auto& [link, node] : creates_) {
      if (changes_[node].to->kind == &kinds::partition) graph_.add_edge(node, *comes);
    }
  }
}

void Edges::leave_out_keys_off(std::vector<std::size_t>& changes) const {
  std::erase_if(changes, [&](std::size_t change) { return keys_off_.count(changes_[change].object().key) != 0; });
}

/// What a partition has from above can be dropped once it has left (tablecmds.c ATExecDropColumn, "cannot drop
/// inherited column"), and columns of its own come then (ATExecAddColumn, "cannot add column to a partition").
void Edges::add_edges_of_leaving(const Object& link, std::size_t node) {
  std::vector<std::size_t> behind = changes_above(link, *input_.from);
  if (creates_.count(link.key) != 0) leave_out_keys_off(behind);
  for (const std::size_t change : behind) {
    if (!kinds::is_key(changes_[change].object())) graph_.add_edge(node, change);
  }
  const auto own = inherited_.find(link.parent);
  for (const std::size_t change : own == inherited_.end() ? std::vector<std::size_t>{} : own->second) {
    const Object* before = changes_[change].from;
    const bool comes = before == nullptr && changes_[change].to->kind == &kinds::column;
    if (comes || (before != nullptr && !before->kind->implied_by(*before).empty())) graph_.add_edge(node, change);
  }
}

/// A partition that goes for good is gone before its table gets what it would need on the way back, where it is
/// attached again (tablecmds.c MergeConstraintsIntoExisting, "child table is missing constraint").
void Edges::add_edges_of_going(const Object& link, std::size_t node) {
  for (const std::size_t change : changes_above(link, *input_.from)) {
    const bool comes = changes_[change].op == Change::Op::create;
    if (comes && kinds::comes_to_children(changes_[change].object())) graph_.add_edge(node, change);
  }
}

/// Whether it drops a check of a table that may show ATTACH PARTITION that all rows belong there, so that it reads none
/// (tablecmds.c QueuePartitionConstraintValidation): nothing that the check reads has to change before.
bool Edges::may_spare_reading(const Change& change, const std::string& table) const {
  static const std::size_t type = model::attribute(kinds::constraint, "type");
  const Object& check = change.object();
  const bool goes = change.op == Change::Op::drop && !input_.to->contains(check.key);
  const bool is_own = check.parent == table && check.kind == &kinds::constraint && check.text(type) == "check";
  return goes && is_own && std::none_of(check.depends.begin(), check.depends.end(), [&](const std::string& read) {
           return drops_.count(read) != 0 || alters_.count(read) != 0;
         });
}

/// ATTACH PARTITION wants the parts of both as they will be; keys are linked by it, or go their own way.
void Edges::add_edges_of_coming(const Object& link, std::size_t node) {
  std::vector<std::size_t> before = changes_above(link, *input_.to);
  if (const auto own = inherited_.find(link.parent); own != inherited_.end())
    before.insert(before.end(), own->second.begin(), own->second.end());
  leave_out_keys_off(before);
  for (const std::size_t change : before) {
    if (kinds::is_key(changes_[change].object())) continue;
    const bool is_first = !may_spare_reading(changes_[change], link.parent);
    graph_.add_edge(is_first ? change : node, is_first ? node : change);
  }
}

/// As Memberships says.
void Edges::add_edges_of_memberships() {
  const std::size_t parent = model::attribute(kinds::partition, "parent");
  std::map<std::string, std::vector<std::size_t>> leaving;
  add_edges_of_keys_off();
  const auto behind = [&](std::size_t node, const Object& link) {
    std::vector<std::size_t> changes = changes_above(link, *input_.from);
    leave_out_keys_off(changes);
    for (const std::size_t change : changes) graph_.add_edge(node, change);
  };
  for (const auto& [key, node] : drops_) {
    const Object& link = *changes_[node].from;
    if (link.kind != &kinds::partition) continue;
    leaving[link.text(parent)].push_back(node);
    if (memberships_.returns(key)) {
      behind(node, link);
    } else if (drops_.count(link.parent) == 0) {
      add_edges_of_leaving(link, node);
    } else {
      add_edges_of_going(link, node);
    }
  }
  for (const auto& [key, node] : creates_) {
    const Object& link = *changes_[node].to;
    if (link.kind != &kinds::partition) continue;
    if (!memberships_.returns(key)) {
      add_edges_of_coming(link, node);
      continue;
    }
    for (const std::size_t left : leaving[link.text(parent)]) graph_.add_edge(left, node);
    behind(node, link);
  }
}

/// A detachment that was cut off is ended before anything else of the table changes (tablecmds.c ATSimplePermissions,
/// "cannot alter partition with an incomplete detach").
void Edges::add_edges_of_pending_detachments() {
  const std::size_t pending = model::attribute(kinds::partition, "detach_pending");
  for (const auto& [key, node] : drops_) {
    const Object& link = *changes_[node].from;
    if (link.kind != &kinds::partition || !link.flag(pending)) continue;
    for (std::size_t other = 0; other < changes_.size(); ++other) {
      const Object& object = changes_[other].object();
      if (object.key == link.parent || object.parent == link.parent) graph_.add_edge(node, other);
    }
  }
}

/// Checks that no CREATE TABLE can hold (NOT VALID) stand on both tables before ATTACH PARTITION merges them
/// (tablecmds.c MergeConstraintsIntoExisting): made on the parent later, the one would come down to the partition by
/// itself, and go with the parent's again.
void Edges::add_edges_of_merged_checks() {
  for (const auto& [key, node] : creates_) {
    const Object& object = *changes_[node].to;
    if (object.kind != &kinds::constraint || object.text(model::attribute(kinds::constraint, "type")) != "check")
      continue;
    const auto parent = find(creates_, object.kind->implied_by(object));
    const std::string key_of_membership = model::key_of(kinds::partition, {object.names[0], object.names[1]});
    const auto membership = find(creates_, key_of_membership);
    if (!parent || !membership || memberships_.returns(key_of_membership)) continue;
    graph_.add_edge(node, *membership);
    graph_.add_edge(*parent, *membership);
  }
}

}  // namespace segue::plan
