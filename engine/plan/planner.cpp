#include "plan/planner.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <set>

#include "kinds/kinds.h"
#include "plan/changes.h"
#include "plan/declarations.h"
#include "plan/edges.h"
#include "plan/fold.h"
#include "plan/goes_along.h"
#include "plan/group.h"
#include "plan/online.h"
#include "plan/outsiders.h"
#include "plan/placeholders.h"
#include "plan/row_types.h"
#include "plan/waiting.h"
#include "plan/way_back.h"
#include "plan/write_step.h"

namespace segue::plan {

bool PlannerInput::spares(const std::vector<std::string>& relations) const {
  return online == "always" ||
         (online == "auto" && is_large && std::any_of(relations.begin(), relations.end(), is_large));
}

namespace {

class Planner {
 public:
  Planner(const PlannerInput& input, const Dependents& dependents, std::vector<Change> changes)
      : input_(input), dependents_(dependents), changes_(std::move(changes)) {}

  /// Fills the body. `folded`: several changes of one table may become one step.
  Status run(Body& body, bool folded = true) {
    std::vector<std::size_t> cycle;
    std::vector<std::size_t> order = arrange(cycle);
    while (!cycle.empty()) {
      if (!split_one(input_, members_of(cycle), changes_, placeholders_)) return cycle_error(cycle);
      order = arrange(cycle);
    }
    const Groups& groups = *groups_;
    if (input_.for_reading) order = groups.reading_order(*input_.from, *input_.to);
    StepWriter writer(input_, changes_);
    for (std::size_t node = 0; node < changes_.size(); ++node) write_way_back(node, writer);
    std::vector<Draft> drafts;
    for (const Rename& rename : input_.renames.steps) {
      write_schema_of(rename, groups, order, writer, drafts);
      drafts.push_back(writer.write(rename));
    }
    for (const std::size_t group : order) {
      if (auto steps = undoing_links(groups.members(group)); !steps.empty())
        writer.undo_with(groups.members(group).front(), std::move(steps));
      for (Draft& draft : writer.write(groups.members(group), changes_)) drafts.push_back(std::move(draft));
    }
    if (folded) drafts = fold(std::move(drafts), edges_->graph());
    body.groups = cut_into_groups(drafts, edges_->graph());
    if (const auto early = runs_too_early(drafts, edges_->graph()))
      return order_error("one of these changes would run before what it waits for, which is a bug in segue",
                         {early->first, early->second});
    body.steps = StepWriter::finished(std::move(drafts));
    note_effects_between_groups(input_.renames, body);
    note_what_goes_along(*input_.from, *input_.to, body);
    writer.finish(changes_, body);
    return done();
  }

 private:
  /// The groups of changes in order; what waits for each other is put into `cycle`.
  std::vector<std::size_t> arrange(std::vector<std::size_t>& cycle) {
    cycle.clear();
    edges_.emplace(input_, changes_);
    edges_->add();
    groups_.emplace(changes_, edges_->graph(), edges_->apart());
    groups_->fold(*input_.from, *input_.to, input_.for_reading);
    return groups_->order(cycle);
  }

  std::vector<std::size_t> members_of(const std::vector<std::size_t>& groups) const {
    std::vector<std::size_t> nodes;
    for (const std::size_t group : groups) {
      const auto& members = groups_->members(group);
      nodes.insert(nodes.end(), members.begin(), members.end());
    }
    return nodes;
  }

  /// A new schema comes before what moves there, and then is in `order` no more.
  void write_schema_of(const Rename& rename, const Groups& groups, std::vector<std::size_t>& order, StepWriter& writer,
                       std::vector<Draft>& drafts) const {
    const auto made = find(edges_->creates(), model::key_of(kinds::schema, {rename.after.names.front()}));
    const auto group = std::find_if(order.begin(), order.end(),
                                    [&](std::size_t one) { return made && groups.members(one).front() == *made; });
    if (group == order.end()) return;
    for (Draft& draft : writer.write(groups.members(*group), changes_)) drafts.push_back(std::move(draft));
    order.erase(group);
  }

  /// Steps that take down what stands in the way of taking the change back, and put it up again.
  void write_way_back(std::size_t change, StepWriter& writer) const {
    const ChangeInput both{input_.from, input_.to, &dependents_, {}, input_.server_version, input_.may_commit_ahead()};
    WayBack way = way_back_of(both, changes_[change], changes_);
    if (!way.obstacle.empty()) return writer.bar_the_way_back(change, std::move(way.obstacle));
    if (way.changes.empty()) return;
    PlannerInput standing = standing_input();
    standing.to = input_.from;
    Body body;
    if (!Planner(standing, dependents_, std::move(way.changes)).run(body, false)) return;
    writer.take_down_on_the_way_back(change, std::move(body.steps), way.replaces);
  }

  /// A link that was made alone is undone only by dropping both its ends: the steps that lead from what the group made
  /// to what stood before it. Empty for a group that makes none.
  std::vector<Step> undoing_links(const std::vector<std::size_t>& group) const {
    if (std::none_of(group.begin(), group.end(),
                     [&](std::size_t node) { return edges_->is_made_alone(changes_[node]); }))
      return {};
    const Dependents dependents(*input_.to);
    ChangeInput back{input_.to, input_.from, &dependents, {}, input_.server_version};
    std::set<std::string> made;
    for (const std::size_t node : group) {
      back.differences.push_back({changes_[node].to, nullptr, {}});
      made.insert(changes_[node].to->key);
    }
    auto changes = expand(back);
    if (!changes) return {};
    // what other groups made later is gone again by then
    std::erase_if(*changes, [&](const Change& change) {
      const std::string& key = change.object().key;
      return edges_->creates().count(key) != 0 && made.count(key) == 0;
    });
    PlannerInput standing = standing_input();
    std::swap(standing.from, standing.to);
    Body body;
    if (!Planner(standing, dependents, std::move(*changes)).run(body, false)) return {};
    return std::move(body.steps);
  }

  /// For plans within this one: of objects as they stand, none as a file has it.
  PlannerInput standing_input() const {
    PlannerInput standing = input_;
    standing.differences.clear();
    standing.renames = {};
    standing.reads = nullptr;
    standing.locks = nullptr;
    standing.needs_path = nullptr;
    standing.server_form = nullptr;
    standing.online = "never";
    return standing;
  }

  Diagnostic cycle_error(const std::vector<std::size_t>& cycle) const {
    std::vector<std::size_t> heads;
    heads.reserve(cycle.size());
    for (const std::size_t group : cycle) heads.push_back(groups_->members(group).front());
    return order_error("these changes wait for each other, which is a bug in segue", heads);
  }

  /// `changes`: each before the one that stands behind it.
  Diagnostic order_error(const std::string& what, const std::vector<std::size_t>& changes) const {
    Diagnostic error = Diagnostic::error(ErrorCode::internal, what);
    for (const std::size_t node : changes) {
      const Change& change = changes_[node];
      const char* verb = change.op == Change::Op::drop     ? "drop "
                         : change.op == Change::Op::create ? "create "
                                                           : "alter ";
      error.why += (error.why.empty() ? "" : " → ") + std::string(verb) + change.object().key;
    }
    error.hint = "split the change into two migrations, and report the two schemas";
    return error;
  }

  const PlannerInput& input_;
  const Dependents& dependents_;  ///< in input_.from
  std::vector<Change> changes_;
  std::deque<model::Object> placeholders_;  ///< of what comes or goes in two steps
  std::optional<Edges> edges_;
  std::optional<Groups> groups_;
};

}  // namespace

namespace {

void warn_of_declarations(const PlannerInput& input, const std::vector<Change>& changes, Body& body) {
  for (std::string& sentence : declarations_out_of_reach(*input.from, *input.to, changes))
    body.warnings.push_back(std::move(sentence));
}

}  // namespace

Status make_steps(const PlannerInput& input, Body& body) {
  if (input.differences.empty() && input.renames.steps.empty()) {
    warn_of_declarations(input, {}, body);
    return done();
  }
  const Dependents dependents(*input.from);
  const ChangeInput changes_input{
      input.from, input.to, &dependents, input.differences, input.server_version, input.may_commit_ahead()};
  auto changes = expand(changes_input);
  if (!changes) return changes.failure();
  if (Diagnostics refused = refused_under_row_types(changes_input, *changes); !refused.empty())
    return Failure(std::move(refused));
  if (input.outsiders != nullptr) {
    if (Diagnostics met = outsiders_in_the_way(changes_input, *changes, *input.outsiders); !met.empty())
      return Failure(std::move(met));
  }
  warn_of_declarations(input, *changes, body);
  return Planner(input, dependents, std::move(*changes)).run(body);
}

}  // namespace segue::plan
