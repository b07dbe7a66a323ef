#include "plan/waiting.h"

#include <algorithm>
#include <unordered_set>

namespace segue::plan {

Waiting::Waiting(const std::vector<Draft>& drafts, const Graph& graph)
    : drafts_(drafts), graph_(graph), of_(graph.size()) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (const std::size_t change : drafts[i].changes) of_[change].push_back(i);
  }
}

std::vector<std::size_t> Waiting::before(std::size_t draft) const {
  std::vector<std::size_t> found;
  std::unordered_set<std::size_t> seen;
  std::vector<std::size_t> open;
  const auto look_before = [&](std::size_t change) {
    for (const std::size_t other : graph_.before(change)) {
      if (seen.insert(other).second) open.push_back(other);
    }
  };
  for (const std::size_t change : drafts_[draft].changes) {
    for (const std::size_t other : of_[change]) {
      if (other < draft) found.push_back(other);
    }
    look_before(change);
  }
  while (!open.empty()) {
    const std::size_t change = open.back();
    open.pop_back();
    const std::vector<std::size_t>& places = of_[change];
    if (places.empty()) look_before(change);
    const bool runs_together = std::find(places.begin(), places.end(), draft) != places.end();
    if (!runs_together) found.insert(found.end(), places.begin(), places.end());
  }
  return found;
}

std::optional<std::pair<std::size_t, std::size_t>> runs_too_early(const std::vector<Draft>& drafts,
                                                                  const Graph& graph) {
  const Waiting waiting(drafts, graph);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    for (const std::size_t other : waiting.before(i)) {
      if (other > i) return std::pair(drafts[other].changes.front(), drafts[i].changes.front());
    }
  }
  return std::nullopt;
}

}  // namespace segue::plan
