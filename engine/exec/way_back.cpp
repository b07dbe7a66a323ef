#include "exec/way_back.h"

#include "base/quote.h"
#include "exec/retained.h"
#include "plan/plan_file.h"

namespace segue::exec {
namespace {

// Nobody waits for a listing as long as for a rollback: the limits are those of planning.
constexpr PreflightOptions soon = {.reviewed = true, .limit_ms = 2000, .cost_limit = 1'000'000, .way_back = true};

std::string ids(const std::vector<const plan::Step*>& steps) {
  std::vector<std::string> all;
  for (const plan::Step* step : steps) all.push_back(step->id);
  return join(all, ", ");
}

std::string rows(const std::vector<InTheWay>& found, const std::string& verb) {
  std::vector<std::string> all;
  for (const InTheWay& one : found) all.push_back(one.step->id + " " + verb + " " + one.count + " " + one.check->what);
  return join(all, "; ");
}

Result<std::size_t> purged(Session& session, const plan::Plan& plan) {
  std::size_t gone = 0;
  for (const plan::Step& step : plan.body.steps) {
    for (const plan::Retained& one : step.retained) {
      const Result<bool> there = is_still_kept(session, one.relation);
      if (!there) return there.failure();
      if (!*there) ++gone;
    }
  }
  return gone;
}

void look_at_rows(Session& session, const plan::Plan& plan, WayBack& way) {
  const std::vector<const plan::Step*> steps = steps_of(plan);
  Preflighted refusing = rows_in_the_way(session, steps, soon);
  Preflighted losing = values_left_behind(session, steps, soon);
  way.refused_by = std::move(refusing.in_the_way);
  way.lost = std::move(losing.in_the_way);
  way.all_looked_at = refusing.not_looked_at.empty() && losing.not_looked_at.empty();
}

}  // namespace

Result<WayBack> look_at_way_back(Session& session, const plan::Plan& plan, bool applied) {
  WayBack way;
  for (const plan::Step& step : plan.body.steps) {
    if (step.inverse.fidelity == "none") way.none.push_back(&step);
    if (step.inverse.fidelity == "loses data") way.lossy.push_back(&step);
  }
  if (!applied) return way;
  const Result<std::size_t> gone = purged(session, plan);
  if (!gone) return gone.failure();
  way.purged = *gone;
  if (way.is_possible()) look_at_rows(session, plan, way);
  return way;
}

std::string describe(const WayBack& way) {
  if (way.purged > 0) return "what it kept was purged";
  if (!way.none.empty()) return "steps that cannot be undone: " + ids(way.none);
  std::vector<std::string> said;
  if (!way.lossy.empty()) said.push_back("steps whose way back loses data: " + ids(way.lossy));
  if (!way.lost.empty()) said.push_back(rows(way.lost, "loses"));
  if (!way.refused_by.empty()) {
    said.push_back("a rollback would be refused: " + rows(way.refused_by, "meets") +
                   "; save what matters of these rows and delete them, or plan towards the old schema");
  }
  if (!way.all_looked_at)
    said.emplace_back("not all rows that may refuse a rollback, or be lost by it, were looked for");
  return said.empty() ? "each step has an exact way back" : join(said, "; ");
}

Result<std::string> way_back(Session& session, const std::string& plan_id, const std::string& plan_file) {
  if (plan_file.empty()) return std::string("can be taken back with its plan file alone");
  const Result<plan::Plan> plan = plan::from_json(plan_file, "a plan of the history");
  if (!plan) return std::string("its plan cannot be read any more");
  if (plan->id != plan_id) return std::string("its plan is not the one that was applied");
  const Result<WayBack> way = look_at_way_back(session, *plan, true);
  if (!way) return way.failure();
  if (way->is_full()) return std::string("can be taken back in full");
  if (way->purged > 0) return describe(*way) + ": no way back";
  return way->is_possible() ? "can be taken back; " + describe(*way) : describe(*way);
}

}  // namespace segue::exec
