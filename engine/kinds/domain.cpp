// Domains. PostgreSQL: pg_type with typtype 'd', commands/typecmds.c DefineDomain; their checks are objects of their
// own.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/null_constant.h"
#include "kinds/obstacles.h"
#include "kinds/reader.h"
#include "kinds/type_collation.h"
#include "kinds/type_swap.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { data_type, collation, default_value, not_null, not_null_name };

/// From here on NOT NULL is a named constraint in pg_constraint (typecmds.c domainAddNotNullConstraint).
constexpr int named_not_null = 170000;

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string alter_head(const Object& object) { return "ALTER DOMAIN " + address(object) + " "; }

void swap(const Sides& sides, Emit& emit) { exchange_type(sides, emit); }

/// One swap serves both, and a change of the type has written it already.
void swap_collation(const Sides& sides, Emit& emit) {
  if (sides.from->text(data_type) == sides.to->text(data_type)) swap(sides, emit);
}

/// A domain that is exchanged comes with its default, NOT NULL and checks; by themselves they would not fit the old
/// one.
bool comes_with_successor(const Sides& sides) { return is_exchanged(sides, sides.to->key); }

void alter_default(const Sides& sides, Emit& emit) {
  if (comes_with_successor(sides)) return;
  const bool has = sides.to->has(default_value);
  model::Fragment& fragment = emit.statement(
      alter_head(*sides.to) + (has ? "SET DEFAULT " + sides.to->definition(default_value).text : "DROP DEFAULT"),
      "ALTER DOMAIN SET DEFAULT");
  if (has) fragment.search_path = sides.to->definition(default_value).search_path;
}

/// NOT NULL that ALTER DOMAIN does not set; a change of the type or the collation has written it already.
void swap_not_null(const Sides& sides, Emit& emit) {
  if ((*sides.from)[data_type] == (*sides.to)[data_type] && (*sides.from)[collation] == (*sides.to)[collation])
    swap(sides, emit);
}

void alter_not_null(const Sides& sides, Emit& emit) {
  if (comes_with_successor(sides)) return;
  const bool add = sides.to->flag(not_null);
  const bool named = add && sides.to->has(not_null_name);
  const std::string sub_command =
      named ? "ADD CONSTRAINT " + quote_identifier(sides.to->text(not_null_name)) + " NOT NULL"
      : add ? "SET NOT NULL"
            : "DROP NOT NULL";
  model::Fragment& fragment = emit.statement(alter_head(*sides.to) + sub_command,
                                             add ? "ALTER DOMAIN SET NOT NULL" : "ALTER DOMAIN DROP NOT NULL");
  if (!add) return;
  fragment.relations = tables_using(*sides.from_schema, *sides.to);
  obstacles::nulls_of_domain(sides, *sides.to, emit);
}

/// Only where the constraint stays: one that comes or goes does so with its name.
void rename_not_null(const Sides& sides, Emit& emit) {
  if (!sides.from->has(not_null_name) || !sides.to->has(not_null_name) || comes_with_successor(sides)) return;
  emit.statement(alter_head(*sides.to) + "RENAME CONSTRAINT " + quote_identifier(sides.from->text(not_null_name)) +
                     " TO " + quote_identifier(sides.to->text(not_null_name)),
                 "ALTER DOMAIN RENAME CONSTRAINT");
}

Change decide_base(const Sides& sides) {
  if (sides.from_schema != nullptr && !values_follow(sides)) return Change::replace;
  return decide_exchange(sides);
}

model::Fidelity judge_base(const Sides& sides) {
  const bool changes = sides.from_schema != nullptr && sides.to_schema != nullptr && values_change(sides);
  return changes ? model::Fidelity::loses_data : model::Fidelity::exact;
}

Change decide_not_null(const Sides& sides) {
  const bool looks_for_rows = sides.to->flag(not_null) && sides.from_schema != nullptr;
  return looks_for_rows && is_held_inside(*sides.from_schema, *sides.from) ? decide_exchange(sides) : Change::in_place;
}

constexpr std::string_view no_cast =
    "no cast leads to the new type (`-- @using expression` of the columns would keep the values), or a partition key "
    "holds it";

constexpr model::Attribute attributes[] = {
    {.name = "type",
     .type = Type::text,
     .change = Change::alter,
     .alter = swap,
     .decide = decide_base,
     .disturbs_dependents = true,
     .judge = judge_base,
     .reason = no_cast,
     .loss = "values that the new type holds otherwise come back as it holds them"},
    {.name = "collation",
     .type = Type::text,
     .change = Change::alter,
     .alter = swap_collation,
     .decide = decide_exchange,
     .disturbs_dependents = true,
     .reason = "a partition key holds it"},
    {.name = "default",
     .type = Type::definition,
     .change = Change::alter,
     .alter = alter_default,
     .grammar = model::Grammar::expression},
    {.name = "not_null",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = swap_not_null,
     .decide = decide_not_null,
     .disturbs_dependents = true,
     .reason = "PostgreSQL does not look for nulls inside of arrays and other types"},
    {.name = "not_null_name", .type = Type::text, .change = Change::alter, .alter = rename_not_null},
};

/// The domain that another one is based on; null for any other type.
const Object* base_domain(const model::Schema* all, const Object& object) {
  if (all == nullptr) return nullptr;
  for (const std::string& key : object.depends) {
    const Object* one = all->find(key);
    if (one != nullptr && one->kind == &domain && address(*one) == object.text(data_type)) return one;
  }
  return nullptr;
}

/// typecmds.c DefineDomain: a domain starts with the default of the one under it, unless it says otherwise.
bool would_get_default(const Sides& sides) {
  for (const model::Schema* side : {sides.from_schema, sides.to_schema}) {
    const Object* base = base_domain(side, *sides.to);
    if (base != nullptr && base->has(default_value)) return true;
  }
  return false;
}

void create(const Sides& sides, std::span<const Object* const> folded, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE DOMAIN " + address(object) + " AS " + object.text(data_type);
  std::string path;
  if (object.has(collation)) sql += " COLLATE " + object.text(collation);
  if (object.has(default_value)) {
    sql += " DEFAULT " + object.definition(default_value).text;
    path = object.definition(default_value).search_path;
  }
  if (object.has(not_null_name)) sql += " CONSTRAINT " + quote_identifier(object.text(not_null_name));
  if (object.flag(not_null)) sql += " NOT NULL";
  for (const Object* child : folded) {
    sql += " " + child->kind->inline_form(*child, {});
    for (const model::Value& value : child->values) {
      const auto* definition = model::definition_in(value);
      if (definition != nullptr && path.empty()) path = definition->search_path;
    }
  }
  emit.statement(std::move(sql), "CREATE DOMAIN").search_path = path;
  // DEFAULT NULL would be one: the value of a domain is no mere constant
  if (!object.has(default_value) && would_get_default(sides))
    emit.statement(alter_head(object) + "DROP DEFAULT", "ALTER DOMAIN SET DEFAULT");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP DOMAIN " + address(*sides.from), "DROP DOMAIN"); }

std::string query(int version) {
  const std::string name =
      version >= named_not_null
          ? "(SELECT k.conname FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'n')"
          : "NULL";
  return "SELECT t.oid, t.typarray, n.nspname, t.typname, pg_catalog.format_type(t.typbasetype, t.typtypmod), "
         "CASE WHEN t.typcollation <> b.typcollation THEN (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || "
         "pg_catalog.quote_ident(l.collname) FROM pg_catalog.pg_collation l "
         "JOIN pg_catalog.pg_namespace cn ON cn.oid = l.collnamespace WHERE l.oid = t.typcollation) END, "
         "pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typnotnull, " +
         name +
         " FROM pg_catalog.pg_type t JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype "
         "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND " +
         ours("pg_type", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(domain, {row.text(2), row.text(3)}, model::key_of(schema, {row.text(2)}));
  object[data_type] = row.text(4);
  object[collation] = text_or_absent(row, 5);
  object[default_value] = printed(row, 6);
  object[not_null] = row.flag(7);
  object[not_null_name] = text_or_absent(row, 8);
  const Object* added = reader.add(std::move(object), "pg_type", row.text(0));
  if (added != nullptr) reader.alias(*added, "pg_type", row.text(1));
}

void set_not_null(Object& object, std::string name, DesiredReader& reader) {
  if (object.flag(not_null)) return;
  object[not_null] = true;
  if (reader.server_version() < named_not_null) return;
  if (name.empty()) name = reader.choose_constraint_name(object.names[1], "", "not_null", object.names[0]);
  object[not_null_name] = std::move(name);
}

bool is_no_default(const sql::Node& node, const Object& object, DesiredReader& reader) {
  return is_null_constant(node, object.text(data_type), object.depends, reader);
}

/// The expression behind DEFAULT of a clause that starts at its own location, or at its CONSTRAINT name.
model::Value read_default(const sql::Node& clause, const Object& object, DesiredReader& reader) {
  if (is_no_default(clause["raw_expr"], object, reader)) return {};
  sql::Cutter cutter = reader.cutter();
  cutter.from(clause.location());
  if (clause.has("conname")) cutter.skip_to_word("default");
  return reader.definition(cutter.until({"constraint", "not", "null", "check", "default", "collate"}));
}

void read_clause(const sql::Node& clause, Object& object, DesiredReader& reader) {
  const std::string_view type = clause.text("contype");
  if (type == "CONSTR_CHECK") return reader.dispatch("DomainConstraint", clause, &object);
  if (type == "CONSTR_NOTNULL") return set_not_null(object, std::string(clause.text("conname")), reader);
  if (type == "CONSTR_NULL") {
    object[not_null] = false;
    object[not_null_name] = {};
    return;
  }
  if (type == "CONSTR_DEFAULT") {
    object[default_value] = read_default(clause, object, reader);
    return;
  }
  reader.error(clause, "a domain cannot have a constraint of this kind (" + std::string(type) + ")",
               "a domain takes DEFAULT, NOT NULL, NULL and CHECK");
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("domainname")));
  Object object = model::make_object(domain, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  object[data_type] = reader.type(node["typeName"], object.depends);
  object[not_null] = false;
  if (const Object* base = base_domain(&reader.schema(), object)) object[default_value] = (*base)[default_value];
  if (node.has("collClause")) {
    std::string written = reader.collation(node["collClause"].list("collname"), object.depends);
    if (written != collation_of_type(object.text(data_type), reader.schema())) object[collation] = std::move(written);
  }
  Object* added = reader.add(std::move(object));
  if (added == nullptr) return;
  for (const sql::Node clause : node.list("constraints")) read_clause(clause, *added, reader);
}

/// AlterDomainStmt's letters (parsenodes.h up to 17); 18 names them AD_….
enum class Alteration { unknown, set_default, drop_not_null, set_not_null, add, drop, validate };

Alteration alteration(std::string_view subtype) {
  if (subtype == "T" || subtype == "AD_AlterDefault") return Alteration::set_default;
  if (subtype == "N" || subtype == "AD_DropNotNull") return Alteration::drop_not_null;
  if (subtype == "O" || subtype == "AD_SetNotNull") return Alteration::set_not_null;
  if (subtype == "C" || subtype == "AD_AddConstraint") return Alteration::add;
  if (subtype == "X" || subtype == "AD_DropConstraint") return Alteration::drop;
  if (subtype == "V" || subtype == "AD_ValidateConstraint") return Alteration::validate;
  return Alteration::unknown;
}

/// SET DEFAULT takes any expression; within CREATE DOMAIN only parentheses make sure that it still parses.
model::Value read_set_default(const sql::Node& node, const Object& object, DesiredReader& reader) {
  if (!node.has("def") || is_no_default(node["def"], object, reader)) return {};
  sql::Cutter cutter = reader.cutter();
  cutter.skip_to_word("default");
  model::Definition definition = reader.definition(cutter.rest());
  if (!node["def"].is("A_Const") && !node["def"].is("FuncCall")) definition.text = "(" + definition.text + ")";
  return definition;
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_object("OBJECT_DOMAIN", node["typeName"]);
  if (object == nullptr) return;
  if (object->kind != &domain) return reader.error(node, object->key + " is not a domain");
  switch (alteration(node.text("subtype"))) {
    case Alteration::set_default:
      (*object)[default_value] = read_set_default(node, *object, reader);
      return;
    case Alteration::drop_not_null:
      (*object)[not_null] = false;
      (*object)[not_null_name] = {};
      return;
    case Alteration::set_not_null:
      return set_not_null(*object, "", reader);
    case Alteration::add:
      return read_clause(node["def"], *object, reader);
    case Alteration::drop:
      if (object->text(not_null_name) == node.text("name") && object->has(not_null_name)) {
        (*object)[not_null] = false;
        (*object)[not_null_name] = {};
        return;
      }
      return reader.dispatch("AlterDomainStmt/drop", node, object);
    case Alteration::validate:
      return reader.dispatch("AlterDomainStmt/validate", node, object);
    case Alteration::unknown:
      reader.error(node, "this form of ALTER DOMAIN is not known to segue", "write its result as CREATE DOMAIN");
  }
}

constexpr model::StatementReader statements[] = {{"CreateDomainStmt", read_create}, {"AlterDomainStmt", read_alter}};

}  // namespace

const model::Kind domain = {
    .name = "domain",
    .sql_class = "DOMAIN",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = alter_not_null,
    .has_owner = true,
    .name_space = model::NameSpace::type,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
