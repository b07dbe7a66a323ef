#include "kinds/type_swap.h"

#include <algorithm>
#include <map>

#include "base/quote.h"
#include "kinds/kinds.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Object;
using model::Schema;
using model::Sides;

constexpr std::string_view form_of_move = "ALTER TYPE e -> e2 USING c::text::e2";

std::string type_name(const Object& type) { return quote_qualified(type.names[0], type.names[1]); }

/// How SQL alters an object of this kind: "DOMAIN public.d", "TYPE public.mood".
std::string addressed(const Object& type) { return std::string(type.kind->sql_class) + " " + type_name(type); }

/// "public.mood" or "public.mood[]": format_type prints an array of any depth with one pair of brackets.
bool holds(const Object& user, const std::string& type) {
  const std::string& text = user.text(model::attribute(*user.kind, "type"));
  return text == type || text == type + "[]";
}

/// Objects of a kind that hold the type before and after.
std::vector<const Object*> users(const Sides& sides, const model::Kind& kind, const std::string& type) {
  std::vector<const Object*> found;
  for (const Object& object : sides.from_schema->objects()) {
    if (object.kind != &kind || !holds(object, type)) continue;
    const Object* after = sides.to_schema->find(object.key);
    if (after != nullptr && holds(*after, type)) found.push_back(after);
  }
  std::sort(found.begin(), found.end(), [](const Object* a, const Object* b) { return a->key < b->key; });
  return found;
}

/// An inherited column or a partition's follows its parent's ALTER.
bool follows_its_parent(const Object& user) {
  return user.kind->implied_by != nullptr && !user.kind->implied_by(user).empty();
}

std::string table_of(const Object& user) { return quote_qualified(user.names[0], user.names[1]); }

/// One ALTER TABLE for each table, so that it is rewritten once.
void move_columns(const std::vector<const Object*>& columns, const std::string& type, bool to_text,
                  std::string_view cast, Emit& emit) {
  std::map<std::string, std::string> commands;
  for (const Object* user : columns) {
    if (follows_its_parent(*user)) continue;
    const std::string name = quote_identifier(user->name());
    const bool array = user->text(model::attribute(*user->kind, "type")) != type;
    const std::string target = (to_text ? std::string("text") : type) + (array ? "[]" : "");
    std::string& command = commands[table_of(*user)];
    command += command.empty() ? " " : ", ";
    command += "ALTER COLUMN " + name + " TYPE " + target + " USING " + name + std::string(cast) + target;
  }
  for (const auto& [table, command] : commands) {
    emit.statement("ALTER TABLE " + table + command, std::string(form_of_move)).relations = {table};
  }
}

/// Attributes of composite types that hold it; the server refuses where a column holds that composite type.
void move_attributes(const Sides& sides, const std::string& type, const std::string& target, Emit& emit) {
  for (const Object* user : users(sides, composite_attribute, type)) {
    const bool array = user->text(model::attribute(composite_attribute, "type")) != type;
    emit.statement("ALTER TYPE " + table_of(*user) + " ALTER ATTRIBUTE " + quote_identifier(user->name()) + " TYPE " +
                       target + (array ? "[]" : ""),
                   "ALTER TYPE ALTER ATTRIBUTE TYPE (used by column)");
  }
}

/// The defaults of the columns: they are values of the old type. A default that only one side has is not ours.
std::vector<const Object*> defaults(const Schema& all, const std::vector<const Object*>& columns) {
  std::vector<const Object*> found;
  for (const Object* user : columns) {
    for (const Object* child : all.children(user->key)) {
      if (child->kind == &column_default) found.push_back(child);
    }
  }
  return found;
}

void drop_defaults(const Sides& sides, const std::vector<const Object*>& columns, Emit& emit) {
  for (const Object* child : defaults(*sides.from_schema, columns)) {
    Sides gone = sides;
    gone.from = child;
    gone.to = nullptr;
    child->kind->drop(gone, emit);
  }
}

void create(const Sides& sides, const Object& object, Emit& emit) {
  Sides made = sides;
  made.from = nullptr;
  made.to = &object;
  object.kind->create(made, {}, emit);
}

void set_defaults(const Sides& sides, const std::vector<const Object*>& columns, Emit& emit) {
  for (const Object* child : defaults(*sides.to_schema, columns)) {
    if (sides.from_schema->contains(child->key)) create(sides, *child, emit);
  }
}

/// The successor with everything that hung on the old one and stays: it starts bare.
void create_successor(const Sides& sides, Emit& emit) {
  create(sides, *sides.to, emit);
  std::vector<const Object*> children = sides.to_schema->children(sides.to->key);
  std::stable_sort(children.begin(), children.end(),
                   [](const Object* a, const Object* b) { return order_of(*a->kind) < order_of(*b->kind); });
  for (const Object* child : children) {
    if (child->kind->create == nullptr || !sides.from_schema->contains(child->key)) continue;
    create(sides, *child, emit);
    for (const Object* grandchild : sides.to_schema->children(child->key)) {
      if (grandchild->kind->create != nullptr && sides.from_schema->contains(grandchild->key)) {
        create(sides, *grandchild, emit);
      }
    }
  }
}

}  // namespace

std::vector<std::string> tables_using(const Schema& all, const Object& type) {
  std::vector<std::string> tables;
  const std::string name = type_name(type);
  for (const Object& object : all.objects()) {
    if (object.kind != &column || !holds(object, name)) continue;
    if (std::find(tables.begin(), tables.end(), table_of(object)) == tables.end()) tables.push_back(table_of(object));
  }
  std::sort(tables.begin(), tables.end());
  return tables;
}

void swap_type(const Sides& sides, std::string_view cast, Emit& emit) {
  const std::string type = type_name(*sides.to);
  const std::string aside = truncate_identifier(sides.from->name().substr(0, 50)) + "_segue_old";
  const std::vector<const Object*> columns = users(sides, column, type);
  emit.statement("ALTER " + addressed(*sides.from) + " RENAME TO " + quote_identifier(aside), "ALTER TYPE RENAME");
  create_successor(sides, emit);
  drop_defaults(sides, columns, emit);
  move_columns(columns, type, false, cast, emit);
  move_attributes(sides, type, type, emit);
  set_defaults(sides, columns, emit);
  emit.statement("DROP " + std::string(sides.from->kind->sql_class) + " " +
                     quote_qualified(sides.from->names[0], aside),
                 "DROP TYPE");
}

void replace_type_through_text(const Sides& sides, Emit& emit) {
  const std::string type = type_name(*sides.to);
  const std::vector<const Object*> columns = users(sides, column, type);
  drop_defaults(sides, columns, emit);
  move_columns(columns, type, true, "::", emit);
  move_attributes(sides, type, "text", emit);
  sides.from->kind->drop(sides, emit);
  create_successor(sides, emit);
  move_columns(columns, type, false, "::", emit);
  move_attributes(sides, type, type, emit);
  set_defaults(sides, columns, emit);
}

}  // namespace segue::kinds
