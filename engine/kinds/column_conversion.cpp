// How a column's values follow it to another type: ALTER COLUMN … TYPE … USING.
#include <set>

#include "kinds/column_parts.h"
#include "kinds/conversion_of_values.h"
#include "kinds/foreign_below.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/type_change.h"

namespace segue::kinds {

using model::Object;
using model::Sides;

namespace column_parts {
std::string using_clause(const Sides& sides) {
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  const std::string name = quoted_name(*sides.to);
  if (from == to || sides.to->has(generated)) return "";  // a generated column is computed anew
  if (sides.to->has(using_expression)) return " USING " + sides.to->definition(using_expression).text;
  const std::string value = converted(name, {from, to, *sides.from_schema, *sides.to_schema});
  return value == name ? "" : " USING " + value;
}

}  // namespace column_parts

std::string foreign_table_staying_below(const Sides& sides) {
  std::string in_the_way;
  if (sides.from->kind != &column || column_parts::is_of_foreign_table(*sides.from)) return in_the_way;
  std::set<std::string> stay;
  each_below(*sides.to_schema, *sides.to, [&](const Object& below) { return stay.insert(below.key).second; });
  each_below(*sides.from_schema, *sides.from, [&](const Object& below) {
    if (column_parts::is_of_foreign_table(below) && stay.count(below.key) != 0) in_the_way = below.parent;
    return true;
  });
  return in_the_way;
}

std::string foreign_table_below(const Sides& sides) {
  const bool needs_using = sides.from->kind == &column && !column_parts::using_clause(sides).empty();
  return needs_using ? foreign_table_staying_below(sides) : "";
}

}  // namespace segue::kinds
