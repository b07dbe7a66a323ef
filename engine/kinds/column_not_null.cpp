// NOT NULL of columns. PostgreSQL: pg_attribute.attnotnull, and from 18 on pg_constraint; tablecmds.c ATExecSetNotNull.
#include <algorithm>

#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "kinds/obstacles.h"
#include "kinds/relation.h"

namespace segue::kinds::column_parts {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;

std::string set_not_null_clause(const model::Sides& sides) {
  if (!states_not_null_name(*sides.to)) return alter_column(sides) + "SET NOT NULL";
  return "ADD CONSTRAINT " + quote_identifier(sides.to->text(not_null_name)) + " NOT NULL " + quoted_name(*sides.to);
}

void fill(const Object& object, Emit& emit) {
  const model::Definition& value = object.definition(backfill);
  auto& fragment = emit.statement("UPDATE " + relation_address(object) + " SET " + quoted_name(object) + " = " +
                                      value.text + " WHERE " + quoted_name(object) + " IS NULL",
                                  "UPDATE");
  fragment.search_path = value.search_path;
  fragment.relations = {relation_address(object)};
}

bool has_not_null_from_parent(const model::Schema* schema, const Object& object) {
  const auto& parents = object.list(inherited_from);
  return schema != nullptr && std::any_of(parents.begin(), parents.end(), [schema](const std::string& key) {
           const Object* parent = schema->find(key);
           return parent != nullptr && parent->flag(not_null);
         });
}

namespace {

/// DROP NOT NULL reaches the partitions as well: those that keep theirs get it again (before 18, where it is nobody's
/// own).
void keep_below(const Sides& sides, Emit& emit) {
  each_below(*sides.from_schema, *sides.from, [&](const Object& before) {
    Sides rest = sides;
    rest.from = &before;
    rest.to = sides.to_schema->find(before.key);
    if (rest.to == nullptr || !before.flag(not_null) || !rest.to->flag(not_null)) return true;
    alter(rest, emit, set_not_null_clause(rest), "SET NOT NULL", false);
    return false;
  });
}

/// Whether a table below keeps its own. A child of an ordinary table may, and need not lose it meanwhile; it could not
/// do so under a primary key (tablecmds.c ATExecDropNotNull).
bool is_kept_below(const Sides& sides) {
  bool kept = false;
  each_below(*sides.from_schema, *sides.from, [&](const Object& before) {
    const Object* after = sides.to_schema->find(before.key);
    kept = kept || (after != nullptr && before.flag(not_null) && after->flag(not_null));
    return true;
  });
  return kept;
}

/// From one table after the other, where they are not to lose it together.
void drop_one_by_one(const Sides& sides, Emit& emit) {
  alter(sides, emit, alter_column(sides) + "DROP NOT NULL", "DROP NOT NULL", true);
  each_below(*sides.from_schema, *sides.from, [&](const Object& before) {
    Sides rest = sides;
    rest.from = &before;
    rest.to = sides.to_schema->find(before.key);
    if (rest.to == nullptr || rest.to->flag(not_null)) return false;
    if (before.flag(not_null)) alter(rest, emit, alter_column(rest) + "DROP NOT NULL", "DROP NOT NULL", true);
    return true;
  });
}

void drop_not_null(const Sides& sides, Emit& emit) {
  const bool partitioned = is_partitioned(sides.from_schema->find(sides.from->parent));
  const bool kept = sides.server_version < first_with_named_not_null && is_kept_below(sides);
  if (kept && !partitioned) return drop_one_by_one(sides, emit);
  alter(sides, emit, alter_column(sides) + "DROP NOT NULL", "DROP NOT NULL", false);
  if (kept) keep_below(sides, emit);
}

/// From 18 on it reaches the tables below by itself, and said there once more it would be the child's own as well
/// (tablecmds.c ATExecSetNotNull).
bool comes_with_parents(const Sides& sides) {
  return sides.server_version >= first_with_named_not_null && has_not_null_from_parent(sides.to_schema, *sides.to) &&
         !has_not_null_from_parent(sides.from_schema, *sides.from);
}

}  // namespace

void alter_not_null(const Sides& sides, Emit& emit) {
  const bool set = sides.to->flag(not_null);
  if (set && sides.to->has(backfill)) fill(*sides.to, emit);
  if (set && comes_with_parents(sides)) return;
  if (!set) return drop_not_null(sides, emit);
  alter(sides, emit, set_not_null_clause(sides), "SET NOT NULL", false);
  if (sides.to->has(backfill)) return;
  const std::string relation = relation_address(*sides.to);
  obstacles::rows_where(sides, relation, {sides.to->name()}, quoted_name(*sides.to) + " IS NULL",
                        "rows of " + relation + " without " + quoted_name(*sides.to), false, emit);
}

model::Fidelity judge_not_null(const Sides& sides) {
  return sides.to->flag(not_null) && sides.to->has(backfill) ? model::Fidelity::loses_data : model::Fidelity::exact;
}

namespace {

/// tablecmds.c rename_constraint_internal: one that is inherited cannot be renamed, and one that others inherit only
/// where they call it the same. Whoever has another name there keeps it.
bool is_bound_by_inheritance(const Sides& sides) {
  if (has_not_null_from_parent(sides.from_schema, *sides.from) || has_not_null_from_parent(sides.to_schema, *sides.to))
    return true;
  const auto is_other_below = [&](const Object& other) {
    if (other.kind != &column || !other.flag(not_null)) return false;
    const auto& parents = other.list(inherited_from);
    return std::find(parents.begin(), parents.end(), sides.from->key) != parents.end() &&
           other.text(not_null_name) != sides.from->text(not_null_name);
  };
  const auto& objects = sides.from_schema->objects();
  return std::any_of(objects.begin(), objects.end(), is_other_below);
}

}  // namespace

/// Only where the constraint stays: one that comes or goes does so with its name.
Change decide_not_null_name(const Sides& sides) {
  const Object& from = *sides.from;
  const Object& to = *sides.to;
  if (!from.flag(not_null) || !to.flag(not_null) || !from.has(not_null_name) || !to.has(not_null_name))
    return Change::derived;
  if (has_implied_not_null_name(from) && has_implied_not_null_name(to)) return Change::derived;
  return is_bound_by_inheritance(sides) ? Change::derived : Change::alter;
}

void rename_not_null(const Sides& sides, Emit& emit) {
  emit.statement(rename_constraint(*sides.to, sides.from->text(not_null_name), sides.to->text(not_null_name)),
                 "RENAME CONSTRAINT check")
      .relations = {relation_address(*sides.to)};
}

}  // namespace segue::kinds::column_parts
