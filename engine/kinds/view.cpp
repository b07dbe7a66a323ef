// Views. PostgreSQL: pg_class relkind 'v' and its rule _RETURN, CREATE VIEW.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/query_text.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  query_text,
  options,
  columns,
  written,       ///< the file's own query where it goes with column_names
  column_names,  ///< CREATE VIEW v (a, b)
  placeholder,   ///< a query with the same columns that reads nobody who reads the view
};

std::string address(const Object& object) { return relation_address(object); }

void alter_options(const Sides& sides, Emit& emit) {
  const OptionChange change = change_options(sides.from->list(options), sides.to->list(options));
  const std::string head = "ALTER VIEW " + address(*sides.to);
  if (!change.reset.empty()) {
    emit.statement(head + " RESET (" + change.reset + ")", "ALTER VIEW SET (security_barrier)").relations = {
        address(*sides.to)};
  }
  if (!change.set.empty()) {
    emit.statement(head + " SET (" + change.set + ")", "ALTER VIEW SET (security_barrier)").relations = {
        address(*sides.to)};
  }
}

constexpr model::Attribute attributes[] = {
    {.name = "query",
     .type = Type::definition,
     .change = Change::replace,
     .grammar = model::Grammar::query,
     .disturbs_dependents = true,
     .reason = "the columns of the new query may differ (view.c checkViewTupleDesc)"},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
    {.name = "columns", .type = Type::list, .change = Change::derived},
    {.name = "written", .type = Type::definition, .change = Change::derived},
    {.name = "column_names", .type = Type::list, .change = Change::derived},
    {.name = "placeholder", .type = Type::definition, .change = Change::derived, .grammar = model::Grammar::query},
};

void write(const Sides& sides, const std::string& head, const char* form, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = head + address(object);
  if (object.has(written)) sql += " (" + join(object.list(column_names), ", ") + ")";
  if (!object.list(options).empty()) sql += " WITH (" + option_list(object.list(options)) + ")";
  sql += " AS\n" + object.definition(object.has(written) ? written : query_text).text;
  auto& fragment = emit.statement(std::move(sql), form);
  fragment.search_path = object.definition(query_text).search_path;
  fragment.relations = {address(object)};
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  write(sides, "CREATE VIEW ", "CREATE VIEW", emit);
}

/// The same columns from another query: a placeholder for the view, or the view for it.
void replace_in_place(const Sides& sides, Emit& emit) {
  write(sides, "CREATE OR REPLACE VIEW ", "CREATE OR REPLACE VIEW (same)", emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP VIEW " + address(*sides.from), "DROP VIEW").relations = {address(*sides.from)};
}

/// pg_dump.c createDummyViewAsClause
constexpr const char* placeholder_query =
    "'SELECT ' || COALESCE((SELECT pg_catalog.string_agg('NULL::' || pg_catalog.format_type(a.atttypid, a.atttypmod) "
    "|| COALESCE((SELECT ' COLLATE ' || pg_catalog.quote_ident(cn.nspname) || '.' || "
    "pg_catalog.quote_ident(co.collname) FROM pg_catalog.pg_collation co "
    "JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace "
    "JOIN pg_catalog.pg_type ct ON ct.oid = a.atttypid "
    "WHERE co.oid = a.attcollation AND co.oid <> ct.typcollation), '') "
    "|| ' AS ' || pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum) "
    "FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')";

std::string query(int) {
  return std::string(
             "SELECT c.oid, n.nspname, c.relname, c.reloptions, pg_catalog.pg_get_viewdef(c.oid), "
             "(SELECT r.oid FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename = '_RETURN'), "
             "c.reltype, t.typarray, "
             "ARRAY(SELECT a.attname::text || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) "
             "FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY "
             "a.attnum), ") +
         placeholder_query +
         " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "LEFT JOIN pg_catalog.pg_type t ON t.oid = c.reltype "
         "WHERE c.relkind = 'v' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(view, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[options] = row.list(3);
  object[query_text] = printed_query(row.text(4));
  object[columns] = row.list(8);
  object[placeholder] = model::Definition{row.text(9), ""};
  const Object* added = reader.add(std::move(object), "pg_class", row.text(0));
  if (added == nullptr) return;
  reader.alias(*added, "pg_rewrite", row.text(5));
  reader.alias(*added, "pg_type", row.text(6));
  reader.alias(*added, "pg_type", row.text(7));
}

/// gram.y makeRecursiveViewSelect: CREATE RECURSIVE VIEW v (a) AS q is WITH RECURSIVE v (a) AS (q) SELECT a FROM v.
std::string recursive(const std::string& name, const std::vector<std::string>& names, const std::string& body) {
  const std::string list = join(quoted_names(names), ", ");
  return "WITH RECURSIVE " + quote_identifier(name) + "(" + list + ") AS (" + body + "\n) SELECT " + list + " FROM " +
         quote_identifier(name);
}

/// RECURSIVE stands between CREATE and VIEW; the tree does not say it any more.
bool is_recursive(const sql::Cutter& cutter) {
  sql::Cutter at_view = cutter;
  if (!at_view.skip_to_word("view")) return false;
  sql::Cutter at_recursive = cutter;
  if (!at_recursive.skip_to_word("recursive")) return false;
  return at_recursive.rest().begin < at_view.rest().begin;
}

model::List read_view_options(const sql::Node& node) {
  model::List list = read_options(node, "options");
  const std::string_view check = node.text("withCheckOption");
  if (check == "LOCAL_CHECK_OPTION") list.push_back("check_option=local");
  if (check == "CASCADED_CHECK_OPTION") list.push_back("check_option=cascaded");
  return list;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const sql::Node target = node["view"];
  const Name name = reader.creation_name(target);
  Object object = model::make_object(view, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  model::Definition definition = query_after_as(reader);
  const std::vector<std::string> names = sql::strings(node.list("aliases"));
  if (is_recursive(reader.cutter())) {
    definition.text = recursive(name.name, names, definition.text);
  } else if (!names.empty()) {
    object[written] = definition;
    object[column_names] = quoted_names(names);
    definition.text = with_column_names(definition.text, node["query"], names, reader);
  }
  object[query_text] = std::move(definition);
  object[options] = read_view_options(node);
  Object* standing = reader.schema().find(object.key);
  if (standing == nullptr || !node.flag("replace")) {
    reader.add(std::move(object));
    return;
  }
  reader.dispatch("ViewReplaced", node, standing);
  // the server took the first of them while others came that read the view
  object[placeholder] =
      standing->has(placeholder) ? standing->definition(placeholder) : standing->definition(query_text);
  // view.c DefineVirtualRelation: OR REPLACE sets the query and all options anew, and keeps everything else
  standing->values = std::move(object.values);
  standing->origin = reader.origin(node);
}

void read_set_options(const sql::Node& node, DesiredReader& reader) {
  Object* target = reader.relation();
  if (target == nullptr || target->kind != &view) return;
  model::List list = target->list(options);
  merge_options(list, read_options(node, "def"), node.text("subtype") == "AT_ResetRelOptions");
  (*target)[options] = std::move(list);
}

/// ALTER VIEW v ALTER COLUMN c SET DEFAULT expr: an object of its own (view_default).
void read_column_default(const sql::Node& node, DesiredReader& reader) {
  const Object* target = reader.relation();
  if (target == nullptr || target->kind != &view) return;
  Object object = model::make_object(view_default, {target->names[0], target->names[1], std::string(node.text("name"))},
                                     target->key);
  reader.schema().remove(object.key);
  const sql::Node value = node["def"];
  if (!value) return;
  // the sub-command has no location of its own: it is the SET DEFAULT whose extent holds the expression
  sql::Cutter cutter = reader.cutter();
  while (cutter.skip_to_word("default")) {
    sql::Cutter here = cutter;
    const sql::Span span = here.until({});
    if (value.first_location() < span.begin || value.first_location() >= span.end) continue;
    object[model::attribute(view_default, "expression")] = reader.definition(span);
    reader.add(std::move(object));
    return;
  }
}

void read_column_renamed(const sql::Node& node, DesiredReader& reader) {
  Object& target = *reader.relation();
  if (target.kind != &view) return;
  name_columns(target, {query_text, written, column_names}, node, reader);
  if (!target.has(placeholder)) return;
  auto& first = *model::definition_in(target[placeholder]);
  first.text = "SELECT * FROM (" + first.text + "\n) v(" + join(target.list(column_names), ", ") + ")";
}

constexpr model::StatementReader statements[] = {
    {"ViewStmt", read_create},
    {"ViewColumnRenamed", read_column_renamed},
    {"AlterTableCmd/AT_ColumnDefault", read_column_default},
    {"AlterTableCmd/AT_SetRelOptions", read_set_options},
    {"AlterTableCmd/AT_ResetRelOptions", read_set_options},
};

}  // namespace

const model::Kind view = {
    .name = "view",
    .sql_class = "VIEW",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .has_owner = true,
    .name_space = model::NameSpace::relation,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
