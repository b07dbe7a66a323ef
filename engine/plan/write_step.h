// Writes the steps of a plan: SQL and its inverse, locks, hazards, and what is to be true afterwards.
//
// The last part of the planner. The inverse of a step is written by the same rules with the sides swapped.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "plan/changes.h"
#include "plan/fold.h"
#include "plan/planner.h"
#include "plan/row_types.h"

namespace segue::plan {

/// Adds a hazard that the step does not have yet.
void add_hazard(Step& step, const std::string& hazard);

/// The question that finds the rows on which the step would fail.
Preflight preflight_of(const model::Obstacle& obstacle, const Step& step);

/// Leaves of an identity column what says nothing of its sequence.
void take_identity_off(model::Object& column);

/// The question whether a column has values.
Preflight values_in(const model::Object& column);

/// Why nothing creates the object; "" where its kind does.
std::string why_not_created(const model::Object& object);

/// Whether a member of a group comes with its counterpart above, which is another member, or is a part of one that
/// does.
bool comes_down(const model::Object& member, const std::vector<const model::Object*>& members);

/// A name that nothing of `taken` has, and that says what it was; taken from then on.
std::string name_aside(const model::Object& object, std::string_view prefix, std::set<std::string>& taken);

class StepWriter {
 public:
  StepWriter(const PlannerInput& input, const std::vector<Change>& changes);

  /// One group of changes as one step; nothing where the server does it by itself. `members`: its head first. Two where
  /// what comes into being reads its rows later, apart.
  std::vector<Draft> write(const std::vector<std::size_t>& members, const std::vector<Change>& changes);
  /// A rename, which stands before all other steps.
  Draft write(const Rename& rename);
  /// Puts the statements of the steps together, and numbers them.
  static std::vector<Step> finished(std::vector<Draft> drafts);
  /// Effects and reads, once all steps stand.
  void finish(const std::vector<Change>& changes, Body& body) const;

  /// By change: what has to be taken down, and put up again, around the inverse of an alteration; the inverse itself
  /// where that is a replacement.
  void take_down_on_the_way_back(std::size_t change, std::vector<Step> steps, bool replaces) {
    way_back_[change] = std::move(steps);
    if (replaces) replaced_.insert(change);
  }
  /// By change: why an alteration cannot be taken back.
  void bar_the_way_back(std::size_t change, std::string why) { barred_[change] = std::move(why); }
  /// By the head of what comes into being: what undoes it, where dropping the head does not.
  void undo_with(std::size_t change, std::vector<Step> steps) { undo_[change] = std::move(steps); }

 private:
  using Objects = std::vector<const model::Object*>;

  bool differs(const model::Object& object) const;
  std::optional<Draft> write_one(const Change& head, Objects members, const std::vector<std::size_t>& nodes);
  bool holds_others_up(const std::vector<model::Fragment>& fragments) const;
  bool may_drop_online(const Change& change, const std::vector<model::Fragment>& fragments) const;
  std::vector<Draft> write_alone(const Change& change, const Draft& draft);
  std::vector<Draft> write_two(const Change& change, std::size_t node);

  model::Sides sides(const model::Object* from, const model::Object* to, bool backwards) const;
  void create(const Objects& members, bool backwards, model::Emit& emit) const;
  void settle_below(const Objects& members, bool backwards, model::Emit& emit) const;
  void validate_below(const Objects& members, bool backwards, model::Emit& emit) const;
  Objects created_in_order(const Objects& members, const std::set<std::string>& keys, bool backwards) const;
  void create_each(const Objects& members, const std::set<std::string>& keys, bool backwards, model::Emit& emit) const;
  void drop(const model::Object& object, bool backwards, model::Emit& emit) const;
  void alter(const Change& change, bool backwards, model::Emit& emit) const;
  void alter_by_itself(const Change& counterpart, std::size_t node, model::Emit& forwards,
                       model::Emit& backwards) const;
  bool meets_what_went_ahead(const Change& change) const;
  void undo(std::size_t change, const model::Object& made, model::Emit& emit) const;
  void write_again(std::size_t change, Verb verb, model::Emit& emit) const;
  void add_locks(const std::vector<model::Fragment>& fragments, Step& step);
  void add_locks_of_texts(const Objects& members, Step& step) const;
  void create_back(const Objects& members, std::size_t node, model::Emit& emit) const;
  void alter_back(const Change& change, std::size_t node, model::Emit& emit) const;
  void add_fidelity(const Change& head, const Objects& members, Step& step) const;
  void add_obstacles(const model::Fragment& fragment, Step& step);
  void note_effects_of_filling(const Change& head, const std::vector<model::Fragment>& fragments);
  void add_obstacles_back(const Change& head, const std::vector<model::Fragment>& backwards, Step& step) const;
  void add_assumptions(Body& body) const;
  void lower_fidelity(const Change& head, std::size_t node, Step& step) const;
  bool needs_path(const Objects& members) const;
  void take_path_of_functions(const Objects& members, bool backwards, model::Emit& emit) const;
  void drop_needless_path(const Objects& members, model::Emit& emit) const;
  void append_in_order(const model::Schema& side, const model::Object& parent, const std::set<std::string>& wanted,
                       Objects& sorted) const;
  Shape desired_shape(const model::Object& object, bool known) const;
  void add_renamed(Body& body) const;
  const model::Object* standing_whole(const model::Object& object) const;

  bool retain(const Objects& members, model::Emit& there, model::Emit& back, Step& step);
  bool retain_table(const Objects& members, model::Emit& there, model::Emit& back, Step& step);
  struct RetainedColumn;
  RetainedColumn retained_column(const Objects& members, const model::Object& table);
  bool retain_column(const Objects& members, model::Emit& there, model::Emit& back, Step& step);
  bool retain_column_in_place(const Objects& members, model::Emit& there, model::Emit& back, Step& step);
  std::set<std::string> holders_of(const Objects& columns) const;
  void make_again(const Objects& members, std::size_t node, model::Emit& back, Step& step);
  std::string why_never_added(const model::Object& column, const std::string& holder) const;
  void add_with_values_behind(const Objects& members, model::Emit& back, Step& step);
  void fill_again(const model::Object& column, const model::Object* brought, model::Emit& back, Step& step) const;
  void put_identity(const model::Object& column, const model::Object& bare, model::Emit& back) const;
  void lose_held_values(const Objects& members, const std::vector<model::Fragment>& there, Step& step) const;
  bool takes_update_alone(const model::Object& table) const;
  std::string why_not_updated(const model::Object& table) const;
  bool types_go(const Objects& members) const;
  void set_not_null(const Objects& members, bool on, model::Emit& emit);
  void bring_back_values(const RetainedColumn& kept, const model::Object& table, model::Emit& back, Step& step);
  void retain_sequence(const model::Object& sequence, model::Emit& there, model::Emit& back, Step& step);
  void convert(const Change& change, std::size_t node, model::Emit& there, model::Emit& back, Step& step);
  std::string position_lost_with(const Change& head) const;
  bool gives_up_position(const Change& change) const;
  std::string name_aside(const model::Object& object, std::string_view prefix = "");
  bool reads_what_goes(const model::Object& object, const std::set<std::string>& own) const;

  const PlannerInput& input_;
  const std::vector<Change>& changes_;
  std::unordered_set<std::string> standing_;  ///< relations of the database, as SQL names them
  std::set<std::string> large_;               ///< relations whose size made a hazard
  std::set<std::string>
      unknown_;  ///< sentences: what is not known of rows before the steps run, and what happens to them besides
  std::deque<model::Object> first_forms_;        ///< of what is made in two steps
  mutable std::optional<RowTypes> held_before_;  ///< once they are asked for
  mutable std::optional<RowTypes> held_after_;
  std::map<std::size_t, std::vector<Step>> way_back_;
  std::set<std::size_t> replaced_;  ///< those whose way back holds drop and create of the object itself
  std::map<std::size_t, std::string> barred_;
  std::map<std::size_t, std::vector<Step>> undo_;
  std::set<std::string> going_;        ///< keys of what the plan drops, and of types that it changes
  std::set<std::string> coming_;       ///< keys of what it creates
  std::set<std::string> ahead_;        ///< keys of what is altered in a transaction before the others
  std::set<std::string> names_aside_;  ///< taken by what is kept
};

}  // namespace segue::plan
