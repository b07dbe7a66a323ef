#include "plan/graph.h"

#include <algorithm>
#include <queue>

namespace segue::plan {

void Graph::add_edge(std::size_t from, std::size_t to) {
  if (from == to) return;
  after_[from].push_back(to);
  before_[to].push_back(from);
}

std::vector<std::size_t> Graph::order(const std::function<bool(std::size_t, std::size_t)>& less,
                                      std::vector<std::size_t>& cycle) const {
  std::vector<std::size_t> waiting(size());
  const auto later = [&](std::size_t a, std::size_t b) { return less(b, a); };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> ready(later);
  for (std::size_t i = 0; i < size(); ++i) {
    waiting[i] = before_[i].size();
    if (waiting[i] == 0) ready.push(i);
  }
  std::vector<std::size_t> order;
  while (!ready.empty()) {
    const std::size_t node = ready.top();
    ready.pop();
    order.push_back(node);
    for (const std::size_t next : after_[node]) {
      if (--waiting[next] == 0) ready.push(next);
    }
  }
  if (order.size() == size()) return order;
  // every node left waits for another one that is left: walking back must come round
  std::size_t node = 0;
  while (waiting[node] == 0) ++node;
  std::vector<std::size_t> walk;
  while (std::find(walk.begin(), walk.end(), node) == walk.end()) {
    walk.push_back(node);
    node = *std::find_if(before_[node].begin(), before_[node].end(),
                         [&](std::size_t other) { return waiting[other] > 0; });
  }
  cycle.assign(std::find(walk.begin(), walk.end(), node), walk.end());
  std::reverse(cycle.begin(), cycle.end());
  return order;
}

}  // namespace segue::plan
