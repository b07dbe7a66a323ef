#include "same/expansion.h"

#include <algorithm>

#include "kinds/kinds.h"
#include "sql/script.h"

namespace segue::same {
namespace {

/// parse_relation.c expandRTE, parse_clause.c transformFromClauseItem, parse_target.c checkInsertTargets.
bool expands(const sql::Node& node) {
  if (node.is_list()) {
    const sql::List items = node.items();
    return std::any_of(items.begin(), items.end(), expands);
  }
  if (node.is("A_Star") || node.flag("isNatural")) return true;
  if (node.is("InsertStmt") && node.list("cols").empty()) return true;
  for (std::size_t i = 0; i < node.field_count(); ++i) {
    if (expands(node.field(i))) return true;
  }
  return false;
}

std::string columns_of(const model::Schema& schema, const std::string& relation) {
  std::string text;
  for (const model::Object* child : schema.children(relation)) {
    if (child->kind != &kinds::column) continue;
    text += child->key;
    for (const char* name : {"type", "collation"}) text += "|" + child->text(model::attribute(kinds::column, name));
    text += "\n";
  }
  return text;
}

}  // namespace

bool takes_columns_of(const model::Object& object, const std::set<std::string>& relations,
                      const source::ReadsFinder& finder) {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    if (object.kind->attributes[i].grammar != model::Grammar::query || !object.has(i)) continue;
    const auto query = sql::parse_query(object.definition(i).text);
    if (!query || !expands(query->node())) continue;
    const std::vector<std::string> read = finder.of(object, i).keys;
    if (std::any_of(read.begin(), read.end(), [&](const std::string& key) { return relations.count(key) != 0; }))
      return true;
  }
  return false;
}

bool Expansion::relation_differs(const std::string& key) {
  const auto [known, is_new] = known_.emplace(key, false);
  if (!is_new) return known->second;
  const model::Object* desired = world_.desired->find(key);
  if (desired == nullptr || desired->kind->name_space != model::NameSpace::relation) return false;
  bool differs = !world_.live->contains(key) || columns_of(*world_.live, key) != columns_of(*world_.desired, key);
  if (!differs && desired->kind != &kinds::table) {
    const std::vector<std::string> read = finder_.of(*desired).keys;
    differs = std::any_of(read.begin(), read.end(), [&](const std::string& other) { return relation_differs(other); });
  }
  known_[key] = differs;
  return differs;
}

bool Expansion::differs(const diff::Pair& pair) {
  const auto query = sql::parse_query(pair.to->definition(pair.attribute).text);
  if (!query || !expands(query->node())) return false;
  const std::vector<std::string> read = finder_.of(*pair.to, pair.attribute).keys;
  return std::any_of(read.begin(), read.end(), [&](const std::string& key) { return relation_differs(key); });
}

}  // namespace segue::same
