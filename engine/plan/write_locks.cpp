// What a step locks, rewrites and reads, and the rows that may stand in its way.
#include <algorithm>
#include <iterator>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/update_effects.h"
#include "plan/locks.h"
#include "plan/write_step.h"

namespace segue::plan {

using model::Fragment;

void add_hazard(Step& step, const std::string& hazard) {
  if (std::find(step.hazards.begin(), step.hazards.end(), hazard) == step.hazards.end()) step.hazards.push_back(hazard);
}

Preflight preflight_of(const model::Obstacle& obstacle, const Step& step) {
  const auto counted = [&](const std::string& rows) {
    return "SELECT pg_catalog.count(*) FROM (SELECT " + obstacle.keys + " " + rows + ") rows";
  };
  return {.sql = counted(obstacle.rows),
          .list = "SELECT " + obstacle.keys + " " + obstacle.rows,
          .what = obstacle.what + " (" + step.object + ")",
          .hazard = hazard::may_fail_on_data,
          .relation = obstacle.relation,
          .runs_code = obstacle.runs_code,
          .sample = obstacle.sample.empty() ? "" : counted(obstacle.sample)};
}

namespace {

/// Whether the question may speak of something under a name that it gets by the plan: the rows cannot be looked for
/// before the rename has run.
bool may_name_renamed(const model::Obstacle& obstacle, const Renames& renames) {
  const std::string text = obstacle.keys + " " + obstacle.rows;
  return std::any_of(renames.steps.begin(), renames.steps.end(), [&](const Rename& rename) {
    return text.find(quote_identifier(rename.after.names[name_at(rename.after)])) != std::string::npos;
  });
}

}  // namespace

void StepWriter::add_obstacles(const Fragment& fragment, Step& step) {
  for (const model::Obstacle& obstacle : fragment.obstacles) {
    if (obstacle.rows.empty()) unknown_.insert(step.object + ": " + obstacle.what);
    if (obstacle.rows.empty() || may_name_renamed(obstacle, input_.renames)) continue;
    step.preflight.push_back(preflight_of(obstacle, step));
  }
}

/// A backfill is an UPDATE like any other.
void StepWriter::note_effects_of_filling(const Change& head, const std::vector<Fragment>& fragments) {
  const bool fills = std::any_of(fragments.begin(), fragments.end(),
                                 [](const Fragment& fragment) { return fragment.form == "UPDATE"; });
  if (!fills || head.to == nullptr || head.to->kind != &kinds::column) return;
  const std::vector<std::string> effects = kinds::effects_of_update(sides(head.from, head.to, false));
  if (effects.empty()) return;
  unknown_.insert(head.to->key + ": its rows are filled by an UPDATE of their table, and " + join(effects, ", and "));
}

/// What the choices rest on, and what they could not rest on.
void StepWriter::add_assumptions(Body& body) const {
  for (const std::string& relation : large_) body.assumptions[relation] = "large";
  body.warnings.insert(body.warnings.end(), unknown_.begin(), unknown_.end());
}

/// What the plan creates itself nobody waits for: its locks, rewrites and scans are not worth a word.
void StepWriter::add_locks(const std::vector<Fragment>& fragments, Step& step) {
  const auto raise = [&](const std::string& mode) {
    if (lock_level(mode) > lock_level(step.lock.mode)) step.lock.mode = mode;
  };
  for (const Fragment& fragment : fragments) {
    LockFact fact = lock_fact(fragment.form, input_.server_version);
    fact.scans = fact.scans || fragment.reads_rows;
    for (const std::string& hazard : fragment.hazards) add_hazard(step, hazard);
    if (!fragment.counts_loss.empty()) {
      add_hazard(step, hazard::deletes_data);
      const std::string& relation = fragment.relations.front();
      step.preflight.push_back(
          {fragment.counts_loss, "", "values of " + relation + " that would change", hazard::deletes_data, relation});
    }
    add_obstacles(fragment, step);
    if (fragment.relations.empty() && !fact.known) raise(fact.mode);
    if (step.relation.empty() && !fragment.relations.empty()) step.relation = fragment.relations.front();
    std::vector<std::string> standing;
    for (std::size_t i = 0; i < fragment.relations.size(); ++i) {
      const std::string& relation = fragment.relations[i];
      if (standing_.count(relation) == 0) continue;
      standing.push_back(relation);
      raise(i == 0 || fact.other_mode.empty() ? fact.mode : fact.other_mode);
      const auto& known = step.lock.relations;
      if (std::find(known.begin(), known.end(), relation) == known.end()) step.lock.relations.push_back(relation);
    }
    const bool on_standing =
        fact.read < fragment.relations.size() &&
        std::find(standing.begin(), standing.end(), fragment.relations[fact.read]) != standing.end();
    if (!on_standing) continue;
    const int level = lock_level(fact.read == 0 ? fact.mode : fact.other_mode);
    step.rewrites = step.rewrites || fact.rewrites;
    step.scans = step.scans || fact.scans;
    if (!input_.is_large || (!fact.rewrites && !fact.scans)) continue;
    std::copy_if(standing.begin(), standing.end(), std::inserter(large_, large_.end()), input_.is_large);
    if (std::none_of(standing.begin(), standing.end(), input_.is_large)) continue;
    if (fact.rewrites) add_hazard(step, hazard::rewrites_table);
    if (fact.scans && level == 8) add_hazard(step, hazard::blocks_reads);
    if (fact.scans && level >= 5) add_hazard(step, hazard::blocks_writes);
  }
}

/// What the definitions lock as they are read; what a stronger lock of the step is on says more than that.
void StepWriter::add_locks_of_texts(const Objects& members, Step& step) const {
  for (const model::Object* object : members) {
    if (!input_.locks || input_.to->find(object->key) != object) continue;
    for (const auto& [key, mode] : input_.locks(*object)) {
      const model::Object& locked = *input_.to->find(key);
      const std::string relation = quote_qualified(locked.names[0], locked.names[1]);
      if (standing_.count(relation) == 0 || lock_level(mode) < lock_level(step.lock.mode)) continue;
      step.lock.mode = mode;
      auto& relations = step.lock.relations;
      if (std::find(relations.begin(), relations.end(), relation) == relations.end()) relations.push_back(relation);
    }
  }
}

}  // namespace segue::plan
