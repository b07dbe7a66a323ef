#include "plan/group.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "kinds/kinds.h"
#include "plan/reading.h"

namespace segue::plan {
namespace {

using model::Object;

int rank(Change::Op op) { return op == Change::Op::drop ? 0 : op == Change::Op::alter ? 1 : 2; }

/// The tie-break: drops first and in the reverse order of kinds, then alterations, then creations.
bool comes_before(const Change& a, const Change& b) {
  const auto weight = [](const Change& change) {
    const int order = kinds::order_of(*change.object().kind);
    return std::make_tuple(rank(change.op), change.op == Change::Op::drop ? -order : order);
  };
  if (weight(a) != weight(b)) return weight(a) < weight(b);
  return a.object().key < b.object().key;
}

/// As comes_before, but a comment follows what it speaks of, and a sequence the column that owns it.
bool is_read_before(const Change& a, const Change& b, const model::Schema& from, const model::Schema& to) {
  const auto weight = [&](const Change& change) {
    const Object& object = change.object();
    const model::Schema& side = change.to != nullptr ? to : from;
    const Object* leader = object.kind == &kinds::comment ? side.find(object.parent) : nullptr;
    if (object.kind->dropped_with != nullptr) leader = side.find(object.kind->dropped_with(object));
    const Object& at = leader == nullptr ? object : *leader;
    const int op = leader == nullptr ? rank(change.op) : rank(Change::Op::create);
    return std::make_tuple(op, kinds::order_of(*at.kind), at.key, leader != nullptr);
  };
  return weight(a) < weight(b);
}

using Nodes = ChangeIndex;

/// The objects that have a node, in their order in the schema.
std::vector<std::pair<const Object*, std::size_t>> in_order_of(const model::Schema& schema, const Nodes& nodes) {
  std::vector<std::pair<const Object*, std::size_t>> found;
  if (nodes.empty()) return found;
  for (const Object& object : schema.objects()) {
    if (const auto node = nodes.find(object.key); node != nodes.end()) found.emplace_back(&object, node->second);
  }
  return found;
}

}  // namespace

bool is_incomplete(const Object& link) {
  return link.kind == &kinds::index_attachment && link.flag(model::attribute(kinds::index_attachment, "incomplete"));
}

bool is_declared_again(const Object& part, const model::Schema& side) {
  const bool is_own = part.kind == &kinds::column ? part.flag(model::attribute(kinds::column, "local"))
                                                  : part.kind == &kinds::constraint;
  const Object* whole = is_own ? side.find(part.parent) : nullptr;
  return whole != nullptr && !part.list(model::attribute(*part.kind, "inherited_from")).empty() &&
         !side.contains(model::key_of(kinds::partition, whole->names));
}

Groups::Groups(const std::vector<Change>& changes, const Graph& graph, std::set<std::size_t> apart)
    : changes_(changes),
      memberships_(changes),
      graph_(graph),
      apart_(std::move(apart)),
      group_of_(changes.size()),
      members_(changes.size()),
      seen_(changes.size()) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    group_of_[i] = i;
    members_[i] = {i};
  }
}

void Groups::merge(std::size_t child, std::size_t head) {
  const std::size_t from = group_of_[child];
  const std::size_t to = group_of_[head];
  if (from == to) return;
  for (const std::size_t member : members_[from]) group_of_[member] = to;
  members_[to].insert(members_[to].end(), members_[from].begin(), members_[from].end());
  members_[from].clear();
}

/// Whether no path leads from the child's group through another one to the head's: the two as one would wait for
/// themselves. Groups are walked, not changes: two tables whose foreign keys went with them would wait for each other.
bool Groups::fits(std::size_t child, std::size_t head, bool forward) {
  const std::size_t goal = group_of_[head];
  const std::size_t start = group_of_[child];
  ++walk_;
  std::vector<std::size_t> open = {start};
  seen_[start] = walk_;
  while (!open.empty()) {
    const std::size_t group = open.back();
    open.pop_back();
    for (const std::size_t member : members_[group]) {
      for (const std::size_t node : forward ? graph_.after(member) : graph_.before(member)) {
        const std::size_t next = group_of_[node];
        if (next == goal && group != start) return false;
        if (next == goal || std::exchange(seen_[next], walk_) == walk_) continue;
        open.push_back(next);
      }
    }
  }
  return true;
}

void Groups::merge_where_it_fits(std::size_t child, std::size_t head) {
  if (fits(child, head, true) && fits(child, head, false)) merge(child, head);
}

/// What can stand inside its parent's statement. A generated column may have to wait for one that stands behind it:
/// until a round adds nothing.
void Groups::fold_into_creations(const model::Schema& from, const model::Schema& to, const ChangeIndex& creates,
                                 bool for_reading) {
  std::vector<std::pair<std::size_t, std::size_t>> open;  // child, head
  for (const auto& [object, node] : in_order_of(to, creates)) {
    const auto head = find(creates, object->parent);
    if (!head || object->kind->inline_form == nullptr) continue;
    model::Sides sides;
    sides.to = object;
    sides.to_schema = &to;
    sides.from_schema = &from;
    sides.for_reading = for_reading;
    if (object->kind->can_inline == nullptr || object->kind->can_inline(sides)) open.emplace_back(node, *head);
  }
  for (std::size_t before = open.size() + 1; open.size() < before;) {
    before = open.size();
    std::erase_if(open, [&](const auto& one) {
      const auto [child, head] = one;
      if (!fits(child, head, false)) return false;
      merge(child, head);
      return true;
    });
  }
}

/// What is made with another object and goes with it, both ways: until a round adds nothing.
void Groups::fold_parts(const model::Schema& side, const ChangeIndex& changes) {
  std::vector<std::pair<std::size_t, std::size_t>> open;  // part, whole
  for (const auto& [object, node] : in_order_of(side, changes)) {
    if (object->kind->made_with == nullptr) continue;
    if (const auto whole = find(changes, object->kind->made_with(*object))) open.emplace_back(node, *whole);
  }
  for (std::size_t before = open.size() + 1; open.size() < before;) {
    before = open.size();
    std::erase_if(open, [&](const auto& one) {
      merge_where_it_fits(one.first, one.second);
      return group_of_[one.first] == group_of_[one.second];
    });
  }
}

/// The sequence that a new column of a table that stands owns is made in the column's step, which makes it first: the
/// column is added with a default that calls it, so that the rows get their values (parse_utilcmd.c
/// generateSerialExtraStmts does it in that order).
void Groups::fold_owned_sequences(const model::Schema& to, const ChangeIndex& creates) {
  for (const auto& [object, node] : in_order_of(to, creates)) {
    if (object->kind->dropped_with == nullptr) continue;
    const Object* owner = to.find(object->kind->dropped_with(*object));
    const auto head = owner == nullptr ? std::nullopt : find(creates, owner->key);
    if (head && is_head(*head) && !find(creates, owner->parent)) merge_where_it_fits(node, *head);
  }
}

/// A link goes with what made it, or it and its parent go with what it binds that one to.
void Groups::fold_dropped_links(const model::Schema& from, const ChangeIndex& drops) {
  for (const Object& link : from.objects()) {
    const auto node = link.kind->binds_parent_to == nullptr ? std::nullopt : find(drops, link.key);
    if (!node) continue;
    const auto maker = memberships_.maker_of(changes_[*node]);
    const auto bound_to = find(drops, link.kind->binds_parent_to(link));
    if (maker) {
      merge_where_it_fits(*node, *maker);
    } else if (const auto parent = find(drops, link.parent); parent && bound_to && is_head(*parent)) {
      merge_where_it_fits(*parent, *bound_to);
    }
  }
}

/// A link comes with what makes it; else with the object that it binds its parent to, and the parent comes along, so
/// that taking the step back is one drop; else all links to one object that stands come together.
void Groups::fold_created_links(const model::Schema& to, const ChangeIndex& creates) {
  std::map<std::string, std::size_t> to_standing;
  for (const Object& link : to.objects()) {
    const auto node = link.kind->binds_parent_to == nullptr ? std::nullopt : find(creates, link.key);
    if (!node) continue;
    if (const auto maker = memberships_.maker_of(changes_[*node])) {
      merge_where_it_fits(*node, *maker);
      continue;
    }
    const std::string key = link.kind->binds_parent_to(link);
    const auto parent = find(creates, link.parent);
    const auto made = find(creates, key);
    const std::size_t head = made ? *made : to_standing.try_emplace(key, parent.value_or(*node)).first->second;
    if (parent && is_head(*parent) && *parent != head) merge_where_it_fits(*parent, head);
    merge_where_it_fits(*node, head);
  }
}

namespace {

/// Of a column, what ALTER TABLE ONLY changes in one table at a time.
bool is_of_one_table(std::string_view attribute) {
  constexpr std::string_view alone[] = {"storage", "compression", "statistics", "options", "foreign_options"};
  return std::find(std::begin(alone), std::end(alone), attribute) != std::end(alone);
}

bool comes_along(std::size_t at, const Change& part, const Change& counterpart) {
  const auto& all = counterpart.attributes;
  return std::find(all.begin(), all.end(), at) != all.end() && (*part.to)[at] == (*counterpart.to)[at] &&
         (*part.from)[at] == (*counterpart.from)[at];
}

bool is_altered_alone(const Change& change) {
  const auto& attributes = change.to->kind->attributes;
  return change.to->kind == &kinds::column &&
         std::all_of(change.attributes.begin(), change.attributes.end(),
                     [&](std::size_t at) { return is_of_one_table(attributes[at].name); });
}

/// Whether what the part becomes is what its counterpart becomes, so that it comes with that; but for what is its own.
bool is_altered_alike(const Change& part, const Change& counterpart) {
  if (part.attributes == counterpart.attributes) return true;
  const std::vector<std::size_t> own = altered_by_itself(part, counterpart);
  if (own.size() == part.attributes.size()) return false;
  return std::all_of(part.attributes.begin(), part.attributes.end(), [&](std::size_t at) {
    return std::find(own.begin(), own.end(), at) != own.end() || comes_along(at, part, counterpart);
  });
}

}  // namespace

std::vector<std::size_t> altered_by_itself(const Change& part, const Change& counterpart) {
  std::vector<std::size_t> found;
  if (part.object().kind != &kinds::column || counterpart.object().kind != &kinds::column) return found;
  const auto& attributes = kinds::column.attributes;
  std::copy_if(part.attributes.begin(), part.attributes.end(), std::back_inserter(found), [&](std::size_t at) {
    return is_of_one_table(attributes[at].name) ||
           (attributes[at].name == "not_null" && !comes_along(at, part, counterpart));
  });
  return found;
}

void Groups::fold(const model::Schema& from, const model::Schema& to, bool for_reading) {
  Nodes drops, creates, alters;
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const Change& change = changes_[i];
    (change.op == Change::Op::drop     ? drops
     : change.op == Change::Op::create ? creates
                                       : alters)[change.object().key] = i;
  }
  fold_parts(from, drops);
  fold_parts(to, creates);
  // drops: with the parent, or with whatever takes the object along
  const std::vector<std::pair<const Object*, std::size_t>> dropped = in_order_of(from, drops);
  note_places(dropped);
  note_places(in_order_of(to, creates));
  for (std::size_t round = 0, merged = 1; merged != 0 && round < 8; ++round) {
    merged = 0;
    for (const auto& [of_node, node] : dropped) {
      const Object& object = *of_node;
      std::optional<std::size_t> head = find(drops, object.parent);
      if (!head && object.kind->dropped_with != nullptr) head = find(drops, object.kind->dropped_with(object));
      if (!head || changes_[*head].from->kind->name_space == model::NameSpace::global ||
          group_of_[node] == group_of_[*head] || apart_.count(node) != 0)
        continue;
      if (!fits(node, *head, true)) continue;
      merge(node, *head);
      ++merged;
    }
  }
  fold_dropped_links(from, drops);
  fold_below(from, to, drops, alters, creates);  // first: what it brings along may wait for what stands between
  fold_owned_sequences(to, creates);
  fold_into_creations(from, to, creates, for_reading);
  fold_created_links(to, creates);
}

/// What the counterpart on a parent table brings about, where the link between the two stood before.
void Groups::fold_below(const model::Schema& from, const model::Schema& to, const ChangeIndex& drops,
                        const ChangeIndex& alters, const ChangeIndex& creates) {
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const Change& change = changes_[i];
    const Object& object = change.object();
    if (object.kind->implied_by == nullptr) continue;
    const std::string counterpart = object.kind->implied_by(object);
    const auto head = counterpart.empty() ? std::nullopt
                                          : find(change.op == Change::Op::drop     ? drops
                                                 : change.op == Change::Op::create ? creates
                                                                                   : alters,
                                                 counterpart);
    if (!head || find(creates, object.parent) || find(drops, object.parent)) continue;
    if (!memberships_.is_bound_meanwhile(change)) continue;
    // a parent that is new itself finds the parts of those that stand already, and leaves them when it goes
    const std::string& whole = changes_[*head].object().parent;
    if (find(creates, whole) || find(drops, whole)) continue;
    if (change.op == Change::Op::alter ? is_altered_alone(change)
                                       : is_declared_again(object, change.op == Change::Op::drop ? from : to))
      continue;
    if (change.op != Change::Op::create && (change.from->kind->implied_by(*change.from) != counterpart)) continue;
    if (change.op == Change::Op::alter && !is_altered_alike(change, changes_[*head])) continue;
    merge(i, *head);
  }
}

Graph Groups::contracted() const {
  Graph graph(changes_.size());
  for (std::size_t node = 0; node < changes_.size(); ++node) {
    for (const std::size_t next : graph_.after(node)) graph.add_edge(group_of_[node], group_of_[next]);
  }
  return graph;
}

void Groups::note_places(const std::vector<std::pair<const Object*, std::size_t>>& in_order) {
  for (std::size_t place = 0; place < in_order.size(); ++place) {
    const auto& [object, node] = in_order[place];
    if (object->kind == &kinds::column || object->kind == &kinds::composite_attribute) places_of_columns_[node] = place;
  }
}

/// Columns come in the order of the schema and go the last one first, so that they come back as they stood.
bool Groups::comes_first(std::size_t a, std::size_t b) const {
  if (members_[a].empty() || members_[b].empty()) return members_[a].size() > members_[b].size();
  const Change& one = changes_[members_[a].front()];
  const Change& other = changes_[members_[b].front()];
  const auto place_of_one = places_of_columns_.find(members_[a].front());
  const auto place_of_other = places_of_columns_.find(members_[b].front());
  const bool have_places = place_of_one != places_of_columns_.end() && place_of_other != places_of_columns_.end();
  if (!have_places || one.op != other.op || one.object().kind != other.object().kind) return comes_before(one, other);
  const std::string& parent = one.object().parent;
  if (parent != other.object().parent) return parent < other.object().parent;
  return (place_of_one->second < place_of_other->second) != (one.op == Change::Op::drop);
}

/// Where each drop stands in the order of creation turned round, so that the way back makes first what may be needed
/// unsaid (a function that another one's body calls). 0 for what is no drop.
std::vector<std::size_t> Groups::ranks_of_drops(const Graph& graph) const {
  const auto is_drop = [&](std::size_t group) {
    return !members_[group].empty() && changes_[members_[group].front()].op == Change::Op::drop;
  };
  Graph backwards(graph.size());
  for (std::size_t group = 0; group < graph.size(); ++group) {
    for (const std::size_t next : graph.after(group)) {
      if (is_drop(group) && is_drop(next)) backwards.add_edge(next, group);
    }
  }
  std::vector<std::size_t> cycle;
  const auto created = backwards.order([&](std::size_t a, std::size_t b) { return comes_first(b, a); }, cycle);
  std::vector<std::size_t> ranks(graph.size());
  for (std::size_t at = 0; at < created.size(); ++at) {
    if (is_drop(created[at])) ranks[created[at]] = created.size() - at;
  }
  return ranks;
}

std::vector<std::size_t> Groups::order(std::vector<std::size_t>& cycle) const {
  const Graph graph = contracted();
  const std::vector<std::size_t> ranks = ranks_of_drops(graph);
  const auto less = [&](std::size_t a, std::size_t b) {
    return ranks[a] != 0 && ranks[b] != 0 ? ranks[a] < ranks[b] : comes_first(a, b);
  };
  std::vector<std::size_t> all = graph.order(less, cycle);
  std::erase_if(all, [&](std::size_t group) { return members_[group].empty(); });
  std::erase_if(cycle, [&](std::size_t group) { return members_[group].empty(); });
  return all;
}

std::vector<std::size_t> Groups::reading_order(const model::Schema& from, const model::Schema& to) const {
  std::vector<const Object*> heads(changes_.size());
  std::vector<const Object*> wholes(changes_.size());
  for (std::size_t group = 0; group < changes_.size(); ++group) {
    const Change& head = changes_[members_[group].empty() ? group : members_[group].front()];
    heads[group] = &head.object();
    wholes[group] = &whole_for_reading(head.object(), head.to != nullptr ? to : from);
  }
  Reading reading = reading_of(heads, wholes);
  reading.less = [&](std::size_t a, std::size_t b) {
    const bool some_empty = members_[a].empty() || members_[b].empty();
    return some_empty ? members_[a].size() > members_[b].size()
                      : is_read_before(changes_[members_[a].front()], changes_[members_[b].front()], from, to);
  };
  std::vector<std::size_t> all = plan::reading_order(contracted(), reading);
  std::erase_if(all, [&](std::size_t group) { return members_[group].empty(); });
  return all;
}

}  // namespace segue::plan
