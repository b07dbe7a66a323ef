#include "source/reads.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/operator_members.h"
#include "source/definition_text.h"
#include "source/names.h"
#include "sql/canonical.h"
#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::source {
namespace {

using model::Object;

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

Reads ReadsFinder::of(const Object& object) const {
  Reads all;
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    if (object.kind->attributes[i].type != model::Type::definition || !object.has(i)) continue;
    Reads reads = of(object, i);
    all.keys.insert(all.keys.end(), reads.keys.begin(), reads.keys.end());
    all.needs_path = all.needs_path || reads.needs_path;
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
  const std::vector<std::string> path = schemas_of_path(definition.search_path);
  const auto add_relation = [&](const std::vector<std::string>& names) {
    for (const std::string& in_schema : candidates(names, path)) {
      for (const model::Kind* kind : kinds::all()) {
        if (kind->name_space != model::NameSpace::relation) continue;
        const std::string key = model::key_of(*kind, {in_schema, names.back()});
        if (!schema_.contains(key)) continue;
        reads.keys.push_back(key);
        for (const Object* child : schema_.children(key)) {
          // a primary key may be what a GROUP BY rests on (parse_agg.c check_functional_grouping)
          const bool is_key = child->kind == &kinds::constraint &&
                              child->text(model::attribute(kinds::constraint, "type")) == "primary key";
          if (child->kind == &kinds::column || is_key) reads.keys.push_back(child->key);
        }
        return;
      }
    }
  };
  const auto add_type = [&](const std::vector<std::string>& names) {
    for (const std::string& in_schema : candidates(names, path)) {
      for (const model::Kind* kind : kinds::all()) {
        if (kind->name_space != model::NameSpace::type && kind->name_space != model::NameSpace::relation) continue;
        const std::string key = model::key_of(*kind, {in_schema, names.back()});
        if (schema_.contains(key)) reads.keys.push_back(key);
      }
    }
  };
  const auto home = [&](const std::string& name) {
    for (const Object* at = &object; at != nullptr; at = at->parent.empty() ? nullptr : schema_.find(at->parent)) {
      if (at->kind->name_space != model::NameSpace::relation || at->names.size() != 2) continue;
      std::string key = model::key_of(kinds::column, {at->names[0], at->names[1], name});
      if (schema_.contains(key) && key != object.key && key != object.parent) reads.keys.push_back(std::move(key));
    }
  };
  for (const sql::Mention& mention : *found) {
    if (mention.names.empty()) continue;
    bool known_to_server = false;
    using Class = sql::Mention::Class;
    switch (mention.object_class) {
      case Class::relation:
      case Class::sequence:
        add_relation(mention.names);
        break;
      case Class::type:
        known_to_server = mention.names.size() == 1 && is_builtin_type(mention.names[0]);
        if (!known_to_server) add_type(mention.names);
        break;
      case Class::function: {
        bool ours = false;
        for (const std::string& in_schema : candidates(mention.names, path)) {
          const auto routines = routines_.find(quote_qualified(in_schema, mention.names.back()));
          if (routines == routines_.end()) continue;
          ours = true;
          reads.keys.insert(reads.keys.end(), routines->second.begin(), routines->second.end());
        }
        known_to_server =
            !ours && environment_.complete && environment_.schemas_of.count("function " + mention.names.back()) == 0;
        break;
      }
      case Class::column:
        home(mention.names.back());
        continue;
      case Class::op: {
        const auto operators = operators_.find(mention.names.back());
        if (operators != operators_.end())
          reads.keys.insert(reads.keys.end(), operators->second.begin(), operators->second.end());
        known_to_server = operators == operators_.end() && environment_.complete &&
                          environment_.schemas_of.count("operator " + mention.names.back()) == 0;
        break;
      }
      case Class::opclass:
        for (const std::string& in_schema : candidates(mention.names, path)) {
          const Object* named = kinds::operator_members::class_named(schema_, in_schema, mention.names.back());
          if (named != nullptr) reads.keys.push_back(named->key);
        }
        known_to_server = environment_.schemas_of.count("opclass " + mention.names.back()) != 0;
        break;
      case Class::collation:
        known_to_server = mention.names.size() == 1 && is_builtin_collation(mention.names[0]);
        break;
    }
    if (mention.names.size() == 1 && !known_to_server) reads.needs_path = true;
  }
  if (definition.search_path.empty()) reads.needs_path = false;
  return reads;
}

}  // namespace segue::source
