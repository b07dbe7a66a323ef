#include "plan/edges.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/taken_names.h"
#include "kinds/type_swap.h"
#include "kinds/update_effects.h"
#include "plan/group.h"
#include "plan/row_types.h"

namespace segue::plan {

using model::Object;

Edges::Edges(const PlannerInput& input, const std::vector<Change>& changes)
    : input_(input), changes_(changes), memberships_(changes), graph_(changes.size()) {
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const Change& change = changes_[i];
    (change.stage == Change::Stage::fill    ? fills_
     : change.stage == Change::Stage::empty ? empties_
     : change.op == Change::Op::drop        ? drops_
     : change.op == Change::Op::create      ? creates_
                                            : alters_)[change.object().key] = i;
    const Object& part = change.object();
    if (part.kind->implied_by != nullptr) inherited_[part.parent].push_back(i);
  }
  note_passages();
  note_left_behind();
}

/// Whether a link is made by a statement of its own, and not by what it depends on.
bool Edges::is_made_alone(const Change& change) const {
  return change.op == Change::Op::create && change.to->kind->binds_parent_to != nullptr &&
         !memberships_.maker_of(change);
}

namespace {

/// Whether an object is to nobody who reads it another than before: a sequence that a column takes for its own gives
/// the same numbers.
bool changes_owner_alone(const Change& change) {
  return change.object().kind->dropped_with != nullptr &&
         std::all_of(change.attributes.begin(), change.attributes.end(),
                     [&](std::size_t at) { return change.object().kind->attributes[at].name == "owned_by"; });
}

/// Whether a table is to nobody who reads it another than before; to `reader`, if that is a table which begins or ends
/// to inherit as well, not with other parents either, unless the two change places.
bool changes_keeping_alone(const Change& change, const Change& reader) {
  constexpr std::string_view of_keeping[] = {"options", "tablespace", "row_security", "force_row_security"};
  if (change.object().kind != &kinds::table) return false;
  const auto& above = change.from->depends;
  const bool inherits =
      kinds::is_table(reader.object()) && std::find(above.begin(), above.end(), reader.object().key) == above.end();
  return std::all_of(change.attributes.begin(), change.attributes.end(), [&](std::size_t at) {
    const std::string_view name = change.object().kind->attributes[at].name;
    return (inherits && name == "inherits") ||
           std::find(std::begin(of_keeping), std::end(of_keeping), name) != std::end(of_keeping);
  });
}

}  // namespace

/// `node` makes use of the object: it must be there and in its new form.
void Edges::after_making(std::size_t node, const std::string& key) {
  if (const auto made = find(creates_, key)) graph_.add_edge(*made, node);
  const auto altered = find(alters_, key);
  const bool is_as_before =
      altered && changes_[node].object().kind == &kinds::column_default && changes_owner_alone(changes_[*altered]);
  const bool goes_first = altered && changes_[node].op == Change::Op::alter &&
                          (gets_validator(changes_[*altered]) || passes_before(node, key) ||
                           changes_keeping_alone(changes_[*altered], changes_[node]));
  if (altered && !is_as_before && !goes_first) graph_.add_edge(*altered, node);
  after_filling(node, key);
}

/// A type does not change under a column that is read by what is created (tablecmds.c
/// RememberAllDependentForRebuilding), nor under an aggregate's start value; what a domain's default or a function
/// becomes reads it as it will be.
void Edges::after_types_of_what_it_reads(std::size_t node) {
  for (const std::string& key : needs_of(changes_[node])) {
    const Object* read = input_.to->find(key);
    if (read == nullptr) continue;
    const bool is_altered = changes_[node].op == Change::Op::alter;
    if ((is_altered || changes_[node].to->kind == &kinds::aggregate) && read->kind == &kinds::composite_type)
      after_attributes(node, key);
    for (const std::string& type : read->kind == &kinds::column ? read->depends : std::vector<std::string>{}) {
      after_making(node, type);
      after_attributes(node, type);
    }
  }
}

void Edges::after_attributes(std::size_t node, const std::string& type) {
  for (const Object* part : input_.to->children(type)) {
    if (part->kind == &kinds::composite_attribute) after_making(node, part->key);
  }
  for (const Object* part : input_.from->children(type)) {
    const auto gone = part->kind == &kinds::composite_attribute ? find(drops_, part->key) : std::nullopt;
    if (gone) graph_.add_edge(*gone, node);
  }
}

model::Sides turned(model::Sides sides) {
  std::swap(sides.from, sides.to);
  std::swap(sides.from_schema, sides.to_schema);
  return sides;
}

std::set<std::string> types_within(const Object& object, const model::Schema& side) {
  std::set<std::string> found;
  std::vector<std::string> open = object.depends;
  while (!open.empty()) {
    const Object* type = side.find(open.back());
    open.pop_back();
    if (type == nullptr || type->kind->name_space != model::NameSpace::type) continue;
    if (!found.insert(type->key).second) continue;
    open.insert(open.end(), type->depends.begin(), type->depends.end());
    for (const Object* part : side.children(type->key))
      open.insert(open.end(), part->depends.begin(), part->depends.end());
  }
  return found;
}

/// tablecmds.c find_composite_type_dependencies: attributes keep their types once a column holds values of them, by way
/// of whatever other types.
void Edges::after_attributes_of_its_values(std::size_t node) {
  for (const std::string& type : types_within(*changes_[node].to, *input_.to)) after_attributes(node, type);
}

/// `node` does away with a use of the object: that must happen before the object goes, or changes.
void Edges::before_taking(std::size_t node, const std::string& key) {
  const Change& change = changes_[node];
  const bool of_links = change.object().kind->binds_parent_to != nullptr;
  const bool returns_with = change.rebuilt && !(of_links && !memberships_.maker_of(change));
  if (memberships_.returns(key) && !returns_with) return;  // to whoever does not return with it, it stands
  if (const auto dropped = find(drops_, key)) graph_.add_edge(node, *dropped);
  before_emptying(node, key);
  for (const std::size_t altered : alterations_of(key)) {
    if (goes_ahead(altered)) continue;
    if (input_.renames.moved.count(key) != 0) {  // its users are known by what they are afterwards
      graph_.add_edge(altered, node);
      continue;
    }
    // What the object merely takes with it makes no use of it: the sequence of a serial column stands in nobody's
    // way.
    const bool owned = change.op == Change::Op::drop && change.from->kind->dropped_with != nullptr &&
                       change.from->kind->dropped_with(*change.from) == key;
    if (owned || (key == change.object().parent && goes_with_index_above(change))) continue;
    const bool leaves = change.op == Change::Op::drop || change.stage == Change::Stage::empty ||
                        (change.op == Change::Op::alter && turns_away(*change.from, *change.to, key));
    if (leaves && altered != node) graph_.add_edge(node, altered);
  }
}

/// The alterations of an object. A composite type has none of its own: those of its attributes exchange it where they
/// have to (kinds/type_swap.h).
std::vector<std::size_t> Edges::alterations_of(const std::string& key) const {
  std::vector<std::size_t> found;
  if (const auto altered = find(alters_, key)) found.push_back(*altered);
  const Object* whole = input_.from->find(key);
  if (whole == nullptr || whole->kind != &kinds::composite_type) return found;
  for (const model::Schema* side : {input_.from, input_.to}) {
    for (const Object* part : side->children(key)) {
      if (part->kind != &kinds::composite_attribute) continue;
      for (const ChangeIndex* index : {&alters_, &creates_}) {
        if (const auto change = find(*index, part->key)) found.push_back(*change);
      }
    }
  }
  return found;
}

/// What goes ahead alters nothing that anybody who is to go uses.
bool Edges::goes_ahead(std::size_t node) const { return !why_ahead(changes_[node], sides_of(changes_[node])).empty(); }

/// A definition says of types and collations that it needs them, or reads what is of them, beside which a literal need
/// not say its type: one that is there no more is used no more.
bool Edges::turns_away(const Object& before, const Object& after, const std::string& key) const {
  if (alters_.count(after.key) == 0 || alterations_of(key).empty()) return false;
  const Object* needed = input_.from->find(key);
  const auto has = [&](const std::vector<std::string>& keys) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  const bool is_stated =
      needed != nullptr && (needed->kind->name_space == model::NameSpace::type || needed->kind == &kinds::collation);
  const auto is_of_it = [&](const std::string& read) {
    const Object* object = input_.to->find(read);
    return object != nullptr && has(object->depends);
  };
  if (!is_stated || !has(before.depends)) return false;
  const std::vector<std::string>& needs = stated_needs_of(after);
  return !has(needs) && std::none_of(needs.begin(), needs.end(), is_of_it);
}

/// What the definition itself says that it needs.
const std::vector<std::string>& Edges::stated_needs_of(const Object& desired) const {
  const auto [at, is_new] = stated_needs_.try_emplace(desired.key);
  std::vector<std::string>& keys = at->second;
  if (!is_new) return keys;
  keys = desired.depends;
  if (!desired.parent.empty()) keys.push_back(desired.parent);
  if (desired.kind->dropped_with != nullptr) keys.push_back(desired.kind->dropped_with(desired));
  if (input_.reads) {
    for (std::string& key : input_.reads(desired)) keys.push_back(std::move(key));
  }
  return keys;
}

/// Whether what becomes of the object of `key` needs that of `other`, by way of others that change too.
bool Edges::states_need_of(const std::string& key, const std::string& other) const {
  std::vector<std::string> open = {key};
  std::set<std::string> seen(open.begin(), open.end());
  while (!open.empty()) {
    std::optional<std::size_t> changed;
    for (const ChangeIndex* index : {&fills_, &creates_, &alters_}) {
      if (!changed) changed = find(*index, open.back());
    }
    open.pop_back();
    if (!changed) continue;
    for (const std::string& needed : stated_needs_of(*changes_[*changed].to)) {
      if (needed == other) return true;
      if (seen.insert(needed).second) open.push_back(needed);
    }
  }
  return false;
}

/// Whether an object that read the one of `key` cannot do so any more: that one goes while this stays, or reads it in
/// its turn.
bool Edges::reads_no_more(const Object& live, const Object& desired, const std::string& key) const {
  if (turns_away(live, desired, key)) return true;
  const Object* read = input_.from->find(key);
  // a table says which parents it has: one that it leaves is none
  if (kinds::is_table(live) && read != nullptr && kinds::is_table(*read)) return true;
  if (alters_.count(desired.key) != 0 && drops_.count(key) != 0) return true;
  const bool changes = creates_.count(key) != 0 || alters_.count(key) != 0;
  return changes && states_need_of(key, desired.key);
}

std::vector<std::string> Edges::needs_of(const Object& desired) const {
  std::vector<std::string> keys = stated_needs_of(desired);
  // what the live twin of an object that stands on both sides reads is known exactly
  const Object* live = input_.from->find(desired.key);
  for (const std::string& key : live != nullptr ? live->depends : std::vector<std::string>{}) {
    const bool is_stated = std::find(keys.begin(), keys.end(), key) != keys.end();
    if (!is_stated && !reads_no_more(*live, desired, key)) keys.push_back(key);
  }
  return keys;
}

/// A placeholder says all that it needs.
std::vector<std::string> Edges::needs_of(const Change& change) const {
  if (change.stage != Change::Stage::placeholder) return needs_of(*change.to);
  std::vector<std::string> keys = change.to->depends;
  keys.push_back(change.to->parent);
  return keys;
}

void Edges::add() {
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const Change& change = changes_[i];
    if (change.op != Change::Op::drop && change.stage != Change::Stage::empty) {
      const bool first = goes_before_whole(change);
      for (const std::string& key : needs_of(change)) {
        const bool whatever_whole = first || comes_with_standing_parent(change);
        if (!whatever_whole || key != change.to->parent) after_making(i, key);
      }
      if (first) graph_.add_edge(i, alters_.at(change.to->parent));
      const model::Kind* kind = change.to->kind;
      const bool is_read_again = change.op == Change::Op::create || kind == &kinds::domain || kind == &kinds::function;
      if (is_read_again || change.stage == Change::Stage::fill) after_types_of_what_it_reads(i);
      if (change.op == Change::Op::create && change.to->kind == &kinds::column) after_attributes_of_its_values(i);
    }
    if (change.op != Change::Op::create) {
      for (const std::string& key : change.from->depends) before_taking(i, key);
      if (is_let_go(change) || goes_behind_whole(change)) {
        graph_.add_edge(alters_.at(change.from->parent), i);
      } else if (!change.from->parent.empty() && !goes_with_counterpart(change)) {
        before_taking(i, change.from->parent);
      }
    }
    add_edges_around(i);
    const bool is_check = change.object().kind == &kinds::domain_constraint;
    if (is_check || change.object().kind == &kinds::composite_attribute) add_edges_of_exchange(i);
    if (is_check) add_edges_of_turned_columns(i);
  }
  add_edges_of_placeholders();
  add_name_edges();
  add_target_edges();
  add_edges_of_owners();
  add_edges_of_overloads();
  add_extension_edges();
  add_event_trigger_edges();
  add_edges_of_row_types();
  add_link_edges();
  add_edges_of_links_alone();
  add_edges_of_left_behind();
  add_edges_behind_ends();
  add_edges_of_equal_ends();
  add_edges_of_unlinked();
  add_edges_of_bound_indexes();
  add_edges_of_referenced_partitions();
  keep_detachments_apart();
  add_edges_of_clones();
  add_edges_of_copies();
  add_edges_of_memberships();
  add_edges_of_pending_detachments();
  add_edges_of_merged_checks();
  add_turn_edges();
  add_edges_of_validators();
  add_edges_of_passages();
  add_edges_of_places();
  add_edges_of_values();
  add_edges_of_attached();
  add_edges_of_checks_kept();
  add_edges_of_children_changed();
  add_edges_of_children_gone();
  add_edges_of_defaults_above();
  add_edges_of_identities_above();
  add_edges_of_inherited_checks();
  for (const auto& [key, node] : alters_) add_edges_of_new_parents(node);
}

/// What is taken down for others to change comes down before they do, and back behind them. Where a domain's checks are
/// all that changes they stand for its alteration, each on one side of those that stand.
void Edges::add_edges_around(std::size_t node) {
  const Change& change = changes_[node];
  const bool stands_for_it = change.around.count(change.object().key) != 0;
  for (const std::string& key : change.around) {
    for (const ChangeIndex* index : {&alters_, &creates_, &drops_}) {
      if (stands_for_it && index != &alters_) continue;
      const auto watched = find(*index, key);
      if (watched && left_behind_.count({node, *watched}) != 0) continue;
      if (watched && change.op == Change::Op::drop) graph_.add_edge(node, *watched);
      if (watched && change.op == Change::Op::create) graph_.add_edge(*watched, node);
    }
  }
}

model::Sides Edges::sides_of(const Change& change) const {
  model::Sides sides{change.from, change.to, input_.from, input_.to, input_.server_version, input_.current_role};
  sides.may_commit_ahead = input_.may_commit_ahead();
  return sides;
}

/// What comes back one by one goes the last one first, so that it stands as it stood: columns whose values are kept,
/// generated columns, which may read the others and go before them, and attributes of types.
void Edges::add_edges_of_places() {
  const auto is_generated = [](const Object& object) {
    return object.kind == &kinds::column && object.has(model::attribute(kinds::column, "generated"));
  };
  const auto comes_back_alone = [&](const Object& object) {
    if (object.kind == &kinds::composite_attribute) return true;
    return object.kind == &kinds::column && (input_.keeps_rows() || is_generated(object));
  };
  std::map<std::pair<std::string, bool>, std::size_t> behind;  // by table or type
  for (const Object& object : input_.from->objects()) {
    const auto dropped = comes_back_alone(object) ? find(drops_, object.key) : std::nullopt;
    if (!dropped || drops_.count(object.parent) != 0) continue;
    const std::pair place{object.parent, is_generated(object)};
    if (const auto later = behind.find(place); later != behind.end()) graph_.add_edge(*dropped, later->second);
    behind[place] = *dropped;
  }
}

/// What rows get is read before it goes.
void Edges::add_edges_of_values() {
  for (const auto& [key, dropped] : drops_) {
    const Object& gone = *changes_[dropped].from;
    if (gone.kind != &kinds::column || input_.to->contains(key)) continue;
    for (const Object* part : input_.to->children(gone.parent)) {
      if (part->kind != &kinds::column || !kinds::may_be_filled_from(*part, gone)) continue;
      for (const ChangeIndex* changes : {&creates_, &alters_}) {
        if (const auto filled = find(*changes, part->key)) graph_.add_edge(*filled, dropped);
      }
    }
  }
}

/// Alterations of one attribute that must go along what the objects' parts read.
void Edges::add_turn_edges() {
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
std::vector<std::size_t> Edges::altered_alike(const Object& object, std::size_t attribute) const {
  std::vector<std::size_t> found;
  for (const auto& [part, read] : reads_alike(object, *input_.to)) {
    const auto other = find(alters_, read->key);
    if (!other || drops_.count(part->key) != 0) continue;  // else taken off meanwhile
    const auto& attributes = changes_[*other].attributes;
    if (std::find(attributes.begin(), attributes.end(), attribute) != attributes.end()) found.push_back(*other);
  }
  return found;
}

/// Whoever leaves a name goes before whoever takes it.
void Edges::add_name_edges() {
  std::unordered_map<std::string, std::vector<std::size_t>> leaving;
  for (const auto& [key, node] : drops_) {
    for (const std::string& name : kinds::taken_names(*changes_[node].from)) leaving[name].push_back(node);
  }
  for (const auto& [key, node] : creates_) {
    for (const std::string& name : kinds::taken_names(*changes_[node].to)) {
      const auto found = leaving.find(name);
      if (found == leaving.end()) continue;
      for (const std::size_t drop : found->second) graph_.add_edge(drop, node);
    }
  }
}

/// The owner of an object is set before its privileges, which the server would rewrite (aclnewowner).
void Edges::add_target_edges() {
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

/// The functions that an index calls run as the owner of its table (index.c index_build).
void Edges::add_edges_of_owners() {
  for (const auto& [key, node] : creates_) {
    const Object& index = *changes_[node].to;
    if (index.kind != &kinds::index) continue;
    const bool calls = std::any_of(index.depends.begin(), index.depends.end(), [&](const std::string& needed) {
      const Object* object = input_.to->find(needed);
      return object != nullptr && object->kind == &kinds::function;
    });
    const std::string owner = model::key_of(kinds::owner, {index.parent});
    for (const ChangeIndex* changes : {&creates_, &alters_}) {
      const auto set = find(*changes, owner);
      if (calls && set) graph_.add_edge(*set, node);
    }
  }
}

/// A call may mean a routine that goes while it stands beside the one of its name that the call is about (parse_func.c
/// func_get_detail). What others wait for is left where it is: they may be in that routine's way.
void Edges::add_edges_of_overloads() {
  std::unordered_map<std::string, std::vector<std::size_t>> going;  // schema and name → drops
  for (const auto& [key, node] : drops_) {
    const Object& object = *changes_[node].from;
    if (object.kind->name_space == model::NameSpace::routine)
      going[quote_qualified(object.names[0], object.names[1])].push_back(node);
  }
  if (going.empty()) return;
  std::set<std::string> needed;
  for (const Change& change : changes_) {
    if (change.to == nullptr) continue;
    for (std::string& key : needs_of(change)) needed.insert(std::move(key));
  }
  for (const auto& [key, node] : creates_) {
    if (needed.count(key) != 0) continue;
    for (const std::string& read : needs_of(changes_[node])) {
      const Object* routine = input_.to->find(read);
      if (routine == nullptr || routine->kind->name_space != model::NameSpace::routine) continue;
      const auto homonyms = going.find(quote_qualified(routine->names[0], routine->names[1]));
      if (homonyms == going.end()) continue;
      for (const std::size_t drop : homonyms->second) graph_.add_edge(drop, node);
    }
  }
}

/// An extension brings types, functions and operators that no file names: everything that may use them comes later. Its
/// members come with the default privileges that stand before it in the file.
void Edges::add_extension_edges() {
  std::set<std::string> defaults;
  for (const Object& object : input_.to->objects()) {
    if (object.kind == &kinds::default_privileges) defaults.insert(object.key);
    const auto made = object.kind == &kinds::extension ? find(creates_, object.key) : std::nullopt;
    if (!made) continue;
    const std::size_t extension = *made;
    std::set<std::string> before = defaults;  // and what the extension itself needs, and what hangs on that
    for (const std::string& key : needs_of(object)) before.insert(key);
    for (const std::string& key : defaults) after_making(extension, key);
    for (const ChangeIndex* users : {&creates_, &alters_}) {
      for (const auto& [key, node] : *users) {
        const auto space = changes_[node].to->kind->name_space;
        const bool uses_none = space == model::NameSpace::global || space == model::NameSpace::of_target;
        if (!uses_none && before.count(key) == 0) graph_.add_edge(extension, node);
      }
    }
  }
}

bool Edges::is_or_hangs_on(const Change& change, const model::Kind& kind) const {
  const Object& object = change.object();
  const Object* parent = (change.op == Change::Op::drop ? input_.from : input_.to)->find(object.parent);
  return object.kind == &kind || (parent != nullptr && parent->kind == &kind);
}

/// An event trigger may refuse any statement, or answer it: one that goes sees none of the plan, and neither does one
/// that comes. It is not fired by others of its kind, and what hangs on them (event_trigger.c
/// EventTriggerSupportsObjectType).
void Edges::add_event_trigger_edges() {
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

/// Rows of a table change while no column holds any: behind what lets go of them, and before what takes them up.
void Edges::add_edges_of_row_types() {
  const std::vector<RowChange> rows = row_changes(changes_, *input_.from, *input_.to);
  if (rows.empty()) return;
  const RowTypes from(*input_.from);
  const RowTypes to(*input_.to);
  for (const RowChange& row : rows) {
    const std::set<std::string> before = from.holders_of(row.relation);
    const std::set<std::string> after = to.holders_of(row.relation);
    for (const std::string& holder : before) {
      const auto altered = after.count(holder) == 0 ? find(alters_, holder) : std::nullopt;
      if (const auto dropped = find(drops_, holder)) graph_.add_edge(*dropped, row.change);
      if (altered) graph_.add_edge(*altered, row.change);
    }
    for (const std::string& holder : after) {
      const auto altered = before.count(holder) == 0 ? find(alters_, holder) : std::nullopt;
      if (const auto created = find(creates_, holder)) graph_.add_edge(row.change, *created);
      if (altered) graph_.add_edge(row.change, *altered);
    }
  }
}

}  // namespace segue::plan
