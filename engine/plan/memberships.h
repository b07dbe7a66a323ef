// How the memberships of partitions go through a plan: what a change of a partitioned table does to a partition depends
// on whether the two are bound to each other at that moment.
//
// Used by the planner's edges and groups. A partition that leaves does so before its parent changes, and one that comes
// does so behind that. One whose bounds alone change is put back before anything else of its parent changes, so that
// everything comes down to it as if it had never left.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/changes.h"

namespace segue::plan {

class Memberships {
 public:
  /// `changes` outlive it.
  explicit Memberships(const std::vector<Change>& changes);

  /// Whether the partition is detached and attached again under the same parent.
  bool returns(const std::string& membership) const;
  /// Whether the change of a part goes along with that of its counterpart above.
  bool is_bound_meanwhile(const Change& of_part) const;
  /// The attachment that brings a link between two indexes about by itself, or the detachment that takes it away. A
  /// partition that returns does so for indexes that stand: what is made anew is made behind that.
  std::optional<std::size_t> maker_of(const Change& link) const;

 private:
  const std::vector<Change>& changes_;
  ChangeIndex drops_, creates_;        ///< of memberships
  std::set<std::string> gone_, made_;  ///< what links bind: indexes and keys
};

}  // namespace segue::plan
