#include "notes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "base/quote.h"
#include "exec/preflight.h"
#include "kinds/cluster_names.h"
#include "kinds/kinds.h"
#include "scope.h"
#include "sql/lexer.h"

namespace segue {

using model::Object;

namespace {

/// datetime.c datetktbl: words that mean another moment at another time; "" where the text is none of them.
/// DecodeDateTime passes over parentheses.
std::string moment_in(const std::string& expression) {
  static constexpr std::array moments = {"now", "today", "tomorrow", "yesterday"};
  const std::vector<sql::Token> tokens = sql::tokens(expression);
  if (tokens.empty() || tokens.front().kind != sql::TokenKind::string) return {};
  std::string word;
  for (const char c : tokens.front().text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (c != '\'' && c != '(' && c != ')' && c != ' ')
      return {};
  }
  const bool is_moment = std::find(moments.begin(), moments.end(), word) != moments.end();
  return is_moment ? std::string(tokens.front().text) : "";
}

/// Whether values of the column are read as moments.
bool is_of_time(const Object* column) {
  if (column == nullptr || column->kind != &kinds::column) return false;
  const std::string& type = column->text(model::attribute(kinds::column, "type"));
  return type.starts_with("time") || type == "date";
}

}  // namespace

void describe_rest(const source::Desired& desired, const catalog::Live& live, const PlanRequest& request,
                   plan::Body& body) {
  for (const source::Note& note : desired.unmodelled) body.unmodelled.push_back({note.object, note.text});
  for (const catalog::Note& note : live.unmodelled) {
    if (!is_excluded(note.object.substr(note.object.rfind(' ') + 1), request.exclude))
      body.unmodelled.push_back({note.object, note.text});
  }
  for (const Diagnostic& warning : desired.warnings) {
    body.warnings.push_back(warning.where.file + ":" + std::to_string(warning.where.line) + ": " + warning.what + "; " +
                            warning.hint);
  }
  if (desired.ignored_data > 0) {
    body.warnings.push_back(std::to_string(desired.ignored_data) +
                            (desired.ignored_data == 1 ? " statement or line" : " statements or lines") +
                            " of the schema file fill tables or query them; segue manages no data and left them out");
  }
}

namespace {

void warn_of_moments(const model::Schema& desired, plan::Body& body) {
  for (const plan::Step& step : body.steps) {
    for (const std::string& key : step.changes) {
      const Object* object = desired.find(key);
      if (object == nullptr || object->kind != &kinds::column_default || !is_of_time(desired.find(object->parent)))
        continue;
      const std::string moment = moment_in(object->definition(0).text);
      if (moment.empty()) continue;
      body.warnings.push_back(key + ": " + moment +
                              " is the time at which the statement runs, once and for all; write now() or CURRENT_DATE "
                              "for that at which a row comes");
    }
  }
}

void observe_sizes(const std::map<std::string, catalog::Size>& sizes, plan::Plan& plan) {
  for (const plan::Step& step : plan.body.steps) {
    for (const std::string& relation : step.lock.relations) {
      const auto size = sizes.find(relation);
      if (size == sizes.end()) continue;
      plan.observed.rows[relation] = size->second.rows;
      plan.observed.bytes[relation] = size->second.bytes;
    }
  }
}

void note_rows_in_the_way(Session& session, plan::Plan& plan) {
  std::vector<const plan::Step*> steps;
  for (const plan::Step& step : plan.body.steps) steps.push_back(&step);
  const exec::Preflighted looked = exec::rows_in_the_way(session, steps, {.limit_ms = 2000, .cost_limit = 1'000'000});
  for (const exec::InTheWay& found : looked.in_the_way)
    plan.observed.notes.push_back("It would fail on rows that exist: " + exec::describe(found));
  for (const exec::NotLookedAt& open : looked.not_looked_at)
    plan.observed.notes.push_back("It may fail on rows that exist: " + exec::describe(open));
}

/// What the plan names, each with an object that does.
using Named = std::map<std::string, std::string>;

/// Roles, or tablespaces.
struct ClusterKind {
  std::string word;
  std::string known;      ///< the query for those that are there
  std::string statement;  ///< that makes one, up to its name and behind it
  std::string rest;
};

void note_missing(Session& session, const ClusterKind& kind, Named named, plan::Plan& plan) {
  if (named.empty()) return;
  const auto known = session.query(kind.known);
  if (!known) return;  // the server says it when the step runs
  for (std::size_t i = 0; i < known->size(); ++i) named.erase(known->at(i, 0).value_or(""));
  for (const auto& [name, key] : named) {
    plan.observed.notes.push_back("This server has no " + kind.word + " " + name + ", which " + key +
                                  " needs. It belongs to the cluster, and an administrator would make it: " +
                                  kind.statement + quote_identifier(name) + kind.rest + ";");
  }
}

void note_missing_of_cluster(Session& session, const model::Schema& desired, plan::Plan& plan) {
  Named roles;
  Named tablespaces;
  for (const plan::Step& step : plan.body.steps) {
    for (const std::string& key : step.changes) {
      const Object* object = desired.find(key);
      if (object == nullptr) continue;
      kinds::ClusterNames names;
      kinds::add_cluster_names(*object, names);
      for (const std::string& role : names.roles) roles.emplace(role, key);
      for (const std::string& tablespace : names.tablespaces) tablespaces.emplace(tablespace, key);
    }
  }
  const ClusterKind role{"role", "SELECT r.rolname FROM pg_catalog.pg_roles r", "CREATE ROLE ", ""};
  note_missing(session, role, std::move(roles), plan);
  const ClusterKind tablespace{"tablespace", "SELECT t.spcname FROM pg_catalog.pg_tablespace t", "CREATE TABLESPACE ",
                               " LOCATION '…'"};
  note_missing(session, tablespace, std::move(tablespaces), plan);
}

}  // namespace

void note_on_steps(Session* session, const model::Schema& desired, const std::map<std::string, catalog::Size>& sizes,
                   plan::Plan& plan) {
  warn_of_moments(desired, plan.body);
  observe_sizes(sizes, plan);
  if (session == nullptr) return;
  note_rows_in_the_way(*session, plan);
  note_missing_of_cluster(*session, desired, plan);
}

}  // namespace segue
