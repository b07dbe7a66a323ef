// Constraints of tables: primary key, unique, check, foreign key, exclusion. PostgreSQL: pg_constraint, tablecmds.c.
//
// The index behind a key is part of its constraint. NOT NULL is an attribute of the column.
#include <algorithm>

#include "base/quote.h"
#include "kinds/concurrently.h"
#include "kinds/constraint_parts.h"
#include "kinds/index_taken_over.h"
#include "kinds/kinds.h"
#include "kinds/obstacles.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {

namespace constraint_parts {

std::string quoted_list(const model::List& names) {
  model::List quoted;
  for (const std::string& name : names) quoted.push_back(quote_identifier(name));
  return join(quoted, ", ");
}

model::Value action(const std::string& letter) {
  if (letter == "r") return std::string("RESTRICT");
  if (letter == "c") return std::string("CASCADE");
  if (letter == "n") return std::string("SET NULL");
  if (letter == "d") return std::string("SET DEFAULT");
  return {};
}

}  // namespace constraint_parts

namespace {

using namespace constraint_parts;

using model::Change;
using model::Definition;
using model::Emit;
using model::List;
using model::Object;
using model::Sides;
using model::Type;

std::string address(const Object& object) { return quoted_name(object) + " ON " + relation_address(object); }

// -- writing ----------------------------------------------------------------------------------------------------------

std::string key_clause(const Object& object) {
  std::string sql = object.text(type) == "primary key" ? "PRIMARY KEY" : "UNIQUE";
  if (object.flag(nulls_not_distinct)) sql += " NULLS NOT DISTINCT";
  sql += " (" + quoted_list(object.list(columns)) + ")";
  if (!object.list(included).empty()) sql += " INCLUDE (" + quoted_list(object.list(included)) + ")";
  return sql;
}

std::string index_clauses(const Object& object) {
  std::string sql;
  if (!object.list(options).empty()) sql += " WITH (" + option_list(object.list(options)) + ")";
  if (object.has(tablespace)) sql += " USING INDEX TABLESPACE " + quote_identifier(object.text(tablespace));
  return sql;
}

std::string foreign_key_clause(const Object& object) {
  std::string sql = "FOREIGN KEY (" + quoted_list(object.list(columns)) + ") REFERENCES " + object.text(referenced);
  if (!object.list(referenced_columns).empty()) sql += " (" + quoted_list(object.list(referenced_columns)) + ")";
  if (object.has(match)) sql += " MATCH " + object.text(match);
  if (object.has(on_update)) sql += " ON UPDATE " + object.text(on_update);
  if (object.has(on_delete)) sql += " ON DELETE " + object.text(on_delete);
  if (!object.list(delete_columns).empty()) sql += " (" + quoted_list(object.list(delete_columns)) + ")";
  return sql;
}

std::string exclusion_clause(const Object& object) {
  const std::string& text = object.definition(exclusion).text;
  const std::string clauses = index_clauses(object);
  if (clauses.empty()) return text;
  // WITH and TABLESPACE stand before WHERE, which is last (gram.y ConstraintElem)
  sql::Cutter cutter(text, sql::tokens(text));
  if (!cutter.skip_to_word("where")) return text + clauses;
  const sql::Span predicate = cutter.rest();
  const std::string head = text.substr(0, text.rfind("WHERE", static_cast<std::size_t>(predicate.begin)));
  return head.substr(0, head.find_last_not_of(' ') + 1) + clauses + " WHERE " + std::string(cutter.text(predicate));
}

std::string deferral(const Object& object) {
  return std::string(object.flag(deferrable) ? " DEFERRABLE" : "") +
         (object.flag(initially_deferred) ? " INITIALLY DEFERRED" : "");
}

std::string clause(const Object& object) {
  const std::string& kind = object.text(type);
  std::string sql;
  if (kind == "check")
    sql = "CHECK (" + object.definition(check).text + ")" + (object.flag(no_inherit) ? " NO INHERIT" : "");
  if (kind == "primary key" || kind == "unique") sql = key_clause(object) + index_clauses(object);
  if (kind == "exclude") sql = exclusion_clause(object);
  if (kind == "foreign key") sql = foreign_key_clause(object);
  sql += deferral(object);
  if (object.flag(not_valid)) sql += " NOT VALID";
  return "CONSTRAINT " + quoted_name(object) + " " + sql;
}

const std::string& path(const Object& object) {
  return object.has(check) ? object.definition(check).search_path : object.definition(exclusion).search_path;
}

std::string add_form(const Sides& sides) {
  const std::string& kind = sides.to->text(type);
  const bool partitioned = is_partitioned(relation_of(sides, *sides.to));
  if (kind == "check") return sides.to->flag(not_valid) ? "ADD CHECK NOT VALID" : "ADD CHECK";
  if (kind == "primary key") return "ADD PRIMARY KEY (not null cols)";
  if (kind == "unique") return partitioned ? "ADD UNIQUE on partitioned parent" : "ADD UNIQUE";
  if (kind == "exclude") return "ADD EXCLUDE";
  return sides.to->flag(not_valid) ? "ADD FOREIGN KEY NOT VALID" : "ADD FOREIGN KEY";
}

/// A key of a partitioned table is made with ONLY and its partitions' keys are attached to it (pg_dump does the same);
/// a check reaches the children, unless it says NO INHERIT.
bool is_local(const Object& object) {
  const std::string& kind = object.text(type);
  return kind == "primary key" || kind == "unique" || kind == "exclude" || object.flag(no_inherit);
}

/// Two keys or exclusions of one statement that say the same are one to the server (parse_utilcmd.c
/// transformIndexConstraints): all but the first have statements of their own.
bool says_what_another_says(const Sides& sides) {
  const Object& object = *sides.to;
  if (object.text(type) != "unique" && !object.has(exclusion)) return false;
  const auto says_the_same = [&](const Object* other) {
    constexpr std::size_t compared[] = {columns,   included,   nulls_not_distinct,
                                        exclusion, deferrable, initially_deferred};
    if (other == &object || other->kind != &constraint || other->has(exclusion) != object.has(exclusion)) return false;
    const bool is_first = other->text(type) == "primary key" || other->key < object.key;
    return is_first && (is_key(*other) || object.has(exclusion)) &&
           std::all_of(std::begin(compared), std::end(compared),
                       [&](std::size_t i) { return (*other)[i] == object[i]; });
  };
  const auto siblings = sides.to_schema->children(object.parent);
  return std::any_of(siblings.begin(), siblings.end(), says_the_same);
}

/// Columns of its own table that the constraint depends on.
List columns_needed(const Sides& sides) {
  List names;
  for (const std::string& key : sides.to->depends) {
    const Object* needed = sides.to_schema->find(key);
    if (needed != nullptr && needed->kind == &column && needed->parent == sides.to->parent)
      names.push_back(needed->name());
  }
  return names;
}

/// What fails when rows are read for it.
void write_obstacles(const Sides& sides, Emit& emit) {
  const Object& object = *sides.to;
  const std::string relation = relation_address(object);
  const std::string& kind = object.text(type);
  if (kind == "primary key" || kind == "unique") {
    obstacles::equal_rows(sides, relation, object.list(columns), object.flag(nulls_not_distinct), emit);
  } else if (kind == "foreign key" && object.text(match) != "FULL") {
    obstacles::orphans(sides, relation, object.list(columns), object.text(referenced), object.list(referenced_columns),
                       emit);
  } else if (kind == "check") {
    const std::string& text = object.definition(check).text;
    obstacles::rows_where(sides, relation, columns_needed(sides), "NOT (" + text + ")",
                          "rows of " + relation + " for which (" + text + ") is false", true, emit);
  } else if (kind == "exclude") {
    write_conflicts(sides, columns_needed(sides), emit);
  }
}

void make_of_index(const Sides& sides, const std::string& index, Emit& emit) {
  const Object& object = *sides.to;
  const bool primary = object.text(type) == "primary key";
  emit.alter(alter_table(sides, object, true),
             "ADD CONSTRAINT " + quoted_name(object) + (primary ? " PRIMARY KEY" : " UNIQUE") + " USING INDEX " +
                 quote_identifier(index) + deferral(object),
             primary ? "ADD PRIMARY KEY USING INDEX (not null col)" : "ADD UNIQUE USING INDEX")
      .relations = {relation_address(object)};
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  if (const Object* taken = index_taken_over(object, sides)) return make_of_index(sides, taken->name(), emit);
  // A foreign key of a partitioned table must reach its partitions; ONLY is refused there (ATAddForeignKeyConstraint)
  const std::string head = alter_table(sides, object, is_local(object));
  const std::string sub_command = "ADD " + clause(object);
  auto& fragment = says_what_another_says(sides) ? emit.statement(head + " " + sub_command, add_form(sides))
                                                 : emit.alter(head, sub_command, add_form(sides));
  fragment.relations = {relation_address(object)};
  if (object.has(referenced)) fragment.relations.push_back(object.text(referenced));
  fragment.search_path = path(object);
  if (!object.flag(not_valid)) write_obstacles(sides, emit);
}

/// tablecmds.c ATExecAddIndexConstraint would read all rows under its lock for a column that may be null yet.
bool has_nulls_to_look_for(const Sides& sides) {
  const auto may_be_null = [&](const std::string& name) {
    const Object* before =
        sides.from_schema->find(model::key_of(column, {sides.to->names[0], sides.to->names[1], name}));
    return before == nullptr || !before->flag(model::attribute(column, "not_null"));
  };
  const List& names = sides.to->list(columns);
  return sides.to->text(type) == "primary key" && std::any_of(names.begin(), names.end(), may_be_null);
}

/// A key is made of an index that is there (parse_utilcmd.c transformIndexConstraint): not on partitioned tables.
void create_online(const Sides& sides, Emit& emit) {
  if (sides.to == nullptr || !is_key(*sides.to)) return;
  const Object& object = *sides.to;
  if (is_partitioned(relation_of(sides, object)) || has_nulls_to_look_for(sides)) return;
  if (index_taken_over(object, sides) != nullptr) return;
  const std::string relation = relation_address(object);
  const std::string index = quote_qualified(object.names[0], object.names[2]);
  std::string sql = "CREATE UNIQUE INDEX CONCURRENTLY " + quoted_name(object) + " ON " + relation + " (" +
                    quoted_list(object.list(columns)) + ")";
  if (!object.list(included).empty()) sql += " INCLUDE (" + quoted_list(object.list(included)) + ")";
  if (object.flag(nulls_not_distinct)) sql += " NULLS NOT DISTINCT";
  if (!object.list(options).empty()) sql += " WITH (" + option_list(object.list(options)) + ")";
  if (object.has(tablespace)) sql += " TABLESPACE " + quote_identifier(object.text(tablespace));
  concurrently::create(std::move(sql), "CREATE UNIQUE INDEX CONCURRENTLY", index, relation, emit);
  make_of_index(sides, object.names[2], emit);
}

/// tablecmds.c ATAddForeignKeyConstraint: no foreign key of a partitioned table is NOT VALID (before 18).
bool first_form(const Sides& sides, Object& object) {
  const std::string& kind = object.text(type);
  const bool can = kind == "check" || (kind == "foreign key" && !is_partitioned(relation_of(sides, object)));
  if (!can || object.flag(not_valid)) return false;
  object[not_valid] = true;
  return true;
}

std::string inline_form(const Object& object, std::span<const Object* const>) { return clause(object); }

bool can_inline(const Sides& sides) {
  const Object& object = *sides.to;
  return (object.text(type) != "foreign key" || sides.for_reading) && !object.flag(not_valid) &&
         !says_what_another_says(sides);
}

std::string implied_by(const Object& object) {
  const auto& from = object.list(inherited_from);
  return from.empty() ? "" : from.front();
}

void drop(const Sides& sides, Emit& emit) {
  const Object& object = *sides.from;
  const std::string& kind = object.text(type);
  const char* form = kind == "check"         ? "DROP CHECK"
                     : kind == "primary key" ? "DROP PRIMARY KEY"
                     : kind == "foreign key" ? "DROP FOREIGN KEY"
                                             : "DROP UNIQUE";
  auto& fragment = emit.alter(alter_table(sides, object, false), "DROP CONSTRAINT " + quoted_name(object), form);
  fragment.relations = {relation_address(object)};
  if (object.has(referenced)) fragment.relations.push_back(object.text(referenced));
}

void alter_deferral(const Sides& sides, Emit& emit) {
  std::string sql = "ALTER CONSTRAINT " + quoted_name(*sides.to);
  sql += sides.to->flag(deferrable) ? " DEFERRABLE" : " NOT DEFERRABLE";
  if (sides.to->flag(deferrable))
    sql += sides.to->flag(initially_deferred) ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE";
  emit.alter(alter_table(sides, *sides.to, false), std::move(sql), "ALTER CONSTRAINT DEFERRABLE").relations = {
      relation_address(*sides.to)};
}

/// tablecmds.c ATExecAlterConstraint: only foreign keys can be altered.
Change decide_deferral(const Sides& sides) {
  return sides.to->text(type) == "foreign key" ? Change::alter : Change::replace;
}

void alter_not_valid(const Sides& sides, Emit& emit) {
  emit.alter(alter_table(sides, *sides.to, false), "VALIDATE CONSTRAINT " + quoted_name(*sides.to),
             sides.to->text(type) == "check" ? "VALIDATE CHECK" : "VALIDATE FOREIGN KEY")
      .relations = {relation_address(*sides.to)};
  write_obstacles(sides, emit);
}

Change decide_not_valid(const Sides& sides) { return sides.to->flag(not_valid) ? Change::replace : Change::alter; }

void alter_options(const Sides& sides, Emit& emit) {
  alter_index_options(sides, quote_qualified(sides.to->names[0], sides.to->names[2]), options, emit);
}

void alter_tablespace(const Sides& sides, Emit& emit) {
  alter_index_tablespace(sides, quote_qualified(sides.to->names[0], sides.to->names[2]), tablespace, emit);
}

constexpr std::string_view remade = "the server cannot change it in place";

constexpr model::Attribute attributes[] = {
    {.name = "type", .type = Type::text, .reason = remade},
    {.name = "columns", .type = Type::list, .reason = remade},
    {.name = "included", .type = Type::list, .reason = remade},
    {.name = "nulls_not_distinct", .type = Type::boolean, .reason = remade},
    {.name = "check", .type = Type::definition, .grammar = model::Grammar::expression, .reason = remade},
    {.name = "no_inherit", .type = Type::boolean, .reason = remade},
    {.name = "exclusion", .type = Type::definition, .grammar = model::Grammar::constraint, .reason = remade},
    {.name = "referenced", .type = Type::text, .reason = remade},
    {.name = "referenced_columns", .type = Type::list, .reason = remade},
    {.name = "match", .type = Type::text, .reason = remade},
    {.name = "on_update", .type = Type::text, .reason = remade},
    {.name = "on_delete", .type = Type::text, .reason = remade},
    {.name = "delete_columns", .type = Type::list, .reason = remade},
    {.name = "deferrable",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = alter_deferral,
     .decide = decide_deferral,
     .reason = remade},
    {.name = "initially_deferred",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = alter_deferral,
     .decide = decide_deferral,
     .reason = remade},
    {.name = "not_valid",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = alter_not_valid,
     .decide = decide_not_valid,
     .reason = "a valid constraint cannot be made NOT VALID"},
    {.name = "options",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_options,
     .decide = decide_index_options,
     .unordered = true,
     .reason = "the server changes no options of a partitioned index"},
    {.name = "tablespace", .type = Type::text, .change = Change::alter, .alter = alter_tablespace},
    {.name = "inherited_from", .type = Type::list, .change = Change::derived},
    {.name = "key_names", .type = Type::list, .change = Change::derived},
    {.name = "copies", .type = Type::list, .change = Change::derived},
    // no part of its shape: what puts it up again, there and back, makes a valid one
    {.name = "invalid", .type = Type::boolean, .may_be_left_open = true, .reason = "the index of the key is invalid"},
};

void rename(const Sides& sides, Emit& emit) {
  const std::string& of = sides.from->text(type);
  const char* form = of == "check"         ? "RENAME CONSTRAINT check"
                     : of == "foreign key" ? "RENAME CONSTRAINT fk"
                                           : "RENAME CONSTRAINT pk (renames index)";
  emit.statement(rename_constraint(*sides.from, sides.from->name(), sides.to->name()), form).relations = {
      relation_address(*sides.from)};
}

/// Keys and foreign keys are carried along by ALTER TYPE as they are; a check's stored expression would keep the casts
/// of the old type.
bool rebuilt_when_disturbed(const Object& object) { return object.has(check) || object.has(exclusion); }

std::vector<std::string> names_taken(const Object& object) {
  const std::string& kind = object.text(type);
  if (kind != "primary key" && kind != "unique" && kind != "exclude") return {};
  return {"relation " + quote_qualified(object.names[0], object.names[2])};
}

// -- catalog ----------------------------------------------------------------------------------------------------------

/// A subquery that looks one row up stays one look into an index whatever the planner knows of the catalog's size.
std::string column_names(const std::string& relation, const std::string& numbers) {
  return "ARRAY(SELECT (SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = " + relation +
         " AND a.attnum = k.n) FROM pg_catalog.unnest(" + numbers + ") WITH ORDINALITY k(n, i) ORDER BY k.i)";
}

/// All the way down, without a look at foreign keys that have none.
std::string copies_of_foreign_key() {
  return "CASE WHEN co.contype = 'f' AND 'p' IN (c.relkind, (SELECT r.relkind FROM pg_catalog.pg_class r WHERE r.oid = "
         "co.confrelid)) THEN (WITH RECURSIVE copies(oid) AS (SELECT k.oid FROM pg_catalog.pg_constraint k WHERE "
         "k.conparentid = co.oid UNION ALL SELECT k.oid FROM copies JOIN pg_catalog.pg_constraint k ON k.conparentid = "
         "copies.oid) SELECT pg_catalog.array_agg(ARRAY[kn.nspname, kc.relname, k.conname] ORDER BY kn.nspname, "
         "kc.relname, k.conname) FROM copies JOIN pg_catalog.pg_constraint k ON k.oid = copies.oid JOIN "
         "pg_catalog.pg_class kc ON kc.oid = k.conrelid JOIN pg_catalog.pg_namespace kn ON kn.oid = kc.relnamespace) "
         "END";
}

/// Clones of a foreign key on partitions come with it (conparentid), a check that only inheritance made comes with the
/// parent's: neither is an object, but for partitions, whose checks pg_dump writes out too.
std::string query(int version) {
  const std::string distinct = version >= 150000 ? "i.indnullsnotdistinct" : "false";
  // left as they are, and named by catalog/unmodelled
  const std::string modelled = version >= 180000 ? "AND co.conenforced AND NOT co.conperiod " : "";
  const std::string delete_set = version >= 150000 ? "co.confdelsetcols" : "NULL::pg_catalog.int2[]";
  return "SELECT co.oid, n.nspname, c.relname, co.conname, co.contype::pg_catalog.text, "
         // an index knows its included columns; the order of conkey is that of the key
         "CASE WHEN co.contype IN ('p', 'u', 'f') THEN " +
         column_names("co.conrelid", "co.conkey") + " END, CASE WHEN i.indnatts > i.indnkeyatts THEN " +
         column_names("co.conrelid", "(i.indkey::pg_catalog.int2[])[i.indnkeyatts:i.indnatts - 1]") + " END, " +
         distinct +
         ", CASE WHEN co.contype = 'c' THEN pg_catalog.pg_get_expr(co.conbin, co.conrelid) END, co.connoinherit, "
         "CASE WHEN co.contype = 'x' THEN pg_catalog.pg_get_constraintdef(co.oid) END, "
         "CASE WHEN co.contype = 'f' THEN (SELECT pg_catalog.format('%I.%I', fn.nspname, f.relname) FROM "
         "pg_catalog.pg_class f JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace WHERE f.oid = "
         "co.confrelid) END, "
         "CASE WHEN co.contype = 'f' THEN " +
         column_names("co.confrelid", "co.confkey") +
         " END, co.confmatchtype::pg_catalog.text, co.confupdtype::pg_catalog.text, co.confdeltype::pg_catalog.text, "
         "CASE WHEN " +
         delete_set + " IS NOT NULL THEN " + column_names("co.conrelid", delete_set) +
         " END, co.condeferrable, co.condeferred, NOT co.convalidated, ic.reloptions, ts.spcname, co.conindid, "
         "CASE WHEN co.coninhcount > 0 AND co.contype = 'c' THEN (SELECT pg_catalog.array_agg(ARRAY[pn.nspname, "
         "p.relname] ORDER BY h.inhseqno) FROM "
         "pg_catalog.pg_inherits h JOIN pg_catalog.pg_class p ON p.oid = h.inhparent JOIN pg_catalog.pg_namespace pn "
         "ON pn.oid = p.relnamespace "
         "WHERE h.inhrelid = c.oid AND EXISTS (SELECT FROM pg_catalog.pg_constraint pc WHERE pc.conrelid = p.oid AND "
         "pc.conname = co.conname "
         "AND pc.contype = 'c' AND NOT pc.connoinherit)) END, c.relkind::pg_catalog.text, " +
         copies_of_foreign_key() +
         ", ic.relkind = 'i' AND NOT i.indisvalid "
         "FROM pg_catalog.pg_constraint co JOIN pg_catalog.pg_class c ON c.oid = co.conrelid JOIN "
         "pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = co.conindid AND co.contype IN ('p', 'u', 'x') "
         "LEFT JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = "
         "ic.reltablespace "
         "WHERE co.contype IN ('p', 'u', 'c', 'f', 'x') AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' "
         "AND NOT (co.contype = 'f' AND co.conparentid <> 0) " +
         modelled + "AND (co.conislocal OR co.contype <> 'c' OR c.relispartition) AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

std::string type_name(const std::string& letter) {
  if (letter == "p") return "primary key";
  if (letter == "u") return "unique";
  if (letter == "c") return "check";
  return letter == "f" ? "foreign key" : "exclude";
}

/// The server prints the index's options inside an exclusion, and DEFERRABLE and its like behind it; here they are
/// attributes of their own.
std::string exclusion_alone(const std::string& printed_text) {
  sql::Cutter cutter(printed_text, sql::tokens(printed_text));
  std::string text(cutter.text(cutter.until({"with", "where", "deferrable", "initially", "not"})));
  if (cutter.skip_to_word("where")) text += " WHERE (" + std::string(cutter.text(cutter.parenthesised())) + ")";
  return text;
}

void read_row(const Row& row, CatalogReader& reader) {
  const List names = {row.text(1), row.text(2), row.text(3)};
  const std::string parent = row.text(24) == "f" ? "foreign table " + quote_qualified(names[0], names[1])
                                                 : model::key_of(table, {names[0], names[1]});
  Object object = model::make_object(constraint, names, parent);
  object[type] = type_name(row.text(4));
  object[columns] = row.list(5);
  object[included] = row.list(6);
  object[nulls_not_distinct] = row.flag(7);
  object[check] = printed(row, 8);
  object[no_inherit] = row.text(4) == "c" && row.flag(9);
  if (!row.null(10)) object[exclusion] = Definition{exclusion_alone(row.text(10)), ""};
  if (!row.null(11)) {
    object[referenced] = row.text(11);
    object[referenced_columns] = row.list(12);
    if (row.text(13) == "f") object[match] = std::string("FULL");
    object[on_update] = action(row.text(14));
    object[on_delete] = action(row.text(15));
    object[delete_columns] = row.list(16);
  }
  object[deferrable] = row.flag(17);
  object[initially_deferred] = row.flag(18);
  object[not_valid] = row.flag(19);
  object[options] = row.list(20);
  object[tablespace] = text_or_absent(row, 21);
  List from;
  const List parents = row.list(23);
  for (std::size_t i = 0; i + 1 < parents.size(); i += 2)
    from.push_back(model::key_of(constraint, {parents[i], parents[i + 1], names[2]}));
  object[inherited_from] = std::move(from);
  object[constraint_parts::copies] = row.list(25);
  object[constraint_parts::invalid] = row.flag(26);
  const Object* added = reader.add(std::move(object), "pg_constraint", row.text(0));
  if (added != nullptr && row.text(4) != "f" && row.text(22) != "0") reader.alias(*added, "pg_class", row.text(22));
}

}  // namespace

const model::Kind constraint = {
    .name = "constraint",
    .sql_class = "CONSTRAINT",
    .attributes = attributes,
    .address = address,
    .create = create,
    .create_online = create_online,
    .first_form = first_form,
    .drop = drop,
    .rename = rename,
    .inline_form = inline_form,
    .can_inline = can_inline,
    .rebuilt_when_disturbed = rebuilt_when_disturbed,
    .implied_by = implied_by,
    .renamed_when_equal = true,
    .name_space = model::NameSpace::of_parent,
    .names_taken = names_taken,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
