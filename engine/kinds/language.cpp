// Procedural languages that no extension brings. PostgreSQL: pg_language, proclang.c CreateProceduralLanguage.
#include "base/quote.h"
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

enum : std::size_t { trusted, handler, inline_handler, validator };

constexpr model::Attribute attributes[] = {
    {.name = "trusted", .type = Type::boolean, .change = Change::in_place},
    {.name = "handler", .type = Type::text, .change = Change::in_place},
    {.name = "inline", .type = Type::text, .change = Change::in_place},
    {.name = "validator", .type = Type::text, .change = Change::in_place},
};

std::string address(const Object& object) { return quote_identifier(object.name()); }

void write(const Sides& sides, const std::string& verb, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = verb + (object.flag(trusted) ? "TRUSTED " : "") + "LANGUAGE " + address(object) + " HANDLER " +
                    object.text(handler);
  if (object.has(inline_handler)) sql += " INLINE " + object.text(inline_handler);
  if (object.has(validator)) sql += " VALIDATOR " + object.text(validator);
  emit.statement(std::move(sql), "CREATE LANGUAGE");
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) { write(sides, "CREATE ", emit); }

void replace_in_place(const Sides& sides, Emit& emit) { write(sides, "CREATE OR REPLACE ", emit); }

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP LANGUAGE " + address(*sides.from), "DROP LANGUAGE"); }

std::string function_or_null(const std::string& column) {
  return "CASE WHEN " + column + " <> 0 THEN " + routine::function_name_sql(column) + " END";
}

std::string query(int) {
  return "SELECT l.oid, l.lanname, l.lanpltrusted, " + function_or_null("l.lanplcallfoid") + ", " +
         function_or_null("l.laninline") + ", " + function_or_null("l.lanvalidator") +
         " FROM pg_catalog.pg_language l WHERE l.lanispl AND l.oid >= 16384 AND " + ours("pg_language", "l.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(language, {row.text(1)});
  object[trusted] = row.flag(2);
  for (std::size_t i = handler; i <= validator; ++i) object[i] = text_or_absent(row, i + 2);
  reader.add(std::move(object), "pg_language", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(language, {std::string(node.text("plname"))});
  const auto function_name = [&](std::string_view field) -> model::Value {
    if (node.list(field).empty()) return {};
    return routine::read_function_name(node.list(field), reader, object.depends);
  };
  object[trusted] = node.flag("pltrusted");
  object[handler] = function_name("plhandler");
  object[inline_handler] = function_name("plinline");
  object[validator] = function_name("plvalidator");
  if (Object* standing = node.flag("replace") ? reader.schema().find(object.key) : nullptr) {
    standing->values = std::move(object.values);
    standing->depends = std::move(object.depends);
    return;
  }
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {{"CreatePLangStmt", read_create}};

}  // namespace

const model::Kind language = {
    .name = "language",
    .sql_class = "LANGUAGE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
