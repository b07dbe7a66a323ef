// Publications. PostgreSQL: pg_publication, publicationcmds.c CreatePublication, AlterPublication.
//
// The tables and schemas that one lists are objects of their own, children of the publication. The statements of a file
// speak of all of them at once, so all three are read here and in publication_table.cpp.
#include <algorithm>

#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/publication_members.h"
#include "kinds/reader.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { all_tables, operations, via_root, generated_columns };

std::string address(const Object& object) { return quote_identifier(object.name()); }

void set(const Sides& sides, const std::string& what, Emit& emit) {
  emit.statement("ALTER PUBLICATION " + address(*sides.to) + " SET (" + what + ")", "ALTER PUBLICATION SET (publish)");
}

std::string publish(const Object& object) { return "publish = " + quote_literal(join(object.list(operations), ", ")); }
std::string root(const Object& object) {
  return std::string("publish_via_partition_root = ") + (object.flag(via_root) ? "true" : "false");
}
std::string generated(const Object& object) {
  return "publish_generated_columns = " +
         (object.has(generated_columns) ? object.text(generated_columns) : std::string("none"));
}

void alter_operations(const Sides& sides, Emit& emit) { set(sides, publish(*sides.to), emit); }
void alter_root(const Sides& sides, Emit& emit) { set(sides, root(*sides.to), emit); }
void alter_generated(const Sides& sides, Emit& emit) { set(sides, generated(*sides.to), emit); }

constexpr model::Attribute attributes[] = {
    {.name = "all_tables", .type = Type::boolean, .reason = "ALTER PUBLICATION cannot turn FOR ALL TABLES on or off"},
    {.name = "publish", .type = Type::list, .change = Change::alter, .alter = alter_operations, .unordered = true},
    {.name = "via_partition_root", .type = Type::boolean, .change = Change::alter, .alter = alter_root},
    {.name = "generated_columns", .type = Type::text, .change = Change::alter, .alter = alter_generated},
};

/// Its members are added by statements of their own, as pg_dump does it.
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE PUBLICATION " + address(object);
  if (object.flag(all_tables)) sql += " FOR ALL TABLES";
  sql += " WITH (" + publish(object);
  if (object.flag(via_root)) sql += ", " + root(object);
  if (object.has(generated_columns)) sql += ", " + generated(object);
  emit.statement(sql + ")", object.flag(all_tables) ? "CREATE PUBLICATION FOR ALL TABLES" : "");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP PUBLICATION " + address(*sides.from), "DROP PUBLICATION");
}

std::string query(int version) {
  const std::string pubgencols =
      version >= 180000 ? "CASE p.pubgencols WHEN 's' THEN 'stored' END" : "NULL::pg_catalog.text";
  return "SELECT p.oid, p.pubname, p.puballtables, pg_catalog.array_remove(ARRAY[CASE WHEN p.pubinsert THEN 'insert' "
         "END, "
         "CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate "
         "THEN 'truncate' END], "
         "NULL), p.pubviaroot, " +
         pubgencols + " FROM pg_catalog.pg_publication p WHERE " + ours("pg_publication", "p.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(publication, {row.text(1)});
  object[all_tables] = row.flag(2);
  object[operations] = row.list(3);
  object[via_root] = row.flag(4);
  object[generated_columns] = text_or_absent(row, 5);
  reader.add(std::move(object), "pg_publication", row.text(0));
}

// -- the file's side -------------------------------------------------------------------------------------------------

/// publicationcmds.c parse_publication_options: a list of words, in the order in which the catalog is read.
model::List read_operations(const sql::Node& option, DesiredReader& reader) {
  const std::string text = define::text_of(option["arg"]);
  model::List given;
  for (const sql::Token& token : sql::tokens(text)) {
    if (token.kind == sql::TokenKind::word) given.emplace_back(token.text);
  }
  model::List list;
  for (const char* word : {"insert", "update", "delete", "truncate"}) {
    const auto same = [&](const std::string& one) { return sql::tokens(one).front().is_word(word); };
    if (std::any_of(given.begin(), given.end(), same)) list.emplace_back(word);
  }
  if (list.size() != given.size()) reader.error(option, "publish takes insert, update, delete and truncate, each once");
  return list;
}

void read_options(const sql::List& options, Object& object, DesiredReader& reader) {
  for (const sql::Node option : options) {
    const std::string_view name = option.text("defname");
    if (name == "publish") {
      object[operations] = read_operations(option, reader);
    } else if (name == "publish_via_partition_root") {
      object[via_root] = define::flag_of(option["arg"]);
    } else if (name == "publish_generated_columns") {
      const std::string value = option["arg"] ? define::text_of(option["arg"]) : "stored";
      object[generated_columns] = value == "none" ? model::Value{} : model::Value{value};
    } else {
      reader.error(option, "a publication has no parameter \"" + std::string(name) + "\"");
    }
  }
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(publication, {std::string(node.text("pubname"))});
  object[all_tables] = node.flag("for_all_tables");
  object[operations] = model::List{"insert", "update", "delete", "truncate"};
  read_options(node.list("options"), object, reader);
  const std::string key = object.key;
  if (reader.add(std::move(object)) != nullptr) publication_members::add(node.list("pubobjects"), key, reader);
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  const std::string key = model::key_of(publication, {std::string(node.text("pubname"))});
  Object* object = reader.schema().find(key);
  if (object == nullptr) return reader.error(node, key + " does not exist");
  read_options(node.list("options"), *object, reader);
  if (node.list("pubobjects").empty()) return;
  const std::string_view action = node.text("action");
  if (action == "AP_SetObjects") publication_members::remove_all(key, reader);
  if (action == "AP_DropObjects") return publication_members::remove(node.list("pubobjects"), key, reader);
  publication_members::add(node.list("pubobjects"), key, reader);
}

constexpr model::StatementReader statements[] = {{"CreatePublicationStmt", read_create},
                                                 {"AlterPublicationStmt", read_alter}};

}  // namespace

const model::Kind publication = {
    .name = "publication",
    .sql_class = "PUBLICATION",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
