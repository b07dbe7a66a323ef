// Rules other than a view's own. PostgreSQL: pg_rewrite, CREATE RULE.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/query_text.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { definition, enabled };

constexpr std::string_view origin = "origin";

std::string table_of(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string address(const Object& object) { return quoted_name(object) + " ON " + table_of(object); }

void write(const Object& object, bool replace, Emit& emit) {
  const model::Definition& text = object.definition(definition);
  const std::string head = replace ? "CREATE OR REPLACE RULE " : "CREATE RULE ";
  // the definition is a whole statement, of the name that the rule had when it was written
  sql::Cutter cutter(text.text, sql::tokens(text.text));
  cutter.skip_to_word("as");
  auto& fragment = emit.statement(head + quoted_name(object) + " AS " + std::string(cutter.text(cutter.rest())),
                                  replace ? "CREATE OR REPLACE RULE" : "CREATE RULE");
  fragment.search_path = text.search_path;
  fragment.relations = {table_of(object)};
}

void alter_enabled(const Sides& sides, Emit& emit) {
  const std::string& state = sides.to->text(enabled);
  const std::string verb = state == "disabled"  ? "DISABLE RULE "
                           : state == "always"  ? "ENABLE ALWAYS RULE "
                           : state == "replica" ? "ENABLE REPLICA RULE "
                                                : "ENABLE RULE ";
  emit.alter("ALTER TABLE " + table_of(*sides.to), verb + quoted_name(*sides.to),
             state == "disabled" ? "DISABLE RULE" : "ENABLE ALWAYS RULE")
      .relations = {table_of(*sides.to)};
}

constexpr model::Attribute attributes[] = {
    {.name = "definition", .type = Type::definition, .change = Change::in_place, .grammar = model::Grammar::query},
    {.name = "enabled", .type = Type::text, .change = Change::alter, .alter = alter_enabled},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  write(*sides.to, false, emit);
  if (sides.to->text(enabled) != origin) alter_enabled(sides, emit);
}

void replace_in_place(const Sides& sides, Emit& emit) { write(*sides.to, true, emit); }

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP RULE " + address(*sides.from), "DROP RULE").relations = {table_of(*sides.from)};
}

/// `CREATE RULE name AS ` and what stands behind AS.
std::string normal(const std::string& name, std::string_view behind_as) {
  return "CREATE RULE " + quote_identifier(name) + " AS " + std::string(behind_as);
}

std::string query(int) {
  return "SELECT r.oid, n.nspname, c.relname, r.rulename, c.oid, r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid) "
         "FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "WHERE r.rulename <> '_RETURN' AND " +
         ours("pg_rewrite", "r.oid", "n.nspname");
}

std::string state_of(const std::string& letter) {
  return letter == "D" ? "disabled" : letter == "A" ? "always" : letter == "R" ? "replica" : std::string(origin);
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* relation = reader.at("pg_class", row.text(4));
  if (relation == nullptr) {
    return reader.unmodelled(
        "rule " + quote_identifier(row.text(3)) + " ON " + quote_qualified(row.text(1), row.text(2)),
        "its relation is not modelled; the rule is left alone");
  }
  Object object = model::make_object(rule, {row.text(1), row.text(2), row.text(3)}, relation->key);
  const std::string text = printed_query(row.text(6)).text;
  sql::Cutter cutter(text, sql::tokens(text));
  cutter.skip_to_word("as");
  object[definition] = model::Definition{normal(row.text(3), cutter.text(cutter.rest())), ""};
  object[enabled] = state_of(row.text(5));
  reader.add(std::move(object), "pg_rewrite", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object* relation = reader.find_relation(node["relation"]);
  if (relation == nullptr) return;
  const std::string name(node.text("rulename"));
  if (node.text("event") == "CMD_SELECT") {
    return reader.error(node, "a rule ON SELECT turns its table into a view", "write CREATE VIEW");
  }
  Object object = model::make_object(rule, {relation->names[0], relation->names[1], name}, relation->key);
  sql::Cutter cutter = reader.cutter();
  cutter.skip_to_word("as");
  model::Definition text = reader.definition(cutter.rest());
  text.text = normal(name, text.text);
  object[definition] = std::move(text);
  object[enabled] = std::string(origin);
  Object* standing = reader.schema().find(object.key);
  if (standing == nullptr || !node.flag("replace")) {
    reader.add(std::move(object));
    return;
  }
  // rewriteDefine.c InsertRule: OR REPLACE leaves ev_enabled as it is
  (*standing)[definition] = std::move(object[definition]);
  standing->origin = reader.origin(node);
}

void set_state(const sql::Node& node, DesiredReader& reader, std::string state) {
  const Object* relation = reader.relation();
  if (relation == nullptr || relation->names.size() < 2) return;
  Object* object = reader.schema().find(
      model::key_of(rule, {relation->names[0], relation->names[1], std::string(node.text("name"))}));
  if (object == nullptr) {
    return reader.error(node,
                        "rule " + quote_identifier(node.text("name")) + " of " + relation->key + " does not exist",
                        "put CREATE RULE before this statement");
  }
  (*object)[enabled] = std::move(state);
}

void read_enable(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, std::string(origin)); }
void read_always(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, "always"); }
void read_replica(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, "replica"); }
void read_disable(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, "disabled"); }

constexpr model::StatementReader statements[] = {
    {"RuleStmt", read_create},
    {"AlterTableCmd/AT_EnableRule", read_enable},
    {"AlterTableCmd/AT_EnableAlwaysRule", read_always},
    {"AlterTableCmd/AT_EnableReplicaRule", read_replica},
    {"AlterTableCmd/AT_DisableRule", read_disable},
};

}  // namespace

const model::Kind rule = {
    .name = "rule",
    .sql_class = "RULE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
