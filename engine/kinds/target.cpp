#include "kinds/target.h"

#include <algorithm>

#include "base/quote.h"

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
  if (child.names.size() > 1 && object.kind->sql_class == "CONSTRAINT") {
    target.sql_class = "INDEX";
    target.address = quote_qualified(object.names.front(), object.names.back());
  } else if (child.names.size() > 1) {
    target.column = child.names[1];
    target.sql_class = "COLUMN";
    target.address += "." + target.column;
  } else if (object.kind->sql_class == "COLUMN") {
    target.column = quote_identifier(object.name());
  }
  return target;
}

bool is_part(const Object& object, std::string_view column_name) {
  return object.kind->sql_class == "COLUMN" && object.name() == column_name;
}

Object make_child_of_column(const model::Kind& kind, const Object& view, const std::string& column_name) {
  return model::make_object(kind, {view.key, quote_identifier(column_name)}, view.key);
}

Object on_index_of(const model::Kind& kind, const Object& constraint) {
  return model::make_object(kind, {constraint.key, "index"}, constraint.key);
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

std::string words_of(std::string_view object_type) {
  if (object_type.rfind("OBJECT_", 0) == 0) object_type.remove_prefix(7);
  std::string words(object_type);
  for (char& c : words) c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return words;
}

}  // namespace segue::kinds
