// Steps of one table that do not wait for each other, in one statement: one lock, one rewrite, one scan.
//
// Used by the planner behind writing. It looks at statements and at the graph, never at kinds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/kind.h"
#include "plan/graph.h"
#include "plan/plan.h"

namespace segue::plan {

/// A step whose statements are not put together yet.
struct Draft {
  Step step;
  std::string owner;  ///< key of the relation or type that it is about, or of a part of
  std::string owner_kind;
  std::vector<model::Fragment> forwards;
  std::vector<model::Fragment> backwards;
  std::vector<std::size_t> changes;  ///< its nodes in the graph
  /// Why it may not share a transaction with what ran before it; "" where it may.
  std::string apart = {};
  /// Why what follows may not share its transaction, which commits before all that it does not wait for; "" where it
  /// may.
  std::string ahead = {};
};

/// Puts sub-commands with the same head, there and back, into the first of their steps, where the graph leaves them
/// free to run there. Takes drafts in the order in which they would run.
std::vector<Draft> fold(std::vector<Draft> drafts, const Graph& graph);

}  // namespace segue::plan
