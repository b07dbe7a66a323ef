// Foreign tables. PostgreSQL: pg_class ('f') with pg_foreign_table, foreigncmds.c CreateForeignTable.
//
// Their rows are kept elsewhere: dropping one loses none. Columns, checks, triggers and partition membership are
// objects of their own, as those of a table.
#include "base/quote.h"
#include "kinds/foreign_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/table_elements.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { of_server, options, inherits, has_children };

void alter_options(const Sides& sides, Emit& emit) {
  const std::string clause = foreign_options::alter_clause(sides.from->list(options), sides.to->list(options));
  if (clause.empty()) return;
  emit.alter(alter_table(sides, *sides.to, true), clause, "ALTER FOREIGN TABLE OPTIONS").relations = {
      relation_address(*sides.to)};
}

constexpr model::Attribute attributes[] = {
    {.name = "server", .type = Type::text, .reason = "a foreign table stays with its server"},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
    {.name = "inherits",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_parents,
     .waits_for_parts = has_new_parent},
    {.name = "has_children", .type = Type::boolean, .change = Change::derived},
};

void create(const Sides& sides, std::span<const Object* const> folded, Emit& emit) {
  const Object& object = *sides.to;
  const std::string address = relation_address(object);
  std::string sql = "CREATE FOREIGN TABLE " + address + " " + table_elements(object, folded);
  const model::List& parents = object.list(inherits);
  if (!parents.empty()) sql += "\nINHERITS (" + join(parents, ", ") + ")";
  sql += "\nSERVER " + quote_identifier(object.text(of_server));
  auto& fragment = emit.statement(sql + foreign_options::create_clause(object.list(options)),
                                  parents.empty() ? "CREATE FOREIGN TABLE" : "CREATE TABLE INHERITS");
  fragment.relations = {address};
  fragment.relations.insert(fragment.relations.end(), parents.begin(), parents.end());
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP FOREIGN TABLE " + relation_address(*sides.from), "DROP FOREIGN TABLE").relations = {
      relation_address(*sides.from)};
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, s.srvname, f.ftoptions, " + select_parents() +
         ", c.relhassubclass, c.reltype, ty.typarray "
         "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = c.oid "
         "JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver "
         "JOIN pg_catalog.pg_type ty ON ty.oid = c.reltype WHERE c.relkind = 'f' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(foreign_table, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[of_server] = row.text(3);
  object[options] = foreign_options::without_secrets(row.list(4), object.key, reader);
  object[inherits] = row.list(5);
  object[has_children] = row.flag(6);
  const Object* added = reader.add(std::move(object), "pg_class", row.text(0));
  if (added == nullptr) return;
  reader.alias(*added, "pg_type", row.text(7));
  reader.alias(*added, "pg_type", row.text(8));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const sql::Node base = node["base"];
  const Name name = reader.creation_name(base["relation"]);
  if (base.flag("if_not_exists") && reader.find_relation({name.schema, name.name}, true) != nullptr) return;
  Object object = model::make_object(foreign_table, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  object[of_server] = std::string(node.text("servername"));
  if (std::string key = model::key_of(server, {object.text(of_server)}); reader.schema().contains(key))
    object.depends.push_back(std::move(key));
  foreign_options::apply(node.list("options"), object, options, reader);
  if (Object* added = reader.add(std::move(object))) read_table_elements(base, *added, reader);
}

void read_options(const sql::Node& node, DesiredReader& reader) {
  foreign_options::apply(node.list("def"), *reader.relation(), options, reader);
}

constexpr model::StatementReader statements[] = {{"CreateForeignTableStmt", read_create},
                                                 {"AlterTableCmd/AT_GenericOptions", read_options},
                                                 {"AlterTableCmd/AT_AddInherit", read_inherit},
                                                 {"AlterTableCmd/AT_DropInherit", read_no_inherit}};

}  // namespace

const model::Kind foreign_table = {
    .name = "foreign table",
    .sql_class = "FOREIGN TABLE",
    .attributes = attributes,
    .address = relation_address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .name_space = model::NameSpace::relation,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
