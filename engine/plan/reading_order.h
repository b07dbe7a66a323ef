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

/// A topological order of a graph without cycles. `whole_of`: by node, a number below the node count that all nodes of
/// one whole share. Wholes come in the order of their least node by `less`, each behind the wholes that it needs; a
/// part that needs what comes later stands behind that.
std::vector<std::size_t> reading_order(const Graph& graph, const std::vector<std::size_t>& whole_of,
                                       const std::function<bool(std::size_t, std::size_t)>& less);

}  // namespace segue::plan
