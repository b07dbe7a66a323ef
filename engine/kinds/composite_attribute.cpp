// The attributes of composite types. PostgreSQL: pg_attribute, commands/tablecmds.c (ALTER TYPE … ADD ATTRIBUTE).
#include <algorithm>
#include <utility>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/type_change.h"
#include "kinds/type_collation.h"
#include "kinds/type_swap.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { data_type, collation, position };

std::string type_address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string address(const Object& object) { return type_address(object) + "." + quote_identifier(object.name()); }

std::string type_clause(const Object& object) {
  return object.text(data_type) + (object.has(collation) ? " COLLATE " + object.text(collation) : "");
}

std::string inline_form(const Object& object, std::span<const Object* const>) {
  return quote_identifier(object.name()) + " " + type_clause(object);
}

bool can_inline(const Sides&) { return true; }

/// Typed tables (CREATE TABLE … OF) follow their type only where they are told to.
const char* cascade(const Sides& sides, const Object& object) {
  for (const Object& table_object : sides.from_schema->objects()) {
    if (table_object.kind != &table) continue;
    if (table_object.text(model::attribute(table, "of_type")) == type_address(object)) return " CASCADE";
  }
  return "";
}

/// Where ALTER TYPE cannot make the change, one of the attributes writes an exchange of the whole type for all.
bool comes_with_exchange(const Sides& sides, const Object& object, Emit& emit) {
  if (!is_exchanged(sides, object.parent)) return false;
  Sides whole = sides;
  whole.from = sides.from_schema->find(object.parent);
  whole.to = sides.to_schema->find(object.parent);
  const Object* speaker = speaker_of_exchange(sides, *whole.to);
  if (speaker != &object) return true;
  exchange_type(whole, emit);
  if (exchange_loses_attributes(sides, *whole.to)) emit.fragments().back().hazards = {"DELETES_DATA"};
  return true;
}

void alter_type(const Sides& sides, Emit& emit) {
  if (comes_with_exchange(sides, *sides.to, emit)) return;
  emit.alter("ALTER TYPE " + type_address(*sides.to),
             "ALTER ATTRIBUTE " + quote_identifier(sides.to->name()) + " TYPE " + type_clause(*sides.to) +
                 cascade(sides, *sides.to),
             "ALTER TYPE ALTER ATTRIBUTE TYPE (used by column)");
}

/// The collation is part of the type clause, which a change of the type has written already.
void alter_collation(const Sides& sides, Emit& emit) {
  if (sides.from->text(data_type) == sides.to->text(data_type)) alter_type(sides, emit);
}

/// Positions follow what comes and goes; an order that ALTER TYPE cannot reach takes an exchange.
void alter_position(const Sides& sides, Emit& emit) {
  const Object& from = *sides.from;
  const Object& to = *sides.to;
  // The type clause has written the exchange already.
  if (from[data_type] == to[data_type] && from[collation] == to[collation]) comes_with_exchange(sides, to, emit);
}

/// A place that follows from what is dropped before it costs nothing on the way there; but the way back takes an
/// exchange, since attributes come at the end, and somebody has to write it.
Change decide_position(const Sides& sides) {
  if (sides.from_schema == nullptr || sides.to_schema == nullptr) return Change::alter;
  if (is_exchanged(sides, sides.to->parent)) return Change::alter;
  Sides back = sides;
  std::swap(back.from_schema, back.to_schema);
  return is_exchanged(back, sides.to->parent) ? Change::in_place : Change::derived;
}

/// The position, where what was dropped before it has changed it already.
void follow(const Sides&, Emit&) {}

/// The columns of typed tables go along with ALTER TYPE; where the type is exchanged, one attribute speaks for all.
model::Fidelity judge(const Sides& sides) {
  if (sides.from_schema == nullptr || sides.to_schema == nullptr) return model::Fidelity::exact;
  const Object& type = *sides.to_schema->find(sides.to->parent);
  const bool speaks = is_exchanged(sides, type.key) && speaker_of_exchange(sides, type) == sides.to;
  const bool loses = speaks ? exchange_loses_attributes(sides, type) || exchange_changes_values(sides, type)
                            : *cascade(sides, *sides.to) != '\0' &&
                                  may_change_values(sides.from->text(data_type), sides.to->text(data_type));
  return loses ? model::Fidelity::loses_data : model::Fidelity::exact;
}

constexpr std::string_view loss =
    "the values of attributes that go with the old type are gone, and what the new one holds otherwise comes back as "
    "it holds it";

constexpr model::Attribute attributes[] = {
    {.name = "type",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_type,
     .disturbs_dependents = true,
     .judge = judge,
     .loss = loss},
    {.name = "collation",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_collation,
     .disturbs_dependents = true,
     .judge = judge,
     .loss = loss},
    {.name = "position",
     .type = Type::integer,
     .change = Change::alter,
     .alter = alter_position,
     .decide = decide_position,
     .disturbs_dependents = true,
     .may_be_left_open = true,  // in a typed table's type it is where ALTER TYPE puts it
     .judge = judge,
     .reason = "PostgreSQL adds attributes at the end only",
     .loss = loss},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  if (comes_with_exchange(sides, *sides.to, emit)) return;
  emit.alter("ALTER TYPE " + type_address(*sides.to),
             "ADD ATTRIBUTE " + inline_form(*sides.to, {}) + cascade(sides, *sides.to),
             "ALTER TYPE ADD ATTRIBUTE (used by column)");
}

void rename(const Sides& sides, Emit& emit) {
  emit.statement("ALTER TYPE " + type_address(*sides.from) + " RENAME ATTRIBUTE " +
                     quote_identifier(sides.from->name()) + " TO " + quote_identifier(sides.to->name()) +
                     cascade(sides, *sides.from),
                 "ALTER TYPE RENAME ATTRIBUTE");
}

void drop(const Sides& sides, Emit& emit) {
  if (is_exchanged(sides, sides.from->parent)) return;
  model::Fragment& fragment =
      emit.alter("ALTER TYPE " + type_address(*sides.from),
                 "DROP ATTRIBUTE " + quote_identifier(sides.from->name()) + cascade(sides, *sides.from),
                 "ALTER TYPE DROP ATTRIBUTE (used by column)");
  const Object* type = sides.from_schema->find(sides.from->parent);
  if (type != nullptr && !tables_using(*sides.from_schema, *type).empty()) fragment.hazards = {"DELETES_DATA"};
}

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnum, "
         "pg_catalog.row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), "
         "CASE WHEN a.attcollation <> t.typcollation THEN (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || "
         "pg_catalog.quote_ident(l.collname) FROM pg_catalog.pg_collation l "
         "JOIN pg_catalog.pg_namespace cn ON cn.oid = l.collnamespace WHERE l.oid = a.attcollation) END "
         "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
         "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE c.relkind = 'c' AND " +
         ours("pg_type", "c.reltype", "n.nspname") + " ORDER BY c.oid, a.attnum";
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(composite_attribute, {row.text(1), row.text(2), row.text(3)},
                                     model::key_of(composite_type, {row.text(1), row.text(2)}));
  object[data_type] = row.text(4);
  object[collation] = text_or_absent(row, 7);
  object[position] = row.number(6);
  reader.add(std::move(object), "pg_class", row.text(0), static_cast<int>(row.number(5)));
}

/// Type and collation of a ColumnDef; tablecmds.c: the collation of the type, if it is named, is no choice.
void read_type(const sql::Node& node, Object& object, DesiredReader& reader) {
  object[data_type] = reader.type(node["typeName"], object.depends);
  object[collation] = {};
  const sql::Node clause = node["collClause"];
  if (!clause) return;
  std::string name = reader.collation(clause.list("collname"), object.depends);
  if (name != collation_of_type(object.text(data_type), reader.schema())) object[collation] = std::move(name);
}

void read_attribute(const sql::Node& node, DesiredReader& reader) {
  const Object* type = reader.relation();
  if (type == nullptr || type->kind != &composite_type) return;
  const std::string name(node.text("colname"));
  Object object = model::make_object(composite_attribute, {type->names[0], type->names[1], name}, type->key);
  if (reader.schema().contains(object.key)) {
    return reader.error(node, "attribute " + quote_identifier(name) + " of " + type->key + " exists already");
  }
  std::int64_t last = 0;
  for (const Object* other : std::as_const(reader.schema()).children(type->key)) {
    if (other->kind == &composite_attribute) last = std::max(last, other->number(position));
  }
  object[position] = last + 1;
  read_type(node, object, reader);
  reader.add(std::move(object));
}

/// tablecmds.c ATTypedTableRecursion: typed tables go along, which CASCADE allows.
void hand_to_typed_tables(const char* command, const sql::Node& node, DesiredReader& reader) {
  const Object& of = *reader.relation();
  const std::string type = quote_qualified(of.names[0], of.names[1]);
  std::vector<Object*> typed;
  for (Object& other : reader.schema().objects()) {
    if (other.kind == &table && other.text(model::attribute(table, "of_type")) == type) typed.push_back(&other);
  }
  for (Object* one : typed) reader.dispatch(command, node, one, nullptr, type);
}

void read_add(const sql::Node& node, DesiredReader& reader) {
  read_attribute(node["def"], reader);
  hand_to_typed_tables("OfType", node, reader);
}

Object* find_attribute(const sql::Node& node, DesiredReader& reader, bool quiet) {
  const Object* type = reader.relation();
  if (type == nullptr || type->kind != &composite_type) return nullptr;
  const std::string name(node.text("name"));
  Object* found = reader.schema().find(model::key_of(composite_attribute, {type->names[0], type->names[1], name}));
  if (found == nullptr && !quiet) {
    reader.error(node, type->key + " has no attribute " + quote_identifier(name));
  }
  return found;
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  const Object* found = find_attribute(node, reader, node.flag("missing_ok"));
  if (found == nullptr) return;
  hand_to_typed_tables("AlterTableCmd/AT_DropColumn", node, reader);
  const std::int64_t gap = found->number(position);
  const std::string parent = found->parent;
  reader.schema().remove(std::string(found->key));
  for (Object* other : reader.schema().children(parent)) {
    if (other->kind == &composite_attribute && other->number(position) > gap) {
      (*other)[position] = other->number(position) - 1;
    }
  }
}

void read_alter_type(const sql::Node& node, DesiredReader& reader) {
  Object* found = find_attribute(node, reader, false);
  if (found == nullptr) return;
  found->depends.clear();
  read_type(node["def"], *found, reader);
  hand_to_typed_tables("AlterTableCmd/AT_AlterColumnType", node, reader);
}

constexpr model::StatementReader statements[] = {
    {"CompositeAttribute", read_attribute},
    {"AlterTypeCmd/AT_AddColumn", read_add},
    {"AlterTypeCmd/AT_DropColumn", read_drop},
    {"AlterTypeCmd/AT_AlterColumnType", read_alter_type},
};

}  // namespace

const model::Kind composite_attribute = {
    .name = "composite attribute",
    .sql_class = "COLUMN",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rename = rename,
    .replace_in_place = follow,
    .inline_form = inline_form,
    .can_inline = can_inline,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
