// CHECK constraints of domains. PostgreSQL: pg_constraint with contypid, commands/typecmds.c domainAddCheckConstraint.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/reader.h"
#include "kinds/type_swap.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { expression, validated };

std::string domain_address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string address(const Object& object) {
  return quote_identifier(object.name()) + " ON DOMAIN " + domain_address(object);
}

std::string inline_form(const Object& object, std::span<const Object* const>) {
  return "CONSTRAINT " + quote_identifier(object.name()) + " CHECK (" + object.definition(expression).text + ")";
}

/// CREATE DOMAIN does not take NOT VALID.
bool can_inline(const Sides& sides) { return sides.to->flag(validated); }

std::string alter_head(const Object& object) { return "ALTER DOMAIN " + domain_address(object) + " "; }

const Object& domain_of(const model::Schema& all, const Object& object) {
  const Object* found = all.find(object.parent);
  return found != nullptr ? *found : object;
}

void write_obstacles(const Sides& sides, Emit& emit) {
  obstacles::outside_of_domain(sides, domain_of(*sides.to_schema, *sides.to), sides.to->definition(expression).text,
                               emit);
}

/// Where ALTER DOMAIN looks for no rows, one of the checks writes an exchange of the domain for all of them.
bool comes_with_exchange(const Sides& sides, const Object& object, Emit& emit) {
  if (!is_exchanged(sides, object.parent)) return false;
  Sides whole = sides;
  whole.from = sides.from_schema->find(object.parent);
  whole.to = sides.to_schema->find(object.parent);
  if (speaker_of_exchange(sides, *whole.to) == &object) exchange_type(whole, emit);
  return true;
}

void validate(const Sides& sides, Emit& emit) {
  if (comes_with_exchange(sides, *sides.to, emit)) return;
  emit.statement(alter_head(*sides.to) + "VALIDATE CONSTRAINT " + quote_identifier(sides.to->name()),
                 "ALTER DOMAIN VALIDATE CONSTRAINT")
      .relations = tables_using(*sides.from_schema, domain_of(*sides.to_schema, *sides.to));
  write_obstacles(sides, emit);
}

Change decide_validated(const Sides& sides) { return sides.to->flag(validated) ? Change::alter : Change::replace; }

constexpr model::Attribute attributes[] = {
    {.name = "expression",
     .type = Type::definition,
     .change = Change::replace,
     .grammar = model::Grammar::expression,
     .reason = "PostgreSQL cannot change the expression of a constraint"},
    {.name = "validated",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = validate,
     .decide = decide_validated,
     .reason = "PostgreSQL cannot make a constraint NOT VALID again"},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  if (comes_with_exchange(sides, object, emit)) return;
  const bool checks = object.flag(validated);
  model::Fragment& fragment =
      emit.statement(alter_head(object) + "ADD " + inline_form(object, {}) + (checks ? "" : " NOT VALID"),
                     checks ? "ALTER DOMAIN ADD CONSTRAINT" : "ALTER DOMAIN ADD CONSTRAINT NOT VALID");
  fragment.search_path = object.definition(expression).search_path;
  if (checks && sides.to_schema != nullptr) {
    fragment.relations = tables_using(*sides.to_schema, domain_of(*sides.to_schema, object));
    if (sides.from_schema != nullptr) write_obstacles(sides, emit);
  }
}

void drop(const Sides& sides, Emit& emit) {
  if (is_exchanged(sides, sides.from->parent)) return;
  emit.statement(alter_head(*sides.from) + "DROP CONSTRAINT " + quote_identifier(sides.from->name()),
                 "ALTER DOMAIN DROP CONSTRAINT");
}

void rename(const Sides& sides, Emit& emit) {
  emit.statement(alter_head(*sides.from) + "RENAME CONSTRAINT " + quote_identifier(sides.from->name()) + " TO " +
                     quote_identifier(sides.to->name()),
                 "ALTER DOMAIN RENAME CONSTRAINT");
}

/// Its expression may read functions; CREATE DOMAIN and ALTER DOMAIN hold no rows back.
bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT k.oid, n.nspname, t.typname, k.conname, pg_catalog.pg_get_expr(k.conbin, 0), k.convalidated "
         "FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_type t ON t.oid = k.contypid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE k.contype = 'c' AND " +
         ours("pg_type", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(domain_constraint, {row.text(1), row.text(2), row.text(3)},
                                     model::key_of(domain, {row.text(1), row.text(2)}));
  object[expression] = printed(row, 4);
  object[validated] = row.flag(5);
  reader.add(std::move(object), "pg_constraint", row.text(0));
}

void read_check(const sql::Node& node, DesiredReader& reader) {
  const Object* owner = reader.relation();
  if (owner == nullptr) return;
  std::string name(node.text("conname"));
  sql::Cutter cutter = reader.cutter();
  cutter.from(node.location());
  if (!name.empty()) cutter.skip_to_word("check");
  if (name.empty()) name = reader.choose_constraint_name(owner->names[1], "", "check", owner->names[0]);
  Object object = model::make_object(domain_constraint, {owner->names[0], owner->names[1], name}, owner->key);
  if (reader.schema().contains(object.key)) {
    return reader.error(node, "constraint " + quote_identifier(name) + " of " + owner->key + " exists already");
  }
  object[expression] = reader.definition(cutter.parenthesised());
  object[validated] = !node.flag("skip_validation");
  reader.add(std::move(object));
}

Object* find_constraint(const sql::Node& node, DesiredReader& reader) {
  const Object* owner = reader.relation();
  if (owner == nullptr) return nullptr;
  const std::string name(node.text("name"));
  Object* found = reader.schema().find(model::key_of(domain_constraint, {owner->names[0], owner->names[1], name}));
  if (found == nullptr && !node.flag("missing_ok")) {
    reader.error(node, owner->key + " has no constraint " + quote_identifier(name));
  }
  return found;
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  const Object* found = find_constraint(node, reader);
  if (found != nullptr) reader.schema().remove(std::string(found->key));
}

void read_validate(const sql::Node& node, DesiredReader& reader) {
  Object* found = find_constraint(node, reader);
  if (found != nullptr) (*found)[validated] = true;
}

constexpr model::StatementReader statements[] = {
    {"DomainConstraint", read_check},
    {"AlterDomainStmt/drop", read_drop},
    {"AlterDomainStmt/validate", read_validate},
};

}  // namespace

const model::Kind domain_constraint = {
    .name = "domain constraint",
    .sql_class = "CONSTRAINT",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rename = rename,
    .inline_form = inline_form,
    .can_inline = can_inline,
    .rebuilt_when_disturbed = rebuilt,
    .renamed_when_equal = true,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
