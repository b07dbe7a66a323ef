// Collations. PostgreSQL: pg_collation, collationcmds.c DefineCollation.
#include <algorithm>

#include "base/quote.h"
#include "kinds/collation_swap.h"
#include "kinds/icu_locale.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { provider, lc_collate, lc_ctype, locale, rules, deterministic };

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

constexpr std::string_view remade = "a collation cannot be altered";

model::Change decide(const Sides& sides) {
  return is_exchanged_under_columns(sides) ? model::Change::alter : model::Change::replace;
}

constexpr model::Attribute part(std::string_view name, Type type) {
  return {.name = name,
          .type = type,
          .change = model::Change::alter,
          .alter = exchange_collation,
          .decide = decide,
          .disturbs_dependents = true,
          .reason = remade};
}

constexpr model::Attribute attributes[] = {
    part("provider", Type::text), part("lc_collate", Type::text), part("lc_ctype", Type::text),
    part("locale", Type::text),   part("rules", Type::text),      part("deterministic", Type::boolean),
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  model::List options = {"PROVIDER = " + object.text(provider)};
  if (!object.flag(deterministic)) options.push_back("DETERMINISTIC = false");
  const auto add = [&](const char* name, std::size_t attribute) {
    if (object.has(attribute)) options.push_back(std::string(name) + " = " + quote_literal(object.text(attribute)));
  };
  add("LOCALE", locale);
  add("LC_COLLATE", lc_collate);
  add("LC_CTYPE", lc_ctype);
  add("RULES", rules);
  emit.statement("CREATE COLLATION " + address(object) + " (" + join(options, ", ") + ")", "CREATE COLLATION");
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP COLLATION " + address(*sides.from), "CREATE COLLATION");
}

std::string query(int version) {
  const std::string locale_column = version >= 170000   ? "co.colllocale"
                                    : version >= 150000 ? "co.colliculocale"
                                                        : "CASE WHEN co.collprovider = 'i' THEN co.collcollate END";
  const std::string libc_only = version >= 150000 ? "" : "CASE WHEN co.collprovider = 'c' THEN ";
  const std::string end = version >= 150000 ? "" : " END";
  return "SELECT co.oid, n.nspname, co.collname, co.collprovider::pg_catalog.text, " + libc_only + "co.collcollate" +
         end + ", " + libc_only + "co.collctype" + end + ", " + locale_column + ", " +
         (version >= 160000 ? "co.collicurules" : "NULL::pg_catalog.text") +
         ", co.collisdeterministic FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace n ON n.oid = "
         "co.collnamespace WHERE co.oid >= 16384 AND " +
         ours("pg_collation", "co.oid", "n.nspname");
}

std::string provider_name(const std::string& letter) {
  return letter == "i" ? "icu" : letter == "b" ? "builtin" : "libc";
}

/// One locale for both categories is written as LOCALE (pg_dump.c dumpCollation).
void fold_locale(Object& object) {
  const bool both = object.has(lc_collate) && object.text(lc_collate) == object.text(lc_ctype);
  if (object.text(provider) != "libc" || !both) return;
  object[locale] = object[lc_collate];
  object[lc_collate] = {};
  object[lc_ctype] = {};
}

/// From here on the server keeps ICU's locales as language tags.
constexpr int first_with_language_tags = 160000;

void settle_locale(Object& object, int server_version) {
  if (object.text(provider) == "icu" && object.has(locale) && server_version >= first_with_language_tags)
    object[locale] = language_tag(object.text(locale));
  fold_locale(object);
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(collation, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[provider] = provider_name(row.text(3));
  object[lc_collate] = text_or_absent(row, 4);
  object[lc_ctype] = text_or_absent(row, 5);
  if (!row.null(6)) object[locale] = row.text(6);  // '' is ICU's root
  object[rules] = text_or_absent(row, 7);
  object[deterministic] = row.flag(8);
  settle_locale(object, reader.server_version());
  reader.add(std::move(object), "pg_collation", row.text(0));
}

std::string option_text(const sql::Node& option) {
  const sql::Node value = option["arg"];
  if (value.is("TypeName")) return sql::strings(value.list("names")).back();
  return std::string(value.text());
}

/// CREATE COLLATION a FROM b copies what b is (DefineCollation).
bool copy_from(const sql::Node& option, Object& object, DesiredReader& reader) {
  const model::List names = sql::strings(option["arg"].items());
  if (names.empty()) return false;
  for (const Object& other : reader.schema().objects()) {
    if (other.kind != &collation || other.name() != names.back()) continue;
    object.values = other.values;
    return true;
  }
  if (names.back() == "C" || names.back() == "POSIX") {
    object[locale] = names.back();
    return true;
  }
  reader.error(option, "segue cannot know what collation " + quote_identifier(names.back()) + " is made of",
               "write its locale: CREATE COLLATION … (locale = '…')");
  return false;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("defnames")));
  Object object = model::make_object(collation, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  if (reader.schema().contains(object.key) && node.flag("if_not_exists")) return;
  object[provider] = std::string("libc");
  object[deterministic] = true;
  for (const sql::Node option : node.list("definition")) {
    const auto word = option.text("defname");
    if (word == "from" && !copy_from(option, object, reader)) return;
    if (word == "locale") object[locale] = option_text(option);
    if (word == "lc_collate") object[lc_collate] = option_text(option);
    if (word == "lc_ctype") object[lc_ctype] = option_text(option);
    if (word == "rules") object[rules] = option_text(option);
    if (word == "provider") object[provider] = option_text(option);
    if (word == "deterministic")
      object[deterministic] = option_text(option) != "false" && (!option["arg"].is("Boolean") || option["arg"].flag());
  }
  // before 15 an ICU collation kept its locale in both categories
  if (object.text(provider) == "icu" && !object.has(locale) && object.has(lc_collate)) {
    object[locale] = object[lc_collate];
    object[lc_collate] = object[lc_ctype] = model::Value{};
  }
  settle_locale(object, reader.server_version());
  reader.add(std::move(object));
}

void read_refresh(const sql::Node&, DesiredReader&) {}  // ALTER COLLATION … REFRESH VERSION says nothing of a schema

constexpr model::StatementReader statements[] = {{"DefineStmt/OBJECT_COLLATION", read_create},
                                                 {"AlterCollationStmt", read_refresh}};

}  // namespace

const model::Kind collation = {
    .name = "collation",
    .sql_class = "COLLATION",
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
