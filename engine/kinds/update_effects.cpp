#include "kinds/update_effects.h"

#include <algorithm>
#include <cctype>

#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "sql/lexer.h"

namespace segue::kinds {
namespace {

using model::Object;
using model::Sides;

bool is_in(const model::List& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// trigger.c TriggerEnabled: in a session like ours, those that fire at the origin of changes, and always.
bool is_enabled(const Object& object) {
  const std::string& state = object.text(model::attribute(*object.kind, "enabled"));
  return state != "disabled" && state != "replica";
}

/// Of a table below the one that is named in the statement, a trigger for each row alone fires
/// (execMain.c InitResultRelInfo, nodeModifyTable.c fireBSTriggers).
std::string effect_of_trigger(const Object& one, const std::string& filled, bool below) {
  const auto& only = one.list(model::attribute(trigger, "update_columns"));
  const bool by_row = one.text(model::attribute(trigger, "level")) == "ROW";
  const bool fires = is_enabled(one) && is_in(one.list(model::attribute(trigger, "events")), "UPDATE") &&
                     (only.empty() || is_in(only, filled)) && (by_row || !below);
  if (!fires) return "";
  return one.key + " fires" + (by_row ? " for each row that is filled" : "");
}

/// rewriteHandler.c matchLocks, fireRules.
std::string effect_of_rule(const Object& one) {
  const std::string& text = one.definition(model::attribute(rule, "definition")).text;
  const std::vector<sql::Token> tokens = sql::tokens(text);
  const auto behind = [&](std::string_view first, std::string_view second) {
    const auto at = std::adjacent_find(tokens.begin(), tokens.end(), [&](const sql::Token& a, const sql::Token& b) {
      return a.is_word(first) && b.is_word(second);
    });
    return at != tokens.end();
  };
  if (!is_enabled(one) || !behind("on", "update")) return "";
  return one.key + (behind("do", "instead") ? " does something else in its place, so that rows may stay without a value"
                                            : " does something besides");
}

/// rls.c check_enable_rls.
std::string effect_of_row_security(const Sides& sides, const Object& of) {
  static const std::size_t on = model::attribute(table, "row_security");
  static const std::size_t forced = model::attribute(table, "force_row_security");
  if (!of.flag(on)) return "";
  if (!of.flag(forced) && of.text(model::attribute(table, "live_owner")) == sides.current_role) return "";
  return "row security of " + of.key +
         " hides rows from a role that does not bypass it, so that they may stay without a value";
}

void add(std::string effect, std::vector<std::string>& effects) {
  if (!effect.empty()) effects.push_back(std::move(effect));
}

void add_effects(const Sides& sides, const Object& filled, bool below, std::vector<std::string>& effects) {
  const Object* of = sides.from_schema->find(filled.parent);
  if (of == nullptr) return;
  for (const Object* part : sides.from_schema->children(of->key)) {
    if (!sides.to_schema->contains(part->key)) continue;
    if (part->kind == &trigger) add(effect_of_trigger(*part, filled.name(), below), effects);
    if (part->kind == &rule && !below) add(effect_of_rule(*part), effects);
  }
  if (of->kind == &table && !below) add(effect_of_row_security(sides, *of), effects);
}

/// What a word stands for; "" for what is no name.
std::string name_of(const sql::Token& token) {
  std::string name;
  if (token.kind == sql::TokenKind::word) {
    for (const char c : token.text) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  } else if (token.kind == sql::TokenKind::quoted_word && token.text.size() >= 2) {
    const std::string_view inside = token.text.substr(1, token.text.size() - 2);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      name += inside[i];
      if (inside[i] == '"') ++i;  // written twice
    }
  }
  return name;
}

}  // namespace

std::vector<std::string> effects_of_update(const Sides& sides) {
  std::vector<std::string> effects;
  add_effects(sides, *sides.to, false, effects);
  each_below(*sides.to_schema, *sides.to, [&](const Object& below) {
    add_effects(sides, below, true, effects);
    return true;
  });
  return effects;
}

bool may_be_filled_from(const Object& filled, const Object& other) {
  if (filled.parent != other.parent || filled.key == other.key) return false;
  for (const std::size_t expression : {column_parts::backfill, column_parts::using_expression}) {
    if (!filled.has(expression)) continue;
    for (const sql::Token& token : sql::tokens(filled.definition(expression).text)) {
      const std::string name = name_of(token);
      if (name == other.name() || name == other.names[other.names.size() - 2]) return true;
    }
  }
  return false;
}

}  // namespace segue::kinds
