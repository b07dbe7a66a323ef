// Composite types that stand alone (CREATE TYPE … AS (…)); their attributes are objects of their own.
// PostgreSQL: pg_class with relkind 'c' and its pg_type; commands/typecmds.c DefineCompositeType.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

void create(const Sides& sides, std::span<const Object* const> folded, Emit& emit) {
  std::vector<const Object*> attributes(folded.begin(), folded.end());
  const std::size_t position = model::attribute(composite_attribute, "position");
  std::stable_sort(attributes.begin(), attributes.end(),
                   [&](const Object* a, const Object* b) { return a->number(position) < b->number(position); });
  std::vector<std::string> elements;
  elements.reserve(attributes.size());
  for (const Object* attribute : attributes) elements.push_back(attribute->kind->inline_form(*attribute, {}));
  emit.statement("CREATE TYPE " + address(*sides.to) + " AS (" + join(elements, ", ") + ")", "CREATE TYPE composite");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP TYPE " + address(*sides.from), "DROP TYPE"); }

/// It has a row in pg_class.
std::vector<std::string> names_taken(const Object& object) { return {"relation " + address(object)}; }

std::string query(int) {
  return "SELECT t.oid, t.typarray, c.oid, n.nspname, t.typname "
         "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_type t ON t.oid = c.reltype "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'c' AND " +
         ours("pg_type", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* added =
      reader.add(model::make_object(composite_type, {row.text(3), row.text(4)}, model::key_of(schema, {row.text(3)})),
                 "pg_type", row.text(0));
  if (added == nullptr) return;
  reader.alias(*added, "pg_type", row.text(1));
  reader.alias(*added, "pg_class", row.text(2));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(node["typevar"]);
  Object* type =
      reader.add(model::make_object(composite_type, {name.schema, name.name}, model::key_of(schema, {name.schema})));
  if (type == nullptr) return;
  for (const sql::Node attribute : node.list("coldeflist")) reader.dispatch("CompositeAttribute", attribute, type);
}

constexpr model::StatementReader statements[] = {{"CompositeTypeStmt", read_create}};

}  // namespace

const model::Kind composite_type = {
    .name = "composite type",
    .sql_class = "TYPE",
    .attributes = {},
    .address = address,
    .create = create,
    .drop = drop,
    .has_owner = true,
    .name_space = model::NameSpace::type,
    .names_taken = names_taken,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
