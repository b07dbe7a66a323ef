// Which drafts a draft waits for: the edges of the graph, as they hold between the statements that are written.
//
// Used by the planner where drafts are put into one statement or into groups, and once at its end to look at what has
// come of it.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "plan/fold.h"
#include "plan/graph.h"

namespace segue::plan {

class Waiting {
 public:
  /// `drafts` and `graph` outlive it.
  Waiting(const std::vector<Draft>& drafts, const Graph& graph);

  /// The drafts of what `draft` waits for: of changes that go before its own, and earlier ones of its own. A change
  /// without a draft comes about by itself: who waits for it waits for what that one waits for.
  std::vector<std::size_t> before(std::size_t draft) const;
  /// The places of the drafts of a change; empty where it has none.
  const std::vector<std::size_t>& of(std::size_t change) const { return of_[change]; }

 private:
  const std::vector<Draft>& drafts_;
  const Graph& graph_;
  std::vector<std::vector<std::size_t>> of_;
};

/// Two changes of which the second would run before the first, although it waits for it; nothing where all is well.
/// `drafts` as they will run.
std::optional<std::pair<std::size_t, std::size_t>> runs_too_early(const std::vector<Draft>& drafts, const Graph& graph);

}  // namespace segue::plan
