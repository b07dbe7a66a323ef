#include "kinds/held_not_null.h"

#include <algorithm>

#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::List;
using model::Object;
using model::Sides;

bool loses_not_null(const Sides& sides) {
  static const std::size_t not_null = model::attribute(column, "not_null");
  return sides.from->kind == &column && sides.from->flag(not_null) && !sides.to->flag(not_null);
}

bool names(const Object& index, const std::string& column_name) {
  const List& columns = index.list(model::attribute(*index.kind, "columns"));
  return std::find(columns.begin(), columns.end(), column_name) != columns.end();
}

bool is_primary_key_of(const Object& part, const std::string& column_name) {
  return is_key(part) && part.text(model::attribute(constraint, "type")) == "primary key" && names(part, column_name);
}

/// Whether it is an index whose columns must all be NOT NULL: the column is one of what the index reads.
bool is_replica_identity_of(const Object& part, const Object& of_column, const model::Schema& side) {
  if (part.kind != &replica_identity) return false;
  return std::any_of(part.depends.begin(), part.depends.end(), [&](const std::string& key) {
    const Object* behind = side.find(key);
    const auto& read = behind == nullptr ? part.depends : behind->depends;
    return std::find(read.begin(), read.end(), of_column.key) != read.end();
  });
}

}  // namespace

HeldNotNull held_not_null(const Sides& sides) {
  HeldNotNull held;
  if (!loses_not_null(sides) || sides.server_version >= first_with_named_not_null) return held;
  if (!is_partitioned(sides.from_schema->find(sides.from->parent))) return held;
  static const std::size_t identity = model::attribute(column, "identity");
  each_below(*sides.from_schema, *sides.from, [&](const Object& below) {
    for (const Object* part : sides.from_schema->children(below.parent)) {
      if (is_primary_key_of(*part, below.name()) || is_replica_identity_of(*part, below, *sides.from_schema))
        held.taken_off.insert(part->key);
    }
    const Object* after = sides.to_schema->find(below.key);
    if (after != nullptr && below.has(identity) && after->has(identity)) held.identity = below.key;
    return true;
  });
  return held;
}

}  // namespace segue::kinds
