// Columns of tables. PostgreSQL: pg_attribute; tablecmds.c BuildDescForRelation, ATExecAddColumn.
//
// Defaults are objects of their own; the expression of a generated column and the sequence of an identity are part of
// the column, since they come and go with it.
#include <algorithm>
#include <set>

#include "base/quote.h"
#include "kinds/foreign_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/sequence_options.h"
#include "kinds/type_change.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Definition;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  type,
  collation,
  identity,
  identity_sequence,
  identity_options,
  not_null,
  generated,
  generated_kind,
  storage,
  compression,
  statistics_target,
  options,
  options_of_wrapper,
  inherited_from,
  local,
  of_attribute,  ///< of a typed table: the key of the type's attribute
  using_expression,
  backfill,
};

std::string address(const Object& object) { return relation_address(object) + "." + quoted_name(object); }

void alter(const Sides& sides, Emit& emit, std::string sub_command, std::string form, bool only) {
  emit.alter(alter_table(sides, *sides.to, only), std::move(sub_command), std::move(form)).relations = {
      relation_address(*sides.to)};
}

std::string alter_column(const Sides& sides) { return "ALTER COLUMN " + quoted_name(*sides.to) + " "; }

// -- types ------------------------------------------------------------------------------------------------------------

/// The measured form of a type change, so that its lock and its rewrite are known (plan/locks.h).
std::string type_form(const Sides& sides) {
  return "ALTER TYPE " + sides.from->text(type) + " -> " + sides.to->text(type);
}

/// No cast leads from one enum to another type but text (parse_coerce.c find_coercion_pathway).
std::string through_text(const Sides& sides) {
  const auto is_enum = [](const model::Schema* schema, std::string name) {
    if (name.ends_with("[]")) name.resize(name.size() - 2);
    return schema != nullptr && schema->contains(std::string(enum_type.name) + " " + name);
  };
  const std::string& from = sides.from->text(type);
  if (!is_enum(sides.from_schema, from) && !is_enum(sides.to_schema, sides.to->text(type))) return "";
  return from.ends_with("[]") ? "::text[]" : "::text";
}

/// USING, where the server would not convert by itself: the file's expression, or a cast. Between a type and its array
/// there is none; one element is what an array of one holds.
std::string conversion(const Sides& sides) {
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  const std::string name = quoted_name(*sides.to);
  if (from == to) return "";
  if (sides.to->has(using_expression)) return " USING " + sides.to->definition(using_expression).text;
  if (to == from + "[]") return " USING ARRAY[" + name + "]";
  if (from == to + "[]") return " USING " + name + "[1]";
  return converts_by_itself(from, to) ? "" : " USING " + name + through_text(sides) + "::" + to;
}

/// Counts the values that do not come back from the new type as they were.
std::string count_of_changed(const Sides& sides) {
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  if (sides.to->has(using_expression) || !may_change_values(from, to) || !has_equality(from)) return "";
  const std::string name = quoted_name(*sides.to);
  return "SELECT pg_catalog.count(*) FROM (SELECT FROM " + relation_address(*sides.to) + " WHERE " + name +
         " IS DISTINCT FROM " + name + "::" + to + "::" + from + " LIMIT 1) rows";
}

/// Of a foreign table only the declaration changes: its rows are kept elsewhere (tablecmds.c ATPrepAlterColumnType).
bool has_rows_here(const Sides& sides) {
  const Object* relation = relation_of(sides, *sides.to);
  return relation == nullptr || relation->kind != &foreign_table;
}

void alter_type(const Sides& sides, Emit& emit) {
  const Object& to = *sides.to;
  std::string sql = alter_column(sides) + "TYPE " + to.text(type);
  if (to.has(collation)) sql += " COLLATE " + to.text(collation);
  if (!has_rows_here(sides)) return alter(sides, emit, sql, "ALTER foreign table column TYPE", false);
  alter(sides, emit, sql + conversion(sides), type_form(sides), false);
  emit.fragments().back().search_path = to.definition(using_expression).search_path;
  emit.fragments().back().counts_loss = count_of_changed(sides);
}

Change decide_type(const Sides& sides) {
  const bool possible = sides.to->has(using_expression) || !has_rows_here(sides) ||
                        has_cast(sides.from->text(type), sides.to->text(type));
  return possible ? Change::alter : Change::replace;
}

model::Fidelity judge_type(const Sides& sides) {
  if (!has_rows_here(sides)) return model::Fidelity::exact;
  const bool lossy = sides.to->has(using_expression) || may_change_values(sides.from->text(type), sides.to->text(type));
  return lossy ? model::Fidelity::loses_data : model::Fidelity::exact;
}

// -- not null ---------------------------------------------------------------------------------------------------------

/// Gives rows that have no value the one of the file's annotation.
void fill(const Object& object, Emit& emit) {
  const model::Definition& value = object.definition(backfill);
  auto& fragment = emit.statement("UPDATE " + relation_address(object) + " SET " + quoted_name(object) + " = " +
                                      value.text + " WHERE " + quoted_name(object) + " IS NULL",
                                  "UPDATE");
  fragment.search_path = value.search_path;
  fragment.relations = {relation_address(object)};
}

void alter_not_null(const Sides& sides, Emit& emit) {
  const bool set = sides.to->flag(not_null);
  if (set && sides.to->has(backfill)) fill(*sides.to, emit);
  alter(sides, emit, alter_column(sides) + (set ? "SET NOT NULL" : "DROP NOT NULL"),
        set ? "SET NOT NULL" : "DROP NOT NULL", false);
}

// -- identity ---------------------------------------------------------------------------------------------------------

/// The options as they are kept: the words of CREATE SEQUENCE; the type behind them only where it is not the column's.
SequenceOptions identity_options_of(const Object& object) {
  const auto& list = object.list(identity_options);
  SequenceOptions o;
  o.type = object.text(type);
  if (list.size() < 6) return o;
  const auto number = [&](std::size_t i) { return std::strtoll(list[i].c_str(), nullptr, 10); };
  o.start = number(0);
  o.increment = number(1);
  o.minimum = number(2);
  o.maximum = number(3);
  o.cache = number(4);
  o.cycle = list[5] == "cycle";
  if (list.size() == 7) o.type = list[6];
  return o;
}

/// LIKE makes the sequence of a copied identity without the column's type (parse_utilcmd.c transformTableLikeClause).
bool has_other_type(const Object& object) { return object.list(identity_options).size() == 7; }

model::List identity_list(const SequenceOptions& o) {
  return {std::to_string(o.start),   std::to_string(o.increment), std::to_string(o.minimum),
          std::to_string(o.maximum), std::to_string(o.cache),     o.cycle ? "cycle" : "no cycle"};
}

std::string identity_clause(const Object& object) {
  std::string sql =
      "GENERATED " + std::string(object.text(identity) == "always" ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
  // the name is stated only where the server would choose another (parse_utilcmd.c generateSerialExtraStmts)
  std::string inside;
  SequenceOptions sequence = identity_options_of(object);
  sequence.type = object.text(type);
  if (object.text(identity_sequence) !=
      quote_qualified(object.names[0], truncate_identifier(object.names[1] + "_" + object.names[2] + "_seq"))) {
    inside = " SEQUENCE NAME " + object.text(identity_sequence);
  }
  inside += write_options(sequence, false);
  return inside.empty() ? sql : sql + " (" + inside.substr(1) + ")";
}

void alter_identity(const Sides& sides, Emit& emit) {
  if (!sides.to->has(identity)) return alter(sides, emit, alter_column(sides) + "DROP IDENTITY", "DROP IDENTITY", true);
  if (!sides.from->has(identity)) {
    // identity demands NOT NULL, which the same plan may set later: a column that is to be an identity is NOT NULL
    // first
    if (!sides.from->flag(not_null)) alter(sides, emit, alter_column(sides) + "SET NOT NULL", "SET NOT NULL", false);
    return alter(sides, emit, alter_column(sides) + "ADD " + identity_clause(*sides.to), "ADD IDENTITY", true);
  }
  alter(sides, emit,
        alter_column(sides) + "SET GENERATED " + (sides.to->text(identity) == "always" ? "ALWAYS" : "BY DEFAULT"),
        "SET GENERATED (identity)", true);
}

void alter_sequence_type(const Sides& sides, Emit& emit) {
  const std::string changes = change_options(identity_options_of(*sides.from), identity_options_of(*sides.to), false);
  if (!changes.empty())
    emit.statement("ALTER SEQUENCE " + sides.to->text(identity_sequence) + changes, "ALTER SEQUENCE AS bigint/int");
}

void alter_identity_options(const Sides& sides, Emit& emit) {
  if (!sides.from->has(identity) || !sides.to->has(identity)) return;  // written by alter_identity
  fit_position(sides.to->text(identity_sequence), identity_options_of(*sides.from), identity_options_of(*sides.to),
               emit);
  if (has_other_type(*sides.from) || has_other_type(*sides.to)) return alter_sequence_type(sides, emit);
  const std::string changes = change_options(identity_options_of(*sides.from), identity_options_of(*sides.to), true);
  if (!changes.empty()) {
    alter(sides, emit, "ALTER COLUMN " + quoted_name(*sides.to) + changes, "SET identity sequence option", true);
  }
}

void alter_identity_sequence(const Sides& sides, Emit& emit) {
  if (!sides.from->has(identity) || !sides.to->has(identity)) return;
  const std::string& name = sides.to->text(identity_sequence);
  emit.statement(
      "ALTER SEQUENCE " + sides.from->text(identity_sequence) + " RENAME TO " + name.substr(name.find('.') + 1),
      "ALTER SEQUENCE RENAME");
}

// -- generated --------------------------------------------------------------------------------------------------------

void alter_generated(const Sides& sides, Emit& emit) {
  if (!sides.to->has(generated)) {
    return alter(sides, emit, alter_column(sides) + "DROP EXPRESSION", "DROP EXPRESSION", false);
  }
  emit.alter(alter_table(sides, *sides.to, false),
             alter_column(sides) + "SET EXPRESSION AS (" + sides.to->definition(generated).text + ")", "SET EXPRESSION")
      .search_path = sides.to->definition(generated).search_path;
  emit.fragments().back().relations = {relation_address(*sides.to)};
}

/// DROP EXPRESSION keeps the values; SET EXPRESSION came with 17; a plain column cannot become a generated one.
Change decide_generated(const Sides& sides) {
  if (!sides.to->has(generated)) return Change::alter;
  return sides.from->has(generated) && sides.server_version >= 170000 ? Change::alter : Change::replace;
}

/// pg_type.typstorage of the built-in types that are not EXTENDED; what the server has for a type of one's own is
/// EXTENDED for composites, and stated in the catalog otherwise.
std::string default_storage(const std::string& type_name) {
  static const std::set<std::string> plain = {"bigint",
                                              "boolean",
                                              "integer",
                                              "smallint",
                                              "real",
                                              "double precision",
                                              "date",
                                              "uuid",
                                              "money",
                                              "name",
                                              "oid",
                                              "\"char\"",
                                              "box",
                                              "circle",
                                              "line",
                                              "lseg",
                                              "point",
                                              "macaddr",
                                              "macaddr8",
                                              "interval",
                                              "tsquery",
                                              "pg_lsn",
                                              "cid",
                                              "xid",
                                              "xid8",
                                              "tid",
                                              "time without time zone",
                                              "time with time zone",
                                              "timestamp without time zone",
                                              "timestamp with time zone",
                                              "regclass",
                                              "regproc",
                                              "regprocedure",
                                              "regtype",
                                              "regoper",
                                              "regoperator",
                                              "regnamespace",
                                              "regrole",
                                              "regconfig",
                                              "regdictionary"};
  const std::string base = type_name.substr(0, type_name.find('('));
  if (plain.count(type_name) != 0 || plain.count(base) != 0 || base == "timestamp" || base == "time" ||
      base == "interval")
    return "PLAIN";
  return base == "numeric" || base == "inet" || base == "cidr" ? "MAIN" : "EXTENDED";
}

// -- small ones -------------------------------------------------------------------------------------------------------

void alter_storage(const Sides& sides, Emit& emit) {
  const std::string to = sides.to->has(storage) ? sides.to->text(storage) : default_storage(sides.to->text(type));
  alter(sides, emit, alter_column(sides) + "SET STORAGE " + to, "SET STORAGE", true);
}

void alter_compression(const Sides& sides, Emit& emit) {
  const std::string to = sides.to->has(compression) ? sides.to->text(compression) : "default";
  alter(sides, emit, alter_column(sides) + "SET COMPRESSION " + to, "SET COMPRESSION", true);
}

void alter_statistics(const Sides& sides, Emit& emit) {
  const std::int64_t to = sides.to->has(statistics_target) ? sides.to->number(statistics_target) : -1;
  alter(sides, emit, alter_column(sides) + "SET STATISTICS " + std::to_string(to), "SET STATISTICS", true);
}

void alter_options(const Sides& sides, Emit& emit) {
  const OptionChange change = change_options(sides.from->list(options), sides.to->list(options));
  if (!change.reset.empty())
    alter(sides, emit, alter_column(sides) + "RESET (" + change.reset + ")", "RESET (n_distinct)", true);
  if (!change.set.empty())
    alter(sides, emit, alter_column(sides) + "SET (" + change.set + ")", "SET (n_distinct)", true);
}

void alter_foreign_options(const Sides& sides, Emit& emit) {
  const std::string clause =
      foreign_options::alter_clause(sides.from->list(options_of_wrapper), sides.to->list(options_of_wrapper));
  if (!clause.empty()) alter(sides, emit, alter_column(sides) + clause, "ALTER FOREIGN TABLE OPTIONS", true);
}

constexpr model::Attribute attributes[] = {
    {.name = "type",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_type,
     .decide = decide_type,
     .disturbs_dependents = true,
     .judge = judge_type,
     .reason = "PostgreSQL has no cast between the types; `-- @using expression` would keep the values",
     .loss = "values that the new type holds otherwise come back as it holds them"},
    {.name = "collation",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_type,
     .disturbs_dependents = true},
    {.name = "identity", .type = Type::text, .change = Change::alter, .alter = alter_identity},
    {.name = "identity_sequence", .type = Type::text, .change = Change::alter, .alter = alter_identity_sequence},
    {.name = "identity_options", .type = Type::list, .change = Change::alter, .alter = alter_identity_options},
    // behind the identity, which forbids DROP NOT NULL while it is there
    {.name = "not_null", .type = Type::boolean, .change = Change::alter, .alter = alter_not_null},
    {.name = "generated",
     .type = Type::definition,
     .change = Change::alter,
     .alter = alter_generated,
     .decide = decide_generated,
     .grammar = model::Grammar::expression,
     .reason = "the expression of a generated column cannot be changed in place"},
    {.name = "generated_kind",
     .type = Type::text,
     .change = Change::replace,
     .reason = "stored and virtual columns do not turn into each other"},
    {.name = "storage", .type = Type::text, .change = Change::alter, .alter = alter_storage},
    {.name = "compression", .type = Type::text, .change = Change::alter, .alter = alter_compression},
    {.name = "statistics", .type = Type::integer, .change = Change::alter, .alter = alter_statistics},
    {.name = "options", .type = Type::list, .change = Change::alter, .alter = alter_options, .unordered = true},
    {.name = "foreign_options",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_foreign_options,
     .unordered = true},
    {.name = "inherited_from", .type = Type::list, .change = Change::derived},
    {.name = "local", .type = Type::boolean, .change = Change::derived},
    {.name = "of_attribute", .type = Type::text, .change = Change::derived},
    // annotations of the file: how the rows follow
    {.name = "using", .type = Type::definition, .change = Change::derived, .grammar = model::Grammar::expression},
    {.name = "backfill", .type = Type::definition, .change = Change::derived, .grammar = model::Grammar::expression},
};

// -- writing ----------------------------------------------------------------------------------------------------------

bool is_written_by_parent(const Object& object) { return !object.flag(local) && !object.list(inherited_from).empty(); }

/// A typed table takes names, types and collations of its columns from the type (gram.y TypedTableElement).
std::string head_of(const Object& object) {
  if (object.has(of_attribute)) return quoted_name(object) + " WITH OPTIONS";
  return quoted_name(object) + " " + object.text(type) +
         foreign_options::create_clause(object.list(options_of_wrapper)) +
         (object.has(collation) ? " COLLATE " + object.text(collation) : "");
}

std::string column_definition(const Object& object, std::span<const Object* const> folded, bool with_not_null = true) {
  std::string sql = head_of(object);
  if (object.has(generated)) {
    sql += " GENERATED ALWAYS AS (" + object.definition(generated).text + ") " +
           (object.text(generated_kind) == "v" ? "VIRTUAL" : "STORED");
  }
  if (object.has(identity)) sql += " " + identity_clause(object);
  for (const Object* child : folded) {
    if (child->parent == object.key && child != &object) sql += " " + child->kind->inline_form(*child, folded);
  }
  if (object.flag(not_null) && with_not_null) sql += " NOT NULL";
  return sql;
}

/// A column that comes from an inheritance parent alone, or from a type as it is, is not written again (DESIGN: made by
/// its counterpart).
std::string inline_form(const Object& object, std::span<const Object* const> folded) {
  if (is_written_by_parent(object)) return "";
  std::string sql = column_definition(object, folded);
  return object.has(of_attribute) && sql == head_of(object) ? "" : sql;
}

/// NOT NULL of a column that its parent writes, and writes without.
void finish_not_null(const Sides& sides, Emit& emit) {
  if (!sides.to->flag(not_null) || !is_written_by_parent(*sides.to)) return;
  for (const std::string& key : sides.to->list(inherited_from)) {
    const Object* parent = sides.to_schema->find(key);
    if (parent != nullptr && parent->flag(not_null)) return;
  }
  alter_not_null(sides, emit);
}

/// The sequence is made with the column's type.
void finish_identity(const Sides& sides, Emit& emit) {
  if (!has_other_type(*sides.to)) return;
  Object made = *sides.to;
  std::get<model::List>(made[identity_options]).pop_back();
  Sides rest = sides;
  rest.from = &made;
  alter_sequence_type(rest, emit);
}

/// What CREATE TABLE and ADD COLUMN cannot carry on every supported server.
void finish(const Sides& sides, Emit& emit) {
  const Object fresh = model::make_object(column, sides.to->names, sides.to->parent);
  Sides rest = sides;
  rest.from = &fresh;
  finish_not_null(rest, emit);
  finish_identity(rest, emit);
  if (sides.to->has(storage)) alter_storage(rest, emit);
  if (sides.to->has(compression)) alter_compression(rest, emit);
  if (sides.to->has(statistics_target)) alter_statistics(rest, emit);
  if (!sides.to->list(options).empty()) alter_options(rest, emit);
}

void create(const Sides& sides, std::span<const Object* const> folded, Emit& emit) {
  const Object& object = *sides.to;
  const bool filled = object.has(backfill);
  auto& fragment =
      emit.alter(alter_table(sides, object, false), "ADD COLUMN " + column_definition(object, folded, !filled),
                 object.has(generated)  ? "ADD COLUMN generated stored"
                 : object.has(identity) ? "ADD COLUMN identity"
                                        : "ADD COLUMN nullable");
  fragment.relations = {relation_address(object)};
  fragment.search_path = object.definition(generated).search_path;
  if (filled) {
    fill(object, emit);
    if (object.flag(not_null)) alter(sides, emit, alter_column(sides) + "SET NOT NULL", "SET NOT NULL", false);
  }
  finish(sides, emit);
}

void rename(const Sides& sides, Emit& emit) {
  emit.statement(alter_table(sides, *sides.from, false) + " RENAME COLUMN " + quoted_name(*sides.from) + " TO " +
                     quoted_name(*sides.to),
                 "RENAME COLUMN")
      .relations = {relation_address(*sides.from)};
}

/// Whether a child table keeps the column that its parent loses: ONLY leaves it there (ATExecDropColumn).
bool stays_below(const Sides& sides) {
  const Object* relation = sides.from_schema->find(sides.from->parent);
  if (relation == nullptr || !relation->flag(model::attribute(*relation->kind, "has_children")) ||
      is_partitioned(relation))
    return false;
  for (const Object& other : sides.from_schema->objects()) {
    if (other.kind != &column) continue;
    const auto& from = other.list(inherited_from);
    if (std::find(from.begin(), from.end(), sides.from->key) != from.end() && sides.to_schema->contains(other.key))
      return true;
  }
  return false;
}

void drop(const Sides& sides, Emit& emit) {
  emit.alter(alter_table(sides, *sides.from, stays_below(sides)), "DROP COLUMN " + quoted_name(*sides.from),
             "DROP COLUMN")
      .relations = {relation_address(*sides.from)};
}

/// A generated column holds nothing that could not be computed again; the rows of a foreign table are kept elsewhere.
bool rebuilt_when_disturbed(const Object& object) {
  return object.has(generated) || object.parent.rfind(std::string(foreign_table.name) + " ", 0) == 0;
}

std::string implied_by(const Object& object) {
  if (object.has(of_attribute)) return object.text(of_attribute);
  const auto& from = object.list(inherited_from);
  return from.empty() ? "" : from.front();
}

// -- catalog ----------------------------------------------------------------------------------------------------------

std::string query(int version) {
  const std::string compression_column =
      version >= 140000 ? "a.attcompression::pg_catalog.text" : "''::pg_catalog.text";
  const std::string generated_default =
      " FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum";
  return "SELECT a.attrelid, a.attnum, a.attname, pg_catalog.format_type(a.atttypid, "
         "a.atttypmod), "
         "CASE WHEN a.attcollation <> t.typcollation THEN (SELECT pg_catalog.format('%I.%I', cn.nspname, co.collname) "
         "FROM "
         "pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace cn ON cn.oid = co.collnamespace WHERE co.oid = "
         "a.attcollation) END, "
         "a.attnotnull, a.attidentity::pg_catalog.text, a.attgenerated::pg_catalog.text, "
         "CASE WHEN a.attgenerated <> '' THEN (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid)" +
         generated_default +
         ") END, "
         "CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::pg_catalog.text END, " +
         compression_column +
         ", NULLIF(a.attstattarget, -1), a.attoptions, "
         "CASE WHEN a.attinhcount > 0 THEN (SELECT pg_catalog.array_agg(ARRAY[pn.nspname, p.relname] ORDER BY "
         "i.inhseqno) FROM pg_catalog.pg_inherits i "
         "JOIN pg_catalog.pg_class p ON p.oid = i.inhparent JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace "
         "WHERE i.inhrelid = c.oid AND EXISTS (SELECT FROM pg_catalog.pg_attribute pa WHERE pa.attrelid = p.oid AND "
         "pa.attname = a.attname "
         "AND NOT pa.attisdropped)) END, a.attislocal OR c.relispartition, "
         "CASE WHEN a.attidentity <> '' THEN (SELECT ARRAY[pg_catalog.format('%I.%I', sn.nspname, sc.relname), "
         "s.seqstart::pg_catalog.text, "
         "s.seqincrement::pg_catalog.text, s.seqmin::pg_catalog.text, s.seqmax::pg_catalog.text, "
         "s.seqcache::pg_catalog.text, "
         "CASE WHEN s.seqcycle THEN 'cycle' ELSE 'no cycle' END] || CASE WHEN s.seqtypid <> a.atttypid THEN "
         "ARRAY[pg_catalog.format_type(s.seqtypid, NULL)] END FROM pg_catalog.pg_depend dep JOIN "
         "pg_catalog.pg_sequence s ON s.seqrelid = dep.objid "
         "JOIN pg_catalog.pg_class sc ON sc.oid = s.seqrelid JOIN pg_catalog.pg_namespace sn ON sn.oid = "
         "sc.relnamespace "
         "WHERE dep.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND dep.refclassid = "
         "'pg_catalog.pg_class'::pg_catalog.regclass "
         "AND dep.refobjid = a.attrelid AND dep.refobjsubid = a.attnum AND dep.deptype = 'i') END, "
         "CASE WHEN a.attgenerated <> '' THEN (SELECT d.oid" +
         generated_default +
         ") END, CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END, "
         "a.attfdwoptions FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN "
         "pg_catalog.pg_namespace "
         "n ON n.oid = c.relnamespace "
         "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid "
         "WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped AND c.relpersistence <> 't' AND " +
         ours("pg_class", "c.oid", "n.nspname") + " ORDER BY a.attrelid, a.attnum";
}

std::string storage_name(const std::string& letter) {
  if (letter == "p") return "PLAIN";
  if (letter == "e") return "EXTERNAL";
  return letter == "m" ? "MAIN" : "EXTENDED";
}

void read_identity(const Row& row, Object& object) {
  if (row.text(6).empty()) return;
  object[identity] = std::string(row.text(6) == "a" ? "always" : "by default");
  model::List sequence = row.list(15);
  if (sequence.empty()) return;
  object[identity_sequence] = sequence.front();
  sequence.erase(sequence.begin());
  object[identity_options] = std::move(sequence);
}

/// The server counts a column's versions in its options (since the minor releases of November 2026); pg_dump leaves
/// that one out too.
model::List own_options(model::List list) {
  std::erase_if(list, [](const std::string& option) { return option.rfind("pg_attver=", 0) == 0; });
  return list;
}

/// `type_text`: the type's name, qualified and quoted as format_type prints it.
std::string attribute_key(const std::string& type_text, const std::string& name) {
  return std::string(composite_attribute.name) + " " + type_text + "." + quote_identifier(name);
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* of = reader.at("pg_class", row.text(0));
  if (of == nullptr) return;
  Object object = model::make_object(column, {of->names[0], of->names[1], row.text(2)}, of->key);
  object[type] = row.text(3);
  object[collation] = text_or_absent(row, 4);
  object[not_null] = row.flag(5);
  read_identity(row, object);
  if (!row.text(7).empty()) {
    object[generated_kind] = row.text(7);
    object[generated] = printed(row, 8);
  }
  if (!row.null(9)) object[storage] = storage_name(row.text(9));
  if (row.text(10) == "p") object[compression] = std::string("pglz");
  if (row.text(10) == "l") object[compression] = std::string("lz4");
  if (!row.null(11)) object[statistics_target] = row.number(11);
  object[options] = own_options(row.list(12));
  object[options_of_wrapper] = foreign_options::without_secrets(row.list(18), object.key, reader);
  model::List from;
  const model::List parents = row.list(13);  // {{schema,table},…} flattened
  for (std::size_t i = 0; i + 1 < parents.size(); i += 2)
    from.push_back(model::key_of(column, {parents[i], parents[i + 1], row.text(2)}));
  object[inherited_from] = std::move(from);
  object[local] = row.flag(14);
  if (!row.null(17)) object[of_attribute] = attribute_key(row.text(17), row.text(2));
  const Object* added = reader.add(std::move(object), "pg_class", row.text(0), static_cast<int>(row.number(1)));
  if (added != nullptr)
    reader.alias(*added, "pg_attrdef", row.text(16));  // what a generated column reads is recorded there
}

// -- statements -------------------------------------------------------------------------------------------------------

bool is_serial(const sql::Node& type_name, std::string& base) {
  const model::List names = sql::strings(type_name.list("names"));
  if (names.size() != 1 || type_name.has("arrayBounds")) return false;
  const std::string& name = names[0];
  if (name == "serial" || name == "serial4") base = "integer";
  if (name == "bigserial" || name == "serial8") base = "bigint";
  if (name == "smallserial" || name == "serial2") base = "smallint";
  return !base.empty();
}

/// parse_utilcmd.c generateSerialExtraStmts: a sequence of the column's type, owned by it, and nextval as its default.
void read_serial(Object& object, const std::string& base, DesiredReader& reader) {
  object[type] = base;
  object[not_null] = true;
  reader.dispatch("Serial", {}, reader.relation(), &object, base);
}

void read_identity_clause(const sql::Node& node, Object& object, DesiredReader& reader) {
  const SequenceOptions sequence_options = read_sequence_options(node.list("options"), object.text(type), reader);
  object[identity] = std::string(node.text("generated_when") == "a" ? "always" : "by default");
  object[not_null] = true;
  object[identity_options] = identity_list(sequence_options);
  std::string name = quote_qualified(
      object.names[0], reader.choose_relation_name(object.names[1], object.names[2], "seq", object.names[0], false));
  for (const sql::Node option : node.list("options")) {
    if (option.text("defname") != "sequence_name") continue;
    model::List given = sql::strings(option["arg"].items());
    if (given.size() == 1) given.insert(given.begin(), object.names[0]);
    name = quote_qualified(given[0], given[1]);
  }
  object[identity_sequence] = name;
}

void read_generated_clause(const sql::Node& node, Object& object, DesiredReader& reader) {
  sql::Cutter cutter = reader.cutter();
  cutter.to(node.location());
  if (!cutter.skip_to_word("as")) return;
  object[generated] = reader.definition(cutter.parenthesised());
  object[generated_kind] = std::string(node.text("generated_kind") == "v" ? "v" : "s");
}

/// The constraints of a column that are part of it. Checks, keys and defaults go to their own kinds.
void read_column_constraints(const sql::Node& node, Object& object, DesiredReader& reader) {
  for (const sql::Node constraint : node.list("constraints")) {
    const auto contype = constraint.text("contype");
    if (contype == "CONSTR_NOTNULL" || contype == "CONSTR_PRIMARY") object[not_null] = true;
    if (contype == "CONSTR_IDENTITY") read_identity_clause(constraint, object, reader);
    if (contype == "CONSTR_GENERATED") read_generated_clause(constraint, object, reader);
    if (contype == "CONSTR_DEFAULT")
      reader.dispatch("Constraint/CONSTR_DEFAULT", constraint, reader.relation(), &object);
  }
}

void read_type(const sql::Node& node, Object& object, DesiredReader& reader) {
  std::string base;
  if (is_serial(node["typeName"], base)) return read_serial(object, base, reader);
  object[type] = reader.type(node["typeName"], object.depends);
}

model::Value read_collation(const sql::Node& clause, Object& object, DesiredReader& reader) {
  if (!clause) return {};
  std::string name = reader.collation(clause.list("collname"), object.depends);
  // every collatable built-in type has the default collation; "name" has C (pg_type.typcollation)
  if (name == "pg_catalog.\"default\"") return {};
  if (name == "pg_catalog.\"C\"" && object.text(type) == "name") return {};
  return name;
}

void read_storage(std::string_view word, Object& object) {
  std::string name(word);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  object[storage] =
      name == "DEFAULT" || name == default_storage(object.text(type)) ? model::Value{} : model::Value{name};
}

void read_compression(std::string_view word, Object& object) {
  object[compression] = word.empty() || word == "default" ? model::Value{} : model::Value{std::string(word)};
}

void apply_foreign_options(const sql::Node& node, std::string_view field, Object& object, DesiredReader& reader) {
  if (!node.has(field)) return;
  model::List list = object.list(options_of_wrapper);
  foreign_options::apply(node.list(field), list, object.key, reader);
  object[options_of_wrapper] = std::move(list);
}

/// A ColumnDef: of CREATE TABLE, of ADD COLUMN, or of a typed table or partition that refines a column it has already.
void read_column(const sql::Node& node, DesiredReader& reader) {
  Object& relation = *reader.relation();
  const std::string name(node.text("colname"));
  Object* object = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], name}));
  if (object == nullptr) {
    object = reader.add(model::make_object(column, {relation.names[0], relation.names[1], name}, relation.key));
    if (object == nullptr) return;
    (*object)[local] = true;
    if (node["typeName"]) read_type(node, *object, reader);
  } else {
    (*object)[local] = true;  // MergeAttributes: "merging column with inherited definition"
  }
  if (node["collClause"]) (*object)[collation] = read_collation(node["collClause"], *object, reader);
  read_column_constraints(node, *object, reader);
  if (!node.text("storage_name").empty()) read_storage(node.text("storage_name"), *object);
  read_compression(node.text("compression"), *object);
  apply_foreign_options(node, "fdwoptions", *object, reader);
}

/// parse_utilcmd.c transformOfType: the columns are those of the type, as it stands; a table that becomes one has them
/// already (ATExecAddOf). reader.text(): the type; "" for NOT OF.
void read_of_type(const sql::Node&, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  const std::string& of = reader.text();
  for (Object* child : reader.schema().children(relation.key)) {
    if (child->kind == &column) (*child)[of_attribute] = {};
  }
  for (const Object* attribute : reader.schema().children(std::string(composite_type.name) + " " + of)) {
    if (attribute->kind != &composite_attribute) continue;
    const model::List names = {relation.names[0], relation.names[1], attribute->name()};
    Object* object = reader.schema().find(model::key_of(column, names));
    if (object == nullptr) object = reader.add(model::make_object(column, names, relation.key));
    if (object == nullptr) return;
    (*object)[type] = (*attribute)[model::attribute(composite_attribute, "type")];
    (*object)[collation] = (*attribute)[model::attribute(composite_attribute, "collation")];
    (*object)[local] = true;
    (*object)[of_attribute] = attribute->key;
    object->depends.insert(object->depends.end(), attribute->depends.begin(), attribute->depends.end());
  }
}

Object* column_of(const sql::Node& node, DesiredReader& reader, bool quiet = false) {
  Object& relation = *reader.relation();
  const std::string name(node.text("name"));
  Object* object = reader.schema().find(model::key_of(column, {relation.names[0], relation.names[1], name}));
  if (object == nullptr && !quiet)
    reader.error(node, "column " + quote_identifier(name) + " of " + relation.key + " does not exist");
  return object;
}

void each_inheritor(Object& relation, DesiredReader& reader, const sql::Node& node, const char* command) {
  for (Object* child : reader.inheritors(relation)) reader.dispatch(command, node, child);
}

void read_add(const sql::Node& node, DesiredReader& reader) {
  Object& relation = *reader.relation();
  const sql::Node def = node["def"];
  const std::string key =
      model::key_of(column, {relation.names[0], relation.names[1], std::string(def.text("colname"))});
  if (reader.schema().contains(key)) {
    if (!node.flag("missing_ok")) reader.error(def, key + " already exists");
    return;
  }
  read_column(def, reader);
  Object* object = reader.schema().find(key);
  if (object == nullptr) return;
  for (const sql::Node constraint : def.list("constraints")) {
    const auto contype = constraint.text("contype");
    if (contype == "CONSTR_CHECK" || contype == "CONSTR_PRIMARY" || contype == "CONSTR_UNIQUE" ||
        contype == "CONSTR_FOREIGN" || contype.rfind("CONSTR_ATTR_", 0) == 0) {
      reader.dispatch("Constraint/" + std::string(contype), constraint, &relation, object);
    }
  }
  for (Object* child : reader.inheritors(relation)) reader.inherit(*child, relation, false);
}

void read_drop(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader, node.flag("missing_ok"));
  if (object == nullptr) return;
  each_inheritor(*reader.relation(), reader, node, "AlterTableCmd/AT_DropColumn");
  reader.dispatch("ColumnGone", node, reader.relation(), object);
  reader.schema().remove(object->key);
}

void read_alter_type(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  (*object)[type] = reader.type(node["def"]["typeName"], object->depends);
  (*object)[collation] = read_collation(node["def"]["collClause"], *object, reader);
  each_inheritor(*reader.relation(), reader, node, "AlterTableCmd/AT_AlterColumnType");
}

void read_set_not_null(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) (*object)[not_null] = true;
  each_inheritor(*reader.relation(), reader, node, "AlterTableCmd/AT_SetNotNull");
}
void read_drop_not_null(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) (*object)[not_null] = false;
  each_inheritor(*reader.relation(), reader, node, "AlterTableCmd/AT_DropNotNull");
}

void read_add_identity(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) read_identity_clause(node["def"], *object, reader);
}

void read_set_identity(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  const SequenceOptions merged = merge_sequence_options(identity_options_of(*object), node["def"].items(), reader);
  model::List list = identity_list(merged);
  if (has_other_type(*object)) list.push_back(merged.type);
  (*object)[identity_options] = std::move(list);
  for (const sql::Node option : node["def"].items()) {
    // the letter of ATTRIBUTE_IDENTITY_ALWAYS, as a character's number
    if (option.text("defname") == "generated")
      (*object)[identity] = std::string(option["arg"].number() == 'a' ? "always" : "by default");
  }
}

void read_drop_identity(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  (*object)[identity] = {};
  (*object)[identity_sequence] = {};
  (*object)[identity_options] = model::List{};
}

void read_drop_expression(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  (*object)[generated] = {};
  (*object)[generated_kind] = {};
}

void read_set_storage(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) read_storage(node["def"].text(), *object);
}
void read_set_compression(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) read_compression(node["def"].text(), *object);
}

void read_set_statistics(const sql::Node& node, DesiredReader& reader) {
  // an index's expression column is named by number: its target is the index's affair
  if (node.text("name").empty())
    return reader.unmodelled(reader.relation()->key + " column statistics", "statistics target of an index column");
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  const std::int64_t target = node["def"].number();
  (*object)[statistics_target] = target < 0 ? model::Value{} : model::Value{target};
}

void read_set_options(const sql::Node& node, DesiredReader& reader) {
  Object* object = column_of(node, reader);
  if (object == nullptr) return;
  model::List list = object->list(options);
  merge_options(list, read_options(node, "def"), node.text("subtype") == "AT_ResetOptions");
  (*object)[options] = std::move(list);
}

void read_foreign_options(const sql::Node& node, DesiredReader& reader) {
  if (Object* object = column_of(node, reader)) apply_foreign_options(node, "def", *object, reader);
}

constexpr model::StatementReader statements[] = {
    {"ColumnDef", read_column},
    {"OfType", read_of_type},
    {"AlterTableCmd/AT_AddColumn", read_add},
    {"AlterTableCmd/AT_DropColumn", read_drop},
    {"AlterTableCmd/AT_AlterColumnType", read_alter_type},
    {"AlterTableCmd/AT_SetNotNull", read_set_not_null},
    {"AlterTableCmd/AT_DropNotNull", read_drop_not_null},
    {"AlterTableCmd/AT_AddIdentity", read_add_identity},
    {"AlterTableCmd/AT_SetIdentity", read_set_identity},
    {"AlterTableCmd/AT_DropIdentity", read_drop_identity},
    {"AlterTableCmd/AT_DropExpression", read_drop_expression},
    {"AlterTableCmd/AT_SetStorage", read_set_storage},
    {"AlterTableCmd/AT_SetCompression", read_set_compression},
    {"AlterTableCmd/AT_SetStatistics", read_set_statistics},
    {"AlterTableCmd/AT_SetOptions", read_set_options},
    {"AlterTableCmd/AT_ResetOptions", read_set_options},
    {"AlterTableCmd/AT_AlterColumnGenericOptions", read_foreign_options},
};

}  // namespace

const model::Kind column = {
    .name = "column",
    .sql_class = "COLUMN",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rename = rename,
    .inline_form = inline_form,
    .after_inline = finish,
    .rebuilt_when_disturbed = rebuilt_when_disturbed,
    .implied_by = implied_by,
    .holds_rows = true,
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
