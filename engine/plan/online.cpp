#include "plan/online.h"

#include <algorithm>

#include "plan/waiting.h"

namespace segue::plan {
namespace {

/// When a draft can run: transactions at even times, what stands apart at odd ones. What goes ahead comes with what it
/// waits for, and all others after it.
class Times {
 public:
  Times(const std::vector<Draft>& drafts, const Graph& graph)
      : drafts_(drafts), waiting_(drafts, graph), at_(drafts.size()) {
    const std::vector<bool> early = find_early();
    for (const bool now : {true, false}) {
      const std::size_t earliest = begin_;
      for (std::size_t i = 0; i < drafts.size(); ++i) {
        if (early[i] != now) continue;
        at_[i] = time_of(i, earliest);
        if (now) begin_ = std::max(begin_, at_[i] + 1);
      }
    }
  }
  std::size_t operator[](std::size_t draft) const { return at_[draft]; }

 private:
  /// What goes ahead, what it waits for, and the renames, for which everything does.
  std::vector<bool> find_early() const {
    std::vector<bool> early(drafts_.size());
    for (std::size_t i = drafts_.size(); i-- > 0;) {
      early[i] = early[i] || !drafts_[i].ahead.empty();
      for (const std::size_t other : early[i] ? waiting_.before(i) : std::vector<std::size_t>{}) early[other] = true;
    }
    const bool any = std::find(early.begin(), early.end(), true) != early.end();
    for (std::size_t i = 0; any && i < drafts_.size(); ++i) early[i] = early[i] || drafts_[i].changes.empty();
    return early;
  }

  std::size_t time_of(std::size_t draft, std::size_t earliest) const {
    std::size_t time = earliest;
    for (const std::size_t other : waiting_.before(draft)) time = std::max(time, at_[other]);
    const bool odd = time % 2 == 1;
    return odd == !drafts_[draft].apart.empty() ? time : time + 1;
  }

  const std::vector<Draft>& drafts_;
  const Waiting waiting_;
  std::vector<std::size_t> at_;
  std::size_t begin_ = 0;  ///< of what waits for all that goes ahead
};

}  // namespace

std::vector<Group> cut_into_groups(std::vector<Draft>& drafts, const Graph& graph) {
  const auto stands_apart = [](const Draft& draft) { return !draft.apart.empty(); };
  const auto cuts = [](const Draft& draft) { return !draft.apart.empty() || !draft.ahead.empty(); };
  if (std::none_of(drafts.begin(), drafts.end(), cuts)) return {};
  const Times times(drafts, graph);
  std::vector<std::size_t> order(drafts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return times[a] < times[b]; });

  std::vector<Group> groups;
  std::vector<Draft> ordered;
  std::string ahead;  // why what comes next may not be in the same transaction
  for (std::size_t i = 0; i < order.size(); ++i) {
    Draft& draft = drafts[order[i]];
    const bool apart = stands_apart(draft);
    const bool begins = i == 0 || apart || times[order[i]] != times[order[i - 1]];
    if (begins) {
      const std::string reason = apart ? draft.apart : ahead.empty() ? "waits for what stands apart before it" : ahead;
      ahead.clear();
      groups.push_back({i == 0 && !apart ? "" : reason, !draft.step.alone});
    }
    if (!draft.ahead.empty()) ahead = draft.ahead;
    draft.step.group = static_cast<int>(groups.size());
    ordered.push_back(std::move(draft));
  }
  drafts = std::move(ordered);
  return groups;
}

}  // namespace segue::plan
