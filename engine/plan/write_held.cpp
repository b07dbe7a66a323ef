// Columns of tables whose rows are values elsewhere: what goes with them there, and how they come back although
// PostgreSQL adds none that brings a value (plan/row_types.h).
#include <algorithm>

#include "base/quote.h"
#include "kinds/keep_aside.h"
#include "kinds/kinds.h"
#include "kinds/positions.h"
#include "kinds/relation.h"
#include "plan/write_step.h"

namespace segue::plan {
namespace {

using model::Emit;
using model::Object;

std::string relation_of(const Object& column) { return quote_qualified(column.names[0], column.names[1]); }

/// The column as the server takes it without a look at rows.
Object without_value(const Object& column) {
  Object bare = column;
  bare[model::attribute(kinds::column, "not_null")] = false;
  take_identity_off(bare);
  return bare;
}

}  // namespace

void take_identity_off(Object& column) {
  for (const char* name : {"identity", "identity_sequence", "identity_options", "sequence_persistence"})
    column[model::attribute(kinds::column, name)] = {};
}

/// The columns that hold rows of the table of one of these columns, before the plan and behind it.
std::set<std::string> StepWriter::holders_of(const Objects& columns) const {
  if (!held_before_) held_before_.emplace(*input_.from);
  if (!held_after_) held_after_.emplace(*input_.to);
  std::set<std::string> lasting;
  for (const Object* column : columns) {
    if (column->kind != &kinds::column) continue;
    const std::set<std::string> still = held_after_->holders_of(relation_of(*column));
    for (const std::string& holder : held_before_->holders_of(relation_of(*column))) {
      if (still.count(holder) != 0 && going_.count(holder) == 0) lasting.insert(holder);
    }
  }
  return lasting;
}

/// Puts up again what was dropped. `node`: of its head.
void StepWriter::make_again(const Objects& members, std::size_t node, Emit& back, Step& step) {
  const Object& head = *members.front();
  if (!why_not_created(head).empty()) return;
  const bool with_value = head.kind == &kinds::column && comes_with_value(*input_.from, head);
  const std::set<std::string> holders = with_value ? holders_of(members) : std::set<std::string>();
  if (holders.empty()) return create_back(members, node, back);
  if (const std::string why = why_never_added(head, *holders.begin()); !why.empty()) return bar_the_way_back(node, why);
  add_with_values_behind(members, back, step);
}

/// Why no statement adds the column while that holder has rows of its table; "" where one does.
std::string StepWriter::why_never_added(const Object& column, const std::string& holder) const {
  if (!always_comes_with_value(*input_.from, column)) return "";
  return "PostgreSQL adds no column that comes with a value while " + holder + " holds rows of " + relation_of(column);
}

/// ADD COLUMN first, then the values, and what is to hold of them behind that.
void StepWriter::add_with_values_behind(const Objects& members, Emit& back, Step& step) {
  const Object& column = *members.front();
  const bool is_identity = column.has(model::attribute(kinds::column, "identity"));
  const Object& bare = first_forms_.emplace_back(without_value(column));
  column.kind->create(sides(&bare, nullptr, true), {}, back);
  std::set<std::string> sequences;
  std::set<std::string> others;
  const Object* brought = nullptr;  // the default
  for (const Object* part : members) {
    if (part->kind == &kinds::column_default && part->parent == column.key) brought = part;
    if (part->kind != &kinds::column && !comes_down(*part, members))
      (part->kind == &kinds::sequence ? sequences : others).insert(part->key);
  }
  create_each(members, sequences, true, back);
  if (is_identity) kinds::positions::stand_in(column, back);
  fill_again(column, brought, back, step);
  if (is_identity) {
    kinds::positions::make_room(column, back);
    put_identity(column, bare, back);
    kinds::positions::take_over(column, back);
  } else {
    set_not_null(members, true, back);
  }
  create_each(members, others, true, back);
  Objects as_they_come = members;  // the tables below had no default from ADD COLUMN
  std::erase(as_they_come, brought);
  settle_below(as_they_come, true, back);
}

/// The value that ADD COLUMN would have brought; rows that get none may not stand where the column is to have one.
void StepWriter::fill_again(const Object& column, const Object* brought, Emit& back, Step& step) const {
  const Object* table = input_.from->find(column.parent);
  const std::string acting = table == nullptr ? "" : why_not_updated(*table);
  const std::string value = brought != nullptr ? brought->definition(0).text : kinds::aside::next_of_identity(column);
  if (acting.empty()) return kinds::aside::set_values(column, value, back);
  if (!column.flag(model::attribute(kinds::column, "not_null"))) return;
  const std::string rows = "FROM " + relation_of(column) + " t";
  step.inverse.preflight.push_back({"SELECT pg_catalog.count(*) " + rows, "SELECT t.* " + rows,
                                    "rows of " + column.parent + ", which would have no " + column.name(),
                                    hazard::may_fail_on_data});
}

/// `bare`: the column as it stands.
void StepWriter::put_identity(const Object& column, const Object& bare, Emit& back) const {
  column.kind->attributes[model::attribute(kinds::column, "identity")].alter(sides(&column, &bare, true), back);
}

/// What a dropped column leaves behind in the rows that others hold is out of reach, whatever becomes of its own
/// values: a column that comes back is another attribute (tupdesc.h attisdropped).
void StepWriter::lose_held_values(const Objects& members, const std::vector<model::Fragment>& there, Step& step) const {
  const bool drops =
      std::any_of(there.begin(), there.end(), [](const auto& fragment) { return fragment.form == "DROP COLUMN"; });
  if (!drops || step.inverse.fidelity == "none") return;
  const std::set<std::string> holders = holders_of(members);
  if (holders.empty()) return;
  for (const std::string& key : holders) {
    if (const Object* holder = input_.from->find(key)) step.preflight.push_back(values_in(*holder));
  }
  add_hazard(step, hazard::deletes_data);
  step.inverse.fidelity = "loses data";
  step.inverse.reason += (step.inverse.reason.empty() ? "" : "; ") +
                         ("its values in the rows that " + *holders.begin() + " holds are gone once it is dropped");
}

}  // namespace segue::plan
