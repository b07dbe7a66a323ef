#include "plan/online.h"

#include <algorithm>
#include <unordered_map>

namespace segue::plan {
namespace {

/// When a draft can run: transactions at even times, what stands apart at odd ones.
class Times {
 public:
  Times(const std::vector<Draft>& drafts, const Graph& graph) : drafts_(drafts), graph_(graph), at_(drafts.size()) {
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      for (const std::size_t change : drafts[i].changes) first_of_.try_emplace(change, i);
    }
    for (std::size_t i = 0; i < drafts.size(); ++i) at_[i] = time_of(i);
  }
  std::size_t operator[](std::size_t draft) const { return at_[draft]; }

 private:
  std::size_t time_of(std::size_t draft) const {
    std::size_t time = 0;
    const auto behind = [&](std::size_t other) {
      if (other < draft) time = std::max(time, at_[other]);
    };
    for (const std::size_t change : drafts_[draft].changes) {
      behind(first_of_.at(change));  // the second step of a change waits for the first
      for (const std::size_t before : graph_.before(change)) {
        const auto other = first_of_.find(before);
        if (other != first_of_.end()) behind(other->second);
      }
    }
    const bool odd = time % 2 == 1;
    return odd == !drafts_[draft].apart.empty() ? time : time + 1;
  }

  const std::vector<Draft>& drafts_;
  const Graph& graph_;
  std::unordered_map<std::size_t, std::size_t> first_of_;
  std::vector<std::size_t> at_;
};

}  // namespace

std::vector<Group> cut_into_groups(std::vector<Draft>& drafts, const Graph& graph) {
  const auto stands_apart = [](const Draft& draft) { return !draft.apart.empty(); };
  if (std::none_of(drafts.begin(), drafts.end(), stands_apart)) return {};
  const Times times(drafts, graph);
  std::vector<std::size_t> order(drafts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return times[a] < times[b]; });

  std::vector<Group> groups;
  std::vector<Draft> ordered;
  for (std::size_t i = 0; i < order.size(); ++i) {
    Draft& draft = drafts[order[i]];
    const bool apart = stands_apart(draft);
    const bool begins = i == 0 || apart || times[order[i]] != times[order[i - 1]];
    if (begins) {
      const std::string reason = apart ? draft.apart : "waits for what stands apart before it";
      groups.push_back({i == 0 && !apart ? "" : reason, !draft.step.alone});
    }
    draft.step.group = static_cast<int>(groups.size());
    ordered.push_back(std::move(draft));
  }
  drafts = std::move(ordered);
  return groups;
}

}  // namespace segue::plan
