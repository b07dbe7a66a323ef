// Row security policies. PostgreSQL: pg_policy, CREATE POLICY. Whether a table heeds them is the table's affair.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { command, permissive, roles, using_expression, check_expression };

std::string table_of(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string address(const Object& object) { return quoted_name(object) + " ON " + table_of(object); }

/// policy.c AlterPolicy: what is not named stays, so that an expression can be changed but not taken away; the way back
/// of one that is added would take it away.
template <std::size_t expression>
Change decide(const Sides& sides) {
  return sides.from->has(expression) && sides.to->has(expression) ? Change::in_place : Change::replace;
}

constexpr model::Attribute attributes[] = {
    {.name = "command",
     .type = Type::text,
     .change = Change::replace,
     .reason = "ALTER POLICY does not change the command"},
    {.name = "permissive",
     .type = Type::boolean,
     .change = Change::replace,
     .reason = "ALTER POLICY does not change between permissive and restrictive"},
    {.name = "roles", .type = Type::list, .change = Change::in_place},
    {.name = "using",
     .type = Type::definition,
     .change = Change::in_place,
     .decide = decide<using_expression>,
     .grammar = model::Grammar::expression,
     .reason = "ALTER POLICY cannot take USING away"},
    {.name = "check",
     .type = Type::definition,
     .change = Change::in_place,
     .decide = decide<check_expression>,
     .grammar = model::Grammar::expression,
     .reason = "ALTER POLICY cannot take WITH CHECK away"},
};

/// TO …, USING (…) and WITH CHECK (…).
std::string clauses(const Object& object) {
  std::string sql = " TO " + join(object.list(roles), ", ");
  if (object.has(using_expression)) sql += " USING (" + object.definition(using_expression).text + ")";
  if (object.has(check_expression)) sql += " WITH CHECK (" + object.definition(check_expression).text + ")";
  return sql;
}

void write(const Object& object, std::string sql, std::string form, Emit& emit) {
  auto& fragment = emit.statement(std::move(sql), std::move(form));
  const std::size_t expression = object.has(using_expression) ? using_expression : check_expression;
  fragment.search_path = object.definition(expression).search_path;
  fragment.relations = {table_of(object)};
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE POLICY " + address(object);
  if (!object.flag(permissive)) sql += " AS RESTRICTIVE";
  if (object.text(command) != "ALL") sql += " FOR " + object.text(command);
  write(object, sql + clauses(object), "CREATE POLICY", emit);
}

/// The two expressions may come from two statements with different search paths: one ALTER for each then.
void replace_in_place(const Sides& sides, Emit& emit) {
  Object object = *sides.to;
  const model::Definition second = object.definition(check_expression);
  const bool apart = object.has(using_expression) && object.has(check_expression) &&
                     object.definition(using_expression).search_path != second.search_path;
  if (apart) object[check_expression] = {};
  write(object, "ALTER POLICY " + address(object) + clauses(object), "ALTER POLICY", emit);
  if (!apart) return;
  object[using_expression] = {};
  object[check_expression] = second;
  write(object, "ALTER POLICY " + address(object) + clauses(object), "ALTER POLICY", emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP POLICY " + address(*sides.from), "DROP POLICY").relations = {table_of(*sides.from)};
}

std::string query(int) {
  return "SELECT p.oid, n.nspname, c.relname, p.polname, c.oid, p.polcmd, p.polpermissive, "
         "ARRAY(SELECT CASE WHEN r.id = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(a.rolname) END "
         "FROM pg_catalog.unnest(p.polroles) r(id) LEFT JOIN pg_catalog.pg_roles a ON a.oid = r.id), "
         "pg_catalog.pg_get_expr(p.polqual, p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) "
         "FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE " +
         ours("pg_policy", "p.oid", "n.nspname");
}

std::string command_of(const std::string& letter) {
  return letter == "r"   ? "SELECT"
         : letter == "a" ? "INSERT"
         : letter == "w" ? "UPDATE"
         : letter == "d" ? "DELETE"
                         : "ALL";
}

model::List sorted(model::List list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* relation = reader.at("pg_class", row.text(4));
  if (relation == nullptr) {
    return reader.unmodelled(
        "policy " + quote_identifier(row.text(3)) + " ON " + quote_qualified(row.text(1), row.text(2)),
        "its table is not modelled; the policy is left alone");
  }
  Object object = model::make_object(policy, {row.text(1), row.text(2), row.text(3)}, relation->key);
  object[command] = command_of(row.text(5));
  object[permissive] = row.flag(6);
  object[roles] = sorted(row.list(7));
  object[using_expression] = printed(row, 8);
  object[check_expression] = printed(row, 9);
  reader.add(std::move(object), "pg_policy", row.text(0));
}

/// policy.c policy_role_list_to_array: PUBLIC swallows the others.
model::List read_roles(const sql::Node& node, DesiredReader& reader) {
  model::List list;
  for (const sql::Node role : node.list("roles")) {
    const std::string_view type = role.text("roletype");
    if (type == "ROLESPEC_PUBLIC") return {"PUBLIC"};
    const bool named = type == "ROLESPEC_CSTRING";
    list.push_back(
        quote_identifier(named ? std::string(role.text("rolename")) : reader.setting("segue.default_owner")));
  }
  return list.empty() ? model::List{"PUBLIC"} : sorted(std::move(list));
}

void read_expressions(const sql::Node& node, Object& object, DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  if (node.has("qual") && cutter.skip_to_word("using")) {
    object[using_expression] = reader.definition(cutter.parenthesised());
  }
  if (node.has("with_check") && cutter.skip_to_word("with") && cutter.skip_to_word("check")) {
    object[check_expression] = reader.definition(cutter.parenthesised());
  }
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return result;
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Object* relation = reader.find_relation(node["table"]);
  if (relation == nullptr || relation->names.size() < 2) return;
  Object object = model::make_object(
      policy, {relation->names[0], relation->names[1], std::string(node.text("policy_name"))}, relation->key);
  object[command] = upper(node.text("cmd_name"));
  object[permissive] = node.flag("permissive");
  object[roles] = read_roles(node, reader);
  read_expressions(node, object, reader);
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  const Object* relation = reader.find_relation(node["table"]);
  if (relation == nullptr || relation->names.size() < 2) return;
  const std::string name(node.text("policy_name"));
  Object* object = reader.schema().find(model::key_of(policy, {relation->names[0], relation->names[1], name}));
  if (object == nullptr) {
    return reader.error(node, "policy " + quote_identifier(name) + " of " + relation->key + " does not exist",
                        "put CREATE POLICY before this statement");
  }
  if (!node.list("roles").empty()) (*object)[roles] = read_roles(node, reader);
  read_expressions(node, *object, reader);
}

constexpr model::StatementReader statements[] = {{"CreatePolicyStmt", read_create}, {"AlterPolicyStmt", read_alter}};

}  // namespace

const model::Kind policy = {
    .name = "policy",
    .sql_class = "POLICY",
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
