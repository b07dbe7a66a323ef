#include "kinds/collation_swap.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/column_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/type_swap.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Sides;

bool reads(const Object& object, const std::string& key) {
  return std::find(object.depends.begin(), object.depends.end(), key) != object.depends.end();
}

/// Those that have it before and after, as they are after.
std::vector<const Object*> kept_by(const Sides& sides) {
  std::vector<const Object*> found;
  for (const Object& object : sides.from_schema->objects()) {
    const Object* after = reads(object, sides.from->key) ? sides.to_schema->find(object.key) : nullptr;
    if (after != nullptr && reads(*after, sides.to->key)) found.push_back(after);
  }
  std::sort(found.begin(), found.end(), [](const Object* a, const Object* b) { return a->key < b->key; });
  return found;
}

/// A column that is to be of another type as well would have to change twice.
bool can_be_given_it(const Sides& sides, const Object& user) {
  static const std::size_t type = model::attribute(column, "type");
  return user.kind == &column && sides.from_schema->find(user.key)->text(type) == user.text(type) &&
         !is_partition_key(*sides.from_schema, user);
}

/// Keys and indexes are made again by the server along with their columns (tablecmds.c ATPostAlterTypeCleanup), the
/// others by us.
bool is_rebuilt(const Object& user) {
  return user.kind == &constraint || user.kind == &index ||
         (user.kind->rebuilt_when_disturbed != nullptr && user.kind->rebuilt_when_disturbed(user));
}

/// A generated column is gone meanwhile, and an inherited one follows its parent's.
bool is_given_it(const Object& user) {
  return user.kind == &column && !user.kind->rebuilt_when_disturbed(user) && user.kind->implied_by(user).empty();
}

void give_it(const Sides& sides, const Object& user, Emit& emit) {
  const std::string type = user.text(model::attribute(column, "type"));
  Sides of = sides;
  of.from = sides.from_schema->find(user.key);
  of.to = &user;
  auto& fragment = emit.statement(alter_table(of, user, false) + " ALTER COLUMN " + quoted_name(user) + " TYPE " +
                                      type + " COLLATE " + user.text(model::attribute(column, "collation")),
                                  "ALTER TYPE " + type + " -> " + type);
  fragment.relations = {relation_address(user)};
  fragment.reads_rows = true;
  column_parts::keep_storage(of, emit);
}

}  // namespace

bool is_exchanged_under_columns(const Sides& sides) {
  if (sides.from_schema == nullptr || sides.to_schema == nullptr) return false;
  const auto users = kept_by(sides);
  const auto is_column = [&](const Object* user) { return can_be_given_it(sides, *user); };
  return std::any_of(users.begin(), users.end(), is_column) &&
         std::all_of(users.begin(), users.end(),
                     [&](const Object* user) { return is_column(user) || is_rebuilt(*user); });
}

void exchange_collation(const Sides& sides, Emit& emit) {
  const std::string aside = name_aside(*sides.from);
  emit.statement("ALTER COLLATION " + relation_address(*sides.from) + " RENAME TO " + quote_identifier(aside),
                 "CREATE COLLATION");
  Sides made = sides;
  made.from = nullptr;
  sides.to->kind->create(made, {}, emit);
  create_what_hangs_on(sides, sides.to->key, emit);
  for (const Object* user : kept_by(sides)) {
    if (is_given_it(*user)) give_it(sides, *user, emit);
  }
  emit.statement("DROP COLLATION " + quote_qualified(sides.from->names[0], aside), "CREATE COLLATION");
}

}  // namespace segue::kinds
