#include "exec/preflight.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/quote.h"

namespace segue::exec {
namespace {

constexpr const char* few = "5";
constexpr double least_percent = 0.01;

/// Asks one step's questions, each in a transaction of its own that can do no more than read.
class Questions {
 public:
  Questions(Session& session, const PreflightOptions& options) : session_(session), options_(options) {}

  Result<Rows> ask(const std::string& sql, const std::vector<Parameter>& parameters = {}) {
    if (Result<Rows> begun = session_.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"); !begun) return begun;
    const Result<Rows> limited = session_.query("SELECT pg_catalog.set_config('statement_timeout', $1, true)",
                                                {std::to_string(options_.limit_ms)});
    Result<Rows> rows = limited ? session_.query(sql, parameters) : limited;
    if (Result<Rows> ended = session_.execute("ROLLBACK"); !ended) return ended;
    return rows;
  }

  /// What the server would have to do, by its own estimate; 0 where it cannot say.
  double cost_of(const std::string& sql) {
    const Result<Rows> rows = ask("EXPLAIN (FORMAT JSON) " + sql);
    if (!rows || rows->size() != 1) return 0;
    const auto tree = nlohmann::json::parse(rows->at(0, 0).value_or(""), nullptr, false);
    const auto cost = nlohmann::json::json_pointer("/0/Plan/Total Cost");
    return !tree.is_discarded() && tree.contains(cost) && tree.at(cost).is_number() ? tree.at(cost).get<double>() : 0;
  }

  std::vector<std::string> some_of(const plan::Preflight& check) {
    std::vector<std::string> some;
    if (check.list.empty()) return some;
    const Result<Rows> rows =
        ask("SELECT pg_catalog.left(f::pg_catalog.text, 200) FROM (" + check.list + " LIMIT " + few + ") f");
    for (std::size_t i = 0; rows && i < rows->size(); ++i) some.push_back(rows->at(i, 0).value_or(""));
    return some;
  }

 private:
  Session& session_;
  const PreflightOptions& options_;
};

/// "4200000", "0.5".
std::string short_number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, value < 10 ? "%.2g" : "%.0f", value);
  return text;
}

/// The answer of one question: a count; or the part of the rows that it is of, and why it is not of all of them.
struct Answer {
  std::optional<std::string> count;  ///< absent where nothing was counted
  std::string of_part = {};
  std::string why = {};
  bool lost = false;  ///< the connection is
};

/// A refusal by privileges is said; any other is of what the plan has yet to make, and the step itself decides.
Answer counted(const Result<Rows>& rows) {
  if (!rows) {
    const bool refused = rows.error().sqlstate == "42501";
    return {.count = {}, .why = refused ? rows.error().what : "", .lost = rows.error().code == ErrorCode::connection};
  }
  if (rows->size() != 1) return {};
  return {.count = rows->at(0, 0).value_or("0")};
}

Answer sampled(Questions& questions, const plan::Preflight& check, double percent, const std::string& why) {
  if (check.sample.empty()) return {.count = {}, .why = why};
  const std::string text = short_number(std::clamp(percent, least_percent, 100.0));
  Answer answer = counted(questions.ask(check.sample, {text}));
  if (answer.count) answer.of_part = "about " + text + " percent of " + check.relation;
  if (answer.why.empty()) answer.why = why;
  return answer;
}

Answer answered(Questions& questions, const plan::Preflight& check, const PreflightOptions& options) {
  const double cost = questions.cost_of(check.sql);
  if (cost > options.cost_limit) {
    return sampled(questions, check, 100 * options.cost_limit / cost,
                   "it would cost " + short_number(cost) + ", more than " + short_number(options.cost_limit));
  }
  const Result<Rows> rows = questions.ask(check.sql);
  const bool took_too_long = !rows && rows.error().sqlstate == "57014";
  if (!took_too_long) return counted(rows);
  return sampled(questions, check, 1, "it took longer than " + std::to_string(options.limit_ms) + " ms");
}

/// The answers to those questions that `is_asked` picks.
template <typename Picks>
Preflighted answers(Session& session, const std::vector<const plan::Step*>& steps, const PreflightOptions& options,
                    const Picks& is_asked) {
  Preflighted found;
  Questions questions(session, options);
  for (const plan::Step* step : steps) {
    for (const plan::Preflight& check : options.way_back ? step->inverse.preflight : step->preflight) {
      if (!is_asked(check) || (check.runs_code && !options.reviewed)) continue;
      const Answer answer = answered(questions, check, options);
      if (answer.lost) return found;
      if (answer.count.value_or("0") != "0")
        found.in_the_way.push_back({step, &check, *answer.count, questions.some_of(check), answer.of_part});
      else if (!answer.why.empty())
        found.not_looked_at.push_back({step, &check, answer.why, answer.of_part});
    }
  }
  return found;
}

}  // namespace

std::vector<const plan::Step*> steps_of(const plan::Plan& plan) {
  std::vector<const plan::Step*> steps;
  for (const plan::Step& step : plan.body.steps) steps.push_back(&step);
  return steps;
}

Preflighted rows_in_the_way(Session& session, const std::vector<const plan::Step*>& steps,
                            const PreflightOptions& options) {
  return answers(session, steps, options,
                 [](const plan::Preflight& check) { return check.hazard == plan::hazard::may_fail_on_data; });
}

// What has no list is not counted either: it only asks whether there are any.
Preflighted values_left_behind(Session& session, const std::vector<const plan::Step*>& steps,
                               const PreflightOptions& options) {
  return answers(session, steps, options, [](const plan::Preflight& check) {
    return check.hazard == plan::hazard::deletes_data && !check.list.empty();
  });
}

std::string describe(const InTheWay& found) {
  std::string text = found.step->id + "  " + found.count + " " + found.check->what;
  if (!found.of_part.empty()) text += ", in a sample of " + found.of_part;
  if (!found.some.empty()) text += "\n         " + join(found.some, ", ");
  return text + "\n         all of them: " + found.check->list + ";";
}

std::string describe(const NotLookedAt& open) {
  const std::string& what = open.check->what;
  const std::string looked =
      open.of_part.empty() ? what + " were not looked for"
                           : "a sample of " + open.of_part + " has no " + what + ", the others were not looked at";
  return open.step->id + "  " + looked + ": " + open.why + "; all of them: " + open.check->list + ";";
}

}  // namespace segue::exec
