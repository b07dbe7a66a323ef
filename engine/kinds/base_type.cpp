// Base types: shell and definition. PostgreSQL: pg_type, typecmds.c DefineType, AlterType; pg_dump.c dumpBaseType,
// dumpUndefinedType.
//
// The functions that read and write a type's values need the type, and the type needs them: so CREATE TYPE name makes a
// shell, the functions come on it, and a second CREATE TYPE defines it. The shell is the type to all that use it; the
// definition is a child of it that depends on the functions. All are made by one step and dropped by one, since neither
// can stand without the others (Kind::made_with).
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement("CREATE TYPE " + address(*sides.to), "CREATE TYPE shell");
}

/// Nothing but CASCADE takes the functions along with their type. What else uses it is dropped by steps before this
/// one.
void drop(const Sides& sides, Emit& emit) {
  const bool defined = sides.from_schema->contains(model::key_of(base_type_definition, sides.from->names));
  emit.statement("DROP TYPE " + address(*sides.from) + (defined ? " CASCADE" : ""), "DROP TYPE");
}

/// Types that are no array of another, which all read with one function, and shells, which are no type yet.
std::string query(int) {
  return "SELECT t.oid, t.typarray, n.nspname, t.typname FROM pg_catalog.pg_type t "
         "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
         "WHERE t.oid >= 16384 AND (t.typtype = 'b' OR NOT t.typisdefined) AND t.typinput <> "
         "'pg_catalog.array_in'::pg_catalog.regproc AND " +
         ours("pg_type", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(base_type, {row.text(2), row.text(3)}, model::key_of(schema, {row.text(2)}));
  const Object* added = reader.add(std::move(object), "pg_type", row.text(0));
  if (added != nullptr) reader.alias(*added, "pg_type", row.text(1));
}

/// A first statement makes the shell, a second one with parameters defines it.
void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  const std::string key = model::key_of(base_type, {name.schema, name.name});
  if (node.has("definition")) {
    Object* shell = reader.schema().find(key);
    if (shell != nullptr) return reader.dispatch("BaseTypeDefinition", node, shell);
    return reader.error(node, "type " + quote_qualified(name.schema, name.name) + " does not exist",
                        "create it as a shell type (CREATE TYPE name;), then its functions, then this statement");
  }
  reader.add(model::make_object(base_type, {name.schema, name.name}, model::key_of(schema, {name.schema})));
}

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_TYPE", read_create}};

}  // namespace

const model::Kind base_type = {
    .name = "base type",
    .sql_class = "TYPE",
    .attributes = {},
    .address = address,
    .create = create,
    .drop = drop,
    .has_owner = true,
    .name_space = model::NameSpace::type,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
