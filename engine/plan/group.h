// Changes that one statement makes together: a table with its columns, a drop with what it takes along.
//
// Used by the planner between ordering and writing.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/schema.h"
#include "plan/changes.h"
#include "plan/graph.h"
#include "plan/memberships.h"

namespace segue::plan {

/// Whether the object that a link binds is not fit to be bound by what makes links by itself.
bool is_incomplete(const model::Object& link);
/// Whether a child table declares a column or a check of its parent itself: it keeps it without the parent, and it
/// stays its own only where it comes first (tablecmds.c ATExecDropColumn, ATExecAddColumn,
/// MergeWithExistingConstraint).
bool is_declared_again(const model::Object& part, const model::Schema& side);
/// Of a column's alteration, what that of its counterpart on a parent does not bring about.
std::vector<std::size_t> altered_by_itself(const Change& part, const Change& counterpart);

class Groups {
 public:
  /// `apart`: changes that nothing takes along.
  Groups(const std::vector<Change>& changes, const Graph& graph, std::set<std::size_t> apart);

  /// Puts every change that another one brings about into that one's group, where no path leads around it.
  void fold(const model::Schema& from, const model::Schema& to, bool for_reading = false);

  /// The members of a group, its head first, the others in an order in which they could run.
  const std::vector<std::size_t>& members(std::size_t group) const { return members_[group]; }

  /// The groups in order; ties break by verb, kind and name.
  std::vector<std::size_t> order(std::vector<std::size_t>& cycle) const;
  /// The same, for people: what belongs to one table stands together (plan/reading.h). Only without cycles.
  std::vector<std::size_t> reading_order(const model::Schema& from, const model::Schema& to) const;

 private:
  void fold_parts(const model::Schema& side, const ChangeIndex& changes);
  void fold_into_creations(const model::Schema& from, const model::Schema& to, const ChangeIndex& creates,
                           bool for_reading);
  void fold_owned_sequences(const model::Schema& to, const ChangeIndex& creates);
  void fold_dropped_links(const model::Schema& from, const ChangeIndex& drops);
  void fold_below(const model::Schema& from, const model::Schema& to, const ChangeIndex& drops,
                  const ChangeIndex& alters, const ChangeIndex& creates);
  void fold_created_links(const model::Schema& to, const ChangeIndex& creates);
  Graph contracted() const;
  std::vector<std::size_t> ranks_of_drops(const Graph& graph) const;
  void note_places(const std::vector<std::pair<const model::Object*, std::size_t>>& in_order);
  bool comes_first(std::size_t a, std::size_t b) const;
  bool is_head(std::size_t node) const { return members_[group_of_[node]].front() == node; }
  void merge_where_it_fits(std::size_t child, std::size_t head);
  void merge(std::size_t child, std::size_t head);
  bool fits(std::size_t child, std::size_t head, bool forward);

  const std::vector<Change>& changes_;
  const Memberships memberships_;
  const Graph& graph_;
  const std::set<std::size_t> apart_;
  std::vector<std::size_t> group_of_;
  std::vector<std::vector<std::size_t>> members_;
  std::unordered_map<std::size_t, std::size_t> places_of_columns_;  ///< of those that go or come
  std::vector<std::size_t> seen_;                                   ///< by group: the last walk that came by
  std::size_t walk_ = 0;
};

}  // namespace segue::plan
