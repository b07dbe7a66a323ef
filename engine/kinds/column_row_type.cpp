// Columns of row types: rows of one relation or composite type become rows of another only where one stands above the
// other, or somebody made a cast. PostgreSQL: parse_coerce.c coerce_type, find_coercion_pathway.
#include <algorithm>

#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/type_change.h"

namespace segue::kinds::column_parts {
namespace {

using model::Object;
using model::Schema;

const Object* found(const model::Kind& kind, const std::string& type_name, const Schema& side) {
  return side.find(std::string(kind.name) + " " + type_name);
}

/// lsyscache.c getBaseType.
TypeParts behind_domains(TypeParts parts, const Schema& side) {
  while (const Object* over = found(domain, parts.base, side)) {
    const bool is_array = parts.is_array;
    parts = parts_of_type(over->text(model::attribute(domain, "type")));
    parts.is_array = parts.is_array || is_array;
  }
  return parts;
}

/// What has rows of that type; null where the type is none of rows.
const Object* has_rows_of(const std::string& type_name, const Schema& side) {
  for (const model::Kind* kind : {&table, &composite_type, &view, &materialized_view, &foreign_table}) {
    if (const Object* holder = found(*kind, type_name, side)) return holder;
  }
  return nullptr;
}

/// The types of what a relation inherits from, is a partition of, or is a typed table of.
model::List types_above(const Object& holder, const Schema& side) {
  model::List above;
  if (holder.kind == &table || holder.kind == &foreign_table)
    above = holder.list(model::attribute(*holder.kind, "inherits"));
  if (holder.kind == &table && holder.has(model::attribute(table, "of_type")))
    above.push_back(holder.text(model::attribute(table, "of_type")));
  for (const Object* child : side.children(holder.key)) {
    if (child->kind == &partition) above.push_back(child->text(model::attribute(partition, "parent")));
  }
  return above;
}

/// parse_coerce.c typeIsOfTypedTable, pg_inherits.c typeInheritsFrom.
bool stands_below(const std::string& type_name, const std::string& other, const Schema& side) {
  if (type_name == other) return true;
  const Object* holder = has_rows_of(type_name, side);
  const model::List above = holder == nullptr ? model::List{} : types_above(*holder, side);
  return std::any_of(above.begin(), above.end(), [&](const auto& one) { return stands_below(one, other, side); });
}

bool is_built_in(const std::string& type_name) { return type_name.find('.') == std::string::npos; }

}  // namespace

bool lacks_cast_of_rows(const model::Sides& sides) {
  const TypeParts written_from = parts_of_type(sides.from->text(type));
  const TypeParts written_to = parts_of_type(sides.to->text(type));
  const TypeParts from = behind_domains(written_from, *sides.from_schema);
  const TypeParts to = behind_domains(written_to, *sides.to_schema);
  const bool from_rows = has_rows_of(from.base, *sides.from_schema) != nullptr;
  const bool to_rows = has_rows_of(to.base, *sides.to_schema) != nullptr;
  // what leads to and from other types of somebody's own the server alone knows
  const bool known = from_rows ? to_rows || is_built_in(to.base) : to_rows && is_built_in(from.base);
  if (!known || from.base == to.base || casts_through_text(from, to)) return false;
  const auto is_cast = [&](const Schema& side) {
    return side.contains(model::key_of(cast, {written_from.base + " AS " + written_to.base}));
  };
  if (is_cast(*sides.from_schema) || is_cast(*sides.to_schema)) return false;
  return from.is_array != to.is_array || !stands_below(from.base, to.base, *sides.from_schema);
}

}  // namespace segue::kinds::column_parts
