// Casts. PostgreSQL: pg_cast, functioncmds.c CreateCast. A cast has no name but its two types, and no owner.
#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { method, context };

constexpr std::string_view fixed = "there is no ALTER CAST";

constexpr model::Attribute attributes[] = {
    {.name = "method", .type = Type::text, .reason = fixed},
    {.name = "context", .type = Type::text, .reason = fixed},
};

std::string address(const Object& object) { return "(" + object.names[0] + ")"; }

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  std::string sql = "CREATE CAST " + address(*sides.to) + " " + sides.to->text(method);
  if (sides.to->has(context)) sql += " AS " + sides.to->text(context);
  emit.statement(std::move(sql), "CREATE CAST");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP CAST " + address(*sides.from), "DROP CAST"); }

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT c.oid, pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, "
         "NULL), "
         "CASE c.castmethod WHEN 'i' THEN 'WITH INOUT' WHEN 'b' THEN 'WITHOUT FUNCTION' ELSE 'WITH FUNCTION ' || " +
         define::routine_sql("c.castfunc") +
         " END, CASE c.castcontext WHEN 'i' THEN 'IMPLICIT' WHEN 'a' THEN 'ASSIGNMENT' END "
         "FROM pg_catalog.pg_cast c WHERE c.oid >= 16384 "
         // a range brings its cast to the multirange along (typecmds.c makeMultirangeConstructors)
         "AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i WHERE i.classid = "
         "'pg_catalog.pg_cast'::pg_catalog.regclass AND i.objid = c.oid AND i.deptype = 'i') AND " +
         ours("pg_cast", "c.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(cast, {row.text(1)});
  object[method] = row.text(2);
  object[context] = text_or_absent(row, 3);
  reader.add(std::move(object), "pg_cast", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  std::vector<std::string> depends;
  const std::string source = routine::without_modifier(reader.type(node["sourcetype"], depends));
  const std::string target = routine::without_modifier(reader.type(node["targettype"], depends));
  Object object = model::make_object(cast, {source + " AS " + target});
  object.depends = std::move(depends);
  if (node["func"]) {
    object[method] = "WITH FUNCTION " + define::read_routine(node["func"], reader, object.depends);
  } else {
    object[method] = std::string(node.flag("inout") ? "WITH INOUT" : "WITHOUT FUNCTION");
  }
  if (node.text("context") == "COERCION_IMPLICIT") object[context] = std::string("IMPLICIT");
  if (node.text("context") == "COERCION_ASSIGNMENT") object[context] = std::string("ASSIGNMENT");
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CreateCastStmt", read_create}};

}  // namespace

const model::Kind cast = {
    .name = "cast",
    .sql_class = "CAST",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
