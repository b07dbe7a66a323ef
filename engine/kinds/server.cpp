// Foreign servers. PostgreSQL: pg_foreign_server, foreigncmds.c CreateForeignServer, AlterForeignServer.
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

enum : std::size_t { wrapper, type, version, options, secrets };

constexpr std::string_view fixed = "ALTER SERVER cannot change it";

std::string address(const Object& object) { return quote_identifier(object.name()); }

void alter_version(const Sides& sides, Emit& emit) {
  const std::string value = sides.to->has(version) ? quote_literal(sides.to->text(version)) : "NULL";
  emit.statement("ALTER SERVER " + address(*sides.to) + " VERSION " + value, "ALTER SERVER OPTIONS");
}

void alter_options(const Sides& sides, Emit& emit) {
  const std::string clause =
      foreign_options::alter_clause(foreign_options::with_secrets(*sides.from, options, secrets, *sides.to),
                                    foreign_options::with_secrets(*sides.to, options, secrets, *sides.from));
  if (!clause.empty()) emit.statement("ALTER SERVER " + address(*sides.to) + " " + clause, "ALTER SERVER OPTIONS");
}

Change decide_secrets(const Sides& sides) {
  return foreign_options::sets_secrets(sides.from->list(secrets), sides.to->list(secrets)) ? Change::alter
                                                                                           : Change::derived;
}

constexpr model::Attribute attributes[] = {
    {.name = "wrapper", .type = Type::text, .reason = fixed},
    {.name = "type", .type = Type::text, .reason = fixed},
    {.name = "version", .type = Type::text, .change = Change::alter, .alter = alter_version},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
    {.name = "secrets",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_options,
     .decide = decide_secrets,
     .unordered = true,
     .may_be_left_open = true},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE SERVER " + address(object);
  if (object.has(type)) sql += " TYPE " + quote_literal(object.text(type));
  if (object.has(version)) sql += " VERSION " + quote_literal(object.text(version));
  sql += " FOREIGN DATA WRAPPER " + quote_identifier(object.text(wrapper));
  emit.statement(sql + foreign_options::create_clause(foreign_options::all_options(object, options, secrets)),
                 "CREATE SERVER");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP SERVER " + address(*sides.from), "DROP SERVER"); }

std::string lost(const Object& standing, const Object* wanted) {
  return foreign_options::lost_secrets(standing, wanted, secrets);
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT s.oid, s.srvname, f.fdwname, s.srvtype, s.srvversion, s.srvoptions FROM pg_catalog.pg_foreign_server "
         "s "
         "JOIN pg_catalog.pg_foreign_data_wrapper f ON f.oid = s.srvfdw WHERE " +
         ours("pg_foreign_server", "s.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(server, {row.text(1)});
  object[wrapper] = row.text(2);
  object[type] = text_or_absent(row, 3);
  object[version] = text_or_absent(row, 4);
  object[options] = foreign_options::without_secrets(row.list(5), object.key, reader);
  object[secrets] = foreign_options::secrets_in(row.list(5));
  reader.add(std::move(object), "pg_foreign_server", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(server, {std::string(node.text("servername"))});
  if (node.flag("if_not_exists") && reader.schema().contains(object.key)) return;
  object[wrapper] = std::string(node.text("fdwname"));
  if (!node.text("servertype").empty()) object[type] = std::string(node.text("servertype"));
  if (!node.text("version").empty()) object[version] = std::string(node.text("version"));
  const std::string wrapper_key = model::key_of(foreign_data_wrapper, {object.text(wrapper)});
  if (reader.schema().contains(wrapper_key)) {
    object.depends.push_back(wrapper_key);
  } else {
    // it comes with an extension, mostly one of its own name
    const std::string by_extension = model::key_of(extension, {object.text(wrapper)});
    if (reader.schema().contains(by_extension)) object.depends.push_back(by_extension);
  }
  foreign_options::apply(node.list("options"), object, options, reader, secrets);
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  const std::string key = model::key_of(server, {std::string(node.text("servername"))});
  Object* object = reader.schema().find(key);
  if (object == nullptr)
    return reader.error(node, key + " does not exist", "create it before this statement, or correct the name");
  if (node.flag("has_version"))
    (*object)[version] =
        node.text("version").empty() ? model::Value{} : model::Value{std::string(node.text("version"))};
  foreign_options::apply(node.list("options"), *object, options, reader, secrets);
}

constexpr model::StatementReader statements[] = {{"CreateForeignServerStmt", read_create},
                                                 {"AlterForeignServerStmt", read_alter}};

}  // namespace

const model::Kind server = {
    .name = "server",
    .sql_class = "SERVER",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .lost_when_dropped = lost,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
