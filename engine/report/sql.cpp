#include <algorithm>

#include "base/quote.h"
#include "report/common.h"
#include "report/escape.h"
#include "report/report.h"

namespace segue::report {
namespace {

std::string comment(const std::string& text) { return "-- " + one_line(text) + "\n"; }

std::string set_search_path(const std::string& path) {
  return "SELECT pg_catalog.set_config('search_path', " + quote_literal(path) + ", true);\n";
}

/// As apply does: a function may speak of what a later step makes.
std::string begin() {
  return "BEGIN ISOLATION LEVEL READ COMMITTED;\n" + set_search_path("") +
         "SET LOCAL lock_timeout = '3s';\nSET LOCAL check_function_bodies = off;\nSET LOCAL row_security = off;\n";
}

std::string statements(const std::vector<std::string>& sql, const std::string& search_path) {
  std::string out;
  if (!search_path.empty()) out += set_search_path(search_path);
  for (const std::string& statement : sql) out += terminated(statement) + "\n";
  if (!search_path.empty()) out += set_search_path("");
  return out;
}

std::string forward_step(const plan::Step& step) {
  std::string out;
  for (const plan::Part& part : parts_of(step)) {
    std::string head = step.id + " " + mark(part.verb) + " " + part.object;
    if (!part.reason.empty()) head += ": " + part.reason;
    if (const std::string source = source_of(part.source); !source.empty()) head += " (" + source + ")";
    out += comment(head);
  }
  if (const std::string lock = lock_sentence(step); !lock.empty()) out += comment("lock: " + lock);
  if (!step.hazards.empty()) out += comment("hazard: " + hazard_sentence(step));
  out += comment("way back: " + way_back(step));
  for (const std::string& name : step.secrets)
    out += comment("secret: write the value in the place of ${secret:" + name + "}");
  return out + statements(step.sql, step.search_path);
}

bool keeps_rows(const plan::Plan& plan) {
  return std::any_of(plan.body.steps.begin(), plan.body.steps.end(),
                     [](const plan::Step& step) { return !step.retained.empty(); });
}

/// Each group in its transaction, or in none.
std::string forward_body(const plan::Plan& plan) {
  std::string out;
  int group = 0;
  bool open = false;
  for (const plan::Step& step : plan.body.steps) {
    if (step.group != group) {
      if (open) out += "\nCOMMIT;\n";
      group = step.group;
      open = !step.alone;
      if (const std::string sentence = group_sentence(plan, step); !sentence.empty()) out += "\n" + comment(sentence);
      if (open) out += "\n" + begin();
      if (open && keeps_rows(plan)) out += "CREATE SCHEMA IF NOT EXISTS segue_retained;\n";
    }
    out += "\n" + forward_step(step);
  }
  return out + (open ? "\nCOMMIT;\n" : "");
}

std::string back_step(const plan::Step& step) {
  std::string out = comment(step.id + " taken back: " + step.object + ", " + way_back(step));
  if (step.inverse.fidelity == "none") {
    // An error of its own, so that the script rolls back rather than take back half of the plan.
    return out + "DO $$ BEGIN RAISE EXCEPTION 'this step cannot be taken back'; END $$;\n";
  }
  return out + statements(step.inverse.sql, step.inverse.search_path);
}

std::string back_body(const plan::Plan& plan) {
  std::string out = begin();
  for (auto step = plan.body.steps.rbegin(); step != plan.body.steps.rend(); ++step) out += "\n" + back_step(*step);
  return out + "\nCOMMIT;\n";
}

/// Every line behind dashes, so that none of it runs.
std::string commented(const std::string& script) {
  std::string out;
  std::size_t begin_of_line = 0;
  while (begin_of_line < script.size()) {
    const std::size_t end = std::min(script.find('\n', begin_of_line), script.size());
    const std::string line = script.substr(begin_of_line, end - begin_of_line);
    out += line.empty() ? "--\n" : comment(line);
    begin_of_line = end + 1;
  }
  return out;
}

std::string head(const plan::Plan& plan, const std::string& what) {
  std::string out = comment(what + " of segue plan " + plan.id);
  out += comment(headline(plan));
  if (plan.hand_edited) out += comment("This plan was edited by hand and sealed again.");
  out += comment(
      "Run it with: psql -X -v ON_ERROR_STOP=1 -f FILE. segue apply also checks the state before and after, "
      "and writes the history; this script does neither.");
  for (const plan::Unmodelled& one : plan.body.unmodelled)
    out += comment("not modelled: " + one.object + " " + one.note);
  for (const std::string& warning : plan.body.warnings) out += comment("warning: " + warning);
  return out;
}

std::string shown(const std::string& script, const Style& style) { return style.terminal ? printable(script) : script; }

}  // namespace

std::string sql(const plan::Plan& plan, const Style& style) {
  std::string out = head(plan, "The steps");
  if (plan.empty()) return shown(out, style);
  out += forward_body(plan) + "\n" + comment("The way back, in case it is needed later:") + commented(back_body(plan));
  return shown(out, style);
}

std::string rollback_sql(const plan::Plan& plan, const Style& style) {
  std::string out = head(plan, "The way back");
  if (!plan.empty()) out += "\n" + back_body(plan);
  return shown(out, style);
}

}  // namespace segue::report
