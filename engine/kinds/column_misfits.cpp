// Values that a column's new type cannot hold, looked for before ALTER TYPE meets them (tablecmds.c ATRewriteTable).
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/misfit.h"
#include "kinds/obstacles.h"
#include "kinds/relation.h"

namespace segue::kinds::column_parts {
namespace {

using model::Object;
using model::Sides;

/// The labels of an enum, or of that of which the type is an array.
model::List labels_of(const model::Schema* all, std::string type_name) {
  if (type_name.ends_with("[]")) type_name.resize(type_name.size() - 2);
  const Object* found = all == nullptr ? nullptr : all->find(std::string(enum_type.name) + " " + type_name);
  return found == nullptr ? model::List{} : found->list(model::attribute(enum_type, "labels"));
}

/// What comes from a parent is converted, and looked at, with it.
bool follows_parent(const Object& object) { return !column.implied_by(object).empty(); }

}  // namespace

void write_misfits(const Sides& sides, bool written_out, model::Emit& emit) {
  const Object& to = *sides.to;
  // what an expression of the file makes of a value, and what a generated column is computed from, is not said by types
  if (to.has(using_expression) || to.has(generated) || follows_parent(to)) return;
  Conversion conversion{sides.from->text(type), to.text(type), written_out, {}, sides.server_version};
  if (conversion.from == conversion.to) return;
  conversion.labels = labels_of(sides.to_schema, conversion.to);
  const Misfit found = misfit(conversion, quoted_name(to));
  const std::string relation = relation_address(to);
  if (!found.known) {
    obstacles::unknown("whether every " + quoted_name(to) + " of " + relation + " can become " + conversion.to +
                           " shows only when it is converted; `-- @using expression` says how",
                       emit);
  } else if (!found.condition.empty()) {
    obstacles::values_where(sides, found.condition,
                            "rows of " + relation + " whose " + quoted_name(to) + " does not fit " + conversion.to,
                            emit);
  }
}

}  // namespace segue::kinds::column_parts
