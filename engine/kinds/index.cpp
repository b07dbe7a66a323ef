// Indexes that no constraint owns. PostgreSQL: pg_index, indexcmds.c DefineIndex.
//
// The keys are read as structure; only expressions and the predicate are definitions that the server prints.
#include <algorithm>
#include <functional>
#include <set>

#include "base/quote.h"
#include "kinds/concurrently.h"
#include "kinds/index_keys.h"
#include "kinds/index_names.h"
#include "kinds/index_taken_over.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/partition_parts.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/type_collation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Definition;
using model::Emit;
using model::List;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  table_name,
  method,
  unique,
  nulls_not_distinct,
  keys,         ///< a column's name, or "" for an expression
  expressions,  ///< (e1) IS NULL AND (e2) IS NULL …: all of them, in their order, as one expression
  collations,   ///< by key; "" for that of the column
  opclasses,    ///< by key with parameters; "" for the type's default
  directions,   ///< by key: "", "DESC", "NULLS FIRST" …
  included,
  predicate,
  options,
  tablespace,
  statistics,  ///< by key: "" or a target, of expressions
  expression_texts,
  column_names,  ///< of its attributes, as they are chosen: copies of the index are named after them
  invalid,       ///< a build that was cut off left it: no query uses it, and what is unique may not be
  made_as,       ///< its OID: the order in which the server goes through the indexes of a table
};

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string as_one_expression(const List& parts) {
  List wrapped;
  for (const std::string& part : parts) wrapped.push_back("(" + part + ") IS NULL");
  return join(wrapped, " AND ");
}

/// pg_get_expr of a list prints its members with commas between them.
List printed_list(const std::string& text) {
  const sql::Cutter cutter(text, sql::tokens(text));
  List parts;
  for (const sql::Span span : cutter.elements({0, static_cast<int>(text.size())}))
    parts.emplace_back(cutter.text(span));
  return parts;
}

// -- writing ----------------------------------------------------------------------------------------------------------

std::string key_text(const Object& object, std::size_t i, std::size_t& expression) {
  const std::string& name = object.list(keys)[i];
  std::string sql;
  if (name.empty()) {
    const List& texts = object.list(expression_texts);
    sql = "(" + (expression < texts.size() ? texts[expression] : "") + ")";
    ++expression;
  } else {
    sql = quote_identifier(name);
  }
  const auto part = [&](std::size_t attribute, const char* before) {
    const List& list = object.list(attribute);
    if (i < list.size() && !list[i].empty()) sql += before + list[i];
  };
  part(collations, " COLLATE ");
  part(opclasses, " ");
  part(directions, " ");
  return sql;
}

std::string create_index(const Sides& sides, const Object& object, bool online = false) {
  std::string sql = object.flag(unique) ? "CREATE UNIQUE INDEX " : "CREATE INDEX ";
  if (online) sql += "CONCURRENTLY ";
  // on a partitioned table the index is made alone, and its partitions' indexes are attached (pg_dump does the same)
  const Object* relation = sides.to_schema->find(object.parent);
  sql +=
      quote_identifier(object.names[1]) + " ON " + (is_partitioned(relation) ? "ONLY " : "") + object.text(table_name);
  if (object.text(method) != "btree") sql += " USING " + quote_identifier(object.text(method));
  List parts;
  std::size_t expression = 0;
  for (std::size_t i = 0; i < object.list(keys).size(); ++i) parts.push_back(key_text(object, i, expression));
  sql += " (" + join(parts, ", ") + ")";
  if (!object.list(included).empty()) {
    List names;
    for (const std::string& name : object.list(included)) names.push_back(quote_identifier(name));
    sql += " INCLUDE (" + join(names, ", ") + ")";
  }
  if (object.flag(nulls_not_distinct)) sql += " NULLS NOT DISTINCT";
  if (!object.list(options).empty()) sql += " WITH (" + option_list(object.list(options)) + ")";
  if (object.has(tablespace)) sql += " TABLESPACE " + quote_identifier(object.text(tablespace));
  if (object.has(predicate)) sql += " WHERE " + object.definition(predicate).text;
  return sql;
}

/// Of an index alone: ALTER INDEX, which knows no ONLY, reaches those of the partitions (tablecmds.c
/// ATSimpleRecursion).
void set_statistics(const Sides& sides, const Object& object, std::size_t key, const std::string& target, Emit& emit) {
  const bool reaches = is_partitioned(sides.to_schema->find(object.parent));
  emit.statement((reaches ? "ALTER TABLE ONLY " : "ALTER INDEX ") + address(object) + " ALTER COLUMN " +
                     std::to_string(key + 1) + " SET STATISTICS " + (target.empty() ? "-1" : target),
                 "ALTER INDEX ALTER COLUMN SET STATISTICS")
      .relations = {object.text(table_name)};
}

const std::string& path_of(const Object& object) {
  return object.has(predicate) ? object.definition(predicate).search_path : object.definition(expressions).search_path;
}

/// Equal rows, where columns and their own classes say what is equal.
void write_obstacles(const Sides& sides, Emit& emit) {
  const Object& object = *sides.to;
  const bool plain = object.flag(unique) && !object.has(expressions) && !object.has(predicate) &&
                     object.list(opclasses).empty() && object.list(collations).empty();
  if (plain)
    obstacles::equal_rows(sides, object.text(table_name), object.list(keys), object.flag(nulls_not_distinct), emit);
}

/// indexcmds.c DefineIndex and tablecmds.c RemoveRelations: not on partitioned tables.
void create_or_drop_online(const Sides& sides, Emit& emit) {
  const bool create = sides.to != nullptr;
  const Object& object = create ? *sides.to : *sides.from;
  const model::Schema& side = create ? *sides.to_schema : *sides.from_schema;
  if (is_partitioned(side.find(object.parent)) || (create && !object.list(statistics).empty())) return;
  if (!create && key_over(object, sides) != nullptr) return;
  if (!create) return concurrently::drop(address(object), object.text(table_name), emit);
  const char* form = object.flag(unique) ? "CREATE UNIQUE INDEX CONCURRENTLY" : "CREATE INDEX CONCURRENTLY";
  concurrently::create(create_index(sides, object, true), form, address(object), object.text(table_name), emit);
  emit.fragments().back().search_path = path_of(object);
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  const Object* relation = sides.to_schema->find(object.parent);
  const char* form = is_partitioned(relation) ? "CREATE INDEX ON ONLY partitioned"
                     : object.flag(unique)    ? "CREATE UNIQUE INDEX"
                                              : "CREATE INDEX";
  auto& fragment = emit.statement(create_index(sides, object), form);
  fragment.relations = {object.text(table_name)};
  fragment.search_path = path_of(object);
  write_obstacles(sides, emit);
  for (std::size_t i = 0; i < object.list(statistics).size(); ++i) {
    if (!object.list(statistics)[i].empty()) set_statistics(sides, object, i, object.list(statistics)[i], emit);
  }
}

void drop(const Sides& sides, Emit& emit) {
  if (key_over(*sides.from, sides) != nullptr) return;
  const std::string with_keys = holds_keys_of_partitions(*sides.from_schema, *sides.from) ? " CASCADE" : "";
  auto& fragment = emit.statement("DROP INDEX " + address(*sides.from) + with_keys, "DROP INDEX");
  fragment.relations = {sides.from->text(table_name)};
  fragment.hazards = {"INDEX_DROPPED"};
}

void alter_options(const Sides& sides, Emit& emit) { alter_index_options(sides, address(*sides.to), options, emit); }

void alter_tablespace(const Sides& sides, Emit& emit) {
  alter_index_tablespace(sides, address(*sides.to), tablespace, emit);
}

void alter_statistics(const Sides& sides, Emit& emit) {
  const List& from = sides.from->list(statistics);
  const List& to = sides.to->list(statistics);
  const auto target = [](const List& list, std::size_t key) { return key < list.size() ? list[key] : std::string(); };
  for (std::size_t i = 0; i < std::max(from.size(), to.size()); ++i) {
    if (target(from, i) != target(to, i)) set_statistics(sides, *sides.to, i, target(to, i), emit);
  }
}

constexpr std::string_view remade = "an index is built anew when its definition changes";

constexpr model::Attribute attributes[] = {
    {.name = "table", .type = Type::text, .reason = remade},
    {.name = "method", .type = Type::text, .reason = remade},
    {.name = "unique", .type = Type::boolean, .reason = remade},
    {.name = "nulls_not_distinct", .type = Type::boolean, .reason = remade},
    {.name = "keys", .type = Type::list, .reason = remade},
    {.name = "expressions", .type = Type::definition, .grammar = model::Grammar::expression, .reason = remade},
    {.name = "collations", .type = Type::list, .reason = remade},
    {.name = "opclasses", .type = Type::list, .reason = remade},
    {.name = "directions", .type = Type::list, .reason = remade},
    {.name = "included", .type = Type::list, .reason = remade},
    {.name = "predicate", .type = Type::definition, .grammar = model::Grammar::expression, .reason = remade},
    {.name = "options",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_options,
     .decide = decide_index_options,
     .unordered = true,
     .reason = "the server changes no options of a partitioned index"},
    {.name = "tablespace", .type = Type::text, .change = Change::alter, .alter = alter_tablespace},
    {.name = "statistics", .type = Type::list, .change = Change::alter, .alter = alter_statistics},
    {.name = "expression_texts", .type = Type::list, .change = Change::derived},
    {.name = "column_names", .type = Type::list, .change = Change::derived},
    // no part of its shape: what puts it up again, there and back, makes a valid one
    {.name = "invalid",
     .type = Type::boolean,
     .may_be_left_open = true,
     .reason = "the index is invalid: a concurrent build was cut off"},
    {.name = "made_as", .type = Type::integer, .change = Change::derived, .is_state = true},
};

/// A collation that it names does not go along with its columns.
bool rebuilt_when_disturbed(const Object& object) {
  return object.has(expressions) || object.has(predicate) || !object.list(collations).empty();
}

// -- catalog ----------------------------------------------------------------------------------------------------------

/// The server's printed list of expressions holds each as CREATE INDEX takes it between parentheses. The index of a
/// partitioned table is not valid either until that of each partition is attached: these links are objects of their
/// own.
std::string query(int version) {
  const std::string distinct = version >= 150000 ? "i.indnullsnotdistinct" : "false";
  return "SELECT c.oid, n.nspname, c.relname, tn.nspname, t.relname, am.amname, i.indisunique, " + distinct +
         ", i.indnkeyatts, " + index_keys_query() +
         ", pg_catalog.pg_get_expr(i.indexprs, i.indrelid), i.indoption::pg_catalog.int2[], "
         "pg_catalog.pg_get_expr(i.indpred, i.indrelid), c.reloptions, ts.spcname, "
         "CASE WHEN i.indexprs IS NOT NULL THEN (SELECT pg_catalog.array_agg(COALESCE(NULLIF(ia.attstattarget, "
         "-1)::pg_catalog.text, '') ORDER BY ia.attnum) FROM pg_catalog.pg_attribute ia WHERE ia.attrelid = "
         "i.indexrelid AND ia.attnum <= i.indnkeyatts) END, t.relkind::pg_catalog.text, c.relkind = 'i' AND NOT "
         "i.indisvalid "
         "FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_class t ON "
         "t.oid = i.indrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace JOIN pg_catalog.pg_namespace tn ON tn.oid = "
         "t.relnamespace JOIN pg_catalog.pg_am am ON am.oid = c.relam "
         "LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = c.reltablespace "
         "WHERE t.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND NOT EXISTS (SELECT FROM "
         "pg_catalog.pg_constraint co WHERE co.conindid = c.oid AND co.contype IN ('p', 'u', 'x')) AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

/// pg_index.indoption: 1 DESC, 2 NULLS FIRST; printed only where it is not what the order implies (ruleutils.c).
std::string direction(std::int64_t bits) {
  const bool descending = (bits & 1) != 0;
  const bool nulls_first = (bits & 2) != 0;
  std::string text = descending ? "DESC" : "";
  if (nulls_first != descending)
    text += std::string(descending ? " " : "") + (nulls_first ? "NULLS FIRST" : "NULLS LAST");
  return text;
}

List trimmed(const List& list) {
  const bool all_empty = std::all_of(list.begin(), list.end(), [](const auto& item) { return item.empty(); });
  return all_empty ? List{} : list;
}

std::string without_parentheses(const std::string& text) {
  // pg_get_indexdef prints (a || b) for an expression and lower(a) for a call
  sql::Cutter cutter(text, sql::tokens(text));
  if (text.empty() || text.front() != '(') return text;
  return std::string(cutter.text(cutter.parenthesised()));
}

void read_row(const Row& row, CatalogReader& reader) {
  const std::string relation = quote_qualified(row.text(3), row.text(4));
  const std::string parent = (row.text(16) == "m" ? "materialized view " : "table ") + relation;
  Object object = model::make_object(index, {row.text(1), row.text(2)}, parent);
  object[table_name] = relation;
  object[method] = row.text(5);
  object[unique] = row.flag(6);
  object[nulls_not_distinct] = row.flag(7);
  const auto key_count = static_cast<std::size_t>(row.number(8));
  const List all = row.list(9);  // {{name,collation,opclass},…} flattened
  List key_names, key_collations, key_opclasses, included_names;
  for (std::size_t i = 0; i + 2 < all.size(); i += 3) {
    if (key_names.size() == key_count) {
      included_names.push_back(all[i]);
      continue;
    }
    key_names.push_back(all[i]);
    key_collations.push_back(all[i + 1]);
    key_opclasses.push_back(all[i + 2]);
  }
  object[keys] = std::move(key_names);
  object[collations] = trimmed(key_collations);
  object[opclasses] = trimmed(key_opclasses);
  object[included] = std::move(included_names);
  if (!row.null(10)) {
    List texts = printed_list(row.text(10));
    object[expressions] = Definition{as_one_expression(texts), ""};
    object[expression_texts] = std::move(texts);
  }
  List orders;
  for (const std::string& bits : row.list(11)) orders.push_back(direction(std::strtoll(bits.c_str(), nullptr, 10)));
  object[directions] = trimmed(orders);
  object[predicate] = printed(row, 12);
  object[options] = row.list(13);
  object[tablespace] = text_or_absent(row, 14);
  object[statistics] = trimmed(row.list(15));
  object[invalid] = row.flag(17);
  object[made_as] = row.number(0);
  reader.add(std::move(object), "pg_class", row.text(0));
}

// -- statements -------------------------------------------------------------------------------------------------------

/// Operator classes of pg_catalog that are the default of their type: naming one is the same as naming none.
bool is_default_opclass(const std::string& method_name, const std::string& name, const std::string& type) {
  static const std::set<std::string> btree_and_hash = {
      "array_ops",    "bit_ops",      "bool_ops",   "bpchar_ops",    "bytea_ops",       "char_ops",   "cidr_ops",
      "date_ops",     "enum_ops",     "float4_ops", "float8_ops",    "inet_ops",        "int2_ops",   "int4_ops",
      "int8_ops",     "interval_ops", "jsonb_ops",  "macaddr_ops",   "macaddr8_ops",    "money_ops",  "multirange_ops",
      "name_ops",     "numeric_ops",  "oid_ops",    "oidvector_ops", "pg_lsn_ops",      "range_ops",  "record_ops",
      "text_ops",     "tid_ops",      "time_ops",   "timestamp_ops", "timestamptz_ops", "timetz_ops", "tsquery_ops",
      "tsvector_ops", "uuid_ops",     "varbit_ops", "varchar_ops",   "xid8_ops"};
  static const std::set<std::string> gin = {"array_ops", "jsonb_ops", "tsvector_ops"};
  static const std::set<std::string> gist = {"box_ops",  "circle_ops", "multirange_ops", "point_ops",
                                             "poly_ops", "range_ops",  "tsquery_ops",    "tsvector_ops"};
  static const std::set<std::string> spgist = {"box_ops",        "inet_ops",  "poly_ops",
                                               "quad_point_ops", "range_ops", "text_ops"};
  const bool bpchar = type.rfind("character(", 0) == 0;
  if (method_name == "btree" || method_name == "hash")
    return btree_and_hash.count(name) != 0 && !(bpchar && name != "bpchar_ops");
  if (method_name == "gin") return gin.count(name) != 0;
  if (method_name == "gist") return gist.count(name) != 0;
  if (method_name == "spgist") return spgist.count(name) != 0;
  // brin: where values have no order that minmax could use, inclusion; _bloom_ops and _minmax_multi_ops never
  static const std::set<std::string> inclusion = {"inet_inclusion_ops", "range_inclusion_ops", "box_inclusion_ops"};
  return method_name == "brin" &&
         (inclusion.count(name) != 0 || (name.ends_with("_minmax_ops") && name != "inet_minmax_ops"));
}

std::string read_opclass(const sql::Node& element, const std::string& method_name, const std::string& type,
                         Object& object, DesiredReader& reader) {
  const List name = sql::strings(element.list("opclass"));
  if (name.empty()) return "";
  const bool has_options = element.has("opclassopts");
  if (!has_options && is_default_opclass(method_name, name.back(), type)) return "";
  std::string text = reader.qualified("opclass", element.list("opclass"), object.depends);
  List parts;
  for (const std::string& option : read_options(element, "opclassopts")) {
    const auto equals = option.find('=');
    parts.push_back(quote_identifier(option.substr(0, equals)) + "=" + quote_literal(option.substr(equals + 1)));
  }
  return parts.empty() ? text : text + " (" + join(parts, ", ") + ")";
}

std::string read_direction(const sql::Node& element) {
  const bool descending = element.text("ordering") == "SORTBY_DESC";
  const auto nulls = element.text("nulls_ordering");
  const bool nulls_first = nulls == "SORTBY_NULLS_FIRST" || (nulls != "SORTBY_NULLS_LAST" && descending);
  return direction((descending ? 1 : 0) | (nulls_first ? 2 : 0));
}

std::string type_of(const Object& relation, const std::string& name, DesiredReader& reader) {
  const Object* of = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], name}));
  return of == nullptr ? "" : of->text(model::attribute(column, "type"));
}

/// The column of a key, "" for an expression; a column in parentheses is a column (indexcmds.c ComputeIndexAttrs).
std::string key_name(const sql::Node& element) {
  const sql::Node expression = key_expression(element);
  if (!expression) return std::string(element.text("name"));
  if (!expression.is("ColumnRef") || !expression.list("fields").back().is("String")) return "";
  return std::string(expression.list("fields").back().text());
}

constexpr std::string_view default_collation = "pg_catalog.\"default\"";

/// That of its definition or of its type; "" for the default one, and where it has none.
std::string collation_of_column(const Object& relation, const std::string& name, DesiredReader& reader) {
  static const std::size_t collation = model::attribute(column, "collation");
  const Object* of = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], name}));
  if (of == nullptr || of->has(collation)) return of == nullptr ? "" : of->text(collation);
  std::string by_type = collation_of_type(of->text(model::attribute(column, "type")), reader.schema());
  return by_type == default_collation ? "" : by_type;
}

/// The columns that an expression or a predicate names.
void each_column_named(const sql::Node& node, const std::function<void(const std::string&)>& visit) {
  if (node.is("ColumnRef") && node.list("fields").back().is("String"))
    visit(std::string(node.list("fields").back().text()));
  for (std::size_t i = 0; i < node.field_count(); ++i) each_column_named(node.field(i), visit);
  for (const sql::Node item : node.is_list() ? node.items() : sql::List()) each_column_named(item, visit);
}

/// What a key has where nobody names one. In an expression a collation of a column wins over the default one
/// (parse_collate.c merge_collation_state); where there are two, the server wants one to be named.
std::string implied_collation(const sql::Node& element, const Object& relation, DesiredReader& reader) {
  std::set<std::string> all;
  if (const std::string name = key_name(element); !name.empty()) {
    all.insert(collation_of_column(relation, name, reader));
  } else {
    each_column_named(key_expression(element), [&](const std::string& read) {
      if (std::string own = collation_of_column(relation, read, reader); !own.empty()) all.insert(std::move(own));
    });
  }
  return all.size() != 1 || all.begin()->empty() ? std::string(default_collation) : *all.begin();
}

std::string collation_of(const sql::Node& element, const Object& relation, Object& object, DesiredReader& reader) {
  const bool is_outside = !element.list("collation").empty();
  const sql::List named = is_outside ? element.list("collation") : element["expr"]["collname"].items();
  if (named.empty() || !(is_outside || element["expr"].is("CollateClause"))) return "";
  std::string text = reader.collation(named, object.depends);
  return text == implied_collation(element, relation, reader) ? "" : text;
}

List names_of_columns(const sql::Node& node) {
  std::vector<sql::Node> elements;
  for (const std::string_view field : {"indexParams", "indexIncludingParams"}) {
    for (const sql::Node element : node.list(field)) elements.push_back(element);
  }
  return index_column_names(elements);
}

void depend_on_columns(const sql::Node& node, const Object& relation, Object& object, DesiredReader& reader) {
  each_column_named(node, [&](const std::string& name) {
    std::string key = model::key_of(column, {relation.names[0], relation.names[1], name});
    if (reader.schema().contains(key)) object.depends.push_back(std::move(key));
  });
}

void read_key(const sql::Node& element, sql::Span span, const sql::Cutter& cutter, const Object& relation,
              Object& object, DesiredReader& reader, List& expression_list) {
  const std::string name = key_name(element);
  if (name.empty()) {
    std::string text = without_parentheses(std::string(cutter.text(cutter.key_of(span))));
    for (sql::Node over = element["expr"]; over.is("CollateClause"); over = over["arg"])
      text = without_parentheses(without_collation(text));
    expression_list.push_back(std::move(text));
    depend_on_columns(element["expr"], relation, object, reader);
  } else {
    std::string key = model::key_of(column, {relation.names[0], relation.names[1], name});
    if (relation.kind == &table && !reader.schema().contains(key))
      return reader.error(element, "column " + quote_identifier(name) + " does not exist in " + relation.key);
    if (reader.schema().contains(key)) object.depends.push_back(std::move(key));
  }
  std::get<List>(object[keys]).push_back(name);
  std::get<List>(object[collations]).push_back(collation_of(element, relation, object, reader));
  std::get<List>(object[opclasses])
      .push_back(read_opclass(element, object.text(method), type_of(relation, name, reader), object, reader));
  std::get<List>(object[directions]).push_back(read_direction(element));
}

void read_keys(const sql::Node& node, const Object& relation, Object& object, DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  // CREATE INDEX name ON table [USING method] ( … )
  cutter.skip_to_word("on");
  const sql::Span inside = cutter.parenthesised();
  const std::vector<sql::Span> spans = cutter.elements(inside);
  List expression_list;
  const sql::List elements = node.list("indexParams");
  for (std::size_t i = 0; i < elements.size() && i < spans.size(); ++i) {
    read_key(elements[i], spans[i], cutter, relation, object, reader, expression_list);
  }
  for (const std::size_t attribute : {collations, opclasses, directions})
    object[attribute] = trimmed(object.list(attribute));
  if (!expression_list.empty()) {
    Definition definition = reader.definition(inside);
    definition.text = as_one_expression(expression_list);
    object[expressions] = std::move(definition);
    object[expression_texts] = std::move(expression_list);
  }
  if (!node["whereClause"]) return;
  depend_on_columns(node["whereClause"], relation, object, reader);
  if (cutter.skip_to_word("where")) object[predicate] = reader.definition(cutter.rest());
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object* relation = reader.find_relation(node["relation"]);
  if (relation == nullptr) return;
  std::string name(node.text("idxname"));
  if (!name.empty() && node.flag("if_not_exists") && reader.find_relation({relation->names[0], name}, true) != nullptr)
    return;
  if (name.empty()) {
    std::string addition = join(names_of_columns(node), "_");
    name = reader.choose_relation_name(relation->name(), addition.substr(0, std::min<std::size_t>(addition.size(), 63)),
                                       "idx", relation->names[0], false);
  }
  Object object = model::make_object(index, {relation->names[0], name}, relation->key);
  object[table_name] = relation_address(*relation);
  object[method] = std::string(node.text("accessMethod").empty() ? "btree" : node.text("accessMethod"));
  if (object.text(method) == "rtree") object[method] = std::string("gist");  // DefineIndex: a name that went long ago
  object[unique] = node.flag("unique");
  object[nulls_not_distinct] = node.flag("nulls_not_distinct");
  read_keys(node, *relation, object, reader);
  for (const sql::Node element : node.list("indexIncludingParams"))
    std::get<List>(object[included]).emplace_back(element.text("name"));
  object[column_names] = names_of_columns(node);
  object[options] = read_options(node, "options");
  object[tablespace] = tablespace_or_default(node.text("tableSpace"), reader);
  const Object* added = reader.add(std::move(object));
  if (added != nullptr && node["relation"].flag("inh"))
    reader.dispatch("IndexMade", node, relation, nullptr, added->key);
}

Object* altered(DesiredReader& reader) {
  return reader.relation() != nullptr && reader.relation()->kind == &index ? reader.relation() : nullptr;
}

void read_set_options(const sql::Node& node, DesiredReader& reader) {
  Object& object = *reader.relation();  // an index, or the constraint that keeps it, by its name
  const std::size_t at = model::attribute(*object.kind, "options");
  List list = object.list(at);
  merge_options(list, read_options(node, "def"), node.text("subtype") == "AT_ResetRelOptions");
  object[at] = std::move(list);
}

void read_set_statistics(const sql::Node& node, DesiredReader& reader) {
  Object* object = altered(reader);
  const auto number = static_cast<std::size_t>(node.number("num"));
  if (object == nullptr || number == 0 || number > object->list(keys).size()) return;
  List list = object->list(statistics);
  list.resize(object->list(keys).size());
  list[number - 1] = node["def"].number() < 0 ? "" : std::to_string(node["def"].number());
  (*object)[statistics] = trimmed(list);
  // ATPrepCmd: it goes down to the indexes that are attached
  for (const Object& link : std::as_const(reader.schema()).objects()) {
    if (link.kind == &index_attachment && link.depends.front() == object->key)
      reader.dispatch("AlterIndexCmd/AT_SetStatistics", node, reader.schema().find(link.parent));
  }
}

void read_set_tablespace(const sql::Node& node, DesiredReader& reader) {
  Object& object = *reader.relation();
  object[model::attribute(*object.kind, "tablespace")] = tablespace_value(node.text("name"));
}

/// reader.text(): the name before. An index's own columns are renamed with those of the table (renameatt_internal).
void read_column_renamed(const sql::Node&, DesiredReader& reader) {
  for (Object* child : reader.schema().children(reader.relation()->key)) {
    if (child->kind != &index) continue;
    for (const std::size_t attribute : {keys, included, column_names}) {
      List names = child->list(attribute);
      std::replace(names.begin(), names.end(), reader.text(), reader.column()->name());
      (*child)[attribute] = std::move(names);
    }
    // the expressions were renamed where they stand together
    sql::Cutter cutter(child->definition(expressions).text, sql::tokens(child->definition(expressions).text));
    List texts = child->list(expression_texts);
    for (std::string& text : texts) text = std::string(cutter.text(cutter.parenthesised()));
    (*child)[expression_texts] = std::move(texts);
  }
}

constexpr model::StatementReader statements[] = {
    {"IndexStmt", read_create},
    {"AlterIndexCmd/AT_SetRelOptions", read_set_options},
    {"AlterIndexCmd/AT_ResetRelOptions", read_set_options},
    {"AlterIndexCmd/AT_SetStatistics", read_set_statistics},
    {"AlterIndexCmd/AT_SetTableSpace", read_set_tablespace},
    {"ColumnRenamed", read_column_renamed},
};

}  // namespace

const model::Kind index = {
    .name = "index",
    .sql_class = "INDEX",
    .attributes = attributes,
    .address = address,
    .create = create,
    .create_online = create_or_drop_online,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt_when_disturbed,
    .renamed_when_equal = true,
    .name_space = model::NameSpace::relation,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
