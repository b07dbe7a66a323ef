#include "exec/way_back.h"

#include <vector>

#include "exec/retained.h"
#include "plan/plan_file.h"

namespace segue::exec {
namespace {

std::string steps(std::size_t number) { return std::to_string(number) + (number == 1 ? " step" : " steps"); }

}  // namespace

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

Result<std::string> way_back(Session& session, const std::string& plan_file) {
  if (plan_file.empty()) return std::string("can be taken back with its plan file alone");
  const Result<plan::Plan> plan = plan::from_json(plan_file, "a plan of the history");
  if (!plan) return std::string("its plan cannot be read any more");
  std::size_t without = 0;
  std::size_t lossy = 0;
  for (const plan::Step& step : plan->body.steps) {
    if (step.inverse.fidelity == "none") ++without;
    if (step.inverse.fidelity == "loses data") ++lossy;
  }
  const Result<std::size_t> gone = purged(session, *plan);
  if (!gone) return gone.failure();
  if (without > 0) return steps(without) + " without a way back";
  if (*gone > 0) return std::string("what it kept was purged: no way back");
  if (lossy > 0) return "can be taken back; " + steps(lossy) + (lossy == 1 ? " loses" : " lose") + " data";
  return std::string("can be taken back in full");
}

}  // namespace segue::exec
