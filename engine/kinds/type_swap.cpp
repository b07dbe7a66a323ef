#include "kinds/type_swap.h"

#include <algorithm>
#include <map>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/column_parts.h"
#include "kinds/conversion_of_values.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/relation.h"
#include "kinds/type_swap_parts.h"

namespace segue::kinds {
namespace {

using model::Emit;
using model::Fragment;
using model::Object;
using model::Schema;
using model::Sides;
using swap_parts::attributes_of;
using swap_parts::checks_to_look_for;
using swap_parts::element_of;
using swap_parts::exchanged_with;
using swap_parts::holds;
using swap_parts::holds_on;
using swap_parts::is_array;
using swap_parts::is_kept;
using swap_parts::is_or_holds;
using swap_parts::is_turned;
using swap_parts::multirange_of;
using swap_parts::of;
using swap_parts::type_name;
using swap_parts::type_of;
using swap_parts::type_of_table;

constexpr std::string_view form_of_move = "ALTER TYPE e -> e2 USING c::text::e2";

/// How SQL alters it: "DOMAIN public.d", "TYPE public.mood".
std::string addressed(const Object& type) { return std::string(type.kind->sql_class) + " " + type_name(type); }

std::size_t using_attribute() {
  static const std::size_t at = model::attribute(column, "using");
  return at;
}

std::string clipped(const Object& type, std::string_view suffix) {
  return clip_identifier(type.name(), name_bytes_max - suffix.size()) + std::string(suffix);
}

/// Texts of objects that come along keep their search path, whatever the one that changes needs.
void note_of_another(Emit& emit, std::size_t first) {
  for (std::size_t i = first; i < emit.fragments().size(); ++i) emit.fragments()[i].of_another = true;
}

/// The type among those exchanged that a type's text speaks of, before or after; null for any other.
const Sides* exchange_of(const std::vector<Sides>& all, const std::string& text) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Sides& one) {
    return is_or_holds(text, *one.to) || is_or_holds(text, *one.from);
  });
  return found == all.end() ? nullptr : &*found;
}

std::string convert(const std::vector<Sides>& all, const std::string& value, const std::string& type);

/// Whether a value's text means the same to both: the same attributes at the same places, down to what they hold.
bool keeps_text(const std::vector<Sides>& all, const Sides& type) {
  const auto holds_the_same = [&](const Object* one) {
    const Sides* exchanged = exchange_of(all, type_of(*one));
    return exchanged == nullptr || keeps_text(all, *exchanged);
  };
  if (type.to->kind == &domain) return holds_the_same(type.to);
  if (type.to->kind != &composite_type) return true;
  const auto before = attributes_of(*type.from_schema, *type.from);
  const auto after = attributes_of(*type.to_schema, *type.to);
  return std::equal(before.begin(), before.end(), after.begin(), after.end(),
                    [](const Object* a, const Object* b) { return a->key == b->key; }) &&
         std::all_of(after.begin(), after.end(), holds_the_same) &&
         std::all_of(after.begin(), after.end(), [&](const Object* one) { return is_kept(type, *one); });
}

std::string convert_field(const std::vector<Sides>& all, const Sides& type, const std::string& row,
                          const Object& attribute) {
  const std::string value = "(" + row + ")." + quote_identifier(attribute.name());
  if (exchange_of(all, type_of(attribute)) != nullptr) return convert(all, value, type_of(attribute));
  const Object& before = *type.from_schema->find(attribute.key);
  return converted(value, {type_of(before), type_of(attribute), *type.from_schema, *type.to_schema});
}

/// A row is taken apart, since its text would go by position.
std::string convert_row(const std::vector<Sides>& all, const Sides& type, const std::string& value) {
  std::vector<std::string> fields;
  for (const Object* attribute : attributes_of(*type.to_schema, *type.to)) {
    fields.push_back(is_kept(type, *attribute) ? convert_field(all, type, value, *attribute) : "NULL");
  }
  return "CASE WHEN " + value + " IS DISTINCT FROM NULL THEN ROW(" + join(fields, ", ") + ")::" + type_name(*type.to) +
         " END";
}

/// A domain's value goes by way of what is under it, which no text leads over.
std::string convert_under_domain(const std::vector<Sides>& all, const Sides& over, const std::string& value,
                                 const std::string& type) {
  const std::string array = is_array(type) ? "[]" : "";
  const std::string before = type_of(*over.from);
  const Sides& base = *exchange_of(all, before);
  const std::string aside = quote_qualified(base.from->names[0], name_aside(*base.from));
  return convert(all, value + "::" + aside + (is_array(before) ? "[]" : array), type_of(*over.to) + array) +
         "::" + type;
}

/// The value of a type renamed aside as one of its successor. Enums and whatever is made from them go through their
/// text; a domain's values go through the cast between the types under it.
std::string convert(const std::vector<Sides>& all, const std::string& value, const std::string& type) {
  const Sides* exchanged = exchange_of(all, type);
  if (exchanged == nullptr) return value;
  const bool array = is_array(type);
  const bool by_text = keeps_text(all, *exchanged);
  if (exchanged->to->kind == &composite_type) {
    // an array cannot be taken apart in USING: where the text would mislead, make_casts has made a cast of its elements
    return array ? value + (by_text ? "::text::" : "::") + type : convert_row(all, *exchanged, value);
  }
  if (!by_text && exchanged->to->kind == &domain) return convert_under_domain(all, *exchanged, value, type);
  if (exchanged->to->kind != &domain || exchanged != &all.front()) return value + "::text::" + type;
  const TypeChange base{type_of(*exchanged->from), type_of(*exchanged->to), *exchanged->from_schema,
                        *exchanged->to_schema};
  if (array) return value + (goes_through_text(base) ? "::text" : "") + "::" + type;
  return converted(value, base) + "::" + type;
}

/// Whether an array of the type is held by a column or a part of another type, or perhaps an array of a domain over it.
bool is_held_in_arrays(const std::vector<Sides>& all, const Sides& type) {
  const auto& objects = type.from_schema->objects();
  return std::any_of(objects.begin(), objects.end(), [&](const Object& one) {
    const bool holds_values = one.kind == &column || one.kind == &composite_attribute || one.kind == &domain;
    const Sides* exchanged = holds_values && is_array(type_of(one)) ? exchange_of(all, type_of(one)) : nullptr;
    return exchanged != nullptr && (exchanged->to == type.to || exchanged->to->kind == &domain);
  });
}

/// What lets the elements of an array go over, each by itself (parse_coerce.c find_coercion_pathway): a cast for the
/// time of the exchange. `write` is told the two types, the function, and what it makes of $1.
template <class Write>
void for_each_cast(const std::vector<Sides>& all, const Write& write) {
  for (const Sides& one : all) {
    if (one.to->kind != &composite_type || keeps_text(all, one) || !is_held_in_arrays(all, one)) continue;
    const std::string aside = quote_qualified(one.from->names[0], name_aside(*one.from));
    write("CAST (" + aside + " AS " + type_name(*one.to) + ")",
          quote_qualified(one.to->names[0], clipped(*one.to, "_segue_cast")) + "(" + aside + ")", one);
  }
}

void make_casts(const std::vector<Sides>& all, Emit& emit) {
  for_each_cast(all, [&](const std::string& cast_name, const std::string& function_name, const Sides& one) {
    emit.statement("CREATE FUNCTION " + function_name + " RETURNS " + type_name(*one.to) +
                       " LANGUAGE sql IMMUTABLE AS " + quote_literal("SELECT " + convert_row(all, one, "$1")),
                   "CREATE FUNCTION");
    emit.statement("CREATE " + cast_name + " WITH FUNCTION " + function_name, "CREATE CAST");
  });
}

void drop_casts(const std::vector<Sides>& all, Emit& emit) {
  for_each_cast(all, [&](const std::string& cast_name, const std::string& function_name, const Sides&) {
    emit.statement("DROP " + cast_name, "DROP CAST");
    emit.statement("DROP FUNCTION " + function_name, "DROP FUNCTION");
  });
}

/// Labels of `one` that `other` does not have.
model::List labels_without(const Object& one, const Object& other) {
  static const std::size_t labels = model::attribute(enum_type, "labels");
  const model::List& known = other.list(labels);
  model::List missing;
  for (const std::string& label : one.list(labels)) {
    if (std::find(known.begin(), known.end(), label) == known.end()) missing.push_back(label);
  }
  return missing;
}

/// What the column is to hold, of what it holds: `value(expression, type)` writes the value of that type. Between a
/// type and its array, one element is what an array of one holds.
template <class Value>
std::string reshaped(const Sides& user, const Value& value) {
  const std::string& to = type_of(*user.to);
  const std::string name = quote_identifier(user.to->name());
  if (!is_turned(user)) return value(name, to);
  return is_array(to) ? "ARRAY[" + value(name, element_of(to)) + "]" : value(name + "[1]", to);
}

/// Whether a column of an exchange has an alteration of its own, before or behind it (passage_of).
bool is_altered_beside(const Sides& user) { return user.from == user.to; }

/// The value of a column under the successor: as the file says where labels come or go, or by itself.
std::string converted_value(const std::vector<Sides>& all, const Sides& user) {
  const Object& to = *user.to;
  const Sides* exchanged = exchange_of(all, type_of(to));
  const bool is_enum = exchanged->to->kind == &enum_type && exchanged->from->kind == &enum_type;
  const bool is_said = to.has(using_attribute()) && !is_altered_beside(user);
  if (is_enum && is_said && (has_other_labels(*exchanged) || is_turned(user)))
    return "(" + to.definition(using_attribute()).text + ")::text::" + type_of(to);
  const bool has_other_base =
      exchanged->to->kind == &domain && type_of(*exchanged->from) != type_of(*exchanged->to) && !is_turned(user);
  if (has_other_base && is_said) return "(" + to.definition(using_attribute()).text + ")::" + type_of(to);
  return reshaped(user, [&](const std::string& value, const std::string& type) { return convert(all, value, type); });
}

/// What the exchange has to do with a column: between the two sides of it, or of what its own alteration has made of it
/// before, or makes something else of behind.
Sides seen_by_exchange(const Sides& user) {
  const Passage passage = passage_of(user);
  return of(user, passage == Passage::before ? user.to : user.from, passage == Passage::behind ? user.from : user.to);
}

/// Columns that hold the type before and after, maybe an array of it on one side alone. A generated one takes no USING
/// (tablecmds.c ATPrepAlterColumnType) and is made again instead (Kind::rebuilt_when_disturbed).
std::vector<Sides> columns_of(const Sides& sides, const std::vector<Sides>& all) {
  std::vector<Sides> found;
  for (const Object& object : sides.from_schema->objects()) {
    const bool takes_using = object.kind == &column && !object.has(model::attribute(column, "generated"));
    const Object* after = takes_using ? sides.to_schema->find(object.key) : nullptr;
    if (after == nullptr) continue;
    const Sides user = seen_by_exchange(of(sides, &object, after));
    const Sides* exchanged = exchange_of(all, type_of(*user.from));
    if (exchanged != nullptr && holds_on(user, *exchanged)) found.push_back(user);
  }
  std::sort(found.begin(), found.end(), [](const Sides& a, const Sides& b) { return a.to->key < b.to->key; });
  return found;
}

/// An inherited column or a partition's follows its parent's ALTER; that of a typed table stands alone meanwhile.
bool follows_its_parent(const Object& user) {
  static const std::size_t inherited_from = model::attribute(column, "inherited_from");
  return !user.list(inherited_from).empty();
}

std::string table_of(const Object& user) { return quote_qualified(user.names[0], user.names[1]); }

/// PostgreSQL takes no USING for a tree of tables with a foreign one in it (tablecmds.c ATPrepAlterColumnType).
bool lies_above_foreign_table(const Sides& user) {
  bool found = false;
  each_below(*user.from_schema, *user.from, [&](const Object& below) {
    found = found || column_parts::is_of_foreign_table(below);
    return !found;
  });
  return found;
}

/// What leads from old to new without USING: casts for the time of the exchange. A domain's is that of what is under
/// it.
template <class Write>
void for_each_assignment(const std::vector<Sides>& all, const std::vector<Sides>& columns, const Write& write) {
  if (std::none_of(columns.begin(), columns.end(), lies_above_foreign_table)) return;
  for (const Sides& one : all) {
    if (one.to->kind == &composite_type || one.to->kind == &domain) continue;
    const std::string aside = quote_qualified(one.from->names[0], name_aside(*one.from));
    write("CAST (" + aside + " AS " + type_name(*one.to) + ")");
  }
}

/// What is said of the columns of one table.
struct Moves {
  bool is_foreign = false;
  std::vector<std::string> commands;
  std::string search_path;  ///< of the file's expressions
};

/// One ALTER TABLE for each table, so that it is rewritten once. `write` says the type and the value.
template <class Write>
void move_columns(const std::vector<Sides>& columns, const Write& write, Emit& emit) {
  std::map<std::string, Moves> by_table;
  for (const Sides& sides : columns) {
    const Object& user = *sides.to;
    if (follows_its_parent(user)) continue;
    Moves& moves = by_table[table_of(user)];
    const auto [type, value] = write(sides);
    moves.is_foreign = column_parts::is_of_foreign_table(user);
    const bool takes_using = !moves.is_foreign && !lies_above_foreign_table(sides);
    moves.commands.push_back("ALTER COLUMN " + quote_identifier(user.name()) + " TYPE " + type +
                             (takes_using ? " USING " + value : ""));
    if (user.has(using_attribute())) moves.search_path = user.definition(using_attribute()).search_path;
  }
  for (const auto& [table, moves] : by_table) {
    Fragment& moved = emit.statement(
        (moves.is_foreign ? "ALTER FOREIGN TABLE " : "ALTER TABLE ") + table + " " + join(moves.commands, ", "),
        std::string(moves.is_foreign ? "ALTER foreign table column TYPE" : form_of_move));
    moved.relations = {table};
    moved.search_path = moves.search_path;
    moved.of_another = true;
  }
}

void keep_storages(const std::vector<Sides>& columns, Emit& emit) {
  const std::size_t first = emit.fragments().size();
  for (const Sides& sides : columns) {
    if (!follows_its_parent(*sides.to)) column_parts::keep_storage(sides, emit);
  }
  note_of_another(emit, first);
}

/// The type that a column is to have in the end, and its collation, which is that of the type unless it is said again.
std::string type_clause(const Object& user) {
  static const std::size_t collation = model::attribute(column, "collation");
  return type_of(user) + (user.has(collation) ? " COLLATE " + user.text(collation) : "");
}

/// The defaults of the columns: they are values of the old type. A default that only one side has is not ours, nor is
/// that of a column whose own type differs.
std::vector<const Object*> defaults(const Schema& all, const std::vector<Sides>& columns) {
  std::vector<const Object*> found;
  for (const Sides& user : columns) {
    if (is_turned(user) || is_altered_beside(user)) continue;
    for (const Object* child : all.children(user.to->key)) {
      if (child->kind == &column_default) found.push_back(child);
    }
  }
  return found;
}

void drop_defaults(const Sides& sides, const std::vector<Sides>& columns, Emit& emit) {
  for (const Object* child : defaults(*sides.from_schema, columns)) child->kind->drop(of(sides, child, nullptr), emit);
}

void put_back(const Sides& sides, const Object& object, Emit& emit) {
  const std::size_t first = emit.fragments().size();
  object.kind->create(of(sides, nullptr, &object), {}, emit);
  note_of_another(emit, first);
}

void set_defaults(const Sides& sides, const std::vector<Sides>& columns, Emit& emit) {
  for (const Object* child : defaults(*sides.to_schema, columns)) {
    if (sides.from_schema->contains(child->key)) put_back(sides, *child, emit);
  }
}

std::vector<const Object*> sorted_children(const Schema& all, const std::string& key) {
  std::vector<const Object*> children = all.children(key);
  std::stable_sort(children.begin(), children.end(),
                   [](const Object* a, const Object* b) { return order_of(*a->kind) < order_of(*b->kind); });
  return children;
}

/// A child that the type's CREATE can carry is part of it; others (owner, privileges, comment) hang on it.
bool is_part(const Object& child) { return child.kind->inline_form != nullptr; }

}  // namespace

void create_what_hangs_on(const Sides& sides, const std::string& key, Emit& emit) {
  for (const Object* child : sorted_children(*sides.to_schema, key)) {
    if (is_part(*child)) {
      create_what_hangs_on(sides, child->key, emit);
    } else if (sides.from_schema->contains(child->key) && child->kind->create != nullptr) {
      put_back(sides, *child, emit);
    }
  }
}

namespace {

/// The parts of a type that its CREATE carries, or those that it does not.
std::vector<const Object*> parts_of(const Sides& sides, bool inside) {
  std::vector<const Object*> found;
  for (const Object* child : sorted_children(*sides.to_schema, sides.to->key)) {
    if (is_part(*child) && child->kind->can_inline(of(sides, nullptr, child)) == inside) found.push_back(child);
  }
  return found;
}

/// The successor with its parts: theirs say nothing themselves (is_exchanged).
void create_successor(const Sides& sides, Emit& emit) {
  const std::size_t first = emit.fragments().size();
  sides.to->kind->create(of(sides, nullptr, sides.to), parts_of(sides, true), emit);
  note_of_another(emit, first);
}

/// What the successor gets once it has the values: a check that is NOT VALID must not look at them.
void complete_successor(const Sides& sides, Emit& emit) {
  const std::size_t first = emit.fragments().size();
  for (const Object* child : parts_of(sides, false)) {
    // Without the old schema it cannot be taken for one that comes with its type.
    static const Schema none;
    Sides alone = of(sides, nullptr, child);
    alone.from_schema = &none;
    child->kind->create(alone, {}, emit);
  }
  note_of_another(emit, first);
  create_what_hangs_on(sides, sides.to->key, emit);
  acl::settle_created(of(sides, nullptr, sides.to), emit);
}

/// What a domain that stays of its type allows no more.
void write_obstacles_of_domain(const Sides& sides, Emit& emit) {
  if (type_of(*sides.from) != type_of(*sides.to)) return;
  static const std::size_t not_null = model::attribute(domain, "not_null");
  static const std::size_t expression = model::attribute(domain_constraint, "expression");
  if (sides.to->flag(not_null) && !sides.from->flag(not_null)) obstacles::nulls_of_domain(sides, *sides.to, emit);
  for (const Object* check : checks_to_look_for(sides))
    obstacles::outside_of_domain(sides, *sides.to, check->definition(expression).text, emit);
}

/// An enum's values go over by their labels: those of its own that it loses lead nowhere.
void write_obstacles(const Sides& sides, Emit& emit) {
  if (sides.from->kind == &domain) return write_obstacles_of_domain(sides, emit);
  if (sides.from->kind != &enum_type) return;
  const model::List gone = labels_without(*sides.from, *sides.to);
  if (!gone.empty()) obstacles::labels_in_use(sides, *sides.to, gone, emit);
}

/// With a range type goes the type that it brings, and that one's constructor without arguments, which cannot stand
/// twice (typecmds.c makeMultirangeConstructors); the others take values of the types, which tell them apart.
void rename_aside(const Object& type, Emit& emit) {
  emit.statement("ALTER " + addressed(type) + " RENAME TO " + quote_identifier(name_aside(type)), "ALTER TYPE RENAME");
  const std::string& multirange = multirange_of(type);
  if (multirange.empty()) return;
  const std::string aside = quote_identifier(clipped(type, "_segue_old_multirange"));
  emit.statement("ALTER TYPE " + multirange + " RENAME TO " + aside, "ALTER TYPE RENAME");
  emit.statement("ALTER FUNCTION " + multirange + "() RENAME TO " + aside);
}

/// Tables of an exchanged type: they are let go for the time, and bound to its successor (tablecmds.c ATExecAddOf wants
/// their columns as the type has them).
std::vector<const Object*> typed_tables_of(const Sides& sides, const std::vector<Sides>& all) {
  std::vector<const Object*> found;
  for (const Object& object : sides.from_schema->objects()) {
    const std::string type = type_of_table(object);
    const Object* after = type.empty() ? nullptr : sides.to_schema->find(object.key);
    if (after != nullptr && type_of_table(*after) == type && exchange_of(all, type) != nullptr) found.push_back(after);
  }
  std::sort(found.begin(), found.end(), [](const Object* a, const Object* b) { return a->key < b->key; });
  return found;
}

void alter_typed(const Object& typed, const std::string& what, std::string form, Emit& emit) {
  Fragment& altered = emit.statement("ALTER TABLE " + table_of(typed) + " " + what, std::move(form));
  altered.relations = {table_of(typed)};
  altered.of_another = true;
}

/// What ALTER TYPE … CASCADE would do to a typed table (tablecmds.c ATTypedTableRecursion).
void follow_type(const Sides& sides, const Object& typed, Emit& emit) {
  static const std::size_t type = model::attribute(column, "type");
  static const std::size_t collation = model::attribute(column, "collation");
  const std::size_t first = emit.fragments().size();
  for (const Object* before : sides.from_schema->children(typed.key)) {
    if (before->kind != &column) continue;
    const Object* after = sides.to_schema->find(before->key);
    if (after == nullptr) {
      column.drop(of(sides, before, nullptr), emit);
    } else if ((*before)[type] != (*after)[type] || (*before)[collation] != (*after)[collation]) {
      column.attributes[type].alter(of(sides, before, after), emit);
    }
  }
  for (const Object* after : sides.to_schema->children(typed.key)) {
    if (after->kind != &column || sides.from_schema->contains(after->key)) continue;
    column.create(of(sides, nullptr, after), {}, emit);
  }
  note_of_another(emit, first);
}

}  // namespace

std::string name_aside(const Object& type) { return clipped(type, "_segue_old"); }

std::vector<std::string> tables_using(const Schema& all, const Object& type) {
  std::vector<std::string> tables;
  for (const Object& object : all.objects()) {
    if (object.kind == &column && holds(object, type)) tables.push_back(table_of(object));
  }
  std::sort(tables.begin(), tables.end());
  tables.erase(std::unique(tables.begin(), tables.end()), tables.end());
  return tables;
}

bool has_other_labels(const Sides& sides) {
  return !labels_without(*sides.from, *sides.to).empty() || !labels_without(*sides.to, *sides.from).empty();
}

bool is_partition_key(const Schema& all, const Object& user) {
  const Object* of = all.find(user.parent);
  return of != nullptr && names_in_partition_key(*of, user.name());
}

model::Change decide_exchange(const Sides& sides) {
  const bool fixed = sides.from_schema != nullptr && is_in_partition_key(*sides.from_schema, *sides.from);
  return fixed ? model::Change::replace : model::Change::alter;
}

void exchange_type(const Sides& sides, Emit& emit) {
  const std::vector<Sides> all = exchanged_with(sides);
  const std::vector<Sides> columns = columns_of(sides, all);
  const std::vector<const Object*> typed_tables = typed_tables_of(sides, all);
  for (const Object* typed : typed_tables) alter_typed(*typed, "NOT OF", "NOT OF", emit);
  for (const Sides& one : all) rename_aside(*one.from, emit);
  for (const Sides& one : all) create_successor(one, emit);
  drop_defaults(sides, columns, emit);
  make_casts(all, emit);
  for_each_assignment(all, columns, [&](const std::string& cast_name) {
    emit.statement("CREATE " + cast_name + " WITH INOUT AS ASSIGNMENT", "CREATE CAST");
  });
  move_columns(
      columns, [&](const Sides& user) { return std::pair(type_clause(*user.to), converted_value(all, user)); }, emit);
  keep_storages(columns, emit);
  for_each_assignment(all, columns,
                      [&](const std::string& cast_name) { emit.statement("DROP " + cast_name, "DROP CAST"); });
  drop_casts(all, emit);
  write_obstacles(sides, emit);
  for (const Sides& one : all) complete_successor(one, emit);
  set_defaults(sides, columns, emit);
  for (const Object* typed : typed_tables) follow_type(sides, *typed, emit);
  for (const Object* typed : typed_tables) alter_typed(*typed, "OF " + type_of_table(*typed), "OF type", emit);
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    emit.statement("DROP " + std::string(one->from->kind->sql_class) + " " +
                       quote_qualified(one->from->names[0], name_aside(*one->from)),
                   "DROP TYPE");
  }
}

void exchange_through_text(const Sides& sides, Emit& emit) {
  const std::vector<Sides> all = exchanged_with(sides);
  const std::vector<Sides> columns = columns_of(sides, all);
  const auto as_type = [](const std::string& value, const std::string& type) { return value + "::" + type; };
  const auto to_text = [&](const Sides& user) {
    const std::string type = is_array(type_of(*user.from)) ? "text[]" : "text";
    return std::pair(type, as_type(quote_identifier(user.to->name()), type));
  };
  drop_defaults(sides, columns, emit);
  move_columns(columns, to_text, emit);
  for (auto one = all.rbegin(); one != all.rend(); ++one) one->from->kind->drop(of(*one, one->from, nullptr), emit);
  for (const Sides& one : all) create_successor(one, emit);
  move_columns(
      columns, [&](const Sides& user) { return std::pair(type_clause(*user.to), reshaped(user, as_type)); }, emit);
  keep_storages(columns, emit);
  for (const Sides& one : all) complete_successor(one, emit);
  set_defaults(sides, columns, emit);
}

}  // namespace segue::kinds
