#include "base/quote.h"
#include "report/common.h"
#include "report/escape.h"
#include "report/report.h"

namespace segue::report {
namespace {

/// GitHub takes 65,536 characters in a comment; what comes after the budget (closing tags, notes) needs room too. We
/// count bytes, which are never fewer.
constexpr std::size_t budget = 64000;
constexpr std::size_t longest_statement = 20000;

std::string code(const std::string& text) { return "<code>" + markdown_escape(text) + "</code>"; }

/// Appends pieces while there is room, and counts the rest.
class Cut {
 public:
  explicit Cut(std::string& out) : out_(out) {}
  void add(const std::string& piece) {
    if (left_out_ == 0 && out_.size() + piece.size() <= budget) {
      out_ += piece;
    } else {
      ++left_out_;
    }
  }
  std::size_t left_out() const { return left_out_; }

 private:
  std::string& out_;
  std::size_t left_out_ = 0;
};

std::string left_out_note(std::size_t number, const std::string& noun) {
  if (number == 0) return {};
  return "\n*" + count(number, noun) +
         " more: cut here, since GitHub takes no longer comments. The plan file has "
         "everything.*\n";
}

std::string escaped_mark(plan::Verb verb) {
  return mark(verb) == '~' ? "&#126;" : mark(verb) == '+' ? "&#43;" : "&#45;";
}

std::string step_row(const plan::Step& step) {
  const std::string lock = lock_sentence(step);
  std::string rows;
  for (const plan::Part& part : parts_of(step)) {
    rows += "| " + markdown_escape(step.id) + " | " + escaped_mark(part.verb) + " | " + code(part.object) + " | " +
            markdown_escape(part.reason) + " | " + markdown_escape(lock.empty() ? "none" : lock) + " | " +
            markdown_escape(way_back(step)) + " |\n";
  }
  return rows;
}

std::string sql_of(const plan::Step& step, const std::vector<std::string>& sql) {
  std::string body;
  for (const std::string& statement : sql) body += terminated(statement) + "\n";
  if (body.size() > longest_statement) {
    body = "-- " + std::to_string(body.size()) + " bytes of SQL: see the plan file\n";
  }
  return markdown_escape(step.id) + " " + code(step.object) + "\n" + markdown_fence(body, "sql") + "\n";
}

void add_hazards(std::string& out, const plan::Plan& plan) {
  const std::vector<HazardUse> uses = hazards_of(plan);
  if (uses.empty()) return;
  out += "\n**Hazards**, each to be allowed before apply runs anything:\n\n| hazard | steps |\n|---|---|\n";
  Cut cut(out);
  for (const HazardUse& use : uses) {
    std::string steps;
    for (std::size_t i = 0; i < use.steps.size() && i < 10; ++i) {
      steps += (i == 0 ? "" : ", ") + markdown_escape(use.steps[i]->id) + " " + code(use.steps[i]->object);
    }
    if (use.steps.size() > 10) steps += " and " + std::to_string(use.steps.size() - 10) + " more";
    cut.add("| **" + markdown_escape(use.hazard) + "** | " + steps + " |\n");
  }
  out += left_out_note(cut.left_out(), "hazard");
}

void add_list(std::string& out, const std::string& title, const std::vector<std::string>& items) {
  if (items.empty()) return;
  out += "\n" + title + "\n\n";
  Cut cut(out);
  for (const std::string& item : items) cut.add("- " + markdown_escape(item) + "\n");
  out += left_out_note(cut.left_out(), "line");
}

void add_details(std::string& out, const std::string& title, const std::vector<std::string>& pieces) {
  out += "\n<details><summary>" + title + "</summary>\n\n";
  Cut cut(out);
  for (const std::string& piece : pieces) cut.add(piece);
  out += left_out_note(cut.left_out(), "step") + "\n</details>\n";
}

void add_steps(std::string& out, const plan::Plan& plan) {
  if (plan.empty()) return;
  add_hazards(out, plan);
  out += "\n| step | | object | why | lock | way back |\n|---|---|---|---|---|---|\n";
  Cut cut(out);
  for (const plan::Step& step : plan.body.steps) cut.add(step_row(step));
  out += left_out_note(cut.left_out(), "step");
  std::vector<std::string> forward;
  std::vector<std::string> back;
  for (const plan::Step& step : plan.body.steps) forward.push_back(sql_of(step, step.sql));
  for (auto step = plan.body.steps.rbegin(); step != plan.body.steps.rend(); ++step) {
    back.push_back(sql_of(*step, step->inverse.sql));
  }
  add_details(out, "SQL", forward);
  add_details(out, "The way back", back);
}

}  // namespace

std::string markdown(const plan::Plan& plan) {
  std::string out = "### " + headline(plan) + "\n";
  std::vector<std::string> unmodelled;
  for (const plan::Unmodelled& one : plan.body.unmodelled) unmodelled.push_back(one.object + " " + one.note);
  add_list(out, "**Warnings**", plan.body.warnings);
  add_list(out, "**Not modelled by segue, and left alone**", unmodelled);
  add_steps(out, plan);
  add_list(out, "**Notes**", remarks_of(plan));
  out += "\n<sub>plan " + markdown_escape(plan.id) + "</sub>\n";
  return out;
}

}  // namespace segue::report
