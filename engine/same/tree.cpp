// Tier one: canonical trees, with names resolved against the two models.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/operator_members.h"
#include "same/home.h"
#include "same/same.h"
#include "source/definition_text.h"
#include "sql/builtin_functions.h"
#include "sql/canonical.h"
#include "sql/lexer.h"

namespace segue::same {
namespace {

using model::Object;

bool fits(std::string_view object_class, const model::Kind& kind) {
  if (object_class == "relation") return kind.name_space == model::NameSpace::relation;
  if (object_class == "type")
    return kind.name_space == model::NameSpace::type || kind.name_space == model::NameSpace::relation;
  return kind.name == object_class;
}

/// The model seen through the eyes of the canonical form.
class Resolver {
 public:
  Resolver(const model::Schema& schema, const World& world, const std::string& path)
      : schema_(schema),
        environment_(world.environment),
        known_(world.known[&schema]),
        fragments_(world.fragments),
        path_(source::schemas_of_path(path)) {}

  sql::Names names() const {
    sql::Names names;
    names.schema_of = [this](std::string_view object_class, std::string_view name) {
      return schema_of(object_class, name);
    };
    names.columns_of = [this](std::string_view in_schema, std::string_view relation) {
      return columns_of(in_schema, relation);
    };
    names.type_of = [this](std::string_view in_schema, std::string_view relation, std::string_view column) {
      return type_of(in_schema, relation, column);
    };
    names.type_facts = [this](std::string_view in_schema, std::string_view name) {
      return type_facts(in_schema, name);
    };
    names.fragments = &fragments_;
    return names;
  }

 private:
  std::optional<std::string> schema_of(std::string_view object_class, std::string_view name) const {
    const std::string wanted(name);
    for (const std::string& in_schema : path_) {
      if (object_class == "function" ? has_routine(in_schema, wanted) : has(object_class, in_schema, wanted))
        return in_schema;
    }
    if (environment_ != nullptr) {
      const auto found = environment_->schemas_of.find(std::string(object_class) + " " + wanted);
      if (found != environment_->schemas_of.end() && found->second.size() == 1) return found->second.front();
      const auto [first, last] = sql::builtin_functions(name);
      if (object_class == "function" && found == environment_->schemas_of.end() && environment_->complete &&
          first != last)
        return "pg_catalog";
    }
    return std::nullopt;
  }

  bool has(std::string_view object_class, const std::string& in_schema, const std::string& name) const {
    if (object_class == "opclass") return kinds::operator_members::class_named(schema_, in_schema, name) != nullptr;
    for (const model::Kind* kind : kinds::all()) {
      if (fits(object_class, *kind) && schema_.contains(model::key_of(*kind, {in_schema, name}))) return true;
    }
    return false;
  }

  bool has_routine(const std::string& in_schema, const std::string& name) const {
    auto& routines = known_.routines;
    if (routines.empty()) {
      for (const Object& object : schema_.objects()) {
        if (object.kind->name_space == model::NameSpace::routine)
          routines.insert(quote_qualified(object.names[0], object.names[1]));
      }
      routines.insert("");  // looked at once
    }
    return routines.count(quote_qualified(in_schema, name)) != 0;
  }

  std::vector<std::string> columns_of(std::string_view in_schema, std::string_view relation) const {
    const std::string key = model::key_of(kinds::table, {std::string(in_schema), std::string(relation)});
    const auto [names, is_new] = known_.columns.try_emplace(key);
    if (is_new) {
      for (const Object* child : schema_.children(key)) {
        if (child->kind == &kinds::column) names->second.push_back(child->name());
      }
    }
    return names->second;
  }

  std::optional<std::string> type_of(std::string_view in_schema, std::string_view relation,
                                     std::string_view column) const {
    const Object* found = schema_.find(
        model::key_of(kinds::column, {std::string(in_schema), std::string(relation), std::string(column)}));
    if (found == nullptr) return std::nullopt;
    return found->text(model::attribute(kinds::column, "type"));
  }

  std::optional<sql::TypeFacts> type_facts(std::string_view in_schema, std::string_view name) const {
    const std::vector<std::string> names = {std::string(in_schema), std::string(name)};
    if (schema_.contains(model::key_of(kinds::enum_type, names)))
      return sql::TypeFacts{sql::TypeFacts::Kind::enumeration, ""};
    const Object* domain = schema_.find(model::key_of(kinds::domain, names));
    if (domain != nullptr)
      return sql::TypeFacts{sql::TypeFacts::Kind::domain, domain->text(model::attribute(kinds::domain, "type"))};
    return sql::TypeFacts{};
  }

  const model::Schema& schema_;
  const source::Environment* environment_;
  Known& known_;
  sql::Fragments& fragments_;
  std::vector<std::string> path_;
};

/// The column whose default or own expression it is; null for anything else.
const Object* column_of(const Object& object, const model::Schema& schema) {
  if (object.kind == &kinds::column) return &object;
  const Object* parent = object.names.size() == 3 ? schema.find(object.parent) : nullptr;
  return parent != nullptr && parent->kind == &kinds::column ? parent : nullptr;
}

sql::Home home_of(const Object& object, const Object* column, const model::Schema& schema) {
  sql::Home home;
  const Object* at = &object;
  const bool has_own_name = object.names.size() == 2 || object.kind == &kinds::publication_table;
  if (has_own_name) at = hangs_on(object, schema);  // an index lives on its parent
  if (at == nullptr || at->names.size() < 2) return home;
  home.schema = at->names[0];
  home.relation = at->names[1];
  if (column != nullptr) home.column = column->name();
  return home;
}

/// What the form of an expression depends on where it names no column: defaults are alike in many tables.
std::string constant_key(const model::Definition& definition, const Object* column) {
  static const std::size_t type = model::attribute(kinds::column, "type");
  std::string key = column == nullptr ? "" : column->text(type);
  key.append(1, '\n').append(definition.search_path).append(1, '\n').append(definition.text);
  return key;
}

std::optional<std::string> canonical(const Object& object, std::size_t attribute, const model::Schema& schema,
                                     const World& world, sql::Writer writer) {
  const model::Definition& definition = object.definition(attribute);
  const sql::Grammar grammar = source::canonical_grammar(object.kind->attributes[attribute].grammar);
  const bool is_expression = grammar == sql::Grammar::expression;
  const Object* column = is_expression ? column_of(object, schema) : nullptr;
  auto& constants = world.known[&schema].constants;
  std::string key = is_expression ? constant_key(definition, column) : "";
  if (const auto known = constants.find(key); is_expression && known != constants.end()) return known->second;
  const sql::Home home = home_of(object, column, schema);
  const Resolver resolver(schema, world, definition.search_path);
  bool names_columns = false;
  auto form = sql::canonical(source::parsable(definition.text, object.kind->attributes[attribute].grammar), grammar,
                             resolver.names(), home, writer, &names_columns);
  if (!form) return std::nullopt;
  if (is_expression && !names_columns) constants.emplace(std::move(key), *form);
  return std::move(*form);
}

}  // namespace

bool same_tree(const diff::Pair& pair, const World& world) {
  if (pair.to->definition(pair.attribute).text == pair.from->definition(pair.attribute).text &&
      pair.to->kind->attributes[pair.attribute].grammar == model::Grammar::body) {
    return true;  // a body is bytes: under which path it was written does not matter
  }
  const auto from = canonical(*pair.from, pair.attribute, *world.live, world, sql::Writer::server);
  if (!from) return false;
  const auto to = canonical(*pair.to, pair.attribute, *world.desired, world, sql::Writer::file);
  return to && *from == *to;
}

}  // namespace segue::same
