// Foreign data wrappers that no extension brings. PostgreSQL: pg_foreign_data_wrapper, foreigncmds.c
// CreateForeignDataWrapper, AlterForeignDataWrapper.
#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/foreign_options.h"
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

enum : std::size_t { handler, validator, options };

std::string address(const Object& object) { return quote_identifier(object.name()); }

void alter(const Sides& sides, const std::string& what, Emit& emit) {
  emit.statement("ALTER FOREIGN DATA WRAPPER " + address(*sides.to) + " " + what, "ALTER FOREIGN DATA WRAPPER");
}

std::string function_clause(const Object& object, std::size_t at, const std::string& word) {
  return object.has(at) ? word + " " + object.text(at) : "NO " + word;
}

void alter_handler(const Sides& sides, Emit& emit) {
  alter(sides, function_clause(*sides.to, handler, "HANDLER"), emit);
}
void alter_validator(const Sides& sides, Emit& emit) {
  alter(sides, function_clause(*sides.to, validator, "VALIDATOR"), emit);
}
void alter_options(const Sides& sides, Emit& emit) {
  const std::string clause = foreign_options::alter_clause(sides.from->list(options), sides.to->list(options));
  if (!clause.empty()) alter(sides, clause, emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "handler", .type = Type::text, .change = Change::alter, .alter = alter_handler},
    {.name = "validator", .type = Type::text, .change = Change::alter, .alter = alter_validator},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE FOREIGN DATA WRAPPER " + address(object);
  if (object.has(handler)) sql += " HANDLER " + object.text(handler);
  if (object.has(validator)) sql += " VALIDATOR " + object.text(validator);
  emit.statement(sql + foreign_options::create_clause(object.list(options)), "CREATE FOREIGN DATA WRAPPER");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP FOREIGN DATA WRAPPER " + address(*sides.from), "DROP FOREIGN DATA WRAPPER");
}

std::string function_or_null(const std::string& column) {
  return "CASE WHEN " + column + " <> 0 THEN " + routine::function_name_sql(column) + " END";
}

std::string query(int) {
  return "SELECT w.oid, w.fdwname, " + function_or_null("w.fdwhandler") + ", " + function_or_null("w.fdwvalidator") +
         ", w.fdwoptions FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.oid >= 16384 AND " +
         ours("pg_foreign_data_wrapper", "w.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(foreign_data_wrapper, {row.text(1)});
  object[handler] = text_or_absent(row, 2);
  object[validator] = text_or_absent(row, 3);
  object[options] = foreign_options::without_secrets(row.list(4), object.key, reader);
  reader.add(std::move(object), "pg_foreign_data_wrapper", row.text(0));
}

void apply(const sql::Node& node, Object& object, DesiredReader& reader) {
  for (const sql::Node function : node.list("func_options")) {
    const std::size_t at = function.text("defname") == "handler" ? handler : validator;
    object[at] = {};
    if (function["arg"])
      object[at] = routine::read_function_name(define::name_list(function["arg"]), reader, object.depends);
  }
  foreign_options::apply(node.list("options"), object, options, reader);
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(foreign_data_wrapper, {std::string(node.text("fdwname"))});
  apply(node, object, reader);
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  const std::string key = model::key_of(foreign_data_wrapper, {std::string(node.text("fdwname"))});
  Object* object = reader.schema().find(key);
  if (object == nullptr)
    return reader.unmodelled(key, "it comes with an extension; what the file changes of it is left alone");
  apply(node, *object, reader);
}

constexpr model::StatementReader statements[] = {{"CreateFdwStmt", read_create}, {"AlterFdwStmt", read_alter}};

}  // namespace

const model::Kind foreign_data_wrapper = {
    .name = "foreign data wrapper",
    .sql_class = "FOREIGN DATA WRAPPER",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
