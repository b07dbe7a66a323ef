#include "source/view_queries.h"

#include <algorithm>

#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/system_columns.h"
#include "source/definition_text.h"
#include "source/relations.h"
#include "sql/builtin_functions.h"

namespace segue::source {

using model::Object;

const std::string* ViewQueries::query_of(const Object& object) {
  if (object.kind != &kinds::view && object.kind != &kinds::materialized_view) return nullptr;
  return &object.definition(model::attribute(*object.kind, "query")).text;
}

std::vector<sql::Mention> ViewQueries::absent(const Object& object) {
  if (query_of(object) == nullptr) return {};
  auto columns = read(object);
  if (!columns) return {};
  std::erase_if(columns->absent, [&](const sql::Mention& mention) {
    return kinds::is_system_column(mention.names.back()) || may_be_call(mention.names.back());
  });
  return std::move(columns->absent);
}

Result<sql::QueryColumns> ViewQueries::read(const Object& view) {
  const model::Definition& query = view.definition(model::attribute(*view.kind, "query"));
  const std::vector<std::string> path = schemas_of_path(query.search_path);
  sql::Names names;
  names.schema_of = [&](std::string_view object_class, std::string_view name) -> std::optional<std::string> {
    if (object_class != "relation" || name.starts_with("pg_")) return std::nullopt;  // pg_catalog comes first
    for (const std::string& in_schema : path) {
      if (relation_named(schema_, in_schema, std::string(name)) != nullptr) return in_schema;
    }
    return std::nullopt;
  };
  names.columns_of = [&](std::string_view in_schema, std::string_view relation) {
    return columns_of(std::string(in_schema), std::string(relation));
  };
  return sql::query_columns(query.text, names);
}

ViewQueries::Columns ViewQueries::columns_of(const std::string& in_schema, const std::string& relation) {
  const Object* found = relation_named(schema_, in_schema, relation);
  if (found == nullptr) return {};
  if (query_of(*found) != nullptr) return columns_of_view(*found);
  if (!kinds::is_table(*found) || !is_whole(schema_, *found)) return {};
  Columns columns;
  for (const Object* child : schema_.children(found->key)) {
    if (child->kind == &kinds::column) columns.push_back(child->name());
  }
  return columns;
}

ViewQueries::Columns ViewQueries::columns_of_view(const Object& view) {
  const auto [known, is_new] = views_.try_emplace(view.key);  // with none: one that reads itself ends here
  if (is_new) {
    if (auto columns = read(view); columns && columns->complete) known->second = std::move(columns->names);
  }
  return known->second;
}

/// `t.f` is f(t) as well (parse_func.c ParseFuncOrColumn).
bool ViewQueries::may_be_call(const std::string& name) const {
  const auto [first, last] = sql::builtin_functions(name);
  if (first != last || environment_.schemas_of.count("function " + name) != 0) return true;
  return std::any_of(schema_.objects().begin(), schema_.objects().end(), [&](const Object& object) {
    return object.kind->name_space == model::NameSpace::routine && object.names[1] == name;
  });
}

}  // namespace segue::source
