// Transforms. PostgreSQL: pg_transform, functioncmds.c CreateTransform. Named by a type and a language; without an
// owner.
#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { from_sql, to_sql };

constexpr model::Attribute attributes[] = {
    {.name = "from_sql", .type = Type::text, .change = Change::in_place},
    {.name = "to_sql", .type = Type::text, .change = Change::in_place},
};

std::string address(const Object& object) { return "FOR " + object.names[0]; }

void write(const Sides& sides, const char* head, Emit& emit) {
  model::List functions;
  if (sides.to->has(from_sql)) functions.push_back("FROM SQL WITH FUNCTION " + sides.to->text(from_sql));
  if (sides.to->has(to_sql)) functions.push_back("TO SQL WITH FUNCTION " + sides.to->text(to_sql));
  emit.statement(head + address(*sides.to) + " (" + join(functions, ", ") + ")", "CREATE TRANSFORM");
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { write(sides, "CREATE TRANSFORM ", emit); }

void replace_in_place(const Sides& sides, Emit& emit) { write(sides, "CREATE OR REPLACE TRANSFORM ", emit); }

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP TRANSFORM " + address(*sides.from), "DROP TRANSFORM");
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT t.oid, pg_catalog.format_type(t.trftype, NULL) || ' LANGUAGE ' || "
         "pg_catalog.quote_ident(l.lanname), " +
         define::routine_sql("t.trffromsql") + ", " + define::routine_sql("t.trftosql") +
         " FROM pg_catalog.pg_transform t JOIN pg_catalog.pg_language l ON l.oid = t.trflang WHERE t.oid >= 16384 "
         "AND " +
         ours("pg_transform", "t.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(transform, {row.text(1)});
  object[from_sql] = text_or_absent(row, 2);
  object[to_sql] = text_or_absent(row, 3);
  reader.add(std::move(object), "pg_transform", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  std::vector<std::string> depends;
  const std::string type = routine::without_modifier(reader.type(node["type_name"], depends));
  const std::string lang(node.text("lang"));
  Object object = model::make_object(transform, {type + " LANGUAGE " + quote_identifier(lang)});
  object.depends = std::move(depends);
  for (const model::Kind* by : {&language, &extension}) {
    const std::string key = model::key_of(*by, {lang});
    if (reader.schema().contains(key)) object.depends.push_back(key);
  }
  if (node["fromsql"]) object[from_sql] = define::read_routine(node["fromsql"], reader, object.depends);
  if (node["tosql"]) object[to_sql] = define::read_routine(node["tosql"], reader, object.depends);
  if (Object* standing = node.flag("replace") ? reader.schema().find(object.key) : nullptr) {
    standing->values = std::move(object.values);
    standing->depends = std::move(object.depends);
    return;
  }
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CreateTransformStmt", read_create}};

}  // namespace

const model::Kind transform = {
    .name = "transform",
    .sql_class = "TRANSFORM",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = rebuilt,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
