// Materialized views. PostgreSQL: pg_class relkind 'm', CREATE MATERIALIZED VIEW. Their indexes are objects of their
// own.
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
  access_method,
  options,
  tablespace,
  populated,
  columns,
  written,          ///< the file's own query where it goes with column_names
  column_names,     ///< CREATE MATERIALIZED VIEW m (a, b)
  column_settings,  ///< `title STATISTICS 40`, `title STORAGE EXTERNAL`, `title n_distinct 7`
};

std::string address(const Object& object) { return relation_address(object); }

void alter(const Sides& sides, Emit& emit, const std::string& what, std::string form) {
  emit.statement("ALTER MATERIALIZED VIEW " + address(*sides.to) + " " + what, std::move(form)).relations = {
      address(*sides.to)};
}

/// SET ACCESS METHOD came with 15; before, the view is made again.
Change decide_access_method(const Sides& sides) {
  return sides.server_version >= 150000 ? Change::alter : Change::replace;
}

void alter_access_method(const Sides& sides, Emit& emit) {
  alter(sides, emit, "SET ACCESS METHOD " + quote_identifier(sides.to->text(access_method)), "SET ACCESS METHOD other");
}

void alter_options(const Sides& sides, Emit& emit) {
  const OptionChange change = change_options(sides.from->list(options), sides.to->list(options));
  const std::string form = "ALTER MATERIALIZED VIEW SET (fillfactor)";
  if (!change.reset.empty()) alter(sides, emit, "RESET (" + change.reset + ")", form);
  if (!change.set.empty()) alter(sides, emit, "SET (" + change.set + ")", form);
}

void alter_tablespace(const Sides& sides, Emit& emit) {
  const std::string space = sides.to->has(tablespace) ? quote_identifier(sides.to->text(tablespace)) : "pg_default";
  alter(sides, emit, "SET TABLESPACE " + space, "ALTER MATERIALIZED VIEW SET TABLESPACE");
}

/// `title STORAGE EXTERNAL` taken apart; the name is quoted and may hold anything.
struct ColumnSetting {
  std::string column;
  std::string word;  ///< STATISTICS, STORAGE, COMPRESSION, or the name of an option
  std::string value;
};

ColumnSetting taken_apart(const std::string& entry) {
  const std::size_t value = entry.rfind(' ');
  const std::size_t word = entry.rfind(' ', value - 1);
  return {entry.substr(0, word), entry.substr(word + 1, value - word - 1), entry.substr(value + 1)};
}

bool holds_setting(const model::List& list, const ColumnSetting& wanted) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) {
    const ColumnSetting other = taken_apart(entry);
    return other.column == wanted.column && other.word == wanted.word;
  });
}

/// From here on SET STORAGE takes DEFAULT.
constexpr int first_with_storage_default = 160000;

/// Nothing says "the storage of the type" before 16: one that comes or goes makes the view anew.
Change decide_column_settings(const Sides& sides) {
  if (sides.server_version >= first_with_storage_default) return Change::alter;
  const auto all_stay = [](const model::List& some, const model::List& others) {
    return std::all_of(some.begin(), some.end(), [&](const std::string& entry) {
      const ColumnSetting setting = taken_apart(entry);
      return setting.word != "STORAGE" || holds_setting(others, setting);
    });
  };
  const model::List& from = sides.from->list(column_settings);
  const model::List& to = sides.to->list(column_settings);
  return all_stay(from, to) && all_stay(to, from) ? Change::alter : Change::replace;
}

void set_column(const Sides& sides, const ColumnSetting& setting, Emit& emit) {
  const std::string head = "ALTER COLUMN " + setting.column + " SET ";
  const bool is_option = setting.word.front() >= 'a' && setting.word.front() <= 'z';
  if (is_option) return alter(sides, emit, head + "(" + setting.word + "=" + setting.value + ")", "SET (n_distinct)");
  alter(sides, emit, head + setting.word + " " + setting.value, "SET " + setting.word);
}

void reset_column(const Sides& sides, const ColumnSetting& setting, Emit& emit) {
  const std::string head = "ALTER COLUMN " + setting.column + " ";
  if (setting.word == "STATISTICS") return set_column(sides, {setting.column, setting.word, "-1"}, emit);
  if (setting.word == "STORAGE" || setting.word == "COMPRESSION")
    return set_column(sides, {setting.column, setting.word, "DEFAULT"}, emit);
  alter(sides, emit, head + "RESET (" + setting.word + ")", "RESET (n_distinct)");
}

void alter_column_settings(const Sides& sides, Emit& emit) {
  const model::List none;
  const model::List& from = sides.from == nullptr ? none : sides.from->list(column_settings);
  const model::List& to = sides.to->list(column_settings);
  for (const std::string& entry : from) {
    if (!holds_setting(to, taken_apart(entry))) reset_column(sides, taken_apart(entry), emit);
  }
  for (const std::string& entry : to) {
    if (std::find(from.begin(), from.end(), entry) == from.end()) set_column(sides, taken_apart(entry), emit);
  }
}

constexpr model::Attribute attributes[] = {
    {.name = "query",
     .type = Type::definition,
     .change = Change::replace,
     .grammar = model::Grammar::query,
     .disturbs_dependents = true,
     .reason = "there is no way to change the query of a materialized view"},
    {.name = "access_method",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_access_method,
     .decide = decide_access_method},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
    {.name = "tablespace", .type = Type::text, .change = Change::alter, .alter = alter_tablespace},
    {.name = "populated", .type = Type::boolean, .change = Change::derived, .is_state = true},
    {.name = "columns", .type = Type::list, .change = Change::derived},
    {.name = "written", .type = Type::definition, .change = Change::derived},
    {.name = "column_names", .type = Type::list, .change = Change::derived},
    {.name = "column_settings",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_column_settings,
     .decide = decide_column_settings,
     .reason = "a column's storage cannot be set back to that of its type"},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE MATERIALIZED VIEW " + address(object);
  if (object.has(written)) sql += " (" + join(object.list(column_names), ", ") + ")";
  if (object.text(access_method) != "heap") sql += " USING " + quote_identifier(object.text(access_method));
  if (!object.list(options).empty()) sql += " WITH (" + option_list(object.list(options)) + ")";
  if (object.has(tablespace)) sql += " TABLESPACE " + quote_identifier(object.text(tablespace));
  sql += " AS\n" + object.definition(object.has(written) ? written : query_text).text;
  const bool filled = object.flag(populated);
  if (!filled) sql += "\nWITH NO DATA";
  auto& fragment =
      emit.statement(std::move(sql), filled ? "CREATE MATERIALIZED VIEW" : "CREATE MATERIALIZED VIEW WITH NO DATA");
  fragment.search_path = object.definition(query_text).search_path;
  fragment.relations = {address(object)};
  Sides made = sides;
  made.from = nullptr;
  alter_column_settings(made, emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP MATERIALIZED VIEW " + address(*sides.from), "DROP MATERIALIZED VIEW").relations = {
      address(*sides.from)};
}

/// A row for each setting of a column: the settings themselves, and its options. COMPRESSION came with 14.
std::string settings_of_columns(int version) {
  const std::string compression =
      version >= 140000 ? ", (CASE a.attcompression WHEN 'p' THEN ' COMPRESSION pglz' WHEN 'l' THEN ' COMPRESSION lz4' "
                          "END)"
                        : "";
  return "(SELECT v.setting FROM (VALUES (CASE WHEN a.attstattarget >= 0 THEN ' STATISTICS ' || a.attstattarget END), "
         "(CASE WHEN a.attstorage <> at.typstorage THEN ' STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' "
         "WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END)" +
         compression +
         ") v(setting) UNION ALL SELECT ' ' || pg_catalog.replace(o, '=', ' ') FROM pg_catalog.unnest(a.attoptions) o "
         "WHERE o NOT LIKE 'pg_attver=%')";
}

std::string query(int version) {
  return "SELECT c.oid, n.nspname, c.relname, am.amname, "
         "c.reloptions || ARRAY(SELECT 'toast.' || o FROM pg_catalog.pg_class tc, pg_catalog.unnest(tc.reloptions) o "
         "WHERE tc.oid = c.reltoastrelid), "
         "ts.spcname, c.relispopulated, pg_catalog.pg_get_viewdef(c.oid), "
         "(SELECT r.oid FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename = '_RETURN'), "
         "c.reltype, t.typarray, "
         "ARRAY(SELECT a.attname::text || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) "
         "FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY "
         "a.attnum), "
         "ARRAY(SELECT pg_catalog.quote_ident(a.attname) || s.setting FROM pg_catalog.pg_attribute a "
         "JOIN pg_catalog.pg_type at ON at.oid = a.atttypid CROSS JOIN LATERAL " +
         settings_of_columns(version) +
         " s(setting) "
         "WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND s.setting IS NOT NULL) "
         "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = "
         "c.reltablespace "
         "LEFT JOIN pg_catalog.pg_type t ON t.oid = c.reltype "
         "WHERE c.relkind = 'm' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object =
      model::make_object(materialized_view, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[access_method] = row.text(3);
  model::List list;
  merge_options(list, row.list(4), false);
  object[options] = std::move(list);
  object[tablespace] = text_or_absent(row, 5);
  object[populated] = row.flag(6);
  object[query_text] = printed_query(row.text(7));
  object[columns] = row.list(11);
  model::List settings = row.list(12);
  std::sort(settings.begin(), settings.end());
  object[column_settings] = std::move(settings);
  const Object* added = reader.add(std::move(object), "pg_class", row.text(0));
  if (added == nullptr) return;
  reader.alias(*added, "pg_rewrite", row.text(8));
  reader.alias(*added, "pg_type", row.text(9));
  reader.alias(*added, "pg_type", row.text(10));
}

std::string method_or_default(std::string_view written, DesiredReader& reader) {
  if (!written.empty()) return std::string(written);
  const std::string setting = reader.setting("default_table_access_method");
  return setting.empty() ? "heap" : setting;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  if (node.text("objtype") != "OBJECT_MATVIEW") {
    return reader.error(node, "CREATE TABLE … AS makes a table whose columns cannot be known from its text",
                        "write CREATE TABLE with its columns");
  }
  const sql::Node into = node["into"];
  const Name name = reader.creation_name(into["rel"]);
  Object object = model::make_object(materialized_view, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  if (node.flag("if_not_exists") && reader.schema().contains(object.key)) return;
  model::Definition definition = query_after_as(reader);
  if (const std::vector<std::string> names = sql::strings(into.list("colNames")); !names.empty()) {
    object[written] = definition;
    object[column_names] = quoted_names(names);
    definition.text = with_column_names(definition.text, node["query"], names, reader);
  }
  object[query_text] = std::move(definition);
  object[access_method] = method_or_default(into.text("accessMethod"), reader);
  object[options] = read_options(into, "options");
  object[tablespace] = tablespace_or_default(into.text("tableSpaceName"), reader);
  object[populated] = !into.flag("skipData");
  reader.add(std::move(object));
}

void read_refresh(const sql::Node& node, DesiredReader& reader) {
  Object* target = reader.find_relation(node["relation"]);
  if (target != nullptr && target->kind == &materialized_view) (*target)[populated] = !node.flag("skipData");
}

/// The materialized view that ALTER speaks of; null where it speaks of another kind of relation.
Object* altered(DesiredReader& reader) {
  Object* target = reader.relation();
  return target != nullptr && target->kind == &materialized_view ? target : nullptr;
}

void read_set_options(const sql::Node& node, DesiredReader& reader) {
  Object* target = altered(reader);
  if (target == nullptr) return;
  model::List list = target->list(options);
  merge_options(list, read_options(node, "def"), node.text("subtype") == "AT_ResetRelOptions");
  (*target)[options] = std::move(list);
}

void read_set_tablespace(const sql::Node& node, DesiredReader& reader) {
  if (Object* target = altered(reader)) (*target)[tablespace] = tablespace_value(node.text("name"));
}

void read_set_access_method(const sql::Node& node, DesiredReader& reader) {
  if (Object* target = altered(reader)) (*target)[access_method] = method_or_default(node.text("name"), reader);
}

/// One setting of one column; "" takes it away.
void put_setting(const sql::Node& node, const std::string& word, const std::string& value, DesiredReader& reader) {
  Object* target = altered(reader);
  if (target == nullptr) return;
  const ColumnSetting setting{quote_identifier(node.text("name")), word, value};
  model::List list = target->list(column_settings);
  std::erase_if(list, [&](const std::string& entry) { return holds_setting({entry}, setting); });
  if (!value.empty()) list.push_back(setting.column + " " + word + " " + value);
  std::sort(list.begin(), list.end());
  (*target)[column_settings] = std::move(list);
}

void read_set_statistics(const sql::Node& node, DesiredReader& reader) {
  const std::int64_t value = node["def"] ? node["def"].number() : -1;
  put_setting(node, "STATISTICS", value < 0 ? std::string() : std::to_string(value), reader);
}

std::string in_case(std::string text, char first, char last, int shift) {
  for (char& c : text) c = c >= first && c <= last ? static_cast<char>(c + shift) : c;
  return text;
}

void read_set_storage(const sql::Node& node, DesiredReader& reader) {
  const std::string value = in_case(std::string(node["def"].text()), 'a', 'z', 'A' - 'a');
  put_setting(node, "STORAGE", value == "DEFAULT" ? std::string() : value, reader);
}

void read_set_compression(const sql::Node& node, DesiredReader& reader) {
  const std::string value = in_case(std::string(node["def"].text()), 'A', 'Z', 'a' - 'A');
  put_setting(node, "COMPRESSION", value == "default" ? std::string() : value, reader);
}

/// ALTER COLUMN … SET (n_distinct = …) and RESET (n_distinct): attoptcache.c knows no others.
void read_set_column_options(const sql::Node& node, DesiredReader& reader) {
  const bool reset = node.text("subtype") == "AT_ResetOptions";
  for (const std::string& option : read_options(node, "def")) {
    const std::size_t equals = option.find('=');
    put_setting(node, option.substr(0, equals), reset ? std::string() : option.substr(equals + 1), reader);
  }
}

void read_column_renamed(const sql::Node& node, DesiredReader& reader) {
  Object* target = altered(reader);
  if (target == nullptr) return;
  name_columns(*target, {query_text, written, column_names}, node, reader);
  const model::List& names = target->list(column_names);
  model::List list = target->list(column_settings);
  for (std::string& entry : list) {
    const ColumnSetting setting = taken_apart(entry);
    const bool is_column = std::find(names.begin(), names.end(), setting.column) != names.end();
    if (!is_column) entry = quoted_name(*reader.column()) + " " + setting.word + " " + setting.value;
  }
  std::sort(list.begin(), list.end());
  (*target)[column_settings] = std::move(list);
}

constexpr model::StatementReader statements[] = {
    {"CreateTableAsStmt", read_create},
    {"ViewColumnRenamed", read_column_renamed},
    {"RefreshMatViewStmt", read_refresh},
    {"AlterTableCmd/AT_SetRelOptions", read_set_options},
    {"AlterTableCmd/AT_ResetRelOptions", read_set_options},
    {"AlterTableCmd/AT_SetStatistics", read_set_statistics},
    {"AlterTableCmd/AT_SetStorage", read_set_storage},
    {"AlterTableCmd/AT_SetCompression", read_set_compression},
    {"AlterTableCmd/AT_SetOptions", read_set_column_options},
    {"AlterTableCmd/AT_ResetOptions", read_set_column_options},
    {"AlterTableCmd/AT_SetTableSpace", read_set_tablespace},
    {"AlterTableCmd/AT_SetAccessMethod", read_set_access_method},
};

}  // namespace

const model::Kind materialized_view = {
    .name = "materialized view",
    .sql_class = "MATERIALIZED VIEW",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .has_owner = true,
    .name_space = model::NameSpace::relation,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
