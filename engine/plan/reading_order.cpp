#include "plan/reading_order.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace segue::plan {
namespace {

class Walk {
 public:
  Walk(const Graph& graph, const Reading& reading)
      : graph_(graph), reading_(reading), nodes_(graph.size()), visited_(graph.size()), closed_(graph.size()) {
    std::vector<std::size_t> all(graph.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::stable_sort(all.begin(), all.end(), reading.less);
    rank_.resize(all.size());
    ready_.resize(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      rank_[all[i]] = i;
      nodes_[whole_of(all[i])].push_back(all[i]);
      waiting_.push_back(graph.before(i).size());
    }
    for (const std::size_t node : all) {
      if (waiting_[node] == 0) ready_[whole_of(node)].insert({rank_[node], node});
    }
    for (const std::size_t node : all) visit(whole_of(node));
  }

  std::vector<std::size_t> order() && { return std::move(order_); }

 private:
  std::size_t whole_of(std::size_t node) const { return reading_.whole_of[node]; }

  /// What a whole needs, the whole, and what had to wait for it. A whole that is being visited further up is needed in
  /// a circle: then the parts wait for each other, and not the wholes.
  void visit(std::size_t whole) {
    if (visited_[whole]) return;
    visited_[whole] = true;
    for (const std::size_t mentioned : reading_.mentions[whole]) visit(mentioned);
    for (const std::size_t node : nodes_[whole]) {
      for (const std::size_t needed : graph_.before(node)) visit(whole_of(needed));
    }
    take(whole);
    while (!awake_.empty()) take(*awake_.begin());
  }

  void take(std::size_t whole) {
    closed_[whole] = true;
    auto& ready = ready_[whole];
    while (!ready.empty()) {
      const std::size_t node = ready.begin()->second;
      ready.erase(ready.begin());
      order_.push_back(node);
      for (const std::size_t next : graph_.after(node)) {
        if (--waiting_[next] != 0) continue;
        ready_[whole_of(next)].insert({rank_[next], next});
        if (closed_[whole_of(next)]) awake_.insert(whole_of(next));
      }
    }
    awake_.erase(whole);
  }

  const Graph& graph_;
  const Reading& reading_;
  std::vector<std::vector<std::size_t>> nodes_;  ///< by whole
  std::vector<bool> visited_;                    ///< by whole
  std::vector<bool> closed_;                     ///< by whole: it had its turn, and what is left of it waits
  std::vector<std::size_t> rank_;                ///< by node
  std::vector<std::size_t> waiting_;             ///< by node
  std::vector<std::set<std::pair<std::size_t, std::size_t>>> ready_;  ///< by whole: rank and node
  std::set<std::size_t> awake_;                                       ///< closed wholes with something ready
  std::vector<std::size_t> order_;
};

}  // namespace

std::vector<std::size_t> reading_order(const Graph& graph, const Reading& reading) {
  return Walk(graph, reading).order();
}

}  // namespace segue::plan
