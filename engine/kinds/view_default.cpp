// Defaults of a view's columns, which INSERT into the view uses. PostgreSQL: pg_attrdef, ALTER VIEW … ALTER COLUMN.
// They are read from statements by the kind of their view, whose columns are no objects.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { expression };

void write(const Object& object, const std::string& what, const std::string& search_path, Emit& emit) {
  auto& fragment =
      emit.statement("ALTER VIEW " + relation_address(object) + " ALTER COLUMN " + quoted_name(object) + " " + what,
                     "ALTER VIEW ALTER COLUMN SET DEFAULT");
  fragment.search_path = search_path;
  fragment.relations = {relation_address(object)};
}

void alter(const Sides& sides, Emit& emit) {
  const model::Definition& definition = sides.to->definition(expression);
  write(*sides.to, "SET DEFAULT " + definition.text, definition.search_path, emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "expression",
     .type = Type::definition,
     .change = Change::alter,
     .alter = alter,
     .grammar = model::Grammar::expression},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { alter(sides, emit); }

void drop(const Sides& sides, Emit& emit) { write(*sides.from, "DROP DEFAULT", "", emit); }

std::string query(int) {
  return "SELECT d.oid, n.nspname, c.relname, a.attname, c.oid, pg_catalog.pg_get_expr(d.adbin, d.adrelid) "
         "FROM pg_catalog.pg_attrdef d JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum "
         "JOIN pg_catalog.pg_class c ON c.oid = d.adrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE c.relkind = 'v' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* parent = reader.at("pg_class", row.text(4));
  if (parent == nullptr) return;
  Object object = model::make_object(view_default, {row.text(1), row.text(2), row.text(3)}, parent->key);
  object[expression] = printed(row, 5);
  reader.add(std::move(object), "pg_attrdef", row.text(0));
}

void read_column_renamed(const sql::Node&, DesiredReader& reader) {
  const Object& column = *reader.column();
  const std::string key = model::key_of(view_default, {column.names[0], column.names[1], reader.text()});
  if (reader.schema().contains(key)) reader.schema().rename(key, column.names);
}

constexpr model::StatementReader statements[] = {{"ColumnRenamed", read_column_renamed}};

}  // namespace

const model::Kind view_default = {
    .name = "view default",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
