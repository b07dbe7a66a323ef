#include "kinds/conversion_of_values.h"

#include <algorithm>

#include "kinds/kinds.h"
#include "kinds/type_change.h"

namespace segue::kinds {
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

std::string written(const TypeParts& type) {
  return type.base + (type.modifier.empty() ? "" : "(" + type.modifier + ")") + (type.is_array ? "[]" : "");
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

/// The range type of that name, or with that multirange type; null where there is none.
const Object* range_behind(const std::string& type_name, const Schema& side) {
  static const std::size_t multirange = model::attribute(range_type, "multirange");
  if (const Object* range = found(range_type, type_name, side)) return range;
  const auto& all = side.objects();
  const auto range = std::find_if(all.begin(), all.end(), [&](const Object& one) {
    return one.kind == &range_type && one.text(multirange) == type_name;
  });
  return range == all.end() ? nullptr : &*range;
}

bool is_built_in(const std::string& type_name) { return type_name.find('.') == std::string::npos; }

/// Whether all casts of the type are known: its own type or one of the server's.
bool is_known(const std::string& type_name, const Schema& side) {
  return is_built_in(type_name) || found(enum_type, type_name, side) != nullptr ||
         range_behind(type_name, side) != nullptr || has_rows_of(type_name, side) != nullptr;
}

/// Arrays go over as their elements do.
bool has_cast_of_its_own(const TypeChange& change) {
  const TypeParts from = parts_of_type(change.from);
  const TypeParts to = parts_of_type(change.to);
  const std::string name =
      from.is_array == to.is_array ? from.base + " AS " + to.base : change.from + " AS " + change.to;
  const std::string key = model::key_of(cast, {name});
  return change.from_schema.contains(key) || change.to_schema.contains(key);
}

/// Rows of one relation or composite type become rows of another only where one stands above the other (parse_coerce.c
/// coerce_type).
bool lacks_cast_of_rows(const TypeParts& from, const TypeParts& to, const TypeChange& change) {
  const bool from_rows = has_rows_of(from.base, change.from_schema) != nullptr;
  const bool to_rows = has_rows_of(to.base, change.to_schema) != nullptr;
  // what leads to and from other types of somebody's own the server alone knows
  const bool known = from_rows ? to_rows || is_built_in(to.base) : to_rows && is_built_in(from.base);
  if (!known || from.base == to.base) return false;
  return from.is_array != to.is_array || !stands_below(from.base, to.base, change.from_schema);
}

bool is_between_type_and_array(const TypeChange& change) {
  return change.to == change.from + "[]" || change.from == change.to + "[]";
}

/// typecmds.c DefineRange makes the one cast that a range type has.
bool is_range_to_its_multirange(const TypeParts& from, const TypeParts& to, const Schema& side) {
  const Object* range = found(range_type, from.base, side);
  return range != nullptr && from.base != to.base && range_behind(to.base, side) == range &&
         from.is_array == to.is_array;
}

/// The multirange type of one range that is called otherwise after an exchange; or arrays of it.
bool are_one_multirange(const TypeParts& from, const TypeParts& to, const TypeChange& change) {
  const Object* before = range_behind(from.base, change.from_schema);
  const Object* after = range_behind(to.base, change.to_schema);
  return before != nullptr && after != nullptr && before->key == after->key &&
         found(range_type, from.base, change.from_schema) == nullptr &&
         found(range_type, to.base, change.to_schema) == nullptr;
}

}  // namespace

bool is_castable(const TypeChange& change) {
  const TypeParts from = behind_domains(parts_of_type(change.from), change.from_schema);
  const TypeParts to = behind_domains(parts_of_type(change.to), change.to_schema);
  if (is_between_type_and_array(change) || has_cast_of_its_own(change) || casts_through_text(from, to)) return true;
  if (lacks_cast_of_rows(from, to, change)) return false;
  if (is_range_to_its_multirange(from, to, change.from_schema) || are_one_multirange(from, to, change)) return true;
  const bool is_of_range =
      range_behind(from.base, change.from_schema) != nullptr || range_behind(to.base, change.to_schema) != nullptr;
  if (from.is_array != to.is_array || (is_of_range && from.base != to.base))
    return !is_known(from.base, change.from_schema) || !is_known(to.base, change.to_schema);
  return has_cast(written(from), written(to));
}

bool goes_through_text(const TypeChange& change) {
  const auto is_enum = [](const std::string& type, const Schema& side) {
    return found(enum_type, behind_domains(parts_of_type(type), side).base, side) != nullptr;
  };
  return change.from != change.to && (is_enum(change.from, change.from_schema) || is_enum(change.to, change.to_schema));
}

std::string converted(const std::string& value, const TypeChange& change) {
  const std::string& from = change.from;
  const std::string& to = change.to;
  if (to == from + "[]") return "ARRAY[" + value + "]";
  if (from == to + "[]") return value + "[1]";
  if (from == to || converts_by_itself(from, to)) return value;
  if (!goes_through_text(change)) return value + "::" + to;
  const bool is_array = behind_domains(parts_of_type(from), change.from_schema).is_array;
  return value + (is_array ? "::text[]::" : "::text::") + to;
}

}  // namespace segue::kinds
