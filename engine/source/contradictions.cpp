#include "source/contradictions.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/system_columns.h"
#include "kinds/taken_names.h"
#include "model/whole.h"
#include "source/definition_text.h"
#include "source/place.h"
#include "source/relations.h"
#include "source/view_queries.h"
#include "sql/canonical.h"
#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::source {
namespace {

using model::List;
using model::Object;
using model::Schema;

Diagnostic at(const Object& object, std::string what, std::string hint) {
  return Diagnostic::error_at(ErrorCode::invalid, place_of(object), std::move(what), std::move(hint));
}

// -- columns ----------------------------------------------------------------------------------------------------------

const List& list_of(const Object& object, std::string_view attribute) {
  return object.list(model::attribute(*object.kind, attribute));
}

/// The table that an object is a part of; null where it is of none.
const Object* table_of(const Schema& schema, const Object& object) {
  const Object* at = &object;
  while (at != nullptr && !kinds::is_table(*at)) at = at->parent.empty() ? nullptr : schema.find(at->parent);
  return at;
}

bool has_column(const Schema& schema, const Object& table, const std::string& name) {
  return kinds::is_system_column(name) ||
         schema.contains(model::key_of(kinds::column, {table.names[0], table.names[1], name}));
}

/// The column that a reference in a text about one table is to; "" where it is none, or may be a call written as a
/// column (parse_func.c ParseFuncOrColumn).
std::string column_of(const List& reference, const Object& table, const Object& object) {
  const bool of_rows = object.kind == &kinds::trigger;
  const auto is_row = [&](const std::string& name) {
    return of_rows ? name == "new" || name == "old" : name == table.name();
  };
  if (reference.size() == 1) return is_row(reference[0]) ? "" : reference[0];
  return of_rows && reference.size() == 2 && is_row(reference[0]) ? reference[1] : "";
}

/// The columns that an expression names; none where another relation may have them.
List columns_in(const std::vector<sql::Mention>& mentions, const Object& table, const Object& object) {
  List names;
  for (const sql::Mention& mention : mentions) {
    if (mention.object_class == sql::Mention::Class::relation) return {};
    if (mention.object_class != sql::Mention::Class::column) continue;
    if (std::string name = column_of(mention.names, table, object); !name.empty()) names.push_back(std::move(name));
  }
  return names;
}

List columns_in_key(const std::string& partition_by, const Object& table) {
  List names;
  const auto parsed = sql::parse_query(parsable(partition_by, model::Grammar::partition_key));
  if (!parsed) return names;
  for (const sql::Node element : parsed->node()["partspec"].list("partParams")) {
    if (element.has("name")) names.emplace_back(element.text("name"));
    for (std::string& name : columns_in(sql::mentions(element["expr"]), table, table)) names.push_back(std::move(name));
  }
  return names;
}

List columns_in_definition(const Object& object, std::size_t attribute, const Object& table) {
  const std::string& text = object.definition(attribute).text;
  if (object.kind->attributes[attribute].grammar == model::Grammar::partition_key) return columns_in_key(text, table);
  if (object.kind->attributes[attribute].grammar != model::Grammar::expression) return {};
  // a query within has columns of its own
  const std::vector<sql::Token> tokens = sql::tokens(text);
  if (std::any_of(tokens.begin(), tokens.end(), [](const sql::Token& one) { return one.is_word("select"); })) return {};
  const auto mentions = sql::mentions(text, sql::Grammar::expression);
  return mentions ? columns_in(*mentions, table, object) : List{};
}

/// The columns of its table that an object names. What is derived from annotations speaks of the table as it stands.
List named_columns(const Object& object, const Object& table) {
  List names;
  const auto add = [&](const List& more) { names.insert(names.end(), more.begin(), more.end()); };
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const model::Attribute& attribute = object.kind->attributes[i];
    const bool is_of_file = attribute.change != model::Change::derived;
    if (attribute.type == model::Type::definition && is_of_file && object.has(i))
      add(columns_in_definition(object, i, table));
  }
  if (object.kind == &kinds::trigger) add(list_of(object, "update_columns"));
  if (object.kind == &kinds::statistics) add(list_of(object, "columns"));
  return names;
}

// -- foreign keys -----------------------------------------------------------------------------------------------------

bool is_of(const List& key, List columns) {
  List sorted = key;
  std::sort(sorted.begin(), sorted.end());
  std::sort(columns.begin(), columns.end());
  return sorted == columns;
}

/// Whether a foreign key can refer to these columns through that part of the table.
bool is_key_of(const Object& part, const List& columns) {
  if (kinds::is_key(part)) {
    const bool at_once = !part.flag(model::attribute(kinds::constraint, "deferrable"));
    return at_once && is_of(list_of(part, "columns"), columns);
  }
  const auto attribute = [](std::string_view name) { return model::attribute(kinds::index, name); };
  return part.kind == &kinds::index && part.flag(attribute("unique")) && !part.has(attribute("predicate")) &&
         is_of(list_of(part, "keys"), columns);
}

Diagnostics without_key(const Schema& schema, const Object& object) {
  const List& columns = list_of(object, "referenced_columns");
  const Object* table = schema.find("table " + object.text(model::attribute(kinds::constraint, "referenced")));
  if (table == nullptr || columns.empty() || !is_whole(schema, *table)) return {};
  for (const std::string& name : columns) {
    if (!has_column(schema, *table, name))
      return {
          at(object,
             object.key + " refers to column " + quote_identifier(name) + ", which " + table->key + " does not have",
             "check the name of the column")};
  }
  const std::vector<const Object*> parts = schema.children(table->key);
  if (std::any_of(parts.begin(), parts.end(), [&](const Object* part) { return is_key_of(*part, columns); })) return {};
  return {
      at(object, object.key + " refers to columns of " + table->key + " that are no key",
         "A foreign key refers to a primary key, a unique constraint or a unique index of just these columns that is "
         "neither partial nor deferrable.")};
}

void find_absent(const Schema& schema, const Object& object, Diagnostics& errors) {
  const Object* table = table_of(schema, object);
  if (table == nullptr || !is_whole(schema, *table)) return;
  std::set<std::string> told;
  for (const std::string& name : named_columns(object, *table)) {
    if (has_column(schema, *table, name) || !told.insert(name).second) continue;
    errors.push_back(
        at(object, object.key + " names column " + quote_identifier(name) + ", which " + table->key + " does not have",
           "check the name of the column"));
  }
  if (object.kind == &kinds::constraint) {
    for (Diagnostic& error : without_key(schema, object)) errors.push_back(std::move(error));
  }
}

// -- queries ----------------------------------------------------------------------------------------------------------

void find_absent(ViewQueries& queries, const Object& object, const std::vector<SchemaText>& texts,
                 Diagnostics& errors) {
  for (const sql::Mention& mention : queries.absent(object)) {
    List quoted;
    for (const std::string& name : mention.names) quoted.push_back(quote_identifier(name));
    const Location where = place_of(object, *ViewQueries::query_of(object), mention.location, texts);
    errors.push_back(
        Diagnostic::error_at(ErrorCode::invalid, where,
                             object.key + " names column " + join(quoted, ".") + ", which none of its relations has",
                             "check the name of the column"));
  }
}

}  // namespace

Status names_no_absent_column(const Schema& schema, const std::vector<const Object*>& objects,
                              const Environment& environment, const std::vector<SchemaText>& texts) {
  Diagnostics errors;
  ViewQueries queries(schema, environment);
  for (const Object* object : objects) {
    find_absent(schema, *object, errors);
    find_absent(queries, *object, texts, errors);
  }
  if (!errors.empty()) return Failure(std::move(errors));
  return done();
}

// -- names ------------------------------------------------------------------------------------------------------------

Diagnostics names_given_twice(const Schema& schema) {
  Diagnostics errors;
  std::unordered_map<std::string, const Object*> holders;
  for (const Object& object : schema.objects()) {
    if (model::is_aspect(object)) continue;
    for (const std::string& name : kinds::taken_names(object)) {
      if (!name.starts_with("relation ") && !name.starts_with("type ")) continue;
      const auto [holder, is_free] = holders.emplace(name, &object);
      if (is_free || holder->second == &object) continue;
      const model::Origin& first = holder->second->origin;
      const std::string place = first.file.empty() ? "" : " (" + first.file + ":" + std::to_string(first.line) + ")";
      errors.push_back(at(object, object.key + " has a name that " + holder->second->key + place + " has already",
                          "relations share their names with each other, and with types: give one of the two another"));
      break;
    }
  }
  return errors;
}

}  // namespace segue::source
