#include "plan/planner.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "kinds/kinds.h"
#include "plan/changes.h"
#include "plan/fold.h"
#include "plan/graph.h"
#include "plan/group.h"
#include "plan/online.h"
#include "plan/taken_names.h"
#include "plan/write_step.h"

namespace segue::plan {
namespace {

using model::Object;

class Planner {
 public:
  Planner(const PlannerInput& input, const Dependents& dependents, std::vector<Change> changes)
      : input_(input), dependents_(dependents), changes_(std::move(changes)), graph_(changes_.size()) {}

  /// Fills the body. `folded`: several changes of one table may become one step.
  Status run(Body& body, bool folded = true) {
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      const Change& change = changes_[i];
      (change.op == Change::Op::drop     ? drops_
       : change.op == Change::Op::create ? creates_
                                         : alters_)[change.object().key] = i;
    }
    add_edges();
    Groups groups(changes_, graph_, std::move(apart_));
    groups.fold(*input_.from, *input_.to, input_.for_reading);
    std::vector<std::size_t> cycle;
    std::vector<std::size_t> order = groups.order(cycle);
    if (!cycle.empty()) return cycle_error(groups, cycle);
    if (input_.for_reading) order = groups.reading_order(*input_.from, *input_.to);
    StepWriter writer(input_, changes_);
    for (const auto& [key, node] : alters_) write_way_back(node, writer);
    std::vector<Draft> drafts;
    for (const Rename& rename : input_.renames.steps) drafts.push_back(writer.write(rename));
    for (const std::size_t group : order) {
      if (auto steps = undoing_links(groups.members(group)); !steps.empty())
        writer.undo_with(groups.members(group).front(), std::move(steps));
      for (Draft& draft : writer.write(groups.members(group), changes_)) drafts.push_back(std::move(draft));
    }
    if (folded) drafts = fold(std::move(drafts), graph_);
    body.groups = cut_into_groups(drafts, graph_);
    body.steps = StepWriter::finished(std::move(drafts));
    writer.finish(changes_, body);
    return done();
  }

 private:
  std::optional<std::size_t> find(const std::unordered_map<std::string, std::size_t>& in,
                                  const std::string& key) const {
    const auto found = in.find(key);
    return found == in.end() ? std::nullopt : std::optional(found->second);
  }

  /// Steps that take down what stands in the way of taking the alteration back, and put it up again.
  void write_way_back(std::size_t alteration, StepWriter& writer) const {
    const ChangeInput both{input_.from, input_.to, &dependents_, {}, input_.server_version, input_.may_commit_ahead()};
    WayBack way = way_back_of(both, changes_[alteration], changes_);
    if (!way.obstacle.empty()) return writer.bar_the_way_back(alteration, std::move(way.obstacle));
    if (way.changes.empty()) return;
    PlannerInput standing = standing_input();
    standing.to = input_.from;
    Body body;
    if (!Planner(standing, dependents_, std::move(way.changes)).run(body, false)) return;
    writer.take_down_on_the_way_back(alteration, std::move(body.steps), way.replaces);
  }

  /// Whether a link is made by a statement of its own, and not by what it depends on.
  bool is_made_alone(const Change& change) const {
    if (change.op != Change::Op::create || change.to->kind->binds_parent_to == nullptr) return false;
    if (is_incomplete(*change.to)) return true;
    const std::string bound_to = change.to->kind->binds_parent_to(*change.to);
    return std::none_of(change.to->depends.begin(), change.to->depends.end(),
                        [&](const auto& key) { return key != bound_to && creates_.count(key) != 0; });
  }

  /// A link that was made alone is undone only by dropping both its ends: the steps that lead from what the group made
  /// to what stood before it. Empty for a group that makes none.
  std::vector<Step> undoing_links(const std::vector<std::size_t>& group) const {
    if (std::none_of(group.begin(), group.end(), [&](std::size_t node) { return is_made_alone(changes_[node]); }))
      return {};
    const Dependents dependents(*input_.to);
    ChangeInput back{input_.to, input_.from, &dependents, {}, input_.server_version};
    std::set<std::string> made;
    for (const std::size_t node : group) {
      back.differences.push_back({changes_[node].to, nullptr, {}});
      made.insert(changes_[node].to->key);
    }
    auto changes = expand(back);
    if (!changes) return {};
    // what other groups made later is gone again by then
    std::erase_if(*changes, [&](const Change& change) {
      const std::string& key = change.object().key;
      return creates_.count(key) != 0 && made.count(key) == 0;
    });
    PlannerInput standing = standing_input();
    std::swap(standing.from, standing.to);
    Body body;
    if (!Planner(standing, dependents, std::move(*changes)).run(body, false)) return {};
    return std::move(body.steps);
  }

  /// For plans within this one: of objects as they stand, none as a file has it.
  PlannerInput standing_input() const {
    PlannerInput standing = input_;
    standing.differences.clear();
    standing.renames = {};
    standing.reads = nullptr;
    standing.needs_path = nullptr;
    standing.server_form = nullptr;
    standing.online = "never";
    return standing;
  }

  /// `node` makes use of the object: it must be there and in its new form.
  void after_making(std::size_t node, const std::string& key) {
    if (const auto made = find(creates_, key)) graph_.add_edge(*made, node);
    if (const auto altered = find(alters_, key)) graph_.add_edge(*altered, node);
  }
  /// A type does not change under a column that is read by what is created (tablecmds.c
  /// RememberAllDependentForRebuilding).
  void after_types_of_what_it_reads(std::size_t node) {
    for (const std::string& key : needs_of(*changes_[node].to)) {
      const Object* read = input_.to->find(key);
      if (read == nullptr || read->kind != &kinds::column) continue;
      for (const std::string& type : read->depends) {
        after_making(node, type);
        for (const Object* part : input_.to->children(type))
          if (part->kind == &kinds::composite_attribute) after_making(node, part->key);
      }
    }
  }
  /// `node` does away with a use of the object: that must happen before the object goes, or changes.
  void before_taking(std::size_t node, const std::string& key) {
    if (const auto dropped = find(drops_, key)) graph_.add_edge(node, *dropped);
    if (const auto altered = find(alters_, key); altered && !goes_ahead(*altered)) {
      const Change& change = changes_[node];
      // What the object merely takes with it makes no use of it: the sequence of a serial column stands in nobody's
      // way.
      const bool owned = change.op == Change::Op::drop && change.from->kind->dropped_with != nullptr &&
                         change.from->kind->dropped_with(*change.from) == key;
      if (owned) return;
      const bool leaves = change.op == Change::Op::drop ||
                          (change.op == Change::Op::alter && turns_away(*change.from, *change.to, key));
      if (leaves) graph_.add_edge(node, *altered);
    }
  }

  /// What goes ahead alters nothing that anybody who is to go uses.
  bool goes_ahead(std::size_t node) const {
    const Change& change = changes_[node];
    model::Sides sides{change.from, change.to, input_.from, input_.to, input_.server_version, input_.current_role};
    sides.may_commit_ahead = input_.may_commit_ahead();
    return !why_ahead(change, sides).empty();
  }

  /// Types stand in `depends` on both sides: one that is there no more is used no more.
  bool turns_away(const Object& before, const Object& after, const std::string& key) const {
    if (alters_.count(after.key) == 0 || alters_.count(key) == 0) return false;
    const Object* needed = input_.from->find(key);
    const auto has = [&](const Object& object) {
      return std::find(object.depends.begin(), object.depends.end(), key) != object.depends.end();
    };
    return needed != nullptr && needed->kind->name_space == model::NameSpace::type && has(before) && !has(after);
  }

  std::vector<std::string> needs_of(const Object& desired) const {
    std::vector<std::string> keys = desired.depends;
    if (!desired.parent.empty()) keys.push_back(desired.parent);
    if (desired.kind->dropped_with != nullptr) keys.push_back(desired.kind->dropped_with(desired));
    if (input_.reads) {
      for (std::string& key : input_.reads(desired)) keys.push_back(std::move(key));
    }
    // what the live twin of an object that stands on both sides reads is known exactly
    const Object* live = input_.from->find(desired.key);
    for (const std::string& key : live != nullptr ? live->depends : std::vector<std::string>{}) {
      if (!turns_away(*live, desired, key)) keys.push_back(key);
    }
    return keys;
  }

  void add_edges() {
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      const Change& change = changes_[i];
      if (change.op != Change::Op::drop) {
        const bool first = goes_before_whole(change);
        for (const std::string& key : needs_of(*change.to)) {
          if (!first || key != change.to->parent) after_making(i, key);
        }
        if (first) graph_.add_edge(i, alters_.at(change.to->parent));
        if (change.op == Change::Op::create) after_types_of_what_it_reads(i);
      }
      if (change.op != Change::Op::create) {
        for (const std::string& key : change.from->depends) before_taking(i, key);
        if (is_let_go(change)) {
          graph_.add_edge(alters_.at(change.from->parent), i);
        } else if (!change.from->parent.empty()) {
          before_taking(i, change.from->parent);
        }
      }
      for (const std::string& key : change.around) {
        const auto altered = find(alters_, key);
        if (altered && change.op == Change::Op::drop) graph_.add_edge(i, *altered);
        if (altered && change.op == Change::Op::create) graph_.add_edge(*altered, i);
      }
    }
    add_name_edges();
    add_target_edges();
    add_extension_edges();
    add_event_trigger_edges();
    add_link_edges();
    add_edges_behind_ends();
    add_edges_of_unlinked();
    add_edges_of_referenced_partitions();
    add_edges_of_clones();
    add_edges_of_merged_checks();
    add_turn_edges();
    add_edges_of_kept_columns();
    add_edges_of_attached();
    add_edges_of_detached();
    add_edges_of_children_gone();
    for (const auto& [key, node] : alters_) add_edges_of_new_parents(node);
  }

  model::Sides sides_of(const Change& change) const {
    return {change.from, change.to, input_.from, input_.to, input_.server_version, input_.current_role};
  }

  static std::string counterpart_of(const Object& part) {
    return part.kind->implied_by == nullptr ? "" : part.kind->implied_by(part);
  }

  /// Whether a part of a relation that stands is made with that of its parent, which stands too.
  bool comes_with_counterpart(const Object& part) const {
    const auto made = creates_.find(counterpart_of(part));
    return made != creates_.end() && creates_.count(changes_[made->second].to->parent) == 0 &&
           !is_declared_again(part, *input_.to);
  }

  /// A table that goes has its columns until then: what comes back with it, on the way back, finds those of its parent.
  void add_edges_of_children_gone() {
    for (const auto& [key, node] : drops_) {
      const Object& part = *changes_[node].from;
      const auto whole = find(drops_, part.parent);
      const auto above = whole ? find(drops_, counterpart_of(part)) : std::nullopt;
      if (above && drops_.count(changes_[*above].from->parent) == 0) graph_.add_edge(*whole, *above);
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

  /// A table that was a partition keeps its columns and checks, and loses those that it is to lose by itself.
  void add_edges_of_detached() {
    for (const auto& [key, node] : drops_) {
      const Object& link = *changes_[node].from;
      if (link.kind != &kinds::partition || drops_.count(link.parent) != 0) continue;
      for (const Object* part : input_.from->children(link.parent)) {
        const auto dropped = find(drops_, part->key);
        const Object* above = dropped ? input_.from->find(counterpart_of(*part)) : nullptr;
        if (above != nullptr && drops_.count(above->parent) != 0) graph_.add_edge(node, *dropped);
      }
    }
  }

  /// A table that becomes a partition has its columns and checks by then (tablecmds.c MergeAttributesIntoExisting).
  void add_edges_of_attached() {
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

  /// Whether an alteration of the whole waits for this part of it; but what comes with the counterpart of a new parent
  /// comes once that is one.
  bool goes_before_whole(const Change& change) const {
    const auto whole = find(alters_, change.to->parent);
    if (!whole || change.to->kind->inline_form == nullptr) return false;
    if (change.op == Change::Op::create && comes_with_counterpart(*change.to)) return false;
    const Change& alteration = changes_[*whole];
    return std::any_of(alteration.attributes.begin(), alteration.attributes.end(), [&](std::size_t at) {
      const auto waits = alteration.to->kind->attributes[at].waits_for_parts;
      return waits != nullptr && waits(sides_of(alteration));
    });
  }

  /// What `one` depends on and `other` does not, of its own kind.
  static std::vector<std::string> parents_without(const Object& one, const Object& other, const model::Schema& side) {
    std::vector<std::string> keys;
    for (const std::string& key : one.depends) {
      const Object* parent = side.find(key);
      const bool kept = std::find(other.depends.begin(), other.depends.end(), key) != other.depends.end();
      if (parent != nullptr && parent->kind == one.kind && !kept) keys.push_back(key);
    }
    return keys;
  }

  /// Whether the part can be dropped only once its whole has left the parent whose counterpart stays (tablecmds.c
  /// ATExecDropColumn, "cannot drop inherited column").
  bool is_let_go(const Change& change) const {
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
  void add_edges_of_new_parents(std::size_t node) {
    const Change& change = changes_[node];
    const auto below = [&](const Object& part, const auto& changes) {
      return std::any_of(changes.begin(), changes.end(), [&](const auto& one) {
        const Object& object = changes_[one.second].object();
        return object.parent == change.to->key && counterpart_of(object) == part.key;
      });
    };
    for (const std::string& parent : parents_without(*change.from, *change.to, *input_.from)) {
      for (const Object* part : input_.from->children(parent)) {
        if (part->kind->implied_by == nullptr) continue;
        const auto dropped = find(drops_, part->key);
        if (dropped && !below(*part, drops_)) graph_.add_edge(node, *dropped);
        if (const auto altered = find(alters_, part->key)) graph_.add_edge(node, *altered);
      }
    }
    for (const std::string& parent : parents_without(*change.to, *change.from, *input_.to)) {
      for (const Object* part : input_.to->children(parent)) {
        if (part->kind->implied_by == nullptr) continue;
        const auto created = find(creates_, part->key);
        if (created && (creates_.count(parent) != 0 || !below(*part, creates_))) graph_.add_edge(*created, node);
        if (const auto altered = find(alters_, part->key)) graph_.add_edge(*altered, node);
      }
    }
  }

  /// Columns whose values are kept come back one by one: the last one goes first, so that they stand as they stood.
  void add_edges_of_kept_columns() {
    if (!input_.keeps_rows()) return;
    std::map<std::string, std::size_t> behind;  // by table
    for (const Object& object : input_.from->objects()) {
      const auto dropped = object.kind == &kinds::column ? find(drops_, object.key) : std::nullopt;
      const bool kept = dropped && !object.has(model::attribute(kinds::column, "generated"));
      if (!kept || drops_.count(object.parent) != 0) continue;
      if (const auto later = behind.find(object.parent); later != behind.end())
        graph_.add_edge(*dropped, later->second);
      behind[object.parent] = *dropped;
    }
  }

  /// Alterations of one attribute that must go along what the objects' parts read.
  void add_turn_edges() {
    for (const auto& [key, node] : alters_) {
      const Change& change = changes_[node];
      const model::Sides sides = sides_of(change);
      for (const std::size_t at : change.attributes) {
        const auto turn_of = change.to->kind->attributes[at].turn;
        const model::Turn turn = turn_of == nullptr ? model::Turn::any : turn_of(sides);
        if (turn == model::Turn::any) continue;
        for (const std::size_t read : altered_alike(*change.to, at)) {
          const bool read_first = turn == model::Turn::read_first;
          graph_.add_edge(read_first ? read : node, read_first ? node : read);
        }
      }
    }
  }

  /// The alterations of the same attribute of what the parts of an object read that stay where they are.
  std::vector<std::size_t> altered_alike(const Object& object, std::size_t attribute) const {
    std::vector<std::size_t> found;
    for (const auto& [part, read] : reads_alike(object, *input_.to)) {
      const auto other = find(alters_, read->key);
      if (!other || drops_.count(part->key) != 0) continue;  // else taken off meanwhile
      const auto& attributes = changes_[*other].attributes;
      if (std::find(attributes.begin(), attributes.end(), attribute) != attributes.end()) found.push_back(*other);
    }
    return found;
  }

  /// What makes a link by itself finds its two ends, or it would make another one in its place, and the lower end with
  /// all that is linked to it, for it is invalid until then (tablecmds.c AttachPartitionEnsureIndexes ignores those).
  /// What takes a link away goes before its parent, which cannot go while it is bound.
  void add_link_edges() {
    const auto each_maker = [&](const Object& link, const auto& changes, const auto& what) {
      const std::string bound_to = link.kind->binds_parent_to(link);
      for (const std::string& needed : link.depends) {
        const auto maker = needed == bound_to ? std::nullopt : find(changes, needed);
        if (maker) what(*maker, bound_to);
      }
    };
    std::unordered_map<std::string, std::vector<std::size_t>> bound_to_it;
    for (const auto& [key, node] : creates_) {
      const Object& link = *changes_[node].to;
      if (link.kind->binds_parent_to != nullptr) bound_to_it[link.kind->binds_parent_to(link)].push_back(node);
    }
    for (const Change& change : changes_) {
      const Object& link = change.object();
      if (link.kind->binds_parent_to == nullptr || is_incomplete(link)) continue;
      if (change.op == Change::Op::create) {
        each_maker(link, creates_, [&](std::size_t maker, const std::string& bound_to) {
          after_making(maker, link.parent);
          after_making(maker, bound_to);
          for (const std::size_t lower : bound_to_it[link.parent]) graph_.add_edge(lower, maker);
        });
      } else if (change.op == Change::Op::drop) {
        each_maker(link, drops_, [&](std::size_t maker, const std::string&) { before_taking(maker, link.parent); });
      }
    }
  }

  /// Of several objects that would do, what makes a link by itself binds the oldest (tablecmds.c
  /// AttachPartitionEnsureIndexes): the others of the parent are made later.
  void add_edges_behind_ends() {
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

  /// Where a partition has nothing that is bound to an index of its parent, it became one before that index was made
  /// (ON ONLY): attaching it later would give it one. The index goes before it leaves, so that the way back is the
  /// same.
  void add_edges_of_unlinked() {
    each_unlinked(*input_.to, creates_,
                  [&](std::size_t membership, std::size_t index) { graph_.add_edge(membership, index); });
    each_unlinked(*input_.from, drops_,
                  [&](std::size_t membership, std::size_t index) { graph_.add_edge(index, membership); });
  }

  void each_unlinked(const model::Schema& side, const std::unordered_map<std::string, std::size_t>& changes,
                     const std::function<void(std::size_t membership, std::size_t index)>& what) const {
    std::set<std::pair<std::string, std::string>> bound;  // what an index is bound to, and the membership behind it
    for (const auto& [key, node] : changes) {
      const Object& link = changes_[node].object();
      if (link.kind->binds_parent_to == nullptr || is_incomplete(link)) continue;
      const std::string bound_to = link.kind->binds_parent_to(link);
      for (const std::string& maker : link.depends) bound.insert({bound_to, maker});
    }
    for (const auto& [key, node] : changes) {
      if (changes_[node].object().kind != &kinds::partition) continue;
      for (const std::string& table : changes_[node].object().depends) {
        for (const Object* part : side.children(table)) {
          const auto made = part->kind == &kinds::index ? find(changes, part->key) : std::nullopt;
          if (made && bound.count({part->key, key}) == 0) what(node, *made);
        }
      }
    }
  }

  /// The memberships on the way up from a table, its own first.
  static std::vector<const Object*> memberships(const model::Schema& side, const Object* table) {
    std::vector<const Object*> all;
    while (table != nullptr) {
      const Object* membership = side.find(model::key_of(kinds::partition, table->names));
      table = nullptr;
      if (membership == nullptr) break;
      all.push_back(membership);
      for (const std::string& above : membership->depends) {
        if (const Object* parent = side.find(above); parent != nullptr && parent->kind == &kinds::table) table = parent;
      }
    }
    return all;
  }

  /// A trigger that a partition has from above is there once all memberships on the way up are.
  void add_edges_of_clones() {
    for (const auto& [key, node] : creates_) {
      if (changes_[node].to->kind != &kinds::trigger_state) continue;
      const Object* table = input_.to->find(changes_[node].to->parent);
      for (const Object* membership : memberships(*input_.to, table)) after_making(node, membership->key);
    }
  }

  /// A foreign key to a partitioned table hangs on each of its partitions (tablecmds.c addFkRecurseReferenced): none of
  /// them can be dropped. A key that goes, goes first; under one that stays the partition is detached first, when the
  /// server looks for rows that point to it (ri_triggers.c RI_PartitionRemove_Check).
  void add_edges_of_referenced_partitions() {
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

  /// Checks that no CREATE TABLE can hold (NOT VALID) stand on both tables before ATTACH PARTITION merges them
  /// (tablecmds.c MergeConstraintsIntoExisting): made on the parent later, the one would come down to the partition by
  /// itself, and go with the parent's again.
  void add_edges_of_merged_checks() {
    for (const auto& [key, node] : creates_) {
      const Object& object = *changes_[node].to;
      if (object.kind != &kinds::constraint || object.text(model::attribute(kinds::constraint, "type")) != "check")
        continue;
      const auto parent = find(creates_, object.kind->implied_by(object));
      const auto membership = find(creates_, model::key_of(kinds::partition, {object.names[0], object.names[1]}));
      if (!parent || !membership) continue;
      graph_.add_edge(node, *membership);
      graph_.add_edge(*parent, *membership);
    }
  }

  /// Whoever leaves a name goes before whoever takes it.
  void add_name_edges() {
    std::unordered_map<std::string, std::vector<std::size_t>> leaving;
    for (const auto& [key, node] : drops_) {
      for (const std::string& name : taken_names(*changes_[node].from)) leaving[name].push_back(node);
    }
    for (const auto& [key, node] : creates_) {
      for (const std::string& name : taken_names(*changes_[node].to)) {
        const auto found = leaving.find(name);
        if (found == leaving.end()) continue;
        for (const std::size_t drop : found->second) graph_.add_edge(drop, node);
      }
    }
  }

  /// The owner of an object is set before its privileges, which the server would rewrite (aclnewowner).
  void add_target_edges() {
    std::map<std::string, std::vector<std::size_t>> of_target;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      const Object& object = changes_[i].object();
      if (input_.for_reading && object.kind == &kinds::comment) continue;  // it stands where it is read best
      const bool hangs_on_parent =
          object.kind->name_space == model::NameSpace::of_target && object.names.front() == object.parent;
      if (hangs_on_parent && changes_[i].op != Change::Op::drop) of_target[object.parent].push_back(i);
    }
    for (auto& [key, nodes] : of_target) {
      std::sort(nodes.begin(), nodes.end(), [&](std::size_t a, std::size_t b) {
        return kinds::order_of(*changes_[a].object().kind) < kinds::order_of(*changes_[b].object().kind);
      });
      for (std::size_t i = 1; i < nodes.size(); ++i) graph_.add_edge(nodes[i - 1], nodes[i]);
    }
  }

  /// An extension brings types, functions and operators that no file names: everything that may use them comes later.
  void add_extension_edges() {
    for (const auto& [name, extension] : creates_) {
      if (changes_[extension].to->kind->sql_class != "EXTENSION") continue;
      std::set<std::string> before;  // what the extension itself needs, and what hangs on that
      for (const std::string& key : needs_of(*changes_[extension].to)) before.insert(key);
      for (const auto& [key, node] : creates_) {
        const auto space = changes_[node].to->kind->name_space;
        if (space == model::NameSpace::global || space == model::NameSpace::of_target || before.count(key) != 0)
          continue;
        graph_.add_edge(extension, node);
      }
    }
  }

  bool is_or_hangs_on(const Change& change, const model::Kind& kind) const {
    const Object& object = change.object();
    const Object* parent = (change.op == Change::Op::drop ? input_.from : input_.to)->find(object.parent);
    return object.kind == &kind || (parent != nullptr && parent->kind == &kind);
  }

  /// An event trigger may refuse any statement, or answer it: one that goes sees none of the plan, and neither does one
  /// that comes. It is not fired by others of its kind, and what hangs on them (event_trigger.c
  /// EventTriggerSupportsObjectType).
  void add_event_trigger_edges() {
    for (std::size_t one = 0; one < changes_.size(); ++one) {
      const Change& change = changes_[one];
      if (change.object().kind != &kinds::event_trigger || change.op == Change::Op::alter) continue;
      const bool goes = change.op == Change::Op::drop;
      for (std::size_t other = 0; other < changes_.size(); ++other) {
        if (!is_or_hangs_on(changes_[other], kinds::event_trigger))
          graph_.add_edge(goes ? one : other, goes ? other : one);
      }
    }
  }

  Diagnostic cycle_error(const Groups& groups, const std::vector<std::size_t>& cycle) const {
    Diagnostic error =
        Diagnostic::error(ErrorCode::internal, "these changes wait for each other, which is a bug in segue");
    for (const std::size_t group : cycle) {
      const Change& change = changes_[groups.members(group).front()];
      const char* verb = change.op == Change::Op::drop     ? "drop "
                         : change.op == Change::Op::create ? "create "
                                                           : "alter ";
      error.why += (error.why.empty() ? "" : " → ") + std::string(verb) + change.object().key;
    }
    error.hint = "split the change into two migrations, and report the two schemas";
    return error;
  }

  const PlannerInput& input_;
  const Dependents& dependents_;  ///< in input_.from
  std::vector<Change> changes_;
  Graph graph_;
  std::set<std::size_t> apart_;  ///< what nothing takes along
  std::unordered_map<std::string, std::size_t> drops_, creates_, alters_;
};

}  // namespace

Status make_steps(const PlannerInput& input, Body& body) {
  if (input.differences.empty() && input.renames.steps.empty()) return done();
  const Dependents dependents(*input.from);
  const ChangeInput changes_input{
      input.from, input.to, &dependents, input.differences, input.server_version, input.may_commit_ahead()};
  auto changes = expand(changes_input);
  if (!changes) return changes.failure();
  return Planner(input, dependents, std::move(*changes)).run(body);
}

}  // namespace segue::plan
