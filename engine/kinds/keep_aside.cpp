#include "kinds/keep_aside.h"

#include <algorithm>
#include <set>

#include "base/quote.h"
#include "base/retained.h"
#include "kinds/column_parts.h"
#include "kinds/constraint_parts.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/type_change.h"

namespace segue::kinds::aside {
namespace {

using model::Emit;
using model::Object;

constexpr const char* schema_name = "segue_retained";

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string cast(const std::string& value, const std::string& type) { return "CAST(" + value + " AS " + type + ")"; }

model::Fragment& alter_table(const Object& column, std::string sub_command, std::string form, Emit& emit) {
  auto& fragment = emit.statement("ALTER TABLE " + address(column) + " " + std::move(sub_command), std::move(form));
  fragment.relations = {address(column)};
  return fragment;
}

/// ALTER COLUMN … TYPE to the column's own, by `values`.
void set_type(const Object& column, const std::string& values, const char* form, Emit& emit) {
  const std::string collate =
      column.has(column_parts::of_collation) ? " COLLATE " + column.text(column_parts::of_collation) : "";
  alter_table(
      column,
      "ALTER COLUMN " + quoted_name(column) + " TYPE " + column.text(column_parts::type) + collate + " USING " + values,
      form, emit);
}

}  // namespace

void set_values(const Object& column, const std::string& values, Emit& emit) {
  emit.statement("UPDATE " + address(column) + " SET " + quoted_name(column) + " = " + values, "UPDATE").relations = {
      address(column)};
}

std::string there(const std::string& name) { return quote_qualified(schema_name, name); }

// -- tables and sequences ---------------------------------------------------------------------------------------------

namespace {

/// INDEX or SEQUENCE: what the name that a part takes is the name of.
std::string class_of_name(const Object& part) {
  return part.kind == &column || part.kind == &sequence ? "SEQUENCE" : "INDEX";
}

/// The relation that a part is, or has; qualified.
std::string relation_of_part(const Object& part) {
  if (part.kind == &column) return part.text(column_parts::identity_sequence);
  return quote_qualified(part.names[0], part.names.back());
}

void rename(const std::string& what, const std::string& from, const std::string& to, const std::string& form,
            const Object& whole, Emit& emit) {
  emit.statement("ALTER " + what + " " + from + " RENAME TO " + to, form).relations = {address(whole)};
}

/// "name" of "schema.name", both quoted.
std::string last_part(const std::string& qualified, const std::string& in_schema) {
  return qualified.substr(quote_identifier(in_schema).size() + 1);
}

}  // namespace

bool has_name_to_pass(const Object& part) {
  if (part.kind == &column) return part.has(column_parts::identity_sequence);
  if (part.kind == &constraint) return !part.kind->names_taken(part).empty();
  return part.kind == &index || part.kind == &sequence;
}

void try_drop(const Object& object, Emit& emit) {
  const std::string kind = std::string(object.kind->sql_class);
  emit.statement("SAVEPOINT segue_drop", "SAVEPOINT");
  emit.statement("DROP " + kind + " " + address(object), "DROP " + kind).relations = {address(object)};
  emit.statement("ROLLBACK TO SAVEPOINT segue_drop", "SAVEPOINT");
}

void move_there(const Moved& whole, const std::vector<Moved>& parts, Emit& emit) {
  const Object& object = *whole.object;
  const std::string kind = std::string(object.kind->sql_class);
  for (const Moved& part : parts) {
    const std::string what = class_of_name(*part.object);
    rename(what, relation_of_part(*part.object), quote_identifier(part.name), "ALTER " + what + " RENAME", object,
           emit);
  }
  rename(kind, address(object), quote_identifier(whole.name), "RENAME TABLE", object, emit);
  emit.statement("ALTER " + kind + " " + quote_qualified(object.names[0], whole.name) + " SET SCHEMA " + schema_name,
                 "SET SCHEMA")
      .relations = {address(object)};
}

void move_back(const Moved& whole, const std::vector<Moved>& parts, Emit& emit) {
  const Object& object = *whole.object;
  const std::string kind = std::string(object.kind->sql_class);
  emit.statement("ALTER " + kind + " " + there(whole.name) + " SET SCHEMA " + quote_identifier(object.names[0]),
                 "SET SCHEMA");
  rename(kind, quote_qualified(object.names[0], whole.name), quote_identifier(object.names[1]), "RENAME TABLE", object,
         emit);
  for (const Moved& part : parts) {
    const std::string what = class_of_name(*part.object);
    const std::string& in_schema = object.names[0];
    rename(what, quote_qualified(in_schema, part.name), last_part(relation_of_part(*part.object), in_schema),
           "ALTER " + what + " RENAME", object, emit);
  }
}

void to_text(const Object& column, Emit& emit) {
  const std::string name = quoted_name(column);
  alter_table(column, "ALTER COLUMN " + name + " TYPE text USING " + cast(name, "text"), "ALTER TYPE other -> text",
              emit);
}

void from_text(const Object& column, Emit& emit) {
  set_type(column, cast(quoted_name(column), column.text(column_parts::type)), "ALTER TYPE text -> other", emit);
}

void disown(const Object& sequence, Emit& emit) {
  emit.statement("ALTER SEQUENCE " + address(sequence) + " OWNED BY NONE", "ALTER SEQUENCE OWNED BY").relations = {
      address(sequence)};
}

void own(const Object& sequence, Emit& emit) {  // both have kept their owner, which is the same
  const std::string& column_key = sequence.text(model::attribute(*sequence.kind, "owned_by"));
  const std::string column_name = column_key.substr(column_key.find(' ') + 1);
  emit.statement("ALTER SEQUENCE " + address(sequence) + " OWNED BY " + column_name, "ALTER SEQUENCE OWNED BY")
      .relations = {address(sequence)};
}

// -- columns ----------------------------------------------------------------------------------------------------------

namespace {

/// Types whose values are compared without a collation, and that no plan takes away. A key of another type is compared
/// as text, byte by byte.
bool is_compared_as_it_is(const Object& column) {
  static const std::set<std::string> plain = {"smallint", "integer", "bigint", "oid", "uuid", "date", "boolean"};
  return plain.count(column.text(column_parts::type)) != 0;
}

/// A type of a schema's own may be gone by the time when the values come back.
bool may_go(const Object& column) { return !column.depends.empty(); }

struct KeyPart {
  std::string name;   ///< in the copy
  std::string value;  ///< of a row of the table
  std::string type;
  bool may_be_null = false;
};

/// Of a copy: what the value beside it became, as text. No column of a user is so named.
const std::string converted = std::string(retained_column_prefix) + "as";

std::vector<KeyPart> key_parts(const Copy& copy) {
  std::vector<KeyPart> parts;
  for (const Object* one : copy.key) {
    const std::string name = quoted_name(*one);
    if (is_compared_as_it_is(*one)) {
      parts.push_back({name, name, one->text(column_parts::type)});
    } else {
      parts.push_back({name, cast(name, "text") + " COLLATE pg_catalog.\"C\"", "text"});
    }
  }
  return parts;
}

/// What tells that a row still is the one that was copied.
std::vector<KeyPart> row_parts(const Copy& copy) {
  std::vector<KeyPart> parts = key_parts(copy);
  if (copy.is_converted) {
    const std::string value = cast(quoted_name(*copy.column), "text") + " COLLATE pg_catalog.\"C\"";
    parts.push_back({converted, value, "text", true});
  }
  return parts;
}

template <class Write>
std::string written(const std::vector<KeyPart>& parts, const char* between, const Write& write) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : between) + write(parts[i], i);
  return text;
}

std::string has_function(const Copy& copy) { return there("has_" + copy.name); }

std::string arguments(const std::vector<KeyPart>& parts) {
  return "(" + written(parts, ", ", [](const KeyPart& part, std::size_t) { return part.type; }) + ")";
}

void create_function(const std::string& name, const std::vector<KeyPart>& parts, const std::string& type,
                     const std::string& body, Emit& emit) {
  emit.statement("CREATE FUNCTION " + name + arguments(parts) + " RETURNS " + type + " LANGUAGE sql STABLE AS " +
                     quote_literal(body),
                 "CREATE FUNCTION");
}

}  // namespace

std::vector<const Object*> key_of_rows(const Object& table, const model::Schema& schema,
                                       const std::vector<const Object*>& gone) {
  const auto columns_of = [&](const Object& key) {
    std::vector<const Object*> columns;
    for (const std::string& name : key.list(constraint_parts::columns)) {
      const Object* one = schema.find(model::key_of(column, {key.names[0], key.names[1], name}));
      const bool serves =
          one != nullptr && one->flag(column_parts::not_null) && std::find(gone.begin(), gone.end(), one) == gone.end();
      if (!serves) return std::vector<const Object*>{};
      columns.push_back(one);
    }
    return columns;
  };
  std::vector<const Object*> best;
  for (const Object* part : schema.children(table.key)) {
    if (!is_key(*part)) continue;
    std::vector<const Object*> columns = columns_of(*part);
    if (columns.empty()) continue;
    const bool is_primary = part->text(constraint_parts::type) == "primary key";
    if (best.empty() || is_primary) best = std::move(columns);
    if (is_primary) break;
  }
  return best;
}

std::string why_not_copied(const Object& of, const Copy& copy) {
  if (copy.key.empty()) return of.key + " has no key that stays, so that nothing tells whose value is whose";
  const bool has_children = of.flag(model::attribute(table, "has_children")) && !is_partitioned(&of);
  const bool inherits = !of.list(model::attribute(table, "inherits")).empty();
  if (has_children || inherits) return of.key + " inherits or is inherited from, and no key spans such tables";
  return "";
}

std::string cast_back(const Object& now, const Object& then) {
  const std::string& from = now.text(column_parts::type);
  const std::string& to = then.text(column_parts::type);
  const std::string name = quoted_name(now);
  if (to == from + "[]") return "ARRAY[" + name + "]";
  if (from == to + "[]") return name + "[1]";
  const bool through_text = may_go(now) || may_go(then) || !has_cast(from, to);
  return cast(through_text ? cast(name, "text") : name, to);
}

void copy_values(const Copy& copy, Emit& emit) {
  const std::string table = address(*copy.column);
  const std::string name = quoted_name(*copy.column);
  const std::vector<KeyPart> parts = key_parts(copy);
  emit.statement("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE", std::string(copying)).relations = {table};
  emit.statement("CREATE TABLE " + there(copy.name) + " AS SELECT " +
                     written(parts, ", ",
                             [](const KeyPart& part, std::size_t) {
                               return part.value == part.name ? part.name : part.value + " AS " + part.name;
                             }) +
                     ", " + (may_go(*copy.column) ? cast(name, "text") + " AS " + name : name) + " FROM " + table,
                 std::string(copying))
      .relations = {table};
  emit.statement("ALTER TABLE " + there(copy.name) + " ADD PRIMARY KEY (" +
                     written(parts, ", ", [](const KeyPart& part, std::size_t) { return part.name; }) + ")",
                 "ADD PRIMARY KEY");
}

void note_conversion(const Copy& copy, Emit& emit) {
  const std::string name = there(copy.name);
  emit.statement("ALTER TABLE " + name + " ADD COLUMN " + converted + " text", "ADD COLUMN");
  emit.statement("UPDATE " + name + " kept SET " + converted + " = " + cast("t." + quoted_name(*copy.column), "text") +
                     " FROM " + address(*copy.column) + " t WHERE " +
                     written(key_parts(copy), " AND ",
                             [](const KeyPart& part, std::size_t) {
                               const std::string value = "t." + part.name;
                               return "kept." + part.name + " = " + (part.type == "text" ? cast(value, "text") : value);
                             }),
                 std::string(copying))
      .relations = {address(*copy.column)};
}

void create_lookup(const Copy& copy, Emit& emit) {
  const std::string& type = copy.column->text(column_parts::type);
  const std::string name = quoted_name(*copy.column);
  const std::vector<KeyPart> parts = row_parts(copy);
  const std::string row =
      " FROM " + there(copy.name) + " WHERE " + written(parts, " AND ", [](const KeyPart& part, std::size_t i) {
        return part.name + (part.may_be_null ? " IS NOT DISTINCT FROM $" : " = $") + std::to_string(i + 1) +
               (part.type == "text" ? " COLLATE pg_catalog.\"C\"" : "");
      });
  create_function(has_function(copy), parts, "boolean", "SELECT EXISTS (SELECT" + row + ")", emit);
  create_function(there(copy.name), parts, may_go(*copy.column) ? "text" : type, "SELECT " + name + row, emit);
}

namespace {

/// How every expression begins that looks values up; no other one does.
const std::string lookup_head = "CASE WHEN " + std::string(schema_name) + ".";

}  // namespace

bool is_looked_up(const model::Definition& expression) { return expression.text.starts_with(lookup_head); }

bool uses_lookup(const Copy& copy, std::span<const model::Fragment> fragments) {
  const std::string expression = looked_up(copy);
  return std::any_of(fragments.begin(), fragments.end(), [&](const model::Fragment& fragment) {
    return fragment.sql.find(expression) != std::string::npos;
  });
}

std::string looked_up(const Copy& copy) {
  const std::string call =
      "(" + written(row_parts(copy), ", ", [](const KeyPart& part, std::size_t) { return part.value; }) + ")";
  const std::string value = there(copy.name) + call;
  return "CASE WHEN " + has_function(copy) + call + " THEN " +
         (may_go(*copy.column) ? cast(value, copy.column->text(column_parts::type)) : value) + " ELSE " +
         copy.otherwise + " END";
}

void drop_copy(const Copy& copy, Emit& emit) {
  const std::vector<KeyPart> parts = row_parts(copy);
  emit.statement("DROP FUNCTION " + has_function(copy) + arguments(parts), "DROP FUNCTION");
  emit.statement("DROP FUNCTION " + there(copy.name) + arguments(parts), "DROP FUNCTION");
  emit.statement("DROP TABLE " + there(copy.name), "DROP TABLE");
}

void put_values(const Copy& copy, Emit& emit) {
  create_lookup(copy, emit);
  if (copy.by_update)
    set_values(*copy.column, looked_up(copy), emit);
  else
    set_type(*copy.column, looked_up(copy), "ALTER TYPE other -> text", emit);
  drop_copy(copy, emit);
}

namespace {

/// Whether a row `t` of the table has the key of a row `kept`.
std::string same_key(const Copy& copy) {
  return written(key_parts(copy), " AND ", [](const KeyPart& part, std::size_t) {
    const std::string value = part.type == "text" ? cast("t." + part.name, "text") : "t." + part.name;
    return "kept." + part.name + " = " + value;
  });
}

}  // namespace

std::string rows_without_copy(const Copy& copy) {
  return "FROM " + address(*copy.column) + " t WHERE NOT EXISTS (SELECT FROM " + there(copy.name) + " kept WHERE " +
         same_key(copy) + ")";
}

std::string copies_without_row(const Copy& copy) {
  return "FROM " + there(copy.name) + " kept WHERE kept." + quoted_name(*copy.column) +
         " IS NOT NULL AND NOT EXISTS (SELECT FROM " + address(*copy.column) + " t WHERE " + same_key(copy) + ")";
}

// -- columns that stay in their table ---------------------------------------------------------------------------------

namespace {

model::Fragment& rename_column(const Object& column, const std::string& from, const std::string& to, Emit& emit) {
  return alter_table(column, "RENAME COLUMN " + from + " TO " + to, "RENAME COLUMN", emit);
}

}  // namespace

void rename_aside(const InPlace& kept, Emit& emit) {
  rename_column(*kept.column, quoted_name(*kept.column), quote_identifier(kept.name), emit).hazards = {
      "CHANGES_ROW_SHAPE"};
}

void rename_back(const InPlace& kept, Emit& emit) {
  rename_column(*kept.column, quote_identifier(kept.name), quoted_name(*kept.column), emit);
}

void fill_in(const InPlace& kept, Emit& emit) {
  const std::string name = quoted_name(*kept.column);
  if (kept.by_update) return set_values(*kept.column, kept.otherwise + " WHERE " + name + " IS NULL", emit);
  set_type(*kept.column, "CASE WHEN " + name + " IS NULL THEN " + kept.otherwise + " ELSE " + name + " END",
           "ALTER TYPE other -> text", emit);
}

std::string rows_without_value(const InPlace& kept) {
  return "FROM " + address(*kept.column) + " t WHERE t." + quote_identifier(kept.name) + " IS NULL";
}

// -- identities -------------------------------------------------------------------------------------------------------

namespace {

model::Fragment& create_position(const Object& column, const std::string& name, const std::string& besides,
                                 Emit& emit) {
  return emit.statement("CREATE TABLE " + there(name) + " AS SELECT last_value, is_called" + besides + " FROM " +
                            column.text(column_parts::identity_sequence),
                        "CREATE TABLE AS");
}

void set_position(const Object& column, const std::string& name, const std::string& where, Emit& emit) {
  emit.statement("SELECT pg_catalog.setval(" + quote_literal(column.text(column_parts::identity_sequence)) +
                     ", last_value, is_called) FROM " + there(name) + " kept" + where,
                 "SELECT");
  emit.statement("DROP TABLE " + there(name), "DROP TABLE");
}

bool goes_up(const Object& column) { return column_parts::identity_options_of(column).increment > 0; }

}  // namespace

void copy_position(const Object& column, const std::string& name, Emit& emit) {
  create_position(column, name, "", emit);
}

void put_position(const Object& column, const std::string& name, Emit& emit) { set_position(column, name, "", emit); }

void copy_position_and_end(const Object& column, const std::string& name, bool reads_rows, Emit& emit) {
  const std::string end = std::string(goes_up(column) ? "pg_catalog.max(" : "pg_catalog.min(");
  const std::string table = address(column);
  auto& fragment = create_position(
      column, name, ", (SELECT " + end + quoted_name(column) + ") FROM " + table + ") AS last_row", emit);
  fragment.relations = {table};
  if (!reads_rows) fragment.form = "CREATE VIEW";  // the same lock
}

void put_position_unless_passed(const Object& column, const std::string& name, Emit& emit) {
  const std::string passes = goes_up(column) ? " > GREATEST(" : " < LEAST(";
  set_position(column, name,
               " WHERE NOT EXISTS (SELECT FROM " + address(column) + " t WHERE t." + quoted_name(column) + passes +
                   "kept.last_value, kept.last_row))",
               emit);
}

std::string next_of_identity(const Object& column) {
  return "pg_catalog.nextval(" + quote_literal(column.text(column_parts::identity_sequence)) + "::pg_catalog.regclass)";
}

}  // namespace segue::kinds::aside
