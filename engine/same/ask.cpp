// Tier three: the server itself is asked, with temporary views in a transaction that is rolled back.
//
// One view per relation holds, side by side, what the file says and what the server printed; views fold no constants
// and run no user code, need no right on the table and may name columns that it does not have yet.
#include <algorithm>
#include <map>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/storable.h"
#include "same/ask_made.h"
#include "same/clause.h"
#include "same/expansion.h"
#include "same/home.h"
#include "same/same.h"
#include "sql/cut.h"
#include "sql/script.h"

namespace segue::same {
namespace {

using model::Object;

/// A tree without its places, and without the names of the relations in `homes` before their columns.
void print(const sql::Node& node, const std::vector<std::string>& homes, std::string& out) {
  if (node.is_list()) {
    out += '[';
    for (const sql::Node item : node.items()) print(item, homes, out);
    out += ']';
    return;
  }
  if (node.is("ColumnRef")) {
    model::List fields = sql::strings(node.list("fields"));
    if (fields.size() == 2 && std::find(homes.begin(), homes.end(), fields[0]) != homes.end())
      fields.erase(fields.begin());
    out += "(column " + join(fields, ".") + (fields.size() < node.list("fields").size() - 1 ? ".*" : "") + ')';
    return;
  }
  out += '(';
  out += node.type();
  if (node.field_count() == 0) {
    out += ' ';
    out += node.text();
    out += std::to_string(node.number());
    out += node.flag() ? 't' : 'f';
  }
  for (std::size_t i = 0; i < node.field_count(); ++i) {
    const auto name = node.field_name(i);
    if (name == "location" || name == "stmt_len" || name == "stmt_location") continue;
    if (node.is("RuleStmt") && (name == "relation" || name == "rulename" || name == "replace")) continue;
    out += ' ';
    out += name;
    out += '=';
    print(node.field(i), homes, out);
  }
  out += ')';
}

}  // namespace

std::string tree_of(const sql::Node& node, const std::vector<std::string>& homes) {
  std::string text;
  print(node, homes, text);
  return text;
}

std::string row_of(const model::Schema& schema, const Object& table, const std::string& alias) {
  model::List parts;
  for (const Object* child : schema.children(table.key)) {
    if (child->kind != &kinds::column) continue;
    const std::string& collation = child->text(model::attribute(kinds::column, "collation"));
    parts.push_back("NULL::" + child->text(model::attribute(kinds::column, "type")) +
                    (collation.empty() ? "" : " COLLATE " + collation) + " AS " + quote_identifier(child->name()));
  }
  if (parts.empty()) return "";
  return "(SELECT " + join(parts, ", ") + ") AS " + quote_identifier(alias);
}

bool attempt(Session& session, const std::string& sql) {
  if (!session.execute("SAVEPOINT probe")) return false;
  if (session.execute(sql)) {
    (void)session.execute("RELEASE SAVEPOINT probe");
    return true;
  }
  (void)session.execute("ROLLBACK TO SAVEPOINT probe");
  return false;
}

namespace {

/// The type without its modifier, as an assignment to it would coerce (char and bit alone would mean a length of one).
std::string base_type(const std::string& type) {
  const auto open = type.find('(');
  if (open == std::string::npos) return type;
  const auto close = type.find(')', open);
  std::string base = type.substr(0, open) + type.substr(close + 1);
  if (base.rfind("character", 0) == 0 && base.rfind("character varying", 0) != 0)
    return "pg_catalog.bpchar" + base.substr(9);
  if (base == "bit" || base == "bit[]") return "pg_catalog.\"bit\"" + base.substr(3);
  return base;
}

bool is_clause(model::Grammar grammar) {
  return grammar == model::Grammar::constraint || grammar == model::Grammar::partition_key;
}

/// How a definition is put to the server.
struct Probe {
  std::string from;                ///< FROM clause; its text groups probes into one view
  std::vector<std::string> homes;  ///< names that may stand before a column
  std::string cast;                ///< assignment: the type of the column
  bool whole_query = false;
  bool possible = true;
};

Probe probe_of(const diff::Pair& pair, const World& world) {
  Probe probe;
  const Object& object = *pair.to;
  const model::Grammar grammar = object.kind->attributes[pair.attribute].grammar;
  if (grammar == model::Grammar::query) {
    probe.whole_query = true;
    probe.possible =
        object.kind->name_space == model::NameSpace::relation;  // a view's query; a rule cannot be asked so
    return probe;
  }
  if (grammar != model::Grammar::expression && !is_clause(grammar)) {
    probe.possible = false;
    return probe;
  }
  const Object* home = &object;
  while (home != nullptr && !kinds::is_table(*home) && home->kind != &kinds::domain && !home->parent.empty())
    home = hangs_on(*home, *world.desired);
  if (home == nullptr) return probe;
  if (home->kind == &kinds::domain) {
    probe.from = "(SELECT NULL::" + home->text(model::attribute(kinds::domain, "type")) + " AS value) AS value_of";
    probe.homes = {"value_of"};
    if (home == &object) probe.cast = base_type(object.text(model::attribute(kinds::domain, "type")));
    return probe;
  }
  if (kinds::is_table(*home)) {
    if (object.kind == &kinds::trigger) {
      probe.from = row_of(*world.desired, *home, "old") + ", " + row_of(*world.desired, *home, "new");
    } else {
      probe.from = row_of(*world.desired, *home, home->name());
      probe.homes = {home->name()};
    }
    const Object* of = world.desired->find(model::key_of(kinds::column, object.names));
    if (of != nullptr) probe.cast = base_type(of->text(model::attribute(kinds::column, "type")));
  }
  return probe;
}

/// Two texts that the server is to print: a definition on both sides, or an expression within it.
struct Question {
  std::size_t pair;
  Probe probe;
  std::string desired;
  std::string live;
};

/// What became of the questions of one pair: it is answered when all are.
struct Answers {
  std::size_t wanted = 0;
  std::size_t given = 0;
  std::size_t equal = 0;
};

struct Group {
  std::string from;
  std::string path;
  bool whole_query = false;
  std::vector<Question> questions;
  std::string name;
  bool stands = false;
};

bool is_row(const std::string& text) {
  const auto tokens = sql::tokens(text);
  return tokens.size() > 1 && tokens[0].is_word("row") && tokens[1].is('(');
}

/// A row without a type cannot be a view's column; whether it is null can.
std::string in_cast(const std::string& text, const std::string& type) {
  if (!type.empty()) return "CAST((" + text + ") AS " + type + ")";
  return is_row(text) ? "(" + text + " IS NULL)" : "(" + text + ")";
}

/// What stands behind a view's name in the file: the names of columns where it gives any (a star hides which they are).
std::string as_query(const Object& view, std::size_t attribute) {
  if (view.kind == &kinds::view || view.kind == &kinds::materialized_view) {
    const model::Definition& written = view.definition(model::attribute(*view.kind, "written"));
    const model::List& names = view.list(model::attribute(*view.kind, "column_names"));
    if (!written.text.empty()) return " (" + join(names, ", ") + ") AS " + written.text;
  }
  return " AS " + view.definition(attribute).text;
}

std::string create_view(const Group& group, const std::vector<diff::Pair>& pairs) {
  std::string sql = "SET LOCAL search_path = " + (group.path.empty() ? std::string("pg_catalog") : group.path) +
                    ", pg_temp; CREATE TEMP VIEW " + group.name;
  if (group.whole_query) {
    const diff::Pair& pair = pairs[group.questions.front().pair];
    return sql + as_query(*pair.to, pair.attribute) + ";";
  }
  model::List columns;
  for (std::size_t i = 0; i < group.questions.size(); ++i) {
    const Question& question = group.questions[i];
    columns.push_back(in_cast(question.desired, question.probe.cast) + " AS d" + std::to_string(i));
    columns.push_back(in_cast(question.live, question.probe.cast) + " AS l" + std::to_string(i));
  }
  return sql + " AS SELECT " + join(columns, ", ") + (group.from.empty() ? "" : " FROM " + group.from) + ";";
}

/// Of a clause its expressions, where the rest of it is the same.
std::vector<Question> questions_of_clause(const diff::Pair& pair, std::size_t at, const World& world,
                                          const Probe& probe) {
  Object live = *pair.from;
  Object desired = *pair.to;
  Clause from = take_apart(live.definition(pair.attribute).text);
  Clause to = take_apart(desired.definition(pair.attribute).text);
  model::definition_in(live[pair.attribute])->text = from.frame;
  model::definition_in(desired[pair.attribute])->text = to.frame;
  std::vector<Question> questions;
  if (from.expressions.size() != to.expressions.size() || !same_tree({&live, &desired, pair.attribute}, world))
    return questions;
  for (std::size_t i = 0; i < to.expressions.size(); ++i)
    questions.push_back({at, probe, std::move(to.expressions[i]), std::move(from.expressions[i])});
  return questions;
}

std::vector<Question> questions_of(const diff::Pair& pair, std::size_t at, const World& world) {
  const Probe probe = probe_of(pair, world);
  if (!probe.possible) return {};
  if (is_clause(pair.to->kind->attributes[pair.attribute].grammar)) return questions_of_clause(pair, at, world, probe);
  return {{at, probe, pair.to->definition(pair.attribute).text, pair.from->definition(pair.attribute).text}};
}

std::vector<Group> group_up(const std::vector<diff::Pair>& pairs, const World& world, std::vector<Answers>& answers) {
  std::map<std::string, Group> by_place;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const std::string& path = pairs[i].to->definition(pairs[i].attribute).search_path;
    for (Question& question : questions_of(pairs[i], i, world)) {
      const Probe& probe = question.probe;
      const std::string place = path + "\n" + (probe.whole_query ? std::to_string(i) : probe.from);
      Group& group = by_place[place];
      group.from = probe.from;
      group.path = path;
      group.whole_query = probe.whole_query;
      group.questions.push_back(std::move(question));
      ++answers[i].wanted;
    }
  }
  std::vector<Group> groups;
  for (auto& [place, group] : by_place) {
    group.name = "segue_probe_" + std::to_string(groups.size());
    groups.push_back(std::move(group));
  }
  return groups;
}

/// All views in one text; where that fails, one by one, and then question by question.
void create_views(std::vector<Group>& groups, const std::vector<diff::Pair>& pairs, Session& session) {
  constexpr std::size_t batch = 200;  // bounds what one failure costs
  std::vector<Group> pieces;
  for (std::size_t begin = 0; begin < groups.size(); begin += batch) {
    const std::size_t end = std::min(begin + batch, groups.size());
    std::string sql;
    for (std::size_t i = begin; i < end; ++i) sql += create_view(groups[i], pairs) + "\n";
    const bool all = attempt(session, sql);
    for (std::size_t i = begin; i < end; ++i) {
      groups[i].stands = all || attempt(session, create_view(groups[i], pairs));
      if (groups[i].stands || groups[i].questions.size() < 2) continue;
      for (std::size_t k = 0; k < groups[i].questions.size(); ++k) {
        Group piece = groups[i];
        piece.questions = {groups[i].questions[k]};
        piece.name += "_" + std::to_string(k);
        piece.stands = attempt(session, create_view(piece, pairs));
        if (piece.stands) pieces.push_back(std::move(piece));
      }
    }
  }
  groups.insert(groups.end(), pieces.begin(), pieces.end());
}

void judge_query(const Question& question, const std::string& printed, std::vector<Answers>& answers) {
  const auto asked = sql::parse_query(printed);
  const auto live = sql::parse_query(question.live);
  if (asked && live && tree_of(asked->node(), {}) == tree_of(live->node(), {})) ++answers[question.pair].equal;
}

void judge(const Group& group, const std::string& printed, std::vector<Answers>& answers) {
  for (const Question& question : group.questions) ++answers[question.pair].given;
  if (group.whole_query) return judge_query(group.questions.front(), printed, answers);
  const auto query = sql::parse_query(printed);
  if (!query) return;
  const sql::List targets = query->node().list("targetList");
  for (std::size_t i = 0; i < group.questions.size() && 2 * i + 1 < targets.size(); ++i) {
    const Question& question = group.questions[i];
    const std::string desired = tree_of(targets[2 * i]["val"], question.probe.homes);
    // what was printed is not always a fixed point: then the live text itself is what the file's has to become
    const bool fixed = kinds::storable(question.live) == question.live;
    bool same = fixed && desired == tree_of(targets[2 * i + 1]["val"], question.probe.homes);
    if (!same && (!fixed || question.probe.cast.empty())) {
      const auto live = sql::parse_expression(question.live);
      same = live && desired == tree_of(live->node(), question.probe.homes);
    }
    if (same) ++answers[question.pair].equal;
  }
}

/// Answers to queries over relations that will have other columns are none.
void forget_other_questions(const std::vector<diff::Pair>& pairs, const World& world, std::vector<bool>& equal,
                            std::vector<bool>& answered) {
  if (std::find(equal.begin(), equal.end(), true) == equal.end() || world.environment == nullptr) return;
  Expansion expansion(world);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const bool query = pairs[i].to->kind->attributes[pairs[i].attribute].grammar == model::Grammar::query;
    if (equal[i] && query && expansion.differs(pairs[i])) equal[i] = answered[i] = false;
  }
}

/// User code would run for temporary objects too (ORACLE: event triggers on DDL fire for them).
bool has_event_triggers(Session& session) {
  const auto rows = session.query(
      "SELECT FROM pg_catalog.pg_event_trigger WHERE evtenabled <> 'D' AND evtevent IN ('ddl_command_start', "
      "'ddl_command_end') LIMIT 1");
  return !rows || rows->size() > 0;
}

}  // namespace

std::vector<bool> ask(const std::vector<diff::Pair>& pairs, const World& world, Session& session,
                      std::vector<bool>& answered) {
  std::vector<bool> equal(pairs.size(), false);
  answered.assign(pairs.size(), false);
  if (has_event_triggers(session)) return equal;
  if (!session.execute("BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL lock_timeout = '2s'; "
                       "SET LOCAL statement_timeout = '30s'; "
                       "SET LOCAL check_function_bodies = off")) {
    (void)session.execute("ROLLBACK");
    return equal;
  }
  std::vector<Answers> answers(pairs.size());
  std::vector<Group> groups = group_up(pairs, world, answers);
  create_views(groups, pairs, session);
  if (session.execute("SET LOCAL search_path = pg_catalog, pg_temp")) {
    const auto rows = session.query(
        "SELECT c.relname, pg_catalog.pg_get_viewdef(c.oid) FROM pg_catalog.pg_class c WHERE c.relnamespace = "
        "pg_catalog.pg_my_temp_schema() AND c.relkind = 'v'");
    std::map<std::string, std::string> printed;
    for (std::size_t i = 0; rows && i < rows->size(); ++i)
      printed[rows->at(i, 0).value_or("")] = rows->at(i, 1).value_or("");
    for (const Group& group : groups) {
      const auto found = printed.find(group.name);
      if (group.stands && found != printed.end()) judge(group, found->second, answers);
    }
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      answered[i] = answers[i].wanted > 0 && answers[i].given == answers[i].wanted;
      equal[i] = answered[i] && answers[i].equal == answers[i].wanted;
    }
    ask_made(pairs, world, session, equal, answered);
  }
  forget_other_questions(pairs, world, equal, answered);
  (void)session.execute("ROLLBACK");
  return equal;
}

}  // namespace segue::same
