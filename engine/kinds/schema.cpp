// Schemas (namespaces). PostgreSQL: pg_namespace, CREATE SCHEMA.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;

std::string address(const Object& object) { return quote_identifier(object.name()); }

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement("CREATE SCHEMA " + address(*sides.to), "CREATE SCHEMA");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP SCHEMA " + address(*sides.from), "DROP SCHEMA"); }

std::string query(int) {
  return "SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n WHERE " + ours("pg_namespace", "n.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  reader.add(model::make_object(schema, {row.text(1)}), "pg_namespace", row.text(0));
}

/// schemacmds.c CreateSchemaCommand: without a name it is that of the role; elements are read as statements of their
/// own.
void read_create(const sql::Node& node, DesiredReader& reader) {
  std::string name(node.text("schemaname"));
  if (name.empty()) name = node["authrole"].text("rolename");
  if (reader.schema().contains(model::key_of(schema, {name}))) {
    if (!node.flag("if_not_exists")) reader.error(node, "schema " + quote_identifier(name) + " already exists");
    return;
  }
  if (name.rfind("pg_", 0) == 0) return reader.error(node, "schema names that begin with \"pg_\" belong to the server");
  reader.add(model::make_object(schema, {name}));
}

constexpr model::StatementReader statements[] = {{"CreateSchemaStmt", read_create}};

}  // namespace

const model::Kind schema = {
    .name = "schema",
    .sql_class = "SCHEMA",
    .attributes = {},
    .address = address,
    .create = create,
    .drop = drop,
    .has_owner = true,
    .name_space = model::NameSpace::global,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
