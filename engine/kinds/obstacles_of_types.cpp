// Rows that stand in the way of a change of a type: of every column that holds values of it.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/relation.h"

namespace segue::kinds::obstacles {
namespace {

using model::List;
using model::Object;
using model::Sides;

std::string name_of(const Object& type) { return quote_qualified(type.names[0], type.names[1]); }

const std::string& type_of(const Object& object) { return object.text(model::attribute(*object.kind, "type")); }

/// The names of a type and of the domains over it, to any depth (typecmds.c get_rels_with_domain).
List with_domains_over(const Sides& sides, const Object& type) {
  List names = {name_of(type)};
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (const Object& object : sides.from_schema->objects()) {
      if (object.kind == &domain && type_of(object) == names[i]) names.push_back(name_of(object));
    }
  }
  return names;
}

/// The columns of a type and of the domains over it, in order; those that come from a parent are looked at with it.
std::vector<const Object*> columns_of(const Sides& sides, const Object& type, bool with_arrays) {
  std::vector<const Object*> found;
  const List names = with_domains_over(sides, type);
  for (const Object& object : sides.from_schema->objects()) {
    if (object.kind != &column || !column.implied_by(object).empty()) continue;
    std::string held = type_of(object);
    if (with_arrays && held.ends_with("[]")) held.resize(held.size() - 2);
    if (std::find(names.begin(), names.end(), held) != names.end()) found.push_back(&object);
  }
  std::sort(found.begin(), found.end(), [](const Object* a, const Object* b) { return a->key < b->key; });
  return found;
}

}  // namespace

void labels_in_use(const Sides& sides, const Object& type, const List& gone, model::Emit& emit) {
  List quoted;
  for (const std::string& label : gone) quoted.push_back(quote_literal(label));
  const std::string labels = join(quoted, ", ");
  for (const Object* user : columns_of(sides, type, true)) {
    const std::string relation = relation_address(*user);
    const std::string name = quoted_name(*user);
    const Object* after = sides.to_schema->find(user->key);
    const bool says_how = after != nullptr && after->has(model::attribute(column, "using"));
    const std::string value = says_how ? "(" + after->definition(model::attribute(column, "using")).text + ")" : name;
    const std::string condition = type_of(*user).ends_with("[]") ? value + "::text[] && ARRAY[" + labels + "]"
                                                                 : value + "::text IN (" + labels + ")";
    rows_where(sides, relation, {user->name()}, condition,
               "rows of " + relation + " whose " + name + (says_how ? " would hold" : " holds") + " a label that " +
                   name_of(type) + " loses (" + labels + ")",
               says_how, emit);
  }
}

void nulls_of_domain(const Sides& sides, const Object& type, model::Emit& emit) {
  for (const Object* user : columns_of(sides, type, true)) {
    const std::string relation = relation_address(*user);
    const std::string name = quoted_name(*user);
    if (type_of(*user).ends_with("[]")) {
      rows_where(sides, relation, {user->name()},
                 "EXISTS (SELECT FROM pg_catalog.unnest(" + name + ") AS held(value) WHERE held.value IS NULL)",
                 "rows of " + relation + " with a null in " + name, false, emit);
    } else {
      rows_where(sides, relation, {user->name()}, name + " IS NULL", "rows of " + relation + " without " + name, false,
                 emit);
    }
  }
}

void outside_of_domain(const Sides& sides, const Object& type, const std::string& check, model::Emit& emit) {
  for (const Object* user : columns_of(sides, type, true)) {
    const std::string relation = relation_address(*user);
    if (!stand(sides, relation, {user->name()}) || emit.fragments().empty()) continue;
    // VALUE is a column's name to the parser (typecmds.c replace_domain_constraint_value), so that it can be one
    std::string key = key_of_rows(sides, relation);
    if (key.find("value") != std::string::npos) key = "ctid";
    const std::string name = quoted_name(*user);
    const std::string value = type_of(*user).ends_with("[]") ? "pg_catalog.unnest(" + name + ")" : name;
    emit.fragments().back().obstacles.push_back(
        {"rows of " + relation + " for whose " + name + " (" + check + ") is false", key,
         "FROM (SELECT " + key + ", " + value + "::" + type_of(type) + " AS value FROM " + relation +
             ") rows WHERE NOT (" + check + ")",
         relation, true});
  }
}

void null_outside_of_domain(const Sides& sides, const Object& added, const Object& type, model::Emit& emit) {
  const std::string relation = relation_address(added);
  const std::string null = "(SELECT CAST(NULL AS " + type_of(type) + ") AS value) v";
  for (const Object* part : sides.to_schema->children(type.key)) {
    if (part->kind != &domain_constraint) continue;
    const std::string& check = part->definition(model::attribute(domain_constraint, "expression")).text;
    rows_where(sides, relation, {}, "EXISTS (SELECT FROM " + null + " WHERE NOT (" + check + "))",
               "rows of " + relation + ", which would have no " + quoted_name(added) + ", for which (" + check +
                   ") of " + name_of(type) + " is false",
               true, emit);
  }
}

}  // namespace segue::kinds::obstacles
