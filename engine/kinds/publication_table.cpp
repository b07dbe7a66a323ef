// Tables and schemas of publications. PostgreSQL: pg_publication_rel, pg_publication_namespace; publicationcmds.c
// PublicationAddTables, PublicationAddSchemas.
#include <algorithm>
#include <set>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/publication_members.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

std::string alter_publication(const Object& member) { return "ALTER PUBLICATION " + quote_identifier(member.names[0]); }

// -- tables ----------------------------------------------------------------------------------------------------------

enum : std::size_t { columns, filter };

constexpr std::string_view fixed =
    "a table's columns and filter change only by taking it out of the publication and adding it again";

constexpr model::Attribute table_attributes[] = {
    {.name = "columns", .type = Type::list, .unordered = true, .reason = fixed},
    {.name = "filter", .type = Type::definition, .grammar = model::Grammar::expression, .reason = fixed},
};

std::string table_of(const Object& object) { return quote_qualified(object.names[1], object.names[2]); }

void create_table(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = alter_publication(object) + " ADD TABLE ONLY " + table_of(object);
  model::List names;
  for (const std::string& name : object.list(columns)) names.push_back(quote_identifier(name));
  if (!names.empty()) sql += " (" + join(names, ", ") + ")";
  if (object.has(filter)) sql += " WHERE (" + object.definition(filter).text + ")";
  auto& fragment = emit.statement(std::move(sql), "ALTER PUBLICATION ADD TABLE");
  fragment.search_path = object.definition(filter).search_path;
  fragment.relations = {table_of(object)};
}

void drop_table(const Sides& sides, Emit& emit) {
  emit.statement(alter_publication(*sides.from) + " DROP TABLE ONLY " + table_of(*sides.from),
                 "ALTER PUBLICATION DROP TABLE")
      .relations = {table_of(*sides.from)};
}

/// tablecmds.c RememberAllDependentForRebuilding: no type changes under a column that a filter reads or a list names.
bool reads_columns(const Object& object) { return object.has(filter) || !object.list(columns).empty(); }

std::string table_query(int version) {
  const std::string more = version >= 150000 ? "CASE WHEN r.prattrs IS NOT NULL THEN ARRAY(SELECT a.attname FROM "
                                               "pg_catalog.pg_attribute a WHERE a.attrelid = r.prrelid "
                                               "AND a.attnum = ANY (r.prattrs::pg_catalog.int2[]) ORDER BY a.attnum) "
                                               "END, pg_catalog.pg_get_expr(r.prqual, r.prrelid)"
                                             : "NULL, NULL";
  return "SELECT r.oid, p.pubname, n.nspname, c.relname, p.oid, c.oid, " + more +
         " FROM pg_catalog.pg_publication_rel r JOIN pg_catalog.pg_publication p ON p.oid = r.prpubid "
         "JOIN pg_catalog.pg_class c ON c.oid = r.prrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE " +
         ours("pg_publication", "p.oid", "n.nspname");
}

void read_table_row(const Row& row, CatalogReader& reader) {
  const Object* of = reader.at("pg_publication", row.text(4));
  const Object* relation = reader.at("pg_class", row.text(5));
  if (of == nullptr) return;
  if (relation == nullptr) {
    return reader.unmodelled("table " + quote_qualified(row.text(2), row.text(3)) + " of " + of->key,
                             "the table is not modelled; it stays in the publication");
  }
  Object object = model::make_object(publication_table, {row.text(1), row.text(2), row.text(3)}, of->key);
  object.depends = {relation->key};
  object[columns] = row.list(6);
  object[filter] = printed(row, 7);
  // pg_get_expr puts parentheses around it, which the statement has too
  reader.add(std::move(object), "pg_publication_rel", row.text(0));
}

// -- schemas ---------------------------------------------------------------------------------------------------------

void create_schema(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement(alter_publication(*sides.to) + " ADD TABLES IN SCHEMA " + quote_identifier(sides.to->names[1]),
                 "ALTER PUBLICATION ADD TABLES IN SCHEMA");
}

void drop_schema(const Sides& sides, Emit& emit) {
  emit.statement(alter_publication(*sides.from) + " DROP TABLES IN SCHEMA " + quote_identifier(sides.from->names[1]),
                 "ALTER PUBLICATION DROP TABLES IN SCHEMA");
}

std::string schema_query(int version) {
  if (version < 150000) return "";
  return "SELECT s.oid, p.pubname, n.nspname, p.oid FROM pg_catalog.pg_publication_namespace s JOIN "
         "pg_catalog.pg_publication p ON p.oid = s.pnpubid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = s.pnnspid WHERE " +
         ours("pg_publication", "p.oid", "n.nspname");
}

void read_schema_row(const Row& row, CatalogReader& reader) {
  const Object* of = reader.at("pg_publication", row.text(3));
  if (of == nullptr) return;
  reader.add(model::make_object(publication_schema, {row.text(1), row.text(2)}, of->key), "pg_publication_namespace",
             row.text(0));
}

// -- the file's side -------------------------------------------------------------------------------------------------

/// publicationcmds.c OpenTableList: without ONLY a table stands for those that inherit from it as well, but a
/// partitioned table for itself.
void collect(Object& relation, bool with_inheritors, std::vector<Object*>& list, DesiredReader& reader) {
  if (std::find(list.begin(), list.end(), &relation) != list.end()) return;
  list.push_back(&relation);
  if (!with_inheritors || is_partitioned(&relation)) return;
  for (Object* child : reader.inheritors(relation)) collect(*child, true, list, reader);
}

/// WHERE ( … ) behind the table's name and its columns.
model::Value read_filter(const sql::Node& member, DesiredReader& reader) {
  if (!member.has("whereClause")) return {};
  sql::Cutter cutter = reader.cutter();
  cutter.to(member["relation"].location());
  if (!cutter.skip_to_word("where")) return {};
  return reader.definition(cutter.parenthesised());
}

/// The columns in the order of the table, as the server keeps them.
model::List read_columns(const sql::Node& member, const Object& relation, DesiredReader& reader) {
  const std::vector<std::string> given = sql::strings(member.list("columns"));
  model::List list;
  for (const Object* child : std::as_const(reader.schema()).children(relation.key)) {
    if (child->kind == &column && std::find(given.begin(), given.end(), child->name()) != given.end())
      list.push_back(child->name());
  }
  if (list.size() != given.size())
    reader.error(member, "the columns " + join(given, ", ") + " are not all columns of " + relation.key);
  return list;
}

std::string name_of(const std::string& publication_key, DesiredReader& reader) {
  return reader.schema().find(publication_key)->name();
}

std::string schema_of(const sql::Node& member, DesiredReader& reader) {
  if (member.text("pubobjtype") != "PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA") return std::string(member.text("name"));
  return reader.creation_name(std::vector<std::string>{"t"}).schema;  // CURRENT_SCHEMA
}

std::vector<Object*> tables_of(const sql::Node& table_node, DesiredReader& reader) {
  std::vector<Object*> list;
  if (Object* relation = reader.find_relation(table_node["relation"]))
    collect(*relation, table_node["relation"].flag("inh"), list, reader);
  return list;
}

}  // namespace

namespace publication_members {

void add(const sql::List& members, const std::string& publication_key, DesiredReader& reader) {
  const std::string name = name_of(publication_key, reader);
  std::set<std::string> listed;  // publicationcmds.c OpenTableList, ObjectsInPublicationToOids: once for one statement
  for (const sql::Node member : members) {
    if (member.text("pubobjtype") != "PUBLICATIONOBJ_TABLE") {
      Object object = model::make_object(publication_schema, {name, schema_of(member, reader)}, publication_key);
      object.depends = {model::key_of(schema, {object.names[1]})};
      if (listed.insert(object.key).second) reader.add(std::move(object));
      continue;
    }
    const sql::Node table_node = member["pubtable"];
    for (const Object* relation : tables_of(table_node, reader)) {
      if (!listed.insert(relation->key).second) continue;
      Object object =
          model::make_object(publication_table, {name, relation->names[0], relation->names[1]}, publication_key);
      object.depends = {relation->key};
      object[columns] = read_columns(table_node, *relation, reader);
      for (const std::string& one : object.list(columns))
        object.depends.push_back(model::key_of(column, {relation->names[0], relation->names[1], one}));
      object[filter] = read_filter(table_node, reader);
      reader.add(std::move(object));
    }
  }
}

void remove(const sql::List& members, const std::string& publication_key, DesiredReader& reader) {
  const std::string name = name_of(publication_key, reader);
  for (const sql::Node member : members) {
    if (member.text("pubobjtype") != "PUBLICATIONOBJ_TABLE") {
      reader.schema().remove(model::key_of(publication_schema, {name, schema_of(member, reader)}));
      continue;
    }
    for (const Object* relation : tables_of(member["pubtable"], reader)) {
      reader.schema().remove(model::key_of(publication_table, {name, relation->names[0], relation->names[1]}));
    }
  }
}

void remove_all(const std::string& publication_key, DesiredReader& reader) {
  std::vector<std::string> keys;
  for (const Object* child : std::as_const(reader.schema()).children(publication_key)) {
    if (child->kind == &publication_table || child->kind == &publication_schema) keys.push_back(child->key);
  }
  for (const std::string& key : keys) reader.schema().remove(key);
}

}  // namespace publication_members

namespace {

/// reader.text(): the name before.
void read_column_renamed(const sql::Node&, DesiredReader& reader) {
  const std::string& relation = reader.relation()->key;
  for (Object& object : reader.schema().objects()) {
    const bool lists_it = object.kind == &publication_table &&
                          std::find(object.depends.begin(), object.depends.end(), relation) != object.depends.end();
    if (!lists_it) continue;
    model::List names = object.list(columns);
    std::replace(names.begin(), names.end(), reader.text(), reader.column()->name());
    object[columns] = std::move(names);
  }
}

constexpr model::StatementReader table_statements[] = {{"ColumnRenamed", read_column_renamed}};

}  // namespace

const model::Kind publication_table = {
    .name = "publication table",
    .sql_class = {},
    .attributes = table_attributes,
    .create = create_table,
    .drop = drop_table,
    .rebuilt_when_disturbed = reads_columns,
    .query = table_query,
    .read_row = read_table_row,
    .statements = table_statements,
};

const model::Kind publication_schema = {
    .name = "publication schema",
    .sql_class = {},
    .attributes = {},
    .create = create_schema,
    .drop = drop_schema,
    .query = schema_query,
    .read_row = read_schema_row,
};

}  // namespace segue::kinds
