// User mappings. PostgreSQL: pg_user_mapping, foreigncmds.c CreateUserMapping. Named by a user and a server; they have
// neither owner nor comment, and their secrets are not read (foreign_options.h).
#include "base/quote.h"
#include "kinds/foreign_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { options, secrets };

/// The user stands quoted in its name, so that PUBLIC is nobody's name.
std::string address(const Object& object) { return object.names[0] + " SERVER " + quote_identifier(object.names[1]); }

void alter_options(const Sides& sides, Emit& emit) {
  const std::string clause =
      foreign_options::alter_clause(foreign_options::with_secrets(*sides.from, options, secrets, *sides.to),
                                    foreign_options::with_secrets(*sides.to, options, secrets, *sides.from));
  if (!clause.empty())
    emit.statement("ALTER USER MAPPING FOR " + address(*sides.to) + " " + clause, "ALTER USER MAPPING");
}

/// A side whose options may not be read is not compared.
bool readable(const Sides& sides) { return sides.from->has(options) && sides.to->has(options); }

Change decide_options(const Sides& sides) { return readable(sides) ? Change::alter : Change::derived; }

Change decide_secrets(const Sides& sides) {
  if (!readable(sides)) return Change::derived;
  return foreign_options::sets_secrets(sides.from->list(secrets), sides.to->list(secrets)) ? Change::alter
                                                                                           : Change::derived;
}

constexpr model::Attribute attributes[] = {
    {.name = "options",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_options,
     .decide = decide_options,
     .unordered = true},
    {.name = "secrets",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_options,
     .decide = decide_secrets,
     .unordered = true,
     .may_be_left_open = true},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  emit.statement("CREATE USER MAPPING FOR " + address(*sides.to) +
                     foreign_options::create_clause(foreign_options::all_options(*sides.to, options, secrets)),
                 "CREATE USER MAPPING");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP USER MAPPING FOR " + address(*sides.from), "DROP USER MAPPING");
}

std::string lost(const Object& standing, const Object* wanted) {
  if (!standing.has(options)) return "its options, which this role may not read";
  return foreign_options::lost_secrets(standing, wanted, secrets);
}

bool rebuilt(const Object&) { return true; }

/// pg_user_mappings shows options to whoever may see them (system_views.sql), and NULL to the others; the catalog
/// itself is the superuser's.
std::string query(int) {
  return "SELECT u.umid, CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(u.usename) END, u.srvname, "
         "u.umoptions, "
         "(SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = current_user) OR "
         "(u.umuser = 0 OR u.usename = current_user) AND (pg_catalog.pg_has_role(s.srvowner, 'USAGE') OR "
         "u.umuser <> 0 AND pg_catalog.has_server_privilege(s.oid, 'USAGE')) "
         "FROM pg_catalog.pg_user_mappings u JOIN pg_catalog.pg_foreign_server s ON s.oid = u.srvid WHERE " +
         ours("pg_foreign_server", "u.srvid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(user_mapping, {row.text(1), row.text(2)});
  object.depends = {model::key_of(server, {row.text(2)})};
  if (row.flag(4)) {
    object[options] = foreign_options::without_secrets(row.list(3), object.key, reader);
    object[secrets] = foreign_options::secrets_in(row.list(3));
  } else {
    object[options] = {};
    reader.unmodelled_part("options", object.key, "this role may not read them; they are not compared");
  }
  reader.add(std::move(object), "pg_user_mapping", row.text(0));
}

std::string user_of(const sql::Node& spec, DesiredReader& reader) {
  if (spec.text("roletype") == "ROLESPEC_PUBLIC") return "PUBLIC";
  return quote_identifier(spec.text("roletype") == "ROLESPEC_CSTRING" ? std::string(spec.text("rolename"))
                                                                      : reader.setting("segue.default_owner"));
}

std::vector<std::string> names_of(const sql::Node& node, DesiredReader& reader) {
  return {user_of(node["user"], reader), std::string(node.text("servername"))};
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(user_mapping, names_of(node, reader));
  if (node.flag("if_not_exists") && reader.schema().contains(object.key)) return;
  const std::string of = model::key_of(server, {object.names[1]});
  if (!reader.schema().contains(of))
    return reader.error(node, of + " does not exist", "create it before this statement");
  object.depends = {of};
  foreign_options::apply(node.list("options"), object, options, reader, secrets);
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.schema().find(model::key_of(user_mapping, names_of(node, reader)));
  if (object == nullptr)
    return reader.error(node, "that user mapping does not exist", "create it before this statement");
  foreign_options::apply(node.list("options"), *object, options, reader, secrets);
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  reader.schema().remove(model::key_of(user_mapping, names_of(node, reader)));
}

constexpr model::StatementReader statements[] = {
    {"CreateUserMappingStmt", read_create}, {"AlterUserMappingStmt", read_alter}, {"DropUserMappingStmt", read_drop}};

}  // namespace

const model::Kind user_mapping = {
    .name = "user mapping",
    .sql_class = {},
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .lost_when_dropped = lost,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
