#include "base/quote.h"
#include "report/common.h"
#include "report/escape.h"
#include "report/report.h"

namespace segue::report {
namespace {

constexpr const char* style_sheet =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1c1c1c;"
    "background:#fff}h1{font-size:1.4rem}h2{font-size:1.05rem;margin:2rem 0 .5rem;font-family:ui-monospace,monospace}"
    "article{border-left:4px solid #b58900;padding:.2rem .9rem;margin:.8rem 0}article.add{border-color:#2e7d32}"
    "article.drop{border-color:#c62828}pre{background:#f5f5f5;padding:.6rem;overflow-x:auto}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 .8rem;margin:.4rem 0}dt{color:#666}dd{margin:0}"
    ".hazard{color:#c62828;font-weight:600}small{color:#666}"
    "@media(prefers-color-scheme:dark){body{background:#161616;color:#e4e4e4}pre{background:#242424}"
    "dt,small{color:#9a9a9a}.hazard{color:#ff8a80}}";

std::string tagged(const std::string& tag, const std::string& text) {
  return "<" + tag + ">" + html_escape(text) + "</" + tag + ">";
}

std::string row(const std::string& name, const std::string& value) {
  return value.empty() ? "" : tagged("dt", name) + tagged("dd", value);
}

std::string pre(const std::vector<std::string>& sql) {
  std::string body;
  for (const std::string& statement : sql) body += terminated(statement) + "\n";
  return tagged("pre", body);
}

std::string step_html(const plan::Step& step) {
  const char sign = mark(step.verb);
  const std::string look = sign == '+' ? "add" : sign == '-' ? "drop" : "change";
  std::string out = "<article class=\"" + look + "\" id=\"" + html_escape(step.id) + "\">\n";
  std::string sources;
  for (const plan::Part& part : parts_of(step)) {
    out += "<strong>" + html_escape(std::string(1, mark(part.verb)) + " " + part.object) + "</strong> " +
           html_escape(part.reason) + " <small>" + html_escape(step.id) + "</small>\n";
    const std::string source = source_of(part.source);
    if (!source.empty()) sources += (sources.empty() ? "" : ", ") + source;
  }
  out += pre(step.sql) + "\n<dl>";
  out += row("lock", lock_sentence(step)) + row("search_path", step.search_path);
  if (!step.hazards.empty()) {
    out += "<dt>hazard</dt><dd class=\"hazard\">" + html_escape(hazard_sentence(step)) + "</dd>";
  }
  out += row("way back", way_back(step)) + row("source", sources) + "</dl>\n";
  if (!step.inverse.sql.empty())
    out += "<details><summary>SQL of the way back</summary>" + pre(step.inverse.sql) + "</details>\n";
  return out + "</article>\n";
}

std::string list_html(const std::string& title, const std::vector<std::string>& items) {
  if (items.empty()) return {};
  std::string out = tagged("h2", title) + "\n<ul>\n";
  for (const std::string& item : items) out += tagged("li", item) + "\n";
  return out + "</ul>\n";
}

}  // namespace

std::string html(const plan::Plan& plan) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
  out += tagged("title", "segue plan " + short_id(plan)) + "\n<style>" + style_sheet + "</style>\n</head>\n<body>\n";
  out += tagged("h1", headline(plan)) + "\n" + tagged("small", "plan " + plan.id) + "\n";
  std::vector<std::string> hazards;
  for (const HazardUse& use : hazards_of(plan)) {
    std::vector<std::string> steps;
    for (const plan::Step* step : use.steps) steps.push_back(step->id + " " + step->object);
    hazards.push_back(use.hazard + ": " + join(steps, ", "));
  }
  std::vector<std::string> unmodelled;
  for (const plan::Unmodelled& one : plan.body.unmodelled) unmodelled.push_back(one.object + " " + one.note);
  out += list_html("Hazards, each to be allowed before apply runs anything", hazards);
  out += list_html("Warnings", plan.body.warnings);
  out += list_html("Not modelled by segue, and left alone", unmodelled);
  for (const Group& group : groups_of(plan)) {
    out += "<section>\n" + tagged("h2", group.title) + "\n";
    for (const plan::Step* step : group.steps) out += step_html(*step);
    out += "</section>\n";
  }
  out += list_html("Notes", remarks_of(plan));
  return out + "</body>\n</html>\n";
}

}  // namespace segue::report
