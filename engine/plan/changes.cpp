#include "plan/changes.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "kinds/foreign_below.h"
#include "kinds/held_not_null.h"
#include "kinds/index_taken_over.h"
#include "kinds/inherited_checks.h"
#include "kinds/kinds.h"
#include "kinds/partition_parts.h"
#include "kinds/type_change.h"
#include "kinds/type_swap.h"
#include "plan/refusals.h"
#include "plan/taken_off.h"

namespace segue::plan {
namespace {

using model::Object;

/// What can be made again at will holds nothing (a generated column).
bool holds_rows(const Object& object) { return object.kind->holds_rows && !is_rebuilt(object); }

/// tablecmds.c ATAddForeignKeyConstraint: while one of its ends is of a type and the other of its successor, no
/// operator compares them. ALTER COLUMN TYPE alone carries it along.
bool is_foreign_key(const Object& object) {
  static const std::size_t type = model::attribute(kinds::constraint, "type");
  return object.kind == &kinds::constraint && object.text(type) == "foreign key";
}

class Expansion {
 public:
  explicit Expansion(const ChangeInput& input) : input_(input) {}

  Result<std::vector<Change>> run() {
    for (const diff::Difference& difference : input_.differences) start(difference);
    break_circles();
    take_off_checks();
    take_off_holders();
    take_off_others();
    spread_all();
    for (const auto& [key, state] : states_) {
      if (is_not_put_back(state)) errors_.push_back(not_checked_again(*state.to, state.reason));
    }
    return collect();
  }

  Result<std::vector<Change>> around(const Object& object, bool replaced) {
    State& state = states_[object.key];
    state.from = state.to = &object;
    state.disturbs = !replaced;
    state.drop = state.create = replaced;
    if (!replaced) state.around = {object.key};
    open_.push_back(object.key);
    spread_all();
    return collect();
  }

  Result<std::vector<Change>> off(const std::set<std::string>& keys, const std::string& while_changes) {
    take_off(keys, while_changes);
    spread_all();
    return collect();
  }

 private:
  struct State {
    const Object* from = nullptr;
    const Object* to = nullptr;
    std::vector<std::size_t> attributes;
    bool drop = false;
    bool create = false;
    bool disturbs = false;         ///< altered in a way that dependents must not watch
    std::set<std::string> around;  ///< the alterations that this one is taken down for, or that pass through it
    std::string reason;
  };

  model::Sides sides(const State& state) const {
    model::Sides sides{state.from, state.to, input_.from, input_.to, input_.server_version, {}};
    sides.may_commit_ahead = input_.may_commit_ahead;
    return sides;
  }

  void start(const diff::Difference& difference) {
    const Object& object = difference.to != nullptr ? *difference.to : *difference.from;
    State& state = states_[object.key];
    state.from = difference.from;
    state.to = difference.to;
    spread_to_exchanged(object);
    if (difference.from == nullptr) {
      state.create = true;
      state.reason = "not in the database";
      rebuild_whole_of_new(object);
      if (object.kind->why_not_created == nullptr) return;
      if (const std::string why = object.kind->why_not_created(object); !why.empty())
        errors_.push_back(not_created(object, why));
      return;
    }
    if (difference.to == nullptr) {
      state.drop = true;
      const Object* key = kinds::key_over(object, sides(state));
      state.reason = key != nullptr ? "becomes that of " + key->key : "not in the schema file";
      open_.push_back(object.key);
      return;
    }
    state.attributes = difference.attributes;
    decide(object.key, state);
  }

  /// A domain that is exchanged because of its checks has no alteration of its own, nor has a composite type because of
  /// attributes that come or go.
  void spread_to_exchanged(const Object& part) {
    const bool is_check = part.kind == &kinds::domain_constraint;
    if (!is_check && part.kind != &kinds::composite_attribute) return;
    if (!kinds::is_exchanged(sides({}), part.parent)) return;
    const Object& whole = *input_.from->find(part.parent);
    if (kinds::is_in_partition_key(*input_.from, whole))
      errors_.push_back(is_check ? not_checked(part) : not_exchanged(part));
    const bool stands = input_.from->contains(part.key) && input_.to->contains(part.key);
    if (is_check || !stands) pass_on(whole, {part.key});
  }

  /// A part that is a child comes with the whole alone: one that stands without it is made again.
  void rebuild_whole_of_new(const Object& part) {
    if (part.kind->made_with == nullptr || part.kind->made_with(part) != part.parent) return;
    const Object* whole = input_.from->find(part.parent);
    if (whole != nullptr && input_.to->contains(part.parent)) rebuild(*whole, "it gets its definition");
  }

  /// Where a part has to go, so has the whole; but a part that goes for good may have been replaced by another.
  void spread_to_whole(const State& state) {
    const std::string key = state.from->kind->made_with == nullptr ? "" : state.from->kind->made_with(*state.from);
    const Object* whole = key.empty() ? nullptr : input_.from->find(key);
    if (whole == nullptr) return;
    const auto& dependents = input_.dependents->of(state.from->key);
    const bool replaced =
        state.to == nullptr && std::any_of(dependents.begin(), dependents.end(),
                                           [&](const Object* one) { return one->parent == key && is_altered(*one); });
    if (!replaced) rebuild(*whole, "it cannot stand without " + state.from->key);
  }

  void decide(const std::string& key, State& state) {
    std::string names;
    for (const std::size_t i : state.attributes) {
      const model::Attribute& attribute = state.to->kind->attributes[i];
      names += (names.empty() ? "" : ", ") + std::string(attribute.name);
      const model::Change change = attribute.decide != nullptr ? attribute.decide(sides(state)) : attribute.change;
      if (change == model::Change::replace) {
        state.drop = state.create = true;
        state.reason = std::string(attribute.name) + " differs" +
                       (attribute.reason.empty() ? "" : "; " + std::string(attribute.reason));
      }
      state.disturbs = state.disturbs || (attribute.disturbs_dependents && change == model::Change::alter);
    }
    if (!state.drop) state.reason = names + (state.attributes.size() == 1 ? " differs" : " differ");
    const bool is_type = state.to->kind->name_space == model::NameSpace::type;
    if (state.drop && is_type && kinds::is_in_partition_key(*input_.from, *state.from)) {
      errors_.push_back(not_exchanged(*state.to));
      return;
    }
    if (state.drop && state.to->kind->holds_rows && state.to->kind->inline_form == nullptr) {
      errors_.push_back(refusal(*state.to, state.reason));
      return;
    }
    if (state.disturbs && !state.drop) state.around.insert(key);
    if (state.drop || state.disturbs) open_.push_back(key);
  }

  /// Two objects whose alterations each wait for the other's turn, because their parts read each other: the parts of
  /// one are taken off meanwhile.
  void break_circles() {
    std::vector<PartRead> in_circle;
    for (const auto& [key, state] : states_) {
      for (const PartRead& there : altered_in_turn(state)) {
        const auto back = altered_in_turn(states_.at(there.read->key));
        const bool reads_back =
            std::any_of(back.begin(), back.end(), [&, of = state.to](const PartRead& one) { return one.read == of; });
        if (reads_back && key < there.read->key) in_circle.push_back(there);
      }
    }
    for (const Object* mark : marks_in_circle()) rebuild(*mark, "taken off while both its indexes change");
    for (const auto& [part, read] : in_circle) {
      if (const Object* live = input_.from->find(part->key))
        rebuild(*live, "taken off while " + part->parent + " and " + read->key + " change", {part->parent, read->key});
    }
  }

  /// Marks of a table that pass from an index that goes to one that comes, where both read something that changes
  /// between the two.
  std::vector<const Object*> marks_in_circle() const {
    std::vector<const Object*> found;
    for (const auto& [key, state] : states_) {
      const bool altered = state.from != nullptr && state.to != nullptr && !state.drop;
      if (!altered || (state.from->kind != &kinds::clustering && state.from->kind != &kinds::replica_identity))
        continue;
      const std::set<std::string> before = altered_behind(*state.from, *input_.from, *input_.to);
      const std::set<std::string> after = altered_behind(*state.to, *input_.to, *input_.from);
      const bool meet =
          std::any_of(before.begin(), before.end(), [&](const auto& one) { return after.count(one) != 0; });
      if (meet) found.push_back(state.from);
    }
    return found;
  }

  /// What changes of what the indexes of a mark read, and of their tables, where the other side has no such index.
  std::set<std::string> altered_behind(const Object& mark, const model::Schema& side,
                                       const model::Schema& other) const {
    std::set<std::string> keys;
    for (const std::string& behind : mark.depends) {
      const Object* index = side.find(behind);
      if (index == nullptr || other.contains(behind)) continue;
      keys.insert(index->parent);
      keys.insert(index->depends.begin(), index->depends.end());
    }
    std::erase_if(keys, [&](const std::string& key) {
      const auto found = states_.find(key);
      return found == states_.end() || found->second.attributes.empty();
    });
    return keys;
  }

  /// The checks of parents that a child table may not have, or not as its own, at the moment when it changes.
  void take_off_checks() {
    std::map<std::string, std::string> off;  // and whose turn it is
    const auto take = [&](const std::set<std::string>& keys, const std::string& of) {
      for (const std::string& key : keys) off.emplace(key, of);
    };
    for (const auto& [key, state] : states_) {
      const bool stands = state.from != nullptr && state.to != nullptr && !state.drop;
      if (!stands)
        take(kinds::checks_above(state.from != nullptr ? *state.from : *state.to, *input_.from, *input_.to), key);
      if (!stands || state.attributes.empty()) continue;
      const kinds::MovedChecks moved = kinds::moved_checks(*state.from, *state.to, *input_.from, *input_.to);
      take(moved.left, key);
      take(moved.joined, key);
    }
    for (const auto& [key, of] : off) {
      const Object* live = input_.from->find(key);
      if (live != nullptr && input_.to->contains(key)) rebuild(*live, "taken off while " + of + " changes");
    }
  }

  void take_off(const std::set<std::string>& keys, const std::string& of) {
    for (const std::string& key : keys) {
      if (const Object* live = input_.from->find(key)) rebuild(*live, "taken off while " + of + " changes", {of});
    }
  }

  /// What keeps columns of partitions NOT NULL while that of their partitioned table is to lose it, and partitions
  /// logged.
  void take_off_holders() {
    std::map<std::string, kinds::HeldNotNull> found;
    for (const auto& [key, state] : states_) {
      if (state.from == nullptr || state.to == nullptr || state.drop) continue;
      found[key] = kinds::held_not_null(sides(state));
      found[key].taken_off.merge(kinds::keys_against_unlogged(sides(state)));
    }
    for (const auto& [key, held] : found) {
      take_off(held.taken_off, key);
      if (held.identity.empty()) continue;
      errors_.push_back(not_null_held(*states_[key].to, held));
    }
  }

  /// As plan/taken_off.h says.
  void take_off_others() {
    std::vector<Differing> differing;
    for (const auto& [key, state] : states_) {
      const Differing::How how = state.from == nullptr        ? Differing::How::comes
                                 : state.to == nullptr        ? Differing::How::goes
                                 : state.drop && state.create ? Differing::How::replaced
                                                              : Differing::How::altered;
      differing.push_back({how, state.from != nullptr ? state.from : state.to});
    }
    for (const TakenOff& one : taken_off(differing, input_)) rebuild(*one.object, one.reason, one.around);
  }

  /// What the parts of an object read and that changes in the same attribute, where that has its turn.
  std::vector<PartRead> altered_in_turn(const State& state) const {
    const auto has_turn = [&](std::size_t i) { return state.to->kind->attributes[i].turn != nullptr; };
    const auto attribute = std::find_if(state.attributes.begin(), state.attributes.end(), has_turn);
    if (attribute == state.attributes.end()) return {};
    std::vector<PartRead> found = reads_alike(*state.to, *input_.to);
    std::erase_if(found, [&](const PartRead& one) {
      const auto other = states_.find(one.read->key);
      if (other == states_.end()) return true;
      const auto& attributes = other->second.attributes;
      return std::find(attributes.begin(), attributes.end(), *attribute) == attributes.end();
    });
    return found;
  }

  /// Takes an object down and, where it is wanted, puts it back.
  void rebuild(const Object& live, const std::string& reason, const std::set<std::string>& around = {}) {
    State& state = states_[live.key];
    state.around.insert(around.begin(), around.end());
    if (state.drop) return;
    state.from = &live;
    state.to = input_.to->find(live.key);
    state.drop = true;
    state.create = state.to != nullptr;
    if (state.reason.empty()) state.reason = reason;
    open_.push_back(live.key);
  }

  /// Whether an alteration of the object takes care of what it read before (a new type, another default, CREATE OR
  /// REPLACE).
  bool is_altered(const Object& object) const {
    const auto found = states_.find(object.key);
    return found != states_.end() && !found->second.attributes.empty();
  }

  /// Whether its alteration leaves what it reads as it was: numbers, flags and options name nothing, and of an index
  /// nothing else is altered.
  bool reads_on(const Object& object) const {
    const auto& attributes = states_.at(object.key).attributes;
    return is_rebuilt(object) && std::none_of(attributes.begin(), attributes.end(), [&](std::size_t i) {
             const model::Type type = object.kind->attributes[i].type;
             return object.kind != &kinds::index && (type == model::Type::definition || type == model::Type::text);
           });
  }

  /// Whether it will read another object that takes the name of one that goes: it cannot turn to that one before.
  bool reads_successor(const Object& dependent, const Object& gone) const {
    const Object* after = input_.to->find(dependent.key);
    return after != nullptr && std::any_of(after->depends.begin(), after->depends.end(), [&](const std::string& key) {
             const Object* read = input_.to->find(key);
             return read != nullptr && key != gone.key && read->names == gone.names;
           });
  }

  /// What holds values of a type, or is a part of one: it stays, but whoever reads it watches the type change.
  bool passes_on(const Object& object) const {
    const bool is_column = object.kind->inline_form != nullptr && object.kind->holds_rows;
    return object.kind->name_space == model::NameSpace::type || is_column || type_of_part(object) != nullptr;
  }

  bool is_type(const std::string& key) const {
    const Object* object = input_.from->find(key);
    return object != nullptr && object->kind->name_space == model::NameSpace::type;
  }

  /// Whether what passes here began with a type, which gets a successor.
  bool comes_from_type(const State& state) const {
    return std::any_of(state.around.begin(), state.around.end(), [&](const std::string& key) {
      const Object* live = input_.from->find(key);
      const Object* part = live != nullptr ? live : input_.to->find(key);
      return is_type(key) || (part != nullptr && type_of_part(*part) != nullptr);
    });
  }

  /// A range type's columns are text while its successor is made, which indexes that know ranges alone do not outlast;
  /// the others would be built twice.
  bool is_index_over_text(const Object& object, const State& state) const {
    return object.kind == &kinds::index && is_text_meanwhile(state);
  }

  bool is_text_meanwhile(const State& state) const {
    return std::any_of(state.around.begin(), state.around.end(), [&](const std::string& key) {
      const Object* live = input_.from->find(key);
      return live != nullptr && live->kind == &kinds::range_type;
    });
  }

  /// A column that is not computed goes over to the successor of its type, of a foreign table as well.
  bool goes_over(const Object& object, const State& state) const {
    static const std::size_t generated = model::attribute(kinds::column, "generated");
    return object.kind == &kinds::column && !object.has(generated) && comes_from_type(state);
  }

  /// Whether both ends of a foreign key change their types, so that between the two no operator compares them.
  bool ends_part(const Object& foreign_key) const {
    static const std::size_t type = model::attribute(kinds::column, "type");
    bool own = false;
    bool other = false;
    std::vector<std::string> types;
    for (const std::string& key : foreign_key.depends) {
      const auto found = states_.find(key);
      if (found == states_.end() || found->second.from == nullptr || found->second.to == nullptr) continue;
      const Object& from = *found->second.from;
      const Object& to = *found->second.to;
      if (from.kind != &kinds::column || from.text(type) == to.text(type)) continue;
      (from.parent == foreign_key.parent ? own : other) = true;
      types.insert(types.end(), {from.text(type), to.text(type)});
    }
    return own && other && std::any_of(types.begin(), types.end(), [&](const std::string& one) {
             return !kinds::are_compared(one, types.front());
           });
  }

  /// The type that the object is a part of.
  const Object* type_of_part(const Object& object) const {
    const Object* parent = object.kind->inline_form != nullptr ? input_.from->find(object.parent) : nullptr;
    return parent != nullptr && parent->kind->name_space == model::NameSpace::type ? parent : nullptr;
  }

  /// A link that cannot be undone goes with both its ends, unless what brought it about goes too.
  void spread_link(const Object& link) {
    const std::string bound_to = link.kind->binds_parent_to(link);
    for (const std::string& needed : link.depends) {
      const auto found = states_.find(needed);
      if (needed != bound_to && found != states_.end() && found->second.drop) return;
    }
    for (const std::string& end : {bound_to, link.parent}) {
      if (const Object* object = input_.from->find(end)) rebuild(*object, "goes with " + link.key);
    }
  }

  void spread_all() {
    while (!open_.empty()) {
      const std::string key = open_.front();
      open_.pop_front();
      spread(key);
    }
  }

  void spread(const std::string& key) {
    const State state = states_[key];
    if (state.drop && state.from->kind->binds_parent_to != nullptr) spread_link(*state.from);
    if (state.drop) spread_to_whole(state);
    if (state.drop) {
      for (const Object* child : input_.from->children(key)) rebuild(*child, "goes with " + key);
      if (state.to != nullptr) {
        for (const Object* child : input_.to->children(key)) recreate(*child);
      }
    } else if (const Object* whole = state.from != nullptr ? type_of_part(*state.from) : nullptr) {
      pass_on(*whole, state.around);
    }
    if (!state.drop) {
      // a domain's constraints read its VALUE, a column's default is of its type
      for (const Object* child : input_.from->children(key)) {
        const bool of_it = is_type(key) || (state.from != nullptr && child->names == state.from->names);
        if (is_rebuilt(*child) && of_it) rebuild(*child, "goes with " + key, state.around);
      }
    }
    if (!state.drop && state.from != nullptr && state.from->kind == &kinds::column) {
      for (const Object* over : keys_over_included(*state.from, input_))
        rebuild(*over, "taken off while " + key + " changes", state.around);
    }
    for (const Object* dependent : input_.dependents->of(key)) {
      if (state.drop) {
        spread_drop(key, state, *dependent);
      } else if ((is_rebuilt(*dependent) && !goes_over(*dependent, state)) || is_index_over_text(*dependent, state) ||
                 (is_foreign_key(*dependent) && (comes_from_type(state) || ends_part(*dependent)))) {
        rebuild(*dependent, "rebuilt, since it reads " + key, state.around);
      } else if (passes_on(*dependent)) {
        pass_on(*dependent, state.around);
      }
    }
  }

  void pass_on(const Object& object, const std::set<std::string>& around) {
    State& state = states_[object.key];
    const std::size_t known = state.around.size();
    state.around.insert(around.begin(), around.end());
    if (state.around.size() == known || state.drop) return;
    if (state.from == nullptr) state.from = &object;
    if (state.to == nullptr) state.to = input_.to->find(object.key);
    open_.push_back(object.key);
  }

  void spread_drop(const std::string& key, const State& state, const Object& dependent) {
    if (states_[dependent.key].drop) return;
    if (is_foreign_key(dependent) && kinds::key_over(*state.from, sides(state)) != nullptr) return;
    if (dependent.kind->binds_parent_to != nullptr) return rebuild(dependent, "goes with " + key);
    const bool turns_away = state.to == nullptr && is_altered(dependent) && !reads_on(dependent);
    if (turns_away && !reads_successor(dependent, *state.from)) return;
    if (holds_rows(dependent)) {
      // a table among its parent's dependents, a sequence of a column: the link goes, the rows stay
      const bool is_type = state.from->kind->name_space == model::NameSpace::type;
      const Object* after = input_.to->find(dependent.key);
      const auto stays = [&] {
        return std::find(after->depends.begin(), after->depends.end(), key) != after->depends.end();
      };
      if (after != nullptr && (is_type || (!state.from->kind->holds_rows && stays())))
        errors_.push_back(refusal(dependent, "it uses " + key + ", which cannot be changed in place" +
                                                 (state.reason.empty() ? "" : ": " + state.reason)));
      return;
    }
    rebuild(dependent, "rebuilt, since it reads " + key);
  }

  void recreate(const Object& desired) {
    State& state = states_[desired.key];
    state.to = &desired;
    if (state.create) return;
    state.from = input_.from->find(desired.key);
    state.create = true;
    if (state.reason.empty()) state.reason = "goes with " + desired.parent;
    if (state.from != nullptr && !state.drop) rebuild(*state.from, state.reason);
    for (const Object* child : input_.to->children(desired.key)) recreate(*child);
  }

  std::string why_not_dropped(const State& state) const {
    const auto parent = state.drop ? states_.find(state.from->parent) : states_.end();
    const bool goes_with_parent = parent != states_.end() && parent->second.drop;
    const auto why = state.drop ? state.from->kind->why_not_dropped : nullptr;
    return why == nullptr || goes_with_parent ? "" : why(*state.from, *input_.from);
  }

  /// A check of a domain that no ALTER DOMAIN puts back, and that comes down for what it reads: the domain stays.
  bool is_not_put_back(const State& state) const {
    static const std::size_t validated = model::attribute(kinds::domain_constraint, "validated");
    if (!state.drop || !state.create || state.from->kind != &kinds::domain_constraint || !state.to->flag(validated))
      return false;
    const Object* whole = input_.from->find(state.from->parent);
    const auto goes = states_.find(state.from->parent);
    const bool stands = whole != nullptr && (goes == states_.end() || !goes->second.drop);
    return stands && kinds::is_held_inside(*input_.from, *whole) && !kinds::is_exchanged(sides({}), whole->key);
  }

  void refuse_over_foreign_table(const State& state) {
    if (state.from == nullptr || state.to == nullptr) return;
    const std::string below = is_text_meanwhile(state) ? kinds::foreign_table_staying_below(sides(state))
                                                       : kinds::foreign_table_below(sides(state));
    if (!below.empty()) errors_.push_back(not_converted(*state.to, below));
  }

  Result<std::vector<Change>> collect() {
    std::vector<Change> changes;
    for (auto& [key, state] : states_) {
      const bool both = state.drop && state.create;
      if (const std::string why = why_not_dropped(state); !why.empty())
        errors_.push_back(not_dropped(state.to != nullptr ? *state.to : *state.from, state.to != nullptr, why));
      if (const std::string lost = both ? lost_with(*state.from, state.to) : ""; !lost.empty())
        errors_.push_back(not_replaced(*state.to, lost, state.reason));
      if (state.drop) changes.push_back({Change::Op::drop, state.from, nullptr, {}, both, state.reason, state.around});
      if (state.create)
        changes.push_back({Change::Op::create, nullptr, state.to, {}, both, state.reason, state.around});
      if (state.drop || state.create) continue;
      refuse_over_foreign_table(state);
      if (state.attributes.empty()) continue;
      changes.push_back({Change::Op::alter, state.from, state.to, state.attributes, false, state.reason, {}});
    }
    if (!errors_.empty()) return Failure(std::move(errors_));
    return changes;
  }

  const ChangeInput& input_;
  std::map<std::string, State> states_;
  std::deque<std::string> open_;
  Diagnostics errors_;
};

}  // namespace

Result<std::vector<Change>> expand(const ChangeInput& input) { return Expansion(input).run(); }

Result<std::vector<Change>> expand_around(const ChangeInput& standing, const Object& object, bool replaced) {
  return Expansion(standing).around(object, replaced);
}

Result<std::vector<Change>> expand_off(const ChangeInput& standing, const std::set<std::string>& keys,
                                       const std::string& while_changes) {
  return Expansion(standing).off(keys, while_changes);
}

}  // namespace segue::plan
