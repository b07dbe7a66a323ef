#include "source/reads.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/operator_members.h"
#include "kinds/placeholder.h"
#include "kinds/routine_common.h"
#include "source/definition_text.h"
#include "source/names.h"
#include "source/relations.h"
#include "sql/canonical.h"
#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::source {
namespace {

using model::Object;

/// Whether a call with so many arguments may be one of the routine (parse_func.c FuncnameGetCandidates).
bool takes(const Object& routine, int arguments) {
  if (arguments < 0 || routine.kind != &kinds::function) return true;
  int most = 0;
  bool is_open = routine.has(kinds::routine::defaults);
  for (const std::string& mode : kinds::routine::arguments_of(routine).modes) {
    if (kinds::routine::is_input(mode)) ++most;
    is_open = is_open || mode == "v";
  }
  return is_open || arguments == most;
}

/// Whether a mention of what nobody makes is a mistake: an object of the class, by its own name.
bool must_be_made(const sql::Mention& mention) {
  return !mention.in_text &&
         (mention.object_class == sql::Mention::Class::relation || mention.object_class == sql::Mention::Class::type ||
          mention.object_class == sql::Mention::Class::function);
}

/// The schemas in which a name may be found.
std::vector<std::string> candidates(const std::vector<std::string>& names, const std::vector<std::string>& path) {
  return names.size() > 1 ? std::vector<std::string>{names[names.size() - 2]} : path;
}

}  // namespace

ReadsFinder::ReadsFinder(const model::Schema& schema, const Environment& environment)
    : schema_(schema), environment_(environment) {
  for (const Object& object : schema.objects()) {
    if (object.kind->name_space == model::NameSpace::routine)
      routines_[quote_qualified(object.names[0], object.names[1])].push_back(object.key);
    if (object.kind->sql_class == "OPERATOR" && object.names.size() > 1)
      operators_[object.names[1]].push_back(object.key);
  }
}

std::vector<std::size_t> ReadsFinder::definitions_of(const Object& object) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const bool is_definition = object.kind->attributes[i].type == model::Type::definition && object.has(i);
    if (is_definition && !kinds::is_of_placeholder(object, i)) all.push_back(i);
  }
  return all;
}

Reads ReadsFinder::of(const Object& object) const {
  Reads all;
  for (const std::size_t i : definitions_of(object)) {
    Reads reads = of(object, i);
    all.keys.insert(all.keys.end(), reads.keys.begin(), reads.keys.end());
    all.locks.insert(all.locks.end(), reads.locks.begin(), reads.locks.end());
    all.needs_path = all.needs_path || reads.needs_path;
    all.unmade.insert(all.unmade.end(), reads.unmade.begin(), reads.unmade.end());
  }
  return all;
}

Reads ReadsFinder::of(const Object& object, std::size_t attribute) const {
  Reads reads;
  const model::Grammar grammar = object.kind->attributes[attribute].grammar;
  const model::Definition& definition = object.definition(attribute);
  if (grammar == model::Grammar::body || grammar == model::Grammar::none) return reads;
  const bool is_expression = grammar == model::Grammar::expression;
  auto found =
      sql::mentions(parsable(definition.text, grammar), is_expression ? sql::Grammar::expression : sql::Grammar::query);
  if (!found) {
    reads.needs_path = !definition.search_path.empty();
    return reads;
  }
  const Text text{object, schemas_of_path(definition.search_path)};
  for (const sql::Mention& mention : *found) {
    if (mention.names.empty() || is_of_statement_around(mention.names)) continue;
    const std::size_t before = reads.keys.size();
    const Found by = find(mention, text, reads.keys);
    if (reads.keys.size() == before && must_be_made(mention)) reads.unmade.push_back(mention);
    if (reads.keys.size() != before && mention.lock != "ACCESS SHARE")
      reads.locks.emplace_back(reads.keys[before], mention.lock);
    if (mention.names.size() == 1 && by == Found::by_path) reads.needs_path = true;
  }
  if (definition.search_path.empty()) reads.needs_path = false;
  return reads;
}

ReadsFinder::Found ReadsFinder::find(const sql::Mention& mention, const Text& text, Keys& keys) const {
  const std::string& name = mention.names.back();
  const bool qualified = mention.names.size() > 1;
  switch (mention.object_class) {
    case sql::Mention::Class::relation:
    case sql::Mention::Class::sequence:
      find_relation(mention, text, keys);
      return Found::by_path;
    case sql::Mention::Class::type:
      if (!qualified && is_builtin_type(name)) return Found::anywhere;
      find_types(mention, text, keys);
      return Found::by_path;
    case sql::Mention::Class::function:
      return find_routines(mention, text, keys);
    case sql::Mention::Class::column:
      find_column(name, text, keys);
      return Found::anywhere;
    case sql::Mention::Class::op:
      return find_operators(name, keys);
    case sql::Mention::Class::opclass:
      for (const std::string& in_schema : candidates(mention.names, text.path)) {
        const Object* named = kinds::operator_members::class_named(schema_, in_schema, name);
        if (named != nullptr) keys.push_back(named->key);
      }
      return environment_.schemas_of.count("opclass " + name) != 0 ? Found::anywhere : Found::by_path;
    case sql::Mention::Class::collation:
      if (!qualified && is_builtin_collation(name)) return Found::anywhere;
      find_named(kinds::collation, mention, text, keys);
      return Found::by_path;
    case sql::Mention::Class::search_configuration:
      return find_named(kinds::text_search_configuration, mention, text, keys);
    case sql::Mention::Class::search_dictionary:
      return find_named(kinds::text_search_dictionary, mention, text, keys);
    case sql::Mention::Class::constraint:
      find_constraint(mention, text, keys);
      return Found::by_path;
  }
  return Found::by_path;
}

void ReadsFinder::find_relation(const sql::Mention& mention, const Text& text, Keys& keys) const {
  for (const std::string& in_schema : candidates(mention.names, text.path)) {
    const Object* relation = relation_named(schema_, in_schema, mention.names.back());
    if (relation == nullptr) continue;
    keys.push_back(relation->key);
    for (const Object* child : schema_.children(relation->key)) {
      // a primary key may be what a GROUP BY rests on (parse_agg.c check_functional_grouping)
      const bool is_key = child->kind == &kinds::constraint &&
                          child->text(model::attribute(kinds::constraint, "type")) == "primary key";
      if (child->kind == &kinds::column || is_key) keys.push_back(child->key);
    }
    return;
  }
}

void ReadsFinder::find_constraint(const sql::Mention& mention, const Text& text, Keys& keys) const {
  const std::vector<std::string> table(mention.names.begin(), mention.names.end() - 1);
  for (const std::string& in_schema : candidates(table, text.path)) {
    std::string key = model::key_of(kinds::constraint, {in_schema, table.back(), mention.names.back()});
    if (schema_.contains(key)) return keys.push_back(std::move(key));
  }
}

ReadsFinder::Found ReadsFinder::find_named(const model::Kind& kind, const sql::Mention& mention, const Text& text,
                                           Keys& keys) const {
  for (const std::string& in_schema : candidates(mention.names, text.path)) {
    std::string key = model::key_of(kind, {in_schema, mention.names.back()});
    if (!schema_.contains(key)) continue;
    keys.push_back(std::move(key));
    return Found::by_path;
  }
  return Found::anywhere;
}

void ReadsFinder::find_types(const sql::Mention& mention, const Text& text, Keys& keys) const {
  for (const std::string& in_schema : candidates(mention.names, text.path)) {
    for (const model::Kind* kind : kinds::all()) {
      if (kind->name_space != model::NameSpace::type && kind->name_space != model::NameSpace::relation) continue;
      const std::string key = model::key_of(*kind, {in_schema, mention.names.back()});
      if (!schema_.contains(key)) continue;
      keys.push_back(key);
      return;
    }
  }
}

void ReadsFinder::find_column(const std::string& name, const Text& text, Keys& keys) const {
  for (const Object* at = &text.of; at != nullptr; at = at->parent.empty() ? nullptr : schema_.find(at->parent)) {
    if (at->kind->name_space != model::NameSpace::relation || at->names.size() != 2) continue;
    std::string key = model::key_of(kinds::column, {at->names[0], at->names[1], name});
    if (schema_.contains(key) && key != text.of.key && key != text.of.parent) keys.push_back(std::move(key));
  }
}

ReadsFinder::Found ReadsFinder::find_routines(const sql::Mention& mention, const Text& text, Keys& keys) const {
  bool ours = false;
  for (const std::string& in_schema : candidates(mention.names, text.path)) {
    const auto routines = routines_.find(quote_qualified(in_schema, mention.names.back()));
    if (routines == routines_.end()) continue;
    for (const std::string& key : routines->second) {
      if (!takes(*schema_.find(key), mention.arguments)) continue;
      ours = true;
      keys.push_back(key);
    }
  }
  return !ours && in_catalog("function " + mention.names.back()) ? Found::anywhere : Found::by_path;
}

ReadsFinder::Found ReadsFinder::find_operators(const std::string& name, Keys& keys) const {
  const auto operators = operators_.find(name);
  if (operators == operators_.end()) return in_catalog("operator " + name) ? Found::anywhere : Found::by_path;
  keys.insert(keys.end(), operators->second.begin(), operators->second.end());
  return Found::by_path;
}

bool ReadsFinder::in_catalog(const std::string& what) const {
  return environment_.complete && environment_.schemas_of.count(what) == 0;
}

}  // namespace segue::source
