#include "source/relations.h"

#include <algorithm>

#include "kinds/kinds.h"

namespace segue::source {

const model::Object* relation_named(const model::Schema& schema, const std::string& in_schema,
                                    const std::string& name) {
  for (const model::Kind* kind : kinds::all()) {
    if (kind->name_space != model::NameSpace::relation) continue;
    if (const model::Object* found = schema.find(model::key_of(*kind, {in_schema, name}))) return found;
  }
  return nullptr;
}

bool is_whole(const model::Schema& schema, const model::Object& table) {
  if (table.kind == &kinds::table && table.has(model::attribute(kinds::table, "of_type"))) return false;
  const auto is_there = [&](const std::string& address) {
    return schema.contains("table " + address) || schema.contains("foreign table " + address);
  };
  const model::List& parents = table.list(model::attribute(*table.kind, "inherits"));
  if (!std::all_of(parents.begin(), parents.end(), is_there)) return false;
  const std::vector<const model::Object*> parts = schema.children(table.key);
  return std::all_of(parts.begin(), parts.end(), [&](const model::Object* part) {
    return part->kind != &kinds::partition || (!part->depends.empty() && schema.contains(part->depends.front()));
  });
}

}  // namespace segue::source
