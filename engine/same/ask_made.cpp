#include "same/ask_made.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "same/clause.h"
#include "sql/canonical.h"
#include "sql/cut.h"
#include "sql/script.h"

namespace segue::same {
namespace {

using model::Object;

/// How a definition is made aside, and what then prints it.
struct Made {
  std::string create;
  std::string print;
  std::string before;  ///< what the definition's text has before the printed one
};

std::string under_path(const std::string& path, const std::string& sql) {
  return "SET LOCAL search_path = " + (path.empty() ? std::string("pg_catalog") : path) + ", pg_temp; " + sql + ";";
}

/// The routine itself in pg_temp: a body in SQL is analysed when it is made, and never run. It keeps its name, which is
/// printed before its parameters (ruleutils.c get_parameter).
Made made_routine(const diff::Pair& pair, const World& world) {
  constexpr std::string_view block = "BEGIN ATOMIC";
  Object copy = *pair.to;
  copy.names[0] = "pg_temp";
  model::Sides sides;
  sides.to = &copy;
  sides.to_schema = world.desired;
  sides.server_version = world.server_version;
  model::Emit emit;
  copy.kind->create(sides, {}, emit);
  if (emit.fragments().empty()) return {};
  const std::string& live = pair.from->definition(pair.attribute).text;
  std::size_t body = live.find(block);
  if (body == std::string::npos) body = live.find("RETURN ");
  if (body == std::string::npos) return {};
  const model::Fragment& fragment = emit.fragments().front();
  return {under_path(fragment.search_path, fragment.sql),
          "SELECT pg_catalog.pg_get_function_sqlbody(p.oid) FROM pg_catalog.pg_proc p WHERE p.pronamespace = "
          "pg_catalog.pg_my_temp_schema() ORDER BY p.oid DESC LIMIT 1",
          live.substr(0, body)};
}

/// The rule on a view of the same columns: rewriteDefine.c DefineRule analyses it for any relation.
Made made_rule(const diff::Pair& pair, const World& world, const std::string& name) {
  const Object& rule = *pair.to;
  const Object* target = world.desired->find(rule.parent);
  if (target == nullptr) return {};
  const std::string row = row_of(*world.desired, *target, name);
  const std::string columns = row.empty() ? quote_qualified(target->names[0], target->names[1]) : row;
  const model::Definition& definition = rule.definition(pair.attribute);
  sql::Cutter cutter(definition.text, sql::tokens(definition.text));
  if (!cutter.skip_to_word("as") || !cutter.skip_to_word("to")) return {};
  const sql::Span on = cutter.until({"where", "do"});
  const std::string text = definition.text.substr(0, static_cast<std::size_t>(on.begin)) + " pg_temp." + name + " " +
                           definition.text.substr(static_cast<std::size_t>(on.end));
  return {
      "CREATE TEMP VIEW " + name + " AS SELECT * FROM " + columns + "; " + under_path(definition.search_path, text),
      "SELECT pg_catalog.pg_get_ruledef(r.oid) FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = "
      "r.ev_class WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND r.rulename <> '_RETURN' AND c.relname = " +
          quote_literal(name),
      ""};
}

/// A bound of literals alone runs nothing but the input functions of the key's types.
bool is_of_literals(const std::string& bound) {
  const auto tokens = sql::tokens(bound);
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const sql::Token& before = tokens[i - 1];
    const bool clause =
        before.is_word("from") || before.is_word("to") || before.is_word("in") || before.is_word("with");
    if (tokens[i].is('(') && !clause) return false;
  }
  return true;
}

std::size_t partition_by() { return model::attribute(kinds::table, "partition_by"); }

/// A table with the same columns, and `part` behind the last of them.
std::string create_table(const Object& table, const World& world, const std::string& name, const model::List& part) {
  model::List parts;
  for (const Object* child : world.desired->children(table.key)) {
    if (child->kind != &kinds::column) continue;
    const std::string& collation = child->text(model::attribute(kinds::column, "collation"));
    parts.push_back(quote_identifier(child->name()) + " " + child->text(model::attribute(kinds::column, "type")) +
                    (collation.empty() ? "" : " COLLATE " + collation));
  }
  parts.insert(parts.end(), part.begin(), part.end());
  return "CREATE TEMP TABLE " + name + " (" + join(parts, ", ") + ")";
}

std::string create_partitioned(const Object& table, const World& world, const std::string& name) {
  const model::Definition& key = table.definition(partition_by());
  return under_path(key.search_path, create_table(table, world, name, {}) + " PARTITION BY " + key.text);
}

/// Whether making an index of such keys runs functions: the server computes what is constant in them.
bool calls_functions(const Clause& clause) {
  return std::any_of(clause.expressions.begin(), clause.expressions.end(), [](const std::string& expression) {
    const auto mentions = sql::mentions(expression, sql::Grammar::expression);
    return !mentions || std::any_of(mentions->begin(), mentions->end(), [](const sql::Mention& mention) {
      return mention.object_class == sql::Mention::Class::function;
    });
  });
}

/// ask() has judged the expressions of keys. Which operator classes are those of their types anyway only the whole
/// tells (ruleutils.c get_opclass_name).
Made made_partition_key(const diff::Pair& pair, const World& world, const std::string& name) {
  if (calls_functions(take_apart(pair.to->definition(pair.attribute).text))) return {};
  return {create_partitioned(*pair.to, world, name),
          "SELECT pg_catalog.pg_get_partkeydef(c.oid) FROM pg_catalog.pg_class c WHERE c.relnamespace = "
          "pg_catalog.pg_my_temp_schema() AND c.relname = " +
              quote_literal(name),
          ""};
}

/// The same of an exclusion.
Made made_exclusion(const diff::Pair& pair, const World& world, const std::string& name) {
  const Object* table = world.desired->find(pair.to->parent);
  const model::Definition& exclusion = pair.to->definition(pair.attribute);
  if (table == nullptr || calls_functions(take_apart(exclusion.text))) return {};
  return {
      under_path(exclusion.search_path, create_table(*table, world, name, {exclusion.text})),
      "SELECT pg_catalog.pg_get_constraintdef(o.oid) FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_class c ON "
      "c.oid = o.conrelid WHERE o.contype = 'x' AND c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relname = " +
          quote_literal(name),
      ""};
}

/// A table with the same key and one partition with the same bounds.
Made made_partition(const diff::Pair& pair, const World& world, const std::string& name) {
  const Object* parent = pair.to->depends.empty() ? nullptr : world.desired->find(pair.to->depends.front());
  const model::Definition& bound = pair.to->definition(pair.attribute);
  const bool partitioned = parent != nullptr && parent->kind == &kinds::table && parent->has(partition_by());
  if (!partitioned || !is_of_literals(bound.text)) return {};
  return {create_partitioned(*parent, world, name + "_of") +
              under_path(bound.search_path,
                         "CREATE TEMP TABLE " + name + " PARTITION OF pg_temp." + name + "_of " + bound.text),
          "SELECT pg_catalog.pg_get_expr(c.relpartbound, c.oid) FROM pg_catalog.pg_class c WHERE c.relnamespace = "
          "pg_catalog.pg_my_temp_schema() AND c.relname = " +
              quote_literal(name),
          ""};
}

Made made(const diff::Pair& pair, const World& world, const std::string& name) {
  const model::Kind& kind = *pair.to->kind;
  const model::Grammar grammar = kind.attributes[pair.attribute].grammar;
  if (grammar == model::Grammar::partition_bound) return made_partition(pair, world, name);
  if (grammar == model::Grammar::partition_key) return made_partition_key(pair, world, name);
  if (grammar == model::Grammar::constraint) return made_exclusion(pair, world, name);
  if (grammar != model::Grammar::query) return {};
  if (kind.name_space == model::NameSpace::routine) return made_routine(pair, world);
  if (kind.sql_class == "RULE") return made_rule(pair, world, name);
  return {};
}

bool is_same(const diff::Pair& pair, const std::string& printed, const std::string& before) {
  const std::string& live = pair.from->definition(pair.attribute).text;
  if (pair.to->kind->attributes[pair.attribute].grammar != model::Grammar::query) return printed == live;
  const auto asked = sql::parse_query(before + printed);
  const auto standing = sql::parse_query(live);
  return asked && standing && tree_of(asked->node(), {}) == tree_of(standing->node(), {});
}

}  // namespace

void ask_made(const std::vector<diff::Pair>& pairs, const World& world, Session& session, std::vector<bool>& equal,
              std::vector<bool>& answered) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (equal[i]) continue;
    const Made way = made(pairs[i], world, "segue_made_" + std::to_string(i));
    if (way.create.empty() || !attempt(session, way.create)) continue;
    if (!session.execute("SET LOCAL search_path = pg_catalog")) return;
    const auto rows = session.query(way.print);
    if (!rows || rows->size() != 1 || !rows->at(0, 0)) continue;
    answered[i] = true;
    equal[i] = is_same(pairs[i], *rows->at(0, 0), way.before);
  }
}

}  // namespace segue::same
