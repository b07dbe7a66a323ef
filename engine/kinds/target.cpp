#include "kinds/target.h"

#include <algorithm>
#include <utility>

#include "base/quote.h"
#include "kinds/clones.h"
#include "kinds/kinds.h"

namespace segue::kinds {
namespace {

using model::Object;

bool is_relation(const Object& object) {
  static constexpr std::string_view classes[] = {"TABLE",         "VIEW",     "MATERIALIZED VIEW",
                                                 "FOREIGN TABLE", "SEQUENCE", "INDEX"};
  return std::find(std::begin(classes), std::end(classes), object.kind->sql_class) != std::end(classes);
}

std::string relation_of(const Object& object, const model::Schema& side) {
  for (const Object* at = &object; at != nullptr; at = side.find(at->parent)) {
    if (is_relation(*at)) return at->kind->address(*at);
  }
  return {};
}

bool is_table_of(const Object& object) {
  return object.kind->sql_class == "TABLE" || object.kind->sql_class == "FOREIGN TABLE";
}

/// What is one object with another and has a name of its own: the index that keeps a constraint, the sequence of an
/// identity column. `name` is "" where the object has none.
Target partner(Target target, std::string_view sql_class, const std::string& name) {
  if (name.empty()) return {};
  target.sql_class = sql_class;
  target.address = name;
  if (sql_class == "SEQUENCE") target.relation = name;
  return target;
}

}  // namespace

Target target_of(const Object& child, const model::Schema* side) {
  Target target;
  if (side == nullptr) return target;
  target.object = side->find(child.names.front());
  if (target.object == nullptr || target.object->kind->address == nullptr) return {};
  const Object& object = *target.object;
  target.sql_class = object.kind->sql_class;
  target.address = object.kind->address(object);
  target.relation = relation_of(object, *side);
  if (child.names.size() > 1 && object.kind->sql_class == "CONSTRAINT")
    return partner(target, "INDEX", quote_qualified(object.names.front(), object.names.back()));
  if (child.names.size() > 1 && object.kind == &column)
    return partner(target, "SEQUENCE", object.text(model::attribute(column, "identity_sequence")));
  if (child.names.size() > 1 && child.kind != &privileges && is_table_of(object)) {
    target.sql_class = "TRIGGER";
    target.address = child.names[1] + " ON " + target.address;
    return target;
  }
  if (child.names.size() > 1) {
    target.column = child.names[1];
    target.sql_class = "COLUMN";
    target.address += "." + target.column;
  } else if (object.kind->sql_class == "COLUMN") {
    target.column = quote_identifier(object.name());
  }
  return target;
}

Target target_left(const Object& child, const model::Sides& sides) {
  return target_of(child, sides.to_schema).object == nullptr ? Target{} : target_of(child, sides.from_schema);
}

model::Change decide_by_target(const model::Sides& sides) {
  const bool same = target_of(*sides.from, sides.from_schema).address == target_of(*sides.to, sides.to_schema).address;
  return same ? model::Change::alter : model::Change::replace;
}

bool is_part(const Object& object, std::string_view column_name) {
  return object.kind->sql_class == "COLUMN" && object.name() == column_name;
}

Object make_child_of_column(const model::Kind& kind, const Object& whole, const std::string& column_name) {
  return model::make_object(kind, {whole.key, quote_identifier(column_name)}, whole.key);
}

Object on_index_of(const model::Kind& kind, const Object& kept) {
  return model::make_object(kind, {kept.key, "index"}, kept.key);
}

Object on_sequence_of(const model::Kind& kind, const Object& identity) {
  return model::make_object(kind, {identity.key, "sequence"}, identity.key);
}

std::optional<Object> on_clone(const model::Kind& kind, const Object& relation, const std::string& trigger_name,
                               const model::Schema& side) {
  const Clone clone = clone_on(side, relation, trigger_name);
  if (clone.original == nullptr) return std::nullopt;
  Object object = model::make_object(kind, {relation.key, quote_identifier(trigger_name)}, relation.key);
  object.depends = clone.memberships;
  object.depends.push_back(clone.original->key);
  return object;
}

void remove_children_of_sequence(const Object& identity, model::Schema& side) {
  for (const model::Kind* kind : {&comment, &privileges}) side.remove(on_sequence_of(*kind, identity).key);
  std::vector<std::string> labels;
  for (const Object* child : std::as_const(side).children(identity.key))
    if (child->kind == &security_label && child->names.size() > 2) labels.push_back(child->key);
  for (const std::string& key : labels) side.remove(key);
}

Object child_at(const model::Kind& kind, const Object& target, std::string_view catalog, int sub,
                const std::string& column_name) {
  if (sub != 0 && !is_part(target, column_name)) return make_child_of_column(kind, target, column_name);
  if (sub == 0 && target.kind == &column && catalog == "pg_class") return on_sequence_of(kind, target);
  if (target.kind == &constraint && catalog == "pg_class") return on_index_of(kind, target);
  return model::make_object(kind, {target.key}, target.key);
}

Object child_of_named(const model::Kind& kind, const Object& target, std::string_view object_type) {
  if (object_type == "OBJECT_INDEX" && target.kind == &constraint) return on_index_of(kind, target);
  if (object_type != "OBJECT_COLUMN" && target.kind == &column) return on_sequence_of(kind, target);
  return model::make_object(kind, {target.key}, target.key);
}

bool is_modelled_object(std::string_view object_type) {
  static constexpr std::string_view types[] = {"OBJECT_TABLE",         "OBJECT_VIEW",
                                               "OBJECT_MATVIEW",       "OBJECT_FOREIGN_TABLE",
                                               "OBJECT_SEQUENCE",      "OBJECT_INDEX",
                                               "OBJECT_SCHEMA",        "OBJECT_FUNCTION",
                                               "OBJECT_PROCEDURE",     "OBJECT_ROUTINE",
                                               "OBJECT_AGGREGATE",     "OBJECT_TYPE",
                                               "OBJECT_DOMAIN",        "OBJECT_TRIGGER",
                                               "OBJECT_OPCLASS",       "OBJECT_OPFAMILY",
                                               "OBJECT_RULE",          "OBJECT_POLICY",
                                               "OBJECT_EXTENSION",     "OBJECT_DOMCONSTRAINT",
                                               "OBJECT_TABCONSTRAINT", "OBJECT_STATISTIC_EXT",
                                               "OBJECT_COLUMN",        "OBJECT_COLLATION",
                                               "OBJECT_OPERATOR",      "OBJECT_TSCONFIGURATION",
                                               "OBJECT_TSDICTIONARY",  "OBJECT_TSPARSER",
                                               "OBJECT_TSTEMPLATE",    "OBJECT_CAST",
                                               "OBJECT_EVENT_TRIGGER", "OBJECT_PUBLICATION",
                                               "OBJECT_LANGUAGE",      "OBJECT_TRANSFORM",
                                               "OBJECT_CONVERSION",    "OBJECT_ACCESS_METHOD",
                                               "OBJECT_FDW",           "OBJECT_FOREIGN_SERVER",
                                               "OBJECT_SUBSCRIPTION"};
  return std::find(std::begin(types), std::end(types), object_type) != std::end(types);
}

namespace {

/// What stands in every database without a statement of a file: the system's, and the language plpgsql.
bool stands_everywhere(std::string_view object_type, const sql::Node& object) {
  static constexpr std::string_view languages[] = {"plpgsql", "c", "internal", "sql"};
  static constexpr std::string_view schemas[] = {"pg_catalog", "information_schema", "pg_toast"};
  const auto is_one = [](const auto& all, std::string_view name) {
    return std::find(std::begin(all), std::end(all), name) != std::end(all);
  };
  if (object_type == "OBJECT_LANGUAGE") return is_one(languages, object.text());
  if (object_type == "OBJECT_SCHEMA") return is_one(schemas, object.text());
  const sql::List name = object.has("objname") ? object.list("objname")
                         : object.has("names") ? object.list("names")
                                               : object.items();
  return name.size() > 1 && is_one(schemas, name.front().text());
}

/// Of ON COLUMN r.c: a column of a table, an attribute of a composite type, or a view's column.
std::optional<Object> child_of_named_column(const model::Kind& kind, const sql::Node& object,
                                            const sql::Node& statement, DesiredReader& reader) {
  std::vector<std::string> names = sql::strings(object.items());
  if (names.size() < 2) return std::nullopt;
  const std::string column_name = names.back();
  names.pop_back();
  const Object* relation = reader.find_relation(names);
  if (relation == nullptr) return std::nullopt;
  for (const Object* child : std::as_const(reader.schema()).children(relation->key)) {
    if (is_part(*child, column_name)) return model::make_object(kind, {child->key}, child->key);
  }
  const std::string_view sql_class = relation->kind->sql_class;
  if (sql_class == "VIEW" || sql_class == "MATERIALIZED VIEW")
    return make_child_of_column(kind, *relation, column_name);
  reader.error(statement, relation->key + " has no column " + quote_identifier(column_name),
               "check the name of the column");
  return std::nullopt;
}

/// Of ON TRIGGER t ON r: where the partition r has it from above, and none of its own.
std::optional<Object> child_of_named_clone(const model::Kind& kind, const sql::Node& object, DesiredReader& reader) {
  std::vector<std::string> names = sql::strings(object.items());
  if (names.size() < 2) return std::nullopt;
  const std::string name = names.back();
  names.pop_back();
  const Object* relation = reader.find_relation(names, true);
  if (relation == nullptr || !is_table_of(*relation) ||
      reader.schema().contains(model::key_of(trigger, {relation->names[0], relation->names[1], name})))
    return std::nullopt;
  return on_clone(kind, *relation, name, reader.schema());
}

}  // namespace

const Object* object_spoken_of(std::string_view what, std::string_view object_type, const sql::Node& object,
                               DesiredReader& reader) {
  const bool everywhere = stands_everywhere(object_type, object);
  const Object* target = reader.find_object(object_type, object, everywhere);
  if (target == nullptr && everywhere) {
    reader.unmodelled(std::string(what) + " " + words_of(object_type),
                      "no file makes it: it stands in every database, and is left alone");
  }
  return target;
}

std::optional<Object> child_spoken_of(const model::Kind& kind, std::string_view object_type, const sql::Node& object,
                                      const sql::Node& statement, DesiredReader& reader) {
  if (object_type == "OBJECT_COLUMN") return child_of_named_column(kind, object, statement, reader);
  if (!is_modelled_object(object_type)) {
    reader.unmodelled(std::string(kind.name) + " on " + words_of(object_type),
                      "objects of this kind are not modelled; the " + std::string(kind.name) + " is left alone");
    return std::nullopt;
  }
  if (object_type == "OBJECT_TRIGGER") {
    if (auto on_one = child_of_named_clone(kind, object, reader)) return on_one;
  }
  const Object* target = object_spoken_of(std::string(kind.name) + " on", object_type, object, reader);
  if (target == nullptr) return std::nullopt;
  return child_of_named(kind, *target, object_type);
}

std::string words_of(std::string_view object_type) {
  if (object_type.rfind("OBJECT_", 0) == 0) object_type.remove_prefix(7);
  std::string words(object_type);
  for (char& c : words) c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return words;
}

}  // namespace segue::kinds
