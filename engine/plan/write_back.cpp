// How a step is taken back, and what that cannot restore.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/positions.h"
#include "kinds/relation.h"
#include "plan/write_step.h"

namespace segue::plan {
namespace {

using model::Emit;
using model::Object;

/// IS NOT NULL asks of a row whether none of its fields is (parse_expr.c transformAExprDistinct).
std::string count_rows(const Object& object) {
  if (object.names.size() == 2)
    return "SELECT pg_catalog.count(*) FROM (SELECT FROM " + quote_qualified(object.names[0], object.names[1]) +
           " LIMIT 1) rows";
  return "SELECT pg_catalog.count(*) FROM (SELECT FROM " + quote_qualified(object.names[0], object.names[1]) +
         " WHERE " + quote_identifier(object.name()) + " IS DISTINCT FROM NULL LIMIT 1) rows";
}

Preflight rows_in(const Object& object) {
  return {count_rows(object), "", "rows in " + object.key, hazard::deletes_data,
          quote_qualified(object.names[0], object.names[1])};
}

bool holds_data(const Object& object) {
  const bool generated = is_rebuilt(object);
  return object.kind->holds_rows && !generated && object.kind->sql_class != "SEQUENCE";
}

/// What the kinds know to be lost with an object, or that keeps it from being made again.
void add_losses_of_drop(const std::vector<const Object*>& members, Step& step) {
  for (const Object* object : members) {
    if (const std::string why = why_not_created(*object); !why.empty()) {
      step.inverse.fidelity = "none";
      step.inverse.reason = object->key + " cannot be created again: " + why;
      return add_hazard(step, hazard::not_reversible);
    }
    const std::string lost = lost_with(*object, nullptr);
    if (lost.empty()) continue;
    step.inverse.fidelity = "loses data";
    step.inverse.reason = "dropping it loses " + lost;
  }
}

}  // namespace

Preflight values_in(const Object& column) { return rows_in(column); }

std::string why_not_created(const Object& object) {
  return object.kind->why_not_created == nullptr ? "" : object.kind->why_not_created(object);
}

void StepWriter::add_fidelity(const Change& head, const Objects& members, Step& step) const {
  step.inverse.fidelity = "exact";
  if (head.op == Change::Op::drop && step.retained.empty()) {
    add_losses_of_drop(members, step);
    for (const Object* object : members) {
      if (!holds_data(*object)) continue;
      add_hazard(step, hazard::deletes_data);
      step.preflight.push_back(rows_in(*object));
      if (kinds::is_partitioned(object) && input_.keeps_rows()) {
        step.preflight.back().in_turn = true;  // its rows are those of its partitions, which were kept one by one
        break;
      }
      step.inverse.fidelity = "loses data";
      step.inverse.reason = "the rows of " + object->key + " are gone once it is dropped" +
                            (step.inverse.reason.empty() ? "" : ", and cannot be kept: " + step.inverse.reason);
      break;
    }
  }
  if (head.op == Change::Op::create && holds_data(*members.front())) {
    step.inverse.fidelity = "loses data";
    step.inverse.reason = "what is written to " + members.front()->key + " after the apply goes with it";
    step.inverse.preflight.push_back(rows_in(*members.front()));
  }
  const std::string why_not_kept = step.inverse.reason;
  for (const std::size_t i : head.op == Change::Op::alter ? head.attributes : std::vector<std::size_t>{}) {
    const model::Attribute& attribute = head.to->kind->attributes[i];
    const model::Fidelity fidelity =
        attribute.judge != nullptr ? attribute.judge(sides(head.from, head.to, false)) : attribute.fidelity;
    if (fidelity == model::Fidelity::exact) continue;
    if (fidelity == model::Fidelity::loses_data && attribute.judge != nullptr && !step.retained.empty() &&
        why_not_kept.empty()) {
      step.inverse.reason = "the values as they were are kept in " + step.retained.front().relation +
                            ", and those written since are cast";
      continue;
    }
    step.inverse.fidelity = fidelity == model::Fidelity::none ? "none" : "loses data";
    step.inverse.reason = std::string(attribute.loss);
    if (!why_not_kept.empty()) step.inverse.reason += "; " + why_not_kept;
    if (fidelity == model::Fidelity::none) add_hazard(step, hazard::not_reversible);
  }
}

/// What becomes of the position of a sequence that is dropped: its column alone says where it stood (go_on of
/// kinds/positions.h). "" where it is handed over to another one.
std::string StepWriter::position_lost_with(const Change& head) const {
  if (head.op != Change::Op::drop || head.from->kind != &kinds::sequence) return "";
  const std::string& owner = head.from->text(model::attribute(kinds::sequence, "owned_by"));
  const bool has_column = !owner.empty() && input_.to->contains(owner);
  if (has_column && kinds::positions::is_handed_over(sides(head.from, nullptr, false), owner)) return "";
  return has_column ? "the sequence goes on behind the values of " + owner + ", wherever it stood"
                    : "the sequence begins anew, wherever it stood";
}

/// What is known once the statements and the ways back of all changes are.
void StepWriter::lower_fidelity(const Change& head, std::size_t node, Step& step) const {
  if (const auto barred = barred_.find(node); barred != barred_.end()) {
    step.inverse.fidelity = "none";
    step.inverse.reason = barred->second;
    return add_hazard(step, hazard::not_reversible);
  }
  if (const std::string what = position_lost_with(head); !what.empty() && step.retained.empty()) {
    if (step.inverse.fidelity == "exact") step.inverse.fidelity = "loses data";
    step.inverse.reason += (step.inverse.reason.empty() ? "" : "; ") + what;
  }
  if (gives_up_position(head)) {
    if (!input_.keeps_rows() && step.inverse.fidelity == "exact") step.inverse.fidelity = "loses data";
    const std::string what = input_.keeps_rows()
                                 ? "where its sequence stands is kept in " + step.retained.back().relation
                                 : "its sequence goes on behind the values of the column, wherever it stood";
    step.inverse.reason += (step.inverse.reason.empty() ? "" : "; ") + what;
  }
  const auto& hazards = step.hazards;
  const bool deletes = std::find(hazards.begin(), hazards.end(), hazard::deletes_data) != hazards.end();
  if (head.op != Change::Op::drop || !deletes || !step.retained.empty() || step.inverse.fidelity != "exact") return;
  step.inverse.fidelity = "loses data";
  step.inverse.reason = "the values of " + head.from->key + " are gone once it is dropped";
}

/// Rows on which the way back would fail: those that were written since, and all where a column comes back without the
/// values that it had. Values that are kept nobody can look at before they are back. The questions know the new names
/// alone, and so does the database until all of these steps are taken back: renames go last.
void StepWriter::add_obstacles_back(const Change& head, const std::vector<model::Fragment>& backwards,
                                    Step& step) const {
  if (head.op == Change::Op::create || head.rebuilt || !step.retained.empty()) return;
  const bool reads_lost = head.op == Change::Op::drop && reads_what_goes(head.object(), {});
  if (reads_lost && input_.keeps_rows()) return;
  std::vector<std::string> refused;
  for (const model::Fragment& fragment : backwards) {
    for (const model::Obstacle& obstacle : fragment.obstacles) {
      if (obstacle.rows.empty()) continue;
      step.inverse.preflight.push_back(preflight_of(obstacle, step));
      refused.push_back(obstacle.what);
    }
  }
  const bool loses_values = head.op == Change::Op::drop && (reads_lost || holds_data(head.object()));
  if (refused.empty() || !loses_values) return;
  std::string& reason = step.inverse.reason;
  reason += (reason.empty() ? "" : "; ") + std::string("it is refused while there are ") + join(refused, ", or ");
  if (!input_.keeps_rows()) reason += "; --on-drop retain keeps the values";
}

/// The steps of the way back that drop, or create, what is taken down meanwhile.
void StepWriter::write_again(std::size_t change, Verb verb, Emit& emit) const {
  const auto steps = way_back_.find(change);
  if (steps == way_back_.end()) return;
  for (const Step& step : steps->second) {
    if (step.verb != verb) continue;
    for (const std::string& sql : step.sql) emit.statement(sql).search_path = step.search_path;
  }
}

void StepWriter::create_back(const Objects& members, std::size_t node, Emit& emit) const {
  if (barred_.count(node) != 0) return;
  write_again(node, Verb::drop, emit);
  create(members, true, emit);
  write_again(node, Verb::create, emit);
}

void StepWriter::alter_back(const Change& change, std::size_t node, Emit& emit) const {
  if (barred_.count(node) != 0) return;
  write_again(node, Verb::drop, emit);
  if (replaced_.count(node) == 0) alter(change, true, emit);
  write_again(node, Verb::create, emit);
}

}  // namespace segue::plan
