// Extended statistics. PostgreSQL: pg_statistic_ext, CREATE STATISTICS.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/object_name.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "sql/lexer.h"
#include "sql/script.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { table_name, types, columns, expressions, target, elements };

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

void alter_target(const Sides& sides, Emit& emit) {
  emit.statement(
          "ALTER STATISTICS " + address(*sides.to) + " SET STATISTICS " + std::to_string(sides.to->number(target)),
          "ALTER STATISTICS SET STATISTICS")
      .relations = {sides.to->text(table_name)};
}

constexpr std::string_view fixed = "ALTER STATISTICS changes nothing but the target; the next ANALYZE fills it again";

constexpr model::Attribute attributes[] = {
    {.name = "table", .type = Type::text, .change = Change::replace, .reason = fixed},
    {.name = "types", .type = Type::list, .change = Change::replace, .reason = fixed},
    {.name = "columns", .type = Type::list, .change = Change::replace, .reason = fixed},
    {.name = "expressions",
     .type = Type::definition,
     .change = Change::replace,
     .grammar = model::Grammar::expression,
     .reason = fixed},
    {.name = "target", .type = Type::integer, .change = Change::alter, .alter = alter_target},
    {.name = "elements", .type = Type::list, .change = Change::derived},
};

/// The expressions one by one, as the definition has them: it follows what is renamed, and the list that it was made of
/// does not.
model::List expressions_of(const Object& object) {
  const std::string& text = object.definition(expressions).text;
  const std::size_t number = object.list(elements).size();
  if (number < 2) return number == 0 ? model::List{} : model::List{text};
  model::List parts;  // each in parentheses of its own, see combined()
  int depth = 0;
  std::size_t begin = 0;
  for (const sql::Token& token : sql::tokens(text)) {
    if (token.is('(') && depth++ == 0) begin = static_cast<std::size_t>(token.end);
    if (token.is(')') && --depth == 0)
      parts.push_back(text.substr(begin, static_cast<std::size_t>(token.begin) - begin));
  }
  return parts;
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE STATISTICS " + address(object);
  if (!object.list(types).empty()) sql += " (" + join(object.list(types), ", ") + ")";
  std::vector<std::string> parts;
  for (const std::string& name : object.list(columns)) parts.push_back(quote_identifier(name));
  for (const std::string& text : expressions_of(object)) parts.push_back("(" + text + ")");
  sql += " ON " + join(parts, ", ") + " FROM " + object.text(table_name);
  auto& fragment = emit.statement(std::move(sql), "CREATE STATISTICS");
  fragment.search_path = object.definition(expressions).search_path;
  fragment.relations = {object.text(table_name)};
  if (object.number(target) != -1) alter_target(sides, emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP STATISTICS " + address(*sides.from), "DROP STATISTICS").relations = {
      sides.from->text(table_name)};
}

/// One expression stands for itself; several become one that holds them all in their order and needs no common type.
model::Value combined(const model::List& list, const std::string& search_path) {
  if (list.empty()) return {};
  if (list.size() == 1) return model::Definition{list.front(), search_path};
  std::vector<std::string> parts;
  for (const std::string& text : list) parts.push_back("(" + text + ") IS NULL");
  return model::Definition{join(parts, " AND "), search_path};
}

model::List sorted(model::List list) {
  std::sort(list.begin(), list.end());
  return list;
}

std::string query(int version) {
  const std::string printed_expressions =
      version >= 140000 ? "pg_catalog.pg_get_statisticsobjdef_expressions(s.oid)" : "NULL::pg_catalog.text[]";
  return "SELECT s.oid, n.nspname, s.stxname, c.oid, s.stxkind::pg_catalog.text[], "
         "ARRAY(SELECT a.attname FROM pg_catalog.pg_attribute a "
         "WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys::pg_catalog.int2[])), " +
         printed_expressions +
         ", coalesce(s.stxstattarget, -1) "
         "FROM pg_catalog.pg_statistic_ext s JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace "
         "JOIN pg_catalog.pg_class c ON c.oid = s.stxrelid WHERE " +
         ours("pg_statistic_ext", "s.oid", "n.nspname");
}

model::List types_of(const model::List& letters) {
  model::List list;
  for (const std::string& letter : letters) {
    if (letter == "d") list.push_back("ndistinct");
    if (letter == "f") list.push_back("dependencies");
    if (letter == "m") list.push_back("mcv");
  }
  return sorted(std::move(list));
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* relation = reader.at("pg_class", row.text(3));
  if (relation == nullptr) {
    return reader.unmodelled("statistics " + quote_qualified(row.text(1), row.text(2)),
                             "their table is not modelled; they are left alone");
  }
  Object object = model::make_object(statistics, {row.text(1), row.text(2)}, relation->key);
  object[table_name] = relation_address(*relation);
  object[types] = types_of(row.list(4));
  object[columns] = sorted(row.list(5));
  object[elements] = row.list(6);
  object[expressions] = combined(row.list(6), "");
  object[target] = row.number(7);
  reader.add(std::move(object), "pg_statistic_ext", row.text(0));
}

// -- the name that the server chooses --------------------------------------------------------------------------------

/// statscmds.c ChooseExtendedStatisticNameAddition: the columns' names, "expr" for an expression.
std::string name_addition(const sql::List& exprs) {
  std::string text;
  for (const sql::Node element : exprs) {
    if (!text.empty()) text += '_';
    const std::string_view name = element.text("name");
    text += name.empty() ? "expr" : name;
    if (text.size() >= 64) break;
  }
  return text;
}

/// statscmds.c ChooseExtendedStatisticName: numbered until free among the statistics of the schema.
std::string choose_name(const Object& relation, const std::string& addition, DesiredReader& reader) {
  std::string label = "stat";
  for (int pass = 1;; ++pass) {
    const std::string name = make_object_name(relation.names[1], addition, label);
    if (!reader.schema().contains(model::key_of(statistics, {relation.names[0], name}))) return name;
    label = "stat" + std::to_string(pass);
  }
}

// -- statements ------------------------------------------------------------------------------------------------------

/// `(expr)` without the parentheses that the grammar asks for; a call stands without them.
sql::Span bare(sql::Cutter cutter, sql::Span element) {
  const auto starts = [](std::string_view text) { return !text.empty() && text.front() == '('; };
  if (!starts(cutter.text(element))) return element;
  const sql::Span inside = cutter.to(element.begin).parenthesised();
  // `(a) + (b)` is no expression in parentheses; the grammar does not let it stand here, the check costs nothing
  return cutter.text({inside.end, element.end}).find_first_of("(+-*/") == std::string_view::npos ? inside : element;
}

/// Its own table's, of which object[columns] are the names.
void depend_on_columns(Object& object, DesiredReader& reader) {
  const Object* relation = reader.schema().find(object.parent);
  for (const std::string& name : object.list(columns)) {
    std::string key = model::key_of(column, {relation->names[0], relation->names[1], name});
    if (reader.schema().contains(key)) object.depends.push_back(std::move(key));
  }
}

/// Columns and expressions of ON …, as the file wrote them. statscmds.c CreateStatistics: a column in parentheses is a
/// column.
void read_elements(const sql::Node& node, Object& object, DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  if (!cutter.skip_to_word("on")) return;
  model::List names;
  model::List texts;
  std::string search_path;
  for (const sql::Node element : node.list("exprs")) {
    const sql::Span span = cutter.until({"from"});
    cutter.from(span.end);
    const sql::List fields = element["expr"].list("fields");
    if (!element.text("name").empty()) {
      names.push_back(std::string(element.text("name")));
    } else if (element["expr"].is("ColumnRef") && fields.size() == 1) {
      names.push_back(std::string(fields.front().text()));
    } else {
      const model::Definition definition = reader.definition(bare(cutter, span));
      texts.push_back(definition.text);
      search_path = definition.search_path;
    }
  }
  object[columns] = sorted(std::move(names));
  depend_on_columns(object, reader);
  object[expressions] = combined(texts, search_path);
  object[elements] = std::move(texts);
}

/// statscmds.c CreateStatistics: all kinds where none is named, but none of them for a single expression.
model::List read_types(const sql::Node& node) {
  model::List list = sql::strings(node.list("stat_types"));
  if (list.empty() && node.list("exprs").size() > 1) list = {"dependencies", "mcv", "ndistinct"};
  return sorted(std::move(list));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Object* relation = reader.find_relation(node.list("relations").front());
  if (relation == nullptr || relation->names.size() < 2) return;
  const std::vector<std::string> written = sql::strings(node.list("defnames"));
  const Name name = written.empty()
                        ? Name{relation->names[0], choose_name(*relation, name_addition(node.list("exprs")), reader)}
                        : reader.creation_name(written);
  Object object = model::make_object(statistics, {name.schema, name.name}, relation->key);
  if (node.flag("if_not_exists") && reader.schema().contains(object.key)) return;
  object[table_name] = relation_address(*relation);
  object[types] = read_types(node);
  read_elements(node, object, reader);
  object[target] = std::int64_t{-1};
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_object("OBJECT_STATISTIC_EXT", node["defnames"], node.flag("missing_ok"));
  if (object == nullptr || object->kind != &statistics) return;
  // from the grammar of 17 on the number is a node, and none stands for DEFAULT
  const sql::Node number = node["stxstattarget"];
  const bool by_default = !number && sql::grammar_version() >= 17;
  (*object)[target] = by_default ? std::int64_t{-1} : number.number();
}

/// Of CREATE TABLE … (LIKE … INCLUDING STATISTICS); reader.text(): the key of what is copied. parse_utilcmd.c
/// generateClonedExtStatsStmt: columns in the table's order, then expressions, under a name of the new table's; the
/// target is not copied.
void read_like(const sql::Node&, DesiredReader& reader) {
  const Object* original = reader.schema().find(reader.text());
  const Object* relation = reader.relation();
  if (original == nullptr || relation == nullptr) return;
  const model::List& named = original->list(columns);
  std::string addition;
  const auto add = [&](const std::string& name) {
    if (addition.size() < 64) addition += (addition.empty() ? "" : "_") + name;
  };
  for (const Object* child : reader.schema().children(original->parent)) {
    if (child->kind == &column && std::find(named.begin(), named.end(), child->name()) != named.end())
      add(child->name());
  }
  for (std::size_t i = 0; i < original->list(elements).size(); ++i) add("expr");
  Object object = *original;
  object.names = {relation->names[0], choose_name(*relation, addition, reader)};
  object.key = model::key_of(statistics, object.names);
  object.parent = relation->key;
  object.depends.clear();
  depend_on_columns(object, reader);
  object[table_name] = relation_address(*relation);
  object[target] = std::int64_t{-1};
  reader.add(std::move(object));
}

/// reader.text(): the name before.
void read_column_renamed(const sql::Node&, DesiredReader& reader) {
  for (Object* child : reader.schema().children(reader.relation()->key)) {
    if (child->kind != &statistics) continue;
    model::List names = child->list(columns);
    std::replace(names.begin(), names.end(), reader.text(), reader.column()->name());
    (*child)[columns] = sorted(std::move(names));
  }
}

constexpr model::StatementReader statements[] = {{"ColumnRenamed", read_column_renamed},
                                                 {"CreateStatsStmt", read_create},
                                                 {"AlterStatsStmt", read_alter},
                                                 {"StatisticsLike", read_like}};

}  // namespace

const model::Kind statistics = {
    .name = "statistics",
    .sql_class = "STATISTICS",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
