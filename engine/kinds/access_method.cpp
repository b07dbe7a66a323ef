// Access methods. PostgreSQL: pg_am, amcmds.c CreateAccessMethod. They have no owner.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { type, handler };

constexpr std::string_view fixed = "there is no ALTER ACCESS METHOD";

constexpr model::Attribute attributes[] = {
    {.name = "type", .type = Type::text, .reason = fixed},
    {.name = "handler", .type = Type::text, .reason = fixed},
};

std::string address(const Object& object) { return quote_identifier(object.name()); }

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement("CREATE ACCESS METHOD " + address(*sides.to) + " TYPE " + sides.to->text(type) + " HANDLER " +
                     sides.to->text(handler),
                 "CREATE ACCESS METHOD");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP ACCESS METHOD " + address(*sides.from), "DROP ACCESS METHOD");
}

std::string query(int) {
  return "SELECT a.oid, a.amname, CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, " +
         routine::function_name_sql("a.amhandler") + " FROM pg_catalog.pg_am a WHERE a.oid >= 16384 AND " +
         ours("pg_am", "a.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(access_method, {row.text(1)});
  object[type] = row.text(2);
  object[handler] = row.text(3);
  reader.add(std::move(object), "pg_am", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(access_method, {std::string(node.text("amname"))});
  object[type] = std::string(node.text("amtype") == "t" ? "TABLE" : "INDEX");
  object[handler] = routine::read_function_name(node.list("handler_name"), reader, object.depends);
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CreateAmStmt", read_create}};

}  // namespace

const model::Kind access_method = {
    .name = "access method",
    .sql_class = "ACCESS METHOD",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
