// What goes before and behind a type that is exchanged (kinds/type_swap.h): what its parts read, and the columns that
// go over to another type beside it.
#include <algorithm>
#include <set>

#include "kinds/kinds.h"
#include "kinds/type_swap.h"
#include "plan/edges.h"

namespace segue::plan {

using model::Object;

/// What writes the exchange of a type: a part of it, or it itself, or one that it is made from.
std::vector<std::string> Edges::writers_of_exchange(const std::string& type, const model::Sides& sides) const {
  std::vector<std::string> writers;
  const Object* whole = sides.to_schema->find(type);
  std::set<std::string> types = whole == nullptr ? std::set<std::string>{} : types_within(*whole, *sides.to_schema);
  types.insert(type);
  for (const std::string& key : types) {
    if (!kinds::is_exchanged(sides, key)) continue;
    const Object* speaker = kinds::speaker_of_exchange(sides, *sides.to_schema->find(key));
    writers.push_back(speaker != nullptr ? speaker->key : key);
  }
  return writers;
}

/// An exchange brings the successor with all its parts, there or on the way back: what they read is there by then, and
/// what the others read stays until then. Where a check writes it, that goes before the others, so that what hangs on
/// them finds them.
void Edges::add_edges_of_exchange(std::size_t node) {
  const Change& change = changes_[node];
  const std::string& whole = change.object().parent;
  const model::Sides there{nullptr, nullptr, input_.from, input_.to, input_.server_version, input_.current_role};
  const auto add_edge = [&](std::optional<std::size_t> before, std::optional<std::size_t> after) {
    if (before && after && *before != *after) graph_.add_edge(*before, *after);
  };
  const std::vector<std::string> come = change.to == nullptr ? std::vector<std::string>{} : needs_of(*change.to);
  const std::vector<std::string> go = change.from == nullptr ? std::vector<std::string>{} : change.from->depends;
  const auto add_edges_of_reads = [&](std::optional<std::size_t> exchange) {
    for (const std::string& read : come) add_edge(find(creates_, read), exchange);
    for (const std::string& read : go) add_edge(exchange, find(drops_, read));
  };
  const bool is_check = change.object().kind == &kinds::domain_constraint;
  for (const std::string& writer : writers_of_exchange(whole, there)) {
    for (const ChangeIndex* index : {&creates_, &alters_}) {
      const auto exchange = find(*index, writer);
      if (is_check && change.op == Change::Op::create) add_edge(exchange, node);
      add_edges_of_reads(exchange);
    }
  }
  for (const std::string& writer : writers_of_exchange(whole, turned(there))) {
    if (is_check && change.op == Change::Op::drop) add_edge(node, find(drops_, writer));
    for (const ChangeIndex* index : {&drops_, &alters_}) add_edges_of_reads(find(*index, writer));
  }
}

/// A domain gets a check, there or on the way back, while columns are of the domain itself: PostgreSQL does not look
/// for values in arrays (typecmds.c get_rels_with_domain).
void Edges::add_edges_of_turned_columns(std::size_t node) {
  static const std::size_t type = model::attribute(kinds::column, "type");
  const std::string& whole = changes_[node].object().parent;
  const auto is_of_domain = [&](const Object& one) {
    return std::find(one.depends.begin(), one.depends.end(), whole) != one.depends.end();
  };
  for (const auto& [key, altered] : alters_) {
    const Object& from = *changes_[altered].from;
    const Object& to = *changes_[altered].to;
    if (from.kind != &kinds::column || !is_of_domain(from) || !is_of_domain(to)) continue;
    const bool was_array = from.text(type).ends_with("[]");
    const bool is_array = to.text(type).ends_with("[]");
    if (!was_array && is_array) graph_.add_edge(node, altered);
    if (was_array && !is_array) graph_.add_edge(altered, node);
  }
}

/// There or, where nothing is exchanged there, on the way back, which goes the other way round.
void Edges::note_passages() {
  static const std::size_t type = model::attribute(kinds::column, "type");
  using kinds::Passage;
  for (const auto& [key, node] : alters_) {
    const Change& change = changes_[node];
    if (change.to->kind != &kinds::column || (*change.from)[type] == (*change.to)[type]) continue;
    const model::Sides there = sides_of(change);
    Passage passage = kinds::passage_of(there);
    if (passage == Passage::none) {
      const Passage back = kinds::passage_of(turned(there));
      passage = back == Passage::before ? Passage::behind : back == Passage::behind ? Passage::before : back;
    }
    if (passage != Passage::none) passages_.emplace(node, passage);
  }
}

/// Whether a column goes over to a type before that is exchanged.
bool Edges::passes_before(std::size_t node, const std::string& key) const {
  const auto passage = passages_.find(node);
  const Object* type = passage == passages_.end() ? nullptr : input_.from->find(key);
  return type != nullptr && passage->second == kinds::Passage::before &&
         type->kind->name_space == model::NameSpace::type;
}

/// What may write the exchange of a type, there or on the way back: its alteration, or a part of it.
std::vector<std::size_t> Edges::exchanges_of(const std::string& type) const {
  std::vector<std::size_t> found;
  if (const auto altered = find(alters_, type)) found.push_back(*altered);
  for (const model::Schema* side : {input_.from, input_.to}) {
    for (const Object* part : side->children(type)) {
      if (part->kind != &kinds::domain_constraint && part->kind != &kinds::composite_attribute) continue;
      for (const ChangeIndex* index : {&alters_, &creates_, &drops_}) {
        if (const auto change = find(*index, part->key)) found.push_back(*change);
      }
    }
  }
  return found;
}

void Edges::add_edges_of_passages() {
  for (const auto& [node, passage] : passages_) {
    std::set<std::string> types = types_within(*changes_[node].from, *input_.from);
    types.merge(types_within(*changes_[node].to, *input_.to));
    for (const std::string& type : types) {
      for (const std::size_t exchange : exchanges_of(type)) {
        const bool before = passage == kinds::Passage::before;
        graph_.add_edge(before ? node : exchange, before ? exchange : node);
      }
    }
  }
}

}  // namespace segue::plan
