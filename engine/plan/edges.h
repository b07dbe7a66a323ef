// What must go before what: the edges of a plan's graph, each with the rule of PostgreSQL that asks for it.
//
// Used by the planner. Knows changes and kinds; writes no SQL and decides no order where any would do.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "kinds/type_swap.h"
#include "plan/changes.h"
#include "plan/graph.h"
#include "plan/memberships.h"
#include "plan/planner.h"

namespace segue::plan {

/// The types that an object is of, and those that they are made from.
std::set<std::string> types_within(const model::Object& object, const model::Schema& side);

/// What the kinds look at on the way back.
model::Sides turned(model::Sides sides);

class Edges {
 public:
  /// `input` and `changes` outlive it.
  Edges(const PlannerInput& input, const std::vector<Change>& changes);

  void add();
  const Graph& graph() const { return graph_; }
  /// Changes that no other one takes along.
  const std::set<std::size_t>& apart() const { return apart_; }
  const ChangeIndex& creates() const { return creates_; }
  const ChangeIndex& alters() const { return alters_; }
  /// Whether a link is made by a statement of its own, and not by what it depends on.
  bool is_made_alone(const Change& change) const;

 private:
  // edges.cpp
  void after_making(std::size_t node, const std::string& key);
  std::vector<std::string> needs_of(const Change& change) const;
  void after_types_of_what_it_reads(std::size_t node);
  void after_attributes(std::size_t node, const std::string& type);
  void after_attributes_of_its_values(std::size_t node);
  void before_taking(std::size_t node, const std::string& key);
  std::vector<std::size_t> alterations_of(const std::string& key) const;
  bool goes_ahead(std::size_t node) const;
  bool turns_away(const model::Object& before, const model::Object& after, const std::string& key) const;
  const std::vector<std::string>& stated_needs_of(const model::Object& desired) const;
  bool states_need_of(const std::string& key, const std::string& other) const;
  bool reads_no_more(const model::Object& live, const model::Object& desired, const std::string& key) const;
  std::vector<std::string> needs_of(const model::Object& desired) const;
  model::Sides sides_of(const Change& change) const;
  void add_edges_of_places();
  void add_edges_around(std::size_t node);
  void add_edges_of_values();
  void add_turn_edges();
  std::vector<std::size_t> altered_alike(const model::Object& object, std::size_t attribute) const;
  void add_name_edges();
  void add_target_edges();
  void add_edges_of_owners();
  void add_edges_of_overloads();
  void add_extension_edges();
  bool is_or_hangs_on(const Change& change, const model::Kind& kind) const;
  void add_event_trigger_edges();
  void add_edges_of_row_types();

  // edges_of_placeholders.cpp
  void after_filling(std::size_t node, const std::string& key);
  void before_emptying(std::size_t node, const std::string& key);
  bool uses(const std::string& key, const std::string& other) const;
  void add_edges_of_placeholders();

  // edges_of_inheritance.cpp
  bool comes_with_counterpart(const model::Object& part) const;
  void add_edges_of_children_gone();
  void add_edges_of_defaults_above();
  void add_edges_of_identities_above();
  void add_edges_of_children_changed();
  void add_edges_of_attached();
  void add_edges_of_checks_kept();
  void add_edges_of_inherited_checks();
  bool goes_before_whole(const Change& change) const;
  bool goes_behind_whole(const Change& change) const;
  bool comes_with_standing_parent(const Change& change) const;
  bool goes_with_counterpart(const Change& change) const;
  bool is_let_go(const Change& change) const;
  void add_edges_of_new_parents(std::size_t node);

  // edges_of_partitions.cpp
  void add_link_edges();
  void add_edges_of_links_alone();
  void add_edges_of_left_behind();
  void add_edges_behind_ends();
  void add_edges_of_equal_ends();
  void add_edges_of_unlinked();
  bool goes_with_index_above(const Change& change) const;
  void add_edges_of_bound_indexes();
  void each_unlinked(const model::Schema& side, const ChangeIndex& changes,
                     const std::function<void(std::size_t membership, std::size_t index)>& what) const;
  void add_edges_of_clones();
  void add_edges_of_copies();
  void add_edges_of_referenced_partitions();
  void keep_detachments_apart();
  void add_edges_behind_apart();
  void add_edges_of_memberships();
  std::vector<std::size_t> changes_above(const model::Object& membership, const model::Schema& side) const;
  void add_edges_of_keys_off();
  void leave_out_keys_off(std::vector<std::size_t>& changes) const;
  void add_edges_of_leaving(const model::Object& link, std::size_t node);
  void add_edges_of_going(const model::Object& link, std::size_t node);
  bool may_spare_reading(const Change& change, const std::string& table) const;
  void add_edges_of_coming(const model::Object& link, std::size_t node);
  void add_edges_of_pending_detachments();
  void add_edges_of_merged_checks();

  // edges_of_exchanges.cpp
  std::vector<std::string> writers_of_exchange(const std::string& type, const model::Sides& sides) const;
  void add_edges_of_exchange(std::size_t node);
  void add_edges_of_turned_columns(std::size_t node);
  void note_passages();
  void note_left_behind();
  bool passes_before(std::size_t node, const std::string& key) const;
  std::vector<std::size_t> exchanges_of(const std::string& type) const;
  void add_edges_of_passages();

  // edges_of_validators.cpp
  static bool gets_validator(const Change& change);
  void add_edges_of_validators();

  const PlannerInput& input_;
  const std::vector<Change>& changes_;
  const Memberships memberships_;
  Graph graph_;
  std::set<std::size_t> apart_;
  std::set<std::string> keys_off_;  ///< foreign keys that are off while partitions are away
  ChangeIndex drops_, creates_, alters_;
  ChangeIndex fills_, empties_;  ///< of what comes and goes in two steps, which are not in `alters_`
  std::unordered_map<std::size_t, kinds::Passage> passages_;  ///< of columns that have one
  /// Indexes that go, of which one bound to them stays, and the detachment of its partition, which returns.
  std::set<std::pair<std::size_t, std::size_t>> left_behind_;
  /// By table: the changes of its parts of the kinds that come down to the tables below it.
  std::unordered_map<std::string, std::vector<std::size_t>> inherited_;
  mutable std::unordered_map<std::string, std::vector<std::string>> stated_needs_;
};

}  // namespace segue::plan
