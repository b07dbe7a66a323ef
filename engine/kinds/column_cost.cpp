// What it costs to change a column: the measured forms (plan/locks.h) of ADD COLUMN and ALTER COLUMN … TYPE.
#include <algorithm>

#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/volatility.h"

namespace segue::kinds::column_parts {

using model::Object;
using model::Sides;

const Object* domain_of(const Object& object, const model::Schema& schema) {
  for (const std::string& key : object.depends) {
    const Object* type_of = schema.find(key);
    if (type_of != nullptr && type_of->kind == &domain) return type_of;
  }
  return nullptr;
}

/// The measured form of a type change, so that its lock and its rewrite are known (plan/locks.h). An expression is
/// computed for every row (tablecmds.c ATColumnChangeRequiresRewrite).
std::string form_of_type_change(const Sides& sides) {
  if (sides.to->has(using_expression) || sides.to->has(generated)) return "ALTER TYPE other -> text";
  return "ALTER TYPE " + sides.from->text(type) + " -> " + sides.to->text(type);
}

/// What stays in its file is read nevertheless where a check is looked at again (tablecmds.c ATPostAlterTypeCleanup),
/// or an index is built again: one that sorts otherwise from now on (indexcmds.c CheckIndexCompatible), and those of
/// all partitions, which only an index without partitions is spared.
bool type_change_reads_rows(const Sides& sides) {
  if (sides.from_schema == nullptr) return false;
  const bool rebuilds_indexes = sides.from->text(of_collation) != sides.to->text(of_collation) ||
                                is_partitioned(sides.from_schema->find(sides.from->parent));
  const auto children = sides.from_schema->children(sides.from->parent);
  return std::any_of(children.begin(), children.end(), [&](const Object* child) {
    const bool on_it = std::find(child->depends.begin(), child->depends.end(), sides.from->key) != child->depends.end();
    const bool is_index = child->kind == &index || is_key(*child);
    return on_it && (is_index ? rebuilds_indexes : child->kind == &constraint);
  });
}

namespace {

/// Whether rows that exist must pass the domain, so that the table is rewritten (typcache.c DomainHasConstraints).
bool has_constraints(const Object& domain_object, const model::Schema& schema) {
  if (domain_object.flag(model::attribute(domain, "not_null"))) return true;
  const auto children = schema.children(domain_object.key);
  if (std::any_of(children.begin(), children.end(),
                  [](const Object* child) { return child->kind == &domain_constraint; }))
    return true;
  const Object* below = domain_of(domain_object, schema);
  return below != nullptr && has_constraints(*below, schema);
}

}  // namespace

std::string form_of_adding(const Object& object, std::span<const Object* const> folded, const model::Schema& schema) {
  if (object.has(generated)) return "ADD COLUMN generated stored";
  if (object.has(identity)) return "ADD COLUMN identity";
  const model::Definition* value = nullptr;
  for (const Object* child : folded) {
    if (child->parent == object.key && child->kind == &column_default) value = &child->definition(0);
  }
  const Object* type_of = domain_of(object, schema);
  if (type_of != nullptr && has_constraints(*type_of, schema)) return "ADD COLUMN of domain with CHECK";
  for (; type_of != nullptr && value == nullptr; type_of = domain_of(*type_of, schema)) {
    const std::size_t attribute = model::attribute(domain, "default");
    if (type_of->has(attribute)) value = &type_of->definition(attribute);
  }
  if (value == nullptr) return "ADD COLUMN nullable";
  switch (computed(value->text)) {
    case Computed::never:
      return "ADD COLUMN const default";
    case Computed::once:
      return "ADD COLUMN stable default now()";
    case Computed::per_row:
      break;
  }
  return "ADD COLUMN volatile default random()";
}

}  // namespace segue::kinds::column_parts
