// The order in which a person reads a schema: each whole with its parts behind it, what it needs right before.
//
// Used by the planner where its statements become a schema file. Knows nothing of what the nodes are; it never breaks
// an order that the graph asks for.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "plan/graph.h"

namespace segue::plan {

/// Which nodes belong together, and how they are told apart.
struct Reading {
  /// By node: a number below the node count that all nodes of one whole share.
  std::vector<std::size_t> whole_of;
  /// By whole: others that it had better follow, where the graph and the circles in it allow that.
  std::vector<std::vector<std::size_t>> mentions;
  std::function<bool(std::size_t, std::size_t)> less;
};

/// A topological order of a graph without cycles. Wholes come in the order of their least node by `less`, each behind
/// the wholes that it needs; a part that needs what comes later stands behind that.
std::vector<std::size_t> reading_order(const Graph& graph, const Reading& reading);

}  // namespace segue::plan
