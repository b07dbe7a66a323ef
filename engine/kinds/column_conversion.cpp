// How a column's values follow it to another type: ALTER COLUMN … TYPE … USING.
#include <set>

#include "kinds/column_parts.h"
#include "kinds/foreign_below.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/type_change.h"

namespace segue::kinds {

using model::Object;
using model::Sides;

namespace column_parts {
namespace {

/// No cast leads from one enum to another type but text (parse_coerce.c find_coercion_pathway).
std::string through_text(const Sides& sides) {
  const auto is_enum = [](const model::Schema* schema, std::string name) {
    if (name.ends_with("[]")) name.resize(name.size() - 2);
    return schema != nullptr && schema->contains(std::string(enum_type.name) + " " + name);
  };
  const std::string& from = sides.from->text(type);
  if (!is_enum(sides.from_schema, from) && !is_enum(sides.to_schema, sides.to->text(type))) return "";
  return from.ends_with("[]") ? "::text[]" : "::text";
}

}  // namespace

std::string using_clause(const Sides& sides) {
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  const std::string name = quoted_name(*sides.to);
  if (from == to || sides.to->has(generated)) return "";  // a generated column is computed anew
  if (sides.to->has(using_expression)) return " USING " + sides.to->definition(using_expression).text;
  if (to == from + "[]") return " USING ARRAY[" + name + "]";
  if (from == to + "[]") return " USING " + name + "[1]";
  return converts_by_itself(from, to) ? "" : " USING " + name + through_text(sides) + "::" + to;
}

}  // namespace column_parts

std::string foreign_table_below(const Sides& sides) {
  std::string in_the_way;
  if (sides.from->kind != &column || column_parts::is_of_foreign_table(*sides.from) ||
      column_parts::using_clause(sides).empty())
    return in_the_way;
  std::set<std::string> stay;
  each_below(*sides.to_schema, *sides.to, [&](const Object& below) { return stay.insert(below.key).second; });
  each_below(*sides.from_schema, *sides.from, [&](const Object& below) {
    if (column_parts::is_of_foreign_table(below) && stay.count(below.key) != 0) in_the_way = below.parent;
    return true;
  });
  return in_the_way;
}

}  // namespace segue::kinds
