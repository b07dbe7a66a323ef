// A saved plan: its seal, whether it was applied, whether it is stale, and whether it can still be taken back.
#include <algorithm>

#include "exec/doctor.h"
#include "exec/history.h"
#include "exec/job.h"
#include "exec/way_back.h"
#include "plan/plan_file.h"

namespace segue::exec {
namespace {

/// A file's name as a word of the shell.
std::string shell_word(const std::string& name) {
  const bool plain = !name.empty() && name.front() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-./").find(c) != std::string_view::npos;
  });
  if (plain) return name;
  std::string out = "'";
  for (const char c : name) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// What the database says about the plan.
struct Seen {
  std::optional<AppliedPlan> applied;
  Differences from_start;  ///< from what it read: empty where it can be applied
  Differences from_end;    ///< from what it leaves: empty where it can be taken back
  WayBack way_back;
  bool is_applied() const { return applied && !applied->undone; }
};

Result<Seen> look(Session& session, const plan::Plan& plan, Inspector& inspector) {
  Result<std::optional<AppliedPlan>> applied = find_applied(session, plan.id);
  if (!applied) return applied.failure();
  const Result<Snapshot> now = inspector.snapshot(session, plan.body);
  if (!now) return now.failure();
  Seen seen;
  seen.applied = std::move(*applied);
  seen.from_start = differs_from_read(plan.body, *now, false);
  seen.from_end = differs_from_left(plan.body, seen.is_applied() ? &seen.applied->left : nullptr, *now);
  // rows may be asked for where the schema is the one that the questions speak of
  const bool is_there = seen.is_applied() || (seen.from_end.empty() && !seen.from_start.empty());
  Result<WayBack> way = look_at_way_back(session, plan, is_there);
  if (!way) return way.failure();
  seen.way_back = std::move(*way);
  return seen;
}

PlanStanding standing_of(const std::string& name, const plan::Plan& plan, const Seen& seen) {
  PlanStanding standing;
  standing.name = name;
  standing.id = plan.id;
  standing.hand_edited = plan.hand_edited;
  if (seen.applied) standing.applied = "on " + seen.applied->applied_at + " by " + seen.applied->who;
  standing.undone = seen.applied && seen.applied->undone;
  standing.can_be_applied = seen.from_start.empty() && !plan.empty();
  standing.can_be_rolled_back = seen.from_end.empty() && (seen.is_applied() || !seen.from_start.empty()) &&
                                !plan.empty() && seen.way_back.is_possible();
  standing.way_back = describe(seen.way_back);
  return standing;
}

Finding broken_seal(const std::string& name, const Diagnostic& error) {
  Finding finding;
  finding.code = "plan-file";
  finding.object = "file " + name;
  finding.what = error.what;
  finding.why = "Apply runs the statements of the file, so it refuses one that is not as it was reviewed.";
  finding.way_out = {{"Write it again from the schema, and review it.", "segue plan --out " + shell_word(name)},
                     {"Or, where the change is meant and was reviewed, seal it.", "segue seal " + shell_word(name)}};
  return finding;
}

Finding changed_since(const std::string& name, const PlanStanding& standing, const std::string& differences) {
  Finding finding;
  finding.code = "plan-cannot-go-back";
  finding.object = "file " + name;
  finding.what =
      "the plan was applied " + standing.applied + ", and what it had left was changed since: it cannot be rolled back";
  finding.why = "Rollback refuses (exit 4) rather than undo somebody else's work:\n" + differences;
  finding.way_out = {{"See all that differs from the schema file.", "segue check --schema schema.sql"},
                     {"Take the differences back by hand and roll back, or plan towards the schema that you want.",
                      "segue plan --schema schema.sql --out " + shell_word(name + ".next")}};
  return finding;
}

Finding unknown_to_history(const std::string& name) {
  Finding finding;
  finding.code = "history-lacks-plan";
  finding.object = "file " + name;
  finding.what = "the database is as the plan leaves it, and the history knows of no apply of it";
  finding.why =
      "The schema segue or its rows were removed, the database comes from a copy without it, or somebody did the same "
      "by hand. segue then does not know that the objects are its to change and drop.";
  finding.way_out = {
      {"Compare with the schema file; this should find nothing to do.", "segue plan --schema schema.sql"},
      {"Write down that the objects of the file are segue's: nothing else is changed.",
       "segue apply --schema schema.sql --yes"}};
  return finding;
}

Finding stale(const std::string& name, const std::string& differences) {
  Finding finding;
  finding.code = "plan-stale";
  finding.object = "file " + name;
  finding.what = "the plan is stale: the database is no longer as it was when the plan was made";
  finding.why = "Apply refuses it (exit 4), since nobody has reviewed what it would do now:\n" + differences;
  finding.way_out = {{"Plan again, and review it.", "segue plan --schema schema.sql --out " + shell_word(name)}};
  return finding;
}

Finding other_hashes(const std::string& name, const plan::Plan& plan) {
  Finding finding;
  finding.code = "plan-stale";
  finding.object = "file " + name;
  finding.what = "the plan describes the database with hashes of version " + std::to_string(plan.body.hash_version) +
                 ", and this segue compares version " + std::to_string(plan::hash_version);
  finding.why = "The two cannot be compared, so apply refuses it (exit 4).";
  finding.way_out = {{"Plan again, and review it.", "segue plan --schema schema.sql --out " + shell_word(name)}};
  return finding;
}

/// Whether what the history says, or that it says nothing, can be relied on.
Result<bool> history_can_be_asked(Session& session, const Examination& examination) {
  const bool in_doubt = std::any_of(examination.findings.begin(), examination.findings.end(), [](const Finding& one) {
    return one.code == "foreign-schema" || one.code == "history-incomplete" || one.code == "history-format";
  });
  if (in_doubt) return false;
  const Result<HistoryState> state = history_state(session);
  if (!state) return state.failure();
  return *state == HistoryState::absent || *state == HistoryState::ours;
}

}  // namespace

Status examine_plan(Session& session, const std::string& name, std::string_view text, Inspector& inspector,
                    Examination& examination) {
  const Result<plan::Plan> plan = plan::from_json(text, name);
  if (!plan) {
    examination.findings.push_back(broken_seal(name, plan.error()));
    return done();
  }
  if (plan->body.hash_version != plan::hash_version) {
    examination.findings.push_back(other_hashes(name, *plan));
    return done();
  }
  const Result<bool> can_ask = history_can_be_asked(session, examination);
  if (!can_ask) return can_ask.failure();
  if (!*can_ask) {
    examination.notes.push_back(name +
                                ": its seal is right; where it stands is not known, since the history cannot be "
                                "asked");
    return done();
  }
  const Result<Seen> seen = look(session, *plan, inspector);
  if (!seen) return seen.failure();
  const PlanStanding standing = standing_of(name, *plan, *seen);
  examination.plan = standing;
  if (seen->is_applied() && !seen->from_end.empty()) {
    examination.findings.push_back(changed_since(name, standing, list(seen->from_end, inspector)));
  } else if (!seen->is_applied() && !seen->from_start.empty()) {
    const bool is_there = seen->from_end.empty() && !plan->empty();
    examination.findings.push_back(is_there ? unknown_to_history(name)
                                            : stale(name, list(seen->from_start, inspector)));
  }
  return done();
}

}  // namespace segue::exec
