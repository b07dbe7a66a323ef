#include "event_triggers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/quote.h"
#include "kinds/kinds.h"

namespace segue {
namespace {

struct Trigger {
  std::string name;
  std::string event;
  std::vector<std::string> tags;  ///< empty: every command
  std::string function;
};

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin < list.size()) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    parts.push_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Result<std::vector<Trigger>> enabled_triggers(Session& session) {
  const Result<Rows> rows = session.query(
      "SELECT t.evtname, t.evtevent, coalesce(pg_catalog.array_to_string(t.evttags, ','), ''),"
      " pg_catalog.format('%I.%I', n.nspname, p.proname) FROM pg_catalog.pg_event_trigger t"
      " JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
      " WHERE t.evtenabled IN ('O', 'A') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid ="
      " 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND d.objid = t.oid AND d.deptype = 'e') ORDER BY 1");
  if (!rows) return rows.failure();
  std::vector<Trigger> triggers;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const auto cell = [&](std::size_t column) { return rows->at(i, column).value_or(""); };
    triggers.push_back({cell(0), cell(1), split(cell(2)), cell(3)});
  }
  return triggers;
}

/// The first words of a statement, in capitals.
std::vector<std::string> words_of(const std::string& sql) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : sql) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      continue;
    }
    if (!word.empty()) words.push_back(std::exchange(word, {}));
    if (std::isspace(static_cast<unsigned char>(c)) == 0 || words.size() == 8) break;
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

/// How many words name the sort of object that a command is about.
std::size_t length_of_object(const std::vector<std::string>& words, std::size_t at) {
  const auto is = [&](std::size_t i, const char* word) { return i < words.size() && words[i] == word; };
  if (is(at, "FOREIGN") && is(at + 1, "DATA")) return 3;
  if (is(at, "TEXT") && is(at + 1, "SEARCH")) return 3;
  static constexpr std::array first = {"MATERIALIZED", "FOREIGN", "USER", "ACCESS", "EVENT", "DEFAULT"};
  const bool two = std::any_of(first.begin(), first.end(), [&](const char* word) { return is(at, word); });
  return two || (is(at, "OPERATOR") && (is(at + 1, "CLASS") || is(at + 1, "FAMILY"))) ? 2 : 1;
}

/// The command tag (tcop/utility.c CreateCommandTag) of a statement that may fire event triggers; "" of any other.
std::string tag_of(const std::string& sql) {
  const std::vector<std::string> words = words_of(sql);
  if (words.empty()) return "";
  if (words[0] == "COMMENT" || words[0] == "GRANT" || words[0] == "REVOKE") return words[0];
  if (words[0] != "CREATE" && words[0] != "ALTER" && words[0] != "DROP") return "";
  static constexpr std::array modifiers = {"OR", "REPLACE", "UNIQUE", "UNLOGGED", "CONSTRAINT", "RECURSIVE", "TRUSTED"};
  std::size_t at = 1;
  while (at < words.size() && std::find(modifiers.begin(), modifiers.end(), words[at]) != modifiers.end()) ++at;
  std::string tag = words[0];
  const std::size_t end = std::min(at + length_of_object(words, at), words.size());
  for (; at < end; ++at) tag += " " + words[at];
  return tag.ends_with(" EVENT TRIGGER") ? "" : tag;
}

/// event_trigger.c EventTriggerDDLCommandStart, EventTriggerSQLDrop, EventTriggerTableRewrite.
bool fires(const Trigger& trigger, const plan::Step& step, const std::string& tag) {
  if (tag.empty()) return false;
  if (!trigger.tags.empty() && std::find(trigger.tags.begin(), trigger.tags.end(), tag) == trigger.tags.end())
    return false;
  if (trigger.event == "sql_drop") return tag.starts_with("DROP ") || tag.starts_with("ALTER ");
  if (trigger.event == "table_rewrite") return step.rewrites && tag.starts_with("ALTER ");
  return trigger.event.starts_with("ddl_command_");
}

bool fires(const Trigger& trigger, const plan::Step& step) {
  return std::any_of(step.sql.begin(), step.sql.end(),
                     [&](const std::string& sql) { return fires(trigger, step, tag_of(sql)); });
}

}  // namespace

Status note_event_triggers(Session& session, plan::Body& body) {
  if (body.steps.empty()) return done();
  const Result<std::vector<Trigger>> triggers = enabled_triggers(session);
  if (!triggers) return triggers.failure();
  for (const Trigger& trigger : *triggers) {
    const std::string key = model::key_of(kinds::event_trigger, {trigger.name});
    const auto& removed = body.effects.removed;
    if (std::find(removed.begin(), removed.end(), key) != removed.end()) continue;
    std::vector<std::string> where;
    for (plan::Step& step : body.steps) {
      if (!fires(trigger, step)) continue;
      where.push_back(step.id);
      const auto known = std::find(step.hazards.begin(), step.hazards.end(), plan::hazard::fires_event_trigger);
      if (known == step.hazards.end()) step.hazards.emplace_back(plan::hazard::fires_event_trigger);
    }
    if (where.empty()) continue;
    body.warnings.push_back("the event trigger " + quote_identifier(trigger.name) + " (" + trigger.event +
                            ") runs the function " + trigger.function + " in " + join(where, ", "));
  }
  return done();
}

}  // namespace segue
