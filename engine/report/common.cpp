#include "report/common.h"

#include <algorithm>
#include <map>

#include "base/quote.h"
#include "report/report.h"

namespace segue::report {
namespace {

/// The object's name: its key without the kind before it.
std::string name_in(const plan::Step& step) {
  const std::string prefix = step.kind + " ";
  return step.object.rfind(prefix, 0) == 0 ? step.object.substr(prefix.size()) : step.object;
}

bool belongs_to(const std::string& name, const std::string& owner) {
  return owner.find('.') != std::string::npos && name.size() > owner.size() && name.rfind(owner, 0) == 0 &&
         name[owner.size()] == '.';
}

/// The relation that it is about, or the shortest name among the plan's that this one lies under, or its own.
std::string title_of(const plan::Step& step, const std::vector<std::string>& names) {
  if (!step.relation.empty()) return step.relation;
  std::string title = name_in(step);
  for (const std::string& name : names) {
    if (belongs_to(title, name)) title = name;
  }
  return title;
}

/// Whether the file accepts a hazard of the step.
bool is_allowed(const plan::Step& step, const std::string& hazard) {
  return std::find(step.allowed.begin(), step.allowed.end(), hazard) != step.allowed.end();
}

}  // namespace

char mark(plan::Verb verb) {
  switch (verb) {
    case plan::Verb::create:
      return '+';
    case plan::Verb::drop:
      return '-';
    case plan::Verb::alter:
    case plan::Verb::replace:
    case plan::Verb::rename:
      break;
  }
  return '~';
}

std::string count(std::size_t number, const std::string& noun) {
  return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string lock_sentence(const plan::Step& step) {
  std::string out;
  if (!step.lock.mode.empty()) {
    out = step.lock.mode;
    if (!step.lock.relations.empty()) out += " on " + join(step.lock.relations, ", ");
  }
  if (step.rewrites) out += (out.empty() ? "" : "; ") + std::string("writes the whole table anew");
  if (step.scans) out += (out.empty() ? "" : "; ") + std::string("reads the whole table");
  return out;
}

std::string hazard_sentence(const plan::Step& step) {
  std::vector<std::string> words;
  for (const std::string& hazard : step.hazards) {
    words.push_back(hazard + (is_allowed(step, hazard) ? " (allowed)" : ""));
  }
  return join(words, ", ");
}

std::string group_of(const plan::Plan& plan, const plan::Step& step) {
  const std::vector<plan::Group>& groups = plan.body.groups;
  if (step.group < 1 || static_cast<std::size_t>(step.group) > groups.size()) return "";
  return "group " + std::to_string(step.group) + " of " + std::to_string(groups.size()) +
         (groups[static_cast<std::size_t>(step.group) - 1].in_transaction ? "" : ", in no transaction");
}

std::string group_sentence(const plan::Plan& plan, const plan::Step& step) {
  const std::string group = group_of(plan, step);
  if (group.empty()) return "";
  const std::string& reason = plan.body.groups[static_cast<std::size_t>(step.group) - 1].reason;
  return group + (reason.empty() ? "" : ": " + reason);
}

std::string way_back(const plan::Step& step) {
  const plan::Inverse& inverse = step.inverse;
  return inverse.fidelity + (inverse.reason.empty() ? "" : " (" + inverse.reason + ")");
}

std::string source_of(const plan::Source& source) {
  if (source.file.empty()) return {};
  return source.file + (source.line > 0 ? ":" + std::to_string(source.line) : "");
}

std::vector<plan::Part> parts_of(const plan::Step& step) {
  if (!step.parts.empty()) return step.parts;
  return {{step.object, step.kind, step.verb, step.reason, step.source}};
}

std::vector<Group> groups_of(const plan::Plan& plan) {
  std::vector<std::string> names;
  for (const plan::Step& step : plan.body.steps) names.push_back(name_in(step));
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<Group> groups;
  std::map<std::string, std::size_t> index;
  for (const plan::Step& step : plan.body.steps) {
    const auto [found, is_new] = index.emplace(title_of(step, names), groups.size());
    if (is_new) groups.push_back({found->first, {}});
    groups[found->second].steps.push_back(&step);
  }
  return groups;
}

std::vector<HazardUse> hazards_of(const plan::Plan& plan) {
  std::map<std::string, std::vector<const plan::Step*>> uses;
  for (const plan::Step& step : plan.body.steps) {
    for (const std::string& hazard : step.hazards) {
      if (!is_allowed(step, hazard)) uses[hazard].push_back(&step);
    }
  }
  std::vector<HazardUse> out;
  out.reserve(uses.size());
  for (auto& [hazard, steps] : uses) out.push_back({hazard, std::move(steps)});
  return out;
}

std::vector<std::string> remarks_of(const plan::Plan& plan) {
  std::vector<std::string> out;
  if (plan.hand_edited) out.emplace_back("This plan was edited by hand and sealed again.");
  if (plan.observed.not_ours > 0) {
    out.push_back(count(static_cast<std::size_t>(plan.observed.not_ours), "object") +
                  " of the database that the schema does not name " + (plan.observed.not_ours == 1 ? "was" : "were") +
                  " left alone (--scope " + plan.body.scope + ").");
  }
  for (const std::string& pattern : plan.body.exclude) out.push_back("Left alone: --exclude " + pattern + ".");
  for (const auto& [what, size] : plan.body.assumptions) out.push_back("Assumed: " + what + " is " + size + ".");
  int group = 0;
  for (const plan::Step& step : plan.body.steps) {
    if (step.group == group) continue;
    group = step.group;
    if (const std::string sentence = group_sentence(plan, step); !sentence.empty())
      out.push_back("From " + step.id + " on, " + sentence + ".");
  }
  for (const std::string& note : plan.observed.notes) out.push_back(note);
  return out;
}

// A statement may end in a comment to the end of its line. Whether two dashes stand in a string or not does not matter:
// a line break before the semicolon is right in both cases.
std::string terminated(const std::string& statement) {
  const std::size_t line = statement.rfind('\n');
  const std::size_t begin = line == std::string::npos ? 0 : line + 1;
  const bool comment = statement.find("--", begin) != std::string::npos;
  return statement + (comment ? "\n;" : ";");
}

std::string headline(const plan::Plan& plan) {
  if (plan.empty()) return "No changes. The database matches the schema.";
  const plan::Summary summary = plan.summary();
  return "Plan: " + std::to_string(summary.add) + " to add, " + std::to_string(summary.change) + " to change, " +
         std::to_string(summary.drop) + " to drop";
}

std::string short_id(const plan::Plan& plan) { return plan.id.substr(0, 12); }

std::string summary_line(const plan::Plan& plan) { return headline(plan); }

}  // namespace segue::report
