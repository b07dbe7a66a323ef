// Columns and checks that come down to the tables below with those of a parent, and what these are to have otherwise.
#include <algorithm>

#include "kinds/kinds.h"
#include "plan/write_step.h"

namespace segue::plan {

using model::Object;

namespace {

const Object* find(const std::vector<const Object*>& members, const std::string& key) {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const Object* object) { return object->key == key; });
  return found == members.end() ? nullptr : *found;
}

/// The column of a parent that brings this one along; null where none does.
const Object* counterpart_of(const Object& member, const std::vector<const Object*>& members) {
  const Object* above = member.kind == &kinds::column ? find(members, kinds::column.implied_by(member)) : nullptr;
  return above != nullptr && above->kind == &kinds::column ? above : nullptr;
}

const Object* default_of(const Object& column, const std::vector<const Object*>& members) {
  return find(members, model::key_of(kinds::column_default, column.names));
}

}  // namespace

bool comes_down(const Object& member, const std::vector<const Object*>& members) {
  const Object* whole = member.kind == &kinds::column_default ? find(members, member.parent) : nullptr;
  return whole != nullptr && counterpart_of(*whole, members) != nullptr;
}

/// tablecmds.c ATExecAddColumn gives the children the column as the parent has it, and theirs the same: what one
/// between has otherwise it has alone.
void StepWriter::settle_below(const Objects& members, bool backwards, model::Emit& emit) const {
  const std::size_t not_null = model::attribute(kinds::column, "not_null");
  const std::size_t local = model::attribute(kinds::column, "local");
  const auto between = [&](const Object* as_it_comes, const Object* wanted) {
    return backwards ? sides(wanted, as_it_comes, true) : sides(as_it_comes, wanted, false);
  };
  for (const Object* column : members) {
    const Object* above = counterpart_of(*column, members);
    if (above == nullptr) continue;
    const Object* wanted = default_of(*column, members);
    const Object* top = above;
    while (const Object* next = counterpart_of(*top, members)) top = next;
    const Object* of_parent = default_of(*top, members);
    if (wanted != nullptr && (of_parent == nullptr || wanted->values != of_parent->values)) {
      kinds::column_default.create(between(nullptr, wanted), {}, emit);
    } else if (wanted == nullptr && of_parent != nullptr) {
      const Object unwanted = model::make_object(kinds::column_default, column->names, column->key);
      kinds::column_default.drop(between(&unwanted, nullptr), emit);
    }
    // one that its parent writes says so itself, behind it
    if (column->flag(not_null) && !above->flag(not_null) && column->flag(local)) {
      Object as_it_comes = *column;
      as_it_comes[not_null] = false;
      kinds::column.attributes[not_null].alter(between(&as_it_comes, column), emit);
    }
    if (column->kind->after_inline != nullptr) column->kind->after_inline(between(nullptr, column), emit);
  }
  validate_below(members, backwards, emit);
}

/// A check comes down as it is above (ATAddCheckConstraint); a partition that was made or attached later has it
/// checked.
void StepWriter::validate_below(const Objects& members, bool backwards, model::Emit& emit) const {
  const std::size_t not_valid = model::attribute(kinds::constraint, "not_valid");
  for (const Object* check : members) {
    if (check->kind != &kinds::constraint || check->flag(not_valid)) continue;
    const Object* above = find(members, kinds::constraint.implied_by(*check));
    if (above == nullptr || !above->flag(not_valid)) continue;
    Object as_it_comes = *check;
    as_it_comes[not_valid] = true;
    const model::Sides both = backwards ? sides(check, &as_it_comes, true) : sides(&as_it_comes, check, false);
    kinds::constraint.attributes[not_valid].alter(both, emit);
  }
}

}  // namespace segue::plan
