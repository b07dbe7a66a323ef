// A directed graph over numbered nodes: order and cycles. Knows nothing of what the nodes are.
//
// Used by the planner. An edge a → b says that a runs before b.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace segue::plan {

class Graph {
 public:
  explicit Graph(std::size_t size) : before_(size), after_(size) {}
  std::size_t size() const { return after_.size(); }
  /// Saying an edge twice is harmless.
  void add_edge(std::size_t from, std::size_t to);
  const std::vector<std::size_t>& after(std::size_t node) const { return after_[node]; }
  const std::vector<std::size_t>& before(std::size_t node) const { return before_[node]; }

  /// A topological order; among nodes that are ready the least by `less` comes first. Where there is a cycle, the nodes
  /// of one are put into `cycle` and the order is short.
  std::vector<std::size_t> order(const std::function<bool(std::size_t, std::size_t)>& less,
                                 std::vector<std::size_t>& cycle) const;

 private:
  std::vector<std::vector<std::size_t>> before_;
  std::vector<std::vector<std::size_t>> after_;
};

}  // namespace segue::plan
