// Drops that keep the rows: what --on-drop retain makes of them.
//
// A table moves to segue_retained after everything was taken off that could still act for it, or that the same plan
// takes away; a column leaves a copy of its values there. What cannot be kept is dropped, with the hazard that says so.
#include <algorithm>

#include "base/hash.h"
#include "base/quote.h"
#include "base/retained.h"
#include "kinds/keep_aside.h"
#include "kinds/kinds.h"
#include "kinds/positions.h"
#include "kinds/relation.h"
#include "model/whole.h"
#include "plan/row_types.h"
#include "plan/shape.h"
#include "plan/write_step.h"

namespace segue::plan {
namespace {

using model::Emit;
using model::Fragment;
using model::Object;

namespace aside = kinds::aside;

/// What goes with a table when it moves. Everything else of it acts for it, or belongs to a schema by itself.
bool moves_along(const Object& part) {
  if (part.kind == &kinds::constraint) return part.text(model::attribute(kinds::constraint, "type")) != "foreign key";
  static const std::set<const model::Kind*> kinds_that_do = {
      &kinds::column,           &kinds::column_default, &kinds::index,         &kinds::index_attachment,
      &kinds::sequence,         &kinds::owner,          &kinds::privileges,    &kinds::comment,
      &kinds::replica_identity, &kinds::clustering,     &kinds::security_label};
  return kinds_that_do.count(part.kind) != 0;
}

bool is_generated(const Object& column) { return column.has(model::attribute(kinds::column, "generated")); }

/// Why a table cannot move and come back as it was; "" where it can.
std::string why_not_moved(const Object& table) {
  if (table.kind != &kinds::table) return "its rows are not in this database";
  if (!table.list(model::attribute(kinds::table, "inherits")).empty())
    return "it inherits, and its columns would not come back as inherited ones";
  if (table.has(model::attribute(kinds::table, "of_type"))) return "its columns are those of a type";
  return "";
}

}  // namespace

/// A name that nothing kept has, and that says what it was: books_1a2b3c4d.
std::string name_aside(const Object& object, std::string_view prefix, std::set<std::string>& taken) {
  constexpr std::size_t room = 50;  // of 63 bytes: eight digits, and four for what is made for a while
  const std::string name = std::string(prefix) + clip_identifier(object.name(), room - prefix.size());
  for (int attempt = 0;; ++attempt) {
    std::string full =
        name + "_" + sha256(object.key + "\n" + object_hash(object) + "\n" + std::to_string(attempt)).substr(0, 8);
    if (taken.insert(full).second) return full;
  }
}

std::string StepWriter::name_aside(const Object& object, std::string_view prefix) {
  return plan::name_aside(object, prefix, names_aside_);
}

/// Whether it reads something that the plan takes away, apart from what is its own.
bool StepWriter::reads_what_goes(const Object& object, const std::set<std::string>& own) const {
  return std::any_of(object.depends.begin(), object.depends.end(),
                     [&](const std::string& key) { return going_.count(key) != 0 && own.count(key) == 0; });
}

/// Writes a drop whose rows are kept, and the way back; false where there is nothing to keep, or it cannot be kept.
bool StepWriter::retain(const Objects& members, Emit& there, Emit& back, Step& step) {
  if (!input_.keeps_rows()) return false;
  const Object& head = *members.front();
  if (head.kind == &kinds::table && !kinds::is_partitioned(&head)) return retain_table(members, there, back, step);
  if (head.kind == &kinds::column && !is_generated(head))
    return retain_column_in_place(members, there, back, step) || retain_column(members, there, back, step);
  if (head.kind != &kinds::sequence ||
      !std::all_of(members.begin(), members.end(), [](const Object* part) { return moves_along(*part); }))
    return false;
  retain_sequence(head, there, back, step);
  return true;
}

void StepWriter::retain_sequence(const Object& sequence, Emit& there, Emit& back, Step& step) {
  namespace positions = kinds::positions;
  const aside::Moved moved{&sequence, name_aside(sequence)};
  const std::string& owner = sequence.text(model::attribute(kinds::sequence, "owned_by"));
  const std::string name = quote_qualified(sequence.names[0], sequence.names[1]);
  const bool owned = !owner.empty();
  if (owned) positions::leave(sides(&sequence, nullptr, false), owner, name, there);
  if (owned) aside::disown(sequence, there);
  aside::try_drop(sequence, there);
  aside::move_there(moved, {}, there);
  aside::move_back(moved, {}, back);
  if (owned) aside::own(sequence, back);
  if (owned) positions::arrive(sides(&sequence, nullptr, true), owner, name, kinds::options_of(sequence), back);
  step.inverse.reason = "the sequence is kept as " + aside::there(moved.name);
  step.retained.push_back({sequence.key, aside::there(moved.name)});
}

namespace {

bool reads_any(const Object& object, const std::set<std::string>& keys) {
  return std::any_of(object.depends.begin(), object.depends.end(),
                     [&](const std::string& key) { return keys.count(key) != 0; });
}

/// What is taken off a table before it moves: what `must` go, and whatever stands on that. What is said of a part (a
/// comment) goes with the part alone.
template <class Must>
std::set<std::string> taken_off(const std::vector<const Object*>& parts, const std::set<std::string>& changed,
                                const Must& must) {
  std::set<std::string> off;
  for (bool grown = true; grown;) {
    grown = false;
    for (const Object* part : parts) {
      if (part->kind == &kinds::column || off.count(part->key) != 0) continue;
      const bool speaks_of_it = model::is_aspect(*part);
      const bool on_changed = !speaks_of_it && (changed.count(part->parent) != 0 || reads_any(*part, changed));
      if (must(*part) || on_changed || off.count(part->parent) != 0 || reads_any(*part, off))
        grown = off.insert(part->key).second || grown;
    }
  }
  return off;
}

/// Whether another member brings it about: the column of a partition, say.
bool is_implied(const Object& part, const std::vector<const Object*>& members) {
  if (part.kind->implied_by == nullptr) return false;
  const std::string by = part.kind->implied_by(part);
  return std::any_of(members.begin(), members.end(), [&](const Object* member) { return member->key == by; });
}

/// Whether dropping what it hangs on takes it along.
bool goes_with(const Object& part, const std::set<std::string>& off) {
  return off.count(part.parent) != 0 || part.kind == &kinds::partition || part.kind == &kinds::trigger_state;
}

}  // namespace

bool StepWriter::retain_table(const Objects& members, Emit& there, Emit& back, Step& step) {
  const Object& table = *members.front();
  const Objects all_parts(members.begin() + 1, members.end());
  std::set<std::string> own;
  for (const Object* part : members) own.insert(part->key);

  std::set<std::string> as_text;  // columns whose type does not stay
  for (const Object* part : all_parts) {
    if (part->kind == &kinds::column && reads_what_goes(*part, own)) as_text.insert(part->key);
  }
  step.inverse.reason = why_not_moved(table);
  for (const Object* part : all_parts) {
    if (part->kind == &kinds::column && is_generated(*part) &&
        (as_text.count(part->key) != 0 || reads_any(*part, as_text)))
      step.inverse.reason = "what " + part->key + " is computed from does not stay";
  }
  if (!step.inverse.reason.empty()) return false;

  std::set<std::string> off = taken_off(
      all_parts, as_text, [&](const Object& part) { return !moves_along(part) || reads_what_goes(part, own); });
  Objects in_order_of_creation = created_in_order(members, off, true);
  for (const Object* part : all_parts) {  // as long as it is a partition, its parts are the partitioned table's
    if (part->kind == &kinds::partition) drop(*part, false, there);
  }
  for (auto part = in_order_of_creation.rbegin(); part != in_order_of_creation.rend(); ++part) {
    if (!goes_with(**part, off)) drop(**part, false, there);
  }
  for (Fragment& fragment : there.fragments()) fragment.hazards.clear();  // nobody uses it from now on
  for (const Object* part : all_parts) {
    if (as_text.count(part->key) != 0) aside::to_text(*part, there);
  }

  const aside::Moved moved{&table, name_aside(table)};
  std::vector<aside::Moved> names;
  for (const Object* part : all_parts) {
    if (off.count(part->key) == 0 && aside::has_name_to_pass(*part)) names.push_back({part, name_aside(*part)});
  }
  aside::try_drop(table, there);
  aside::move_there(moved, names, there);

  aside::move_back(moved, names, back);
  for (const Object* part : all_parts) {
    if (as_text.count(part->key) == 0) continue;
    aside::from_text(*part, back);
    part->kind->after_inline(sides(part, nullptr, true), back);
  }
  for (const Object* part : all_parts) {
    if (is_implied(*part, members)) off.erase(part->key);
  }
  create_each(members, off, true, back);
  step.inverse.reason = "the table is kept as " + aside::there(moved.name);
  step.retained.push_back({table.key, aside::there(moved.name)});
  return true;
}

/// What a column with its values is made of: `rest` comes back behind the values.
struct StepWriter::RetainedColumn {
  aside::Copy copy;
  std::string position;  ///< of its identity, in segue_retained; empty without one
  std::vector<aside::Moved> sequences;
  Objects rest;
};

StepWriter::RetainedColumn StepWriter::retained_column(const Objects& members, const Object& table) {
  const Object& column = *members.front();
  Objects gone = {&column};
  for (const Object* other : input_.from->children(table.key)) {
    if (going_.count(other->key) != 0) gone.push_back(other);
  }
  RetainedColumn kept{{&column, aside::key_of_rows(table, *input_.from, gone), name_aside(column), "NULL"}, "", {}, {}};
  for (const Object* part : members) {
    if (part == &column) continue;
    if (part->kind == &kinds::sequence) {
      kept.sequences.push_back({part, name_aside(*part)});
      continue;
    }
    kept.rest.push_back(part);
    if (part->kind == &kinds::column_default) kept.copy.otherwise = part->definition(0).text;
  }
  if (column.has(model::attribute(kinds::column, "identity"))) {
    kept.position = name_aside(column);
    kept.copy.otherwise = aside::next_of_identity(column);
  }
  return kept;
}

/// Whether values come back into a column of the table by UPDATE alone: before it, or once it is as the file says.
bool StepWriter::takes_update_alone(const Object& table) const {
  const Object* after = input_.to->find(table.key);
  return are_rows_held(*input_.from, table) || (after != nullptr && are_rows_held(*input_.to, *after));
}

/// Why they do not come back so either; "" where they do.
std::string StepWriter::why_not_updated(const Object& table) const {
  const Object* after = input_.to->find(table.key);
  std::string acting = acts_on_update(*input_.from, table);
  if (acting.empty() && after != nullptr) acting = acts_on_update(*input_.to, *after);
  if (acting.empty()) return "";
  return "rows of " + table.key + " are values elsewhere, so that UPDATE alone would bring them back, and " + acting +
         " would act on it";
}

bool StepWriter::retain_column(const Objects& members, Emit& there, Emit& back, Step& step) {
  const Object& column = *members.front();
  const Object* table = input_.from->find(column.parent);
  if (table == nullptr || table->kind != &kinds::table) return false;
  RetainedColumn kept = retained_column(members, *table);
  kept.copy.by_update = takes_update_alone(*table);
  step.inverse.reason = aside::why_not_copied(*table, kept.copy);
  if (step.inverse.reason.empty() && kept.copy.by_update) step.inverse.reason = why_not_updated(*table);
  if (const auto holders = holders_of(members); step.inverse.reason.empty() && !holders.empty())
    step.inverse.reason = why_never_added(column, *holders.begin());
  if (!step.inverse.reason.empty()) return false;

  aside::copy_values(kept.copy, there);
  if (!kept.position.empty()) aside::copy_position(column, kept.position, there);
  for (const aside::Moved& one : kept.sequences) {
    aside::disown(*one.object, there);
    aside::move_there(one, {}, there);
    step.retained.push_back({one.object->key, aside::there(one.name)});
  }
  drop(column, false, there);

  for (const aside::Moved& one : kept.sequences) aside::move_back(one, {}, back);
  bring_back_values(kept, *table, back, step);
  std::set<std::string> keys;
  for (const Object* part : kept.rest) {
    if (!is_implied(*part, members)) keys.insert(part->key);
  }
  create_each(members, keys, true, back);
  for (const aside::Moved& one : kept.sequences) aside::own(*one.object, back);
  const std::string list = aside::copies_without_row(kept.copy);
  step.inverse.preflight.push_back({"SELECT pg_catalog.count(*) " + list, "SELECT kept.* " + list,
                                    "values kept of " + column.key + " whose rows are gone, or have another key",
                                    hazard::deletes_data});
  step.inverse.reason = "the values are kept in " + aside::there(kept.copy.name) +
                        " by their keys: one whose row is gone by then goes as well, and a row that came under its key "
                        "takes it";
  step.retained.push_back({column.key, aside::there(kept.copy.name)});
  if (!kept.position.empty()) step.retained.push_back({column.key, aside::there(kept.position)});
  return true;
}

namespace {

/// Whether a column can stay where it is under another name: an identity would still give numbers to rows, and what
/// inherits has columns of its own.
bool can_stay(const Object& column, const Object& table) {
  return !column.has(model::attribute(kinds::column, "identity")) &&
         (kinds::is_partitioned(&table) || !table.flag(model::attribute(kinds::table, "has_children"))) &&
         table.list(model::attribute(kinds::table, "inherits")).empty();
}

/// What is said of a column acts for nobody, and stays on it.
bool stays_on_column(const Object& part) {
  return part.kind == &kinds::column || part.kind == &kinds::comment || part.kind == &kinds::privileges ||
         part.kind == &kinds::security_label;
}

}  // namespace

/// Whether a type goes, or is another one afterwards, that one of the columns among the members has.
bool StepWriter::types_go(const Objects& members) const {
  std::set<std::string> own;
  for (const Object* part : members) own.insert(part->key);
  return std::any_of(members.begin(), members.end(),
                     [&](const Object* part) { return part->kind == &kinds::column && reads_what_goes(*part, own); });
}

bool StepWriter::retain_column_in_place(const Objects& members, Emit& there, Emit& back, Step& step) {
  const Object& column = *members.front();
  const Object* table = input_.from->find(column.parent);
  if (input_.on_drop != "retain-in-place" || table == nullptr || table->kind != &kinds::table ||
      !can_stay(column, *table) || types_go(members))
    return false;
  std::vector<aside::Moved> sequences;
  std::set<std::string> off;
  std::string otherwise = "NULL";  // for rows that were written since
  for (const Object* part : members) {
    if (part->kind == &kinds::sequence)
      sequences.push_back({part, name_aside(*part)});
    else if (!is_implied(*part, members) && !stays_on_column(*part))
      off.insert(part->key);
    if (part->parent == column.key && part->kind == &kinds::column_default) otherwise = part->definition(0).text;
  }
  const bool needs_value = column.flag(model::attribute(kinds::column, "not_null"));
  const bool by_update = takes_update_alone(*table);
  if (by_update && needs_value && otherwise != "NULL" && !why_not_updated(*table).empty()) return false;

  const Objects in_order_of_creation = created_in_order(members, off, true);
  for (auto part = in_order_of_creation.rbegin(); part != in_order_of_creation.rend(); ++part) {
    if (!goes_with(**part, off)) drop(**part, false, there);
  }
  for (const aside::Moved& one : sequences) {
    aside::disown(*one.object, there);
    aside::move_there(one, {}, there);
    step.retained.push_back({one.object->key, aside::there(one.name)});
  }
  const aside::InPlace kept{&column, name_aside(column, retained_column_prefix), otherwise, by_update};
  set_not_null(members, false, there);
  aside::rename_aside(kept, there);

  aside::rename_back(kept, back);
  for (const aside::Moved& one : sequences) aside::move_back(one, {}, back);
  if (needs_value && otherwise != "NULL") aside::fill_in(kept, back);
  set_not_null(members, true, back);
  create_each(members, off, true, back);
  for (const aside::Moved& one : sequences) aside::own(*one.object, back);
  if (needs_value && otherwise == "NULL") {
    const std::string list = aside::rows_without_value(kept);
    step.inverse.preflight.push_back({"SELECT pg_catalog.count(*) " + list, "SELECT t.* " + list,
                                      "rows of " + table->key + " written since, which have no " + column.name(),
                                      hazard::may_fail_on_data});
  }
  const std::string name = quote_identifier(kept.name);
  step.inverse.reason = "the column stays in its table as " + name + "; rows written meanwhile have " +
                        (needs_value && otherwise != "NULL" ? "its default" : "no value in it");
  step.retained.push_back({column.key, quote_qualified(column.names[0], column.names[1]) + "." + name});
  return true;
}

/// Whether a column stays without its identity, and no sequence of its own goes on where that one stood.
bool StepWriter::gives_up_position(const Change& change) const {
  static const std::size_t identity = model::attribute(kinds::column, "identity");
  const bool is_given_up = change.op == Change::Op::alter && change.from->kind == &kinds::column &&
                           change.from->has(identity) && !change.to->has(identity);
  return is_given_up && !kinds::positions::is_handed_over(sides(change.from, change.to, false), change.from->key);
}

/// Writes an alteration and its way back; where it loses values, these are copied before, and found again. A copy that
/// the way back does not look into stays where it is, and step.inverse.reason says so (add_fidelity).
void StepWriter::convert(const Change& change, std::size_t node, Emit& there, Emit& back, Step& step) {
  static const KeptConversion none;
  const auto found = input_.conversions.find(change.from->key);
  const KeptConversion& kept = found == input_.conversions.end() ? none : found->second;
  const std::string position = input_.keeps_rows() && gives_up_position(change) ? name_aside(*change.from) : "";
  if (!position.empty()) {
    const bool reads_rows = !kinds::positions::leads_a_key(*input_.from, *change.from);
    aside::copy_position_and_end(*change.from, position, reads_rows, there);
  }
  for (const aside::Copy& copy : kept.copies) aside::copy_values(copy, there);
  alter(change, false, there);
  for (const aside::Copy& copy : kept.copies) aside::note_conversion(copy, there);

  Emit turning;
  alter_back(change, node, turning);
  if (!kept.why_not.empty()) step.inverse.reason = "they cannot be kept: " + kept.why_not;
  std::vector<const aside::Copy*> looked_into;
  for (const aside::Copy& copy : kept.copies) {
    step.retained.push_back({copy.column->key, aside::there(copy.name)});
    if (aside::uses_lookup(copy, turning.fragments()))
      looked_into.push_back(&copy);
    else
      step.inverse.reason = "taking this back puts none into " + copy.column->key + ", and those of before stay in " +
                            aside::there(copy.name);
  }
  for (const aside::Copy* copy : looked_into) aside::create_lookup(*copy, back);
  back.fragments().insert(back.fragments().end(), turning.fragments().begin(), turning.fragments().end());
  for (const aside::Copy* copy : looked_into) aside::drop_copy(*copy, back);
  if (!position.empty()) aside::put_position_unless_passed(*change.from, position, back);
  if (!position.empty()) step.retained.push_back({change.from->key, aside::there(position)});
  if (kept.copies.empty() || !step.inverse.reason.empty()) return;
  for (Fragment& fragment : there.fragments()) fragment.counts_loss.clear();
}

/// NOT NULL of the columns among the members, taken off or put on again: those below that have it from above follow.
void StepWriter::set_not_null(const Objects& members, bool on, Emit& emit) {
  const std::size_t not_null = model::attribute(kinds::column, "not_null");
  const Object& head = *members.front();
  for (const Object* part : members) {
    const bool follows = part != &head && head.flag(not_null);
    if (part->kind != &kinds::column || !part->flag(not_null) || follows) continue;
    Object& without = first_forms_.emplace_back(*part);
    without[not_null] = false;
    const model::Sides both = on ? sides(part, &without, true) : sides(part, &without, false);
    part->kind->attributes[not_null].alter(both, emit);
  }
}

/// The column, its values, and NOT NULL behind them: rows that were written since may have none.
void StepWriter::bring_back_values(const RetainedColumn& kept, const Object& table, Emit& back, Step& step) {
  const Object& column = *kept.copy.column;
  const std::size_t not_null = model::attribute(kinds::column, "not_null");
  const bool later_identity = kept.copy.by_update && !kept.position.empty();
  // an identity has to be NOT NULL
  const bool later_not_null = column.flag(not_null) && (kept.position.empty() || later_identity);
  Object& bare = first_forms_.emplace_back(column);
  if (later_not_null) bare[not_null] = false;
  if (later_identity) take_identity_off(bare);
  Emit adding;
  column.kind->create(sides(&bare, nullptr, true), {}, adding);
  // what ADD COLUMN is followed by sets what a change of the type would set again
  auto& fragments = back.fragments();
  fragments.push_back(adding.fragments().front());
  if (later_identity) kinds::positions::stand_in(column, back);
  if (!kept.position.empty()) aside::put_position(column, kept.position, back);
  aside::put_values(kept.copy, back);
  if (later_identity) {
    kinds::positions::make_room(column, back);
    put_identity(column, bare, back);
    kinds::positions::take_over(column, back);
  }
  fragments.insert(fragments.end(), adding.fragments().begin() + 1, adding.fragments().end());
  if (!later_not_null || later_identity) return;
  model::Sides both = sides(&column, &bare, true);
  column.kind->attributes[not_null].alter(both, back);
  if (kept.copy.otherwise != "NULL") return;
  const std::string list = aside::rows_without_copy(kept.copy);
  step.inverse.preflight.push_back({"SELECT pg_catalog.count(*) " + list, "SELECT t.* " + list,
                                    "rows of " + table.key + " written since, which would have no " + column.name(),
                                    hazard::may_fail_on_data});
}

}  // namespace segue::plan
