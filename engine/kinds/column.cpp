// Columns of tables. PostgreSQL: pg_attribute; tablecmds.c BuildDescForRelation, ATExecAddColumn.
//
// Defaults are objects of their own; the expression of a generated column and the sequence of an identity are part of
// the column, since they come and go with it.
#include <algorithm>
#include <set>

#include "base/quote.h"
#include "base/retained.h"
#include "kinds/column_parts.h"
#include "kinds/conversion_of_values.h"
#include "kinds/foreign_options.h"
#include "kinds/kinds.h"
#include "kinds/not_null.h"
#include "kinds/obstacles.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/toast.h"
#include "kinds/type_change.h"
#include "kinds/type_swap.h"

namespace segue::kinds {

namespace column_parts {

void alter(const model::Sides& sides, model::Emit& emit, std::string sub_command, std::string form, bool only) {
  emit.alter(alter_table(sides, *sides.to, only), std::move(sub_command), std::move(form)).relations = {
      relation_address(*sides.to)};
}

bool is_of_foreign_table(const model::Object& object) {
  return object.parent.starts_with(std::string(foreign_table.name) + " ");
}

std::string alter_column(const model::Sides& sides) { return "ALTER COLUMN " + quoted_name(*sides.to) + " "; }

}  // namespace column_parts

namespace {

using namespace column_parts;

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

std::string address(const Object& object) { return relation_address(object) + "." + quoted_name(object); }

// -- types ------------------------------------------------------------------------------------------------------------

/// Counts the values that do not come back from the new type as they were.
std::string count_of_changed(const Sides& sides) {
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  if (sides.to->has(using_expression) || sides.to->has(generated) || !may_change_values(from, to) ||
      !has_equality(from))
    return "";
  const std::string name = quoted_name(*sides.to);
  return "SELECT pg_catalog.count(*) FROM (SELECT FROM " + relation_address(*sides.to) + " WHERE " + name +
         " IS DISTINCT FROM " + name + "::" + to + "::" + from + " LIMIT 1) rows";
}

/// tablecmds.c has_partition_attrs, of ATPrepAlterColumnType and ATExecDropColumn.
std::string why_not_dropped(const Object& object, const model::Schema& all) {
  const Object* of = all.find(object.parent);
  if (of == nullptr || !names_in_partition_key(*of, object.name())) return "";
  return "it is part of the partition key of " + relation_address(object) +
         ", and PostgreSQL neither drops such a column nor changes its type";
}

/// tablecmds.c ATPrepAlterColumnType: a generated column takes no USING, so that its expression must fit by itself.
Change decide_type(const Sides& sides) {
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  if (sides.to->has(generated)) return converts_by_itself(from, to) ? Change::alter : Change::replace;
  if (!why_not_dropped(*sides.from, *sides.from_schema).empty()) return Change::replace;
  // a foreign table's column goes along with that of its parent, if that one goes
  const bool declares = is_of_foreign_table(*sides.to) && implied_by(*sides.to).empty();
  const bool possible =
      sides.to->has(using_expression) || declares || is_castable({from, to, *sides.from_schema, *sides.to_schema});
  return possible ? Change::alter : Change::replace;
}

model::Fidelity judge_type(const Sides& sides) {
  if (is_of_foreign_table(*sides.to) || sides.to->has(generated)) return model::Fidelity::exact;
  const std::string& from = sides.from->text(type);
  const std::string& to = sides.to->text(type);
  const bool lossy = sides.to->has(using_expression) || may_change_values(from, to) ||
                     !is_castable({to, from, *sides.to_schema, *sides.from_schema});
  return lossy ? model::Fidelity::loses_data : model::Fidelity::exact;
}

// -- generated --------------------------------------------------------------------------------------------------------

void alter_generated(const Sides& sides, Emit& emit) {
  if (!sides.to->has(generated)) {
    return alter(sides, emit, alter_column(sides) + "DROP EXPRESSION", "DROP EXPRESSION", false);
  }
  // by itself: behind a change of type in the same statement it fails with "cache lookup failed for index" (17 and 18,
  // tablecmds.c ATRewriteCatalogs, which cleans up behind both passes)
  auto& fragment = emit.statement(alter_table(sides, *sides.to, false) + " " + alter_column(sides) +
                                      "SET EXPRESSION AS (" + sides.to->definition(generated).text + ")",
                                  "SET EXPRESSION");
  fragment.search_path = sides.to->definition(generated).search_path;
  fragment.relations = {relation_address(*sides.to)};
}

/// DROP EXPRESSION keeps the values; SET EXPRESSION came with 17; a plain column cannot become a generated one.
Change decide_generated(const Sides& sides) {
  if (!sides.to->has(generated)) return Change::alter;
  return sides.from->has(generated) && sides.server_version >= 170000 ? Change::alter : Change::replace;
}

// -- small ones -------------------------------------------------------------------------------------------------------

void alter_type(const Sides& sides, Emit& emit) {
  const Object& to = *sides.to;
  if (is_turned_by_exchange(sides)) return;
  if (sides.from->has(identity) && !to.has(identity)) drop_identity(sides, emit);
  std::string sql = alter_column(sides) + "TYPE " + to.text(type);
  if (to.has(of_collation)) sql += " COLLATE " + to.text(of_collation);
  if (is_of_foreign_table(*sides.to)) return alter(sides, emit, sql, "ALTER foreign table column TYPE", false);
  alter(sides, emit, sql + using_clause(sides), form_of_type_change(sides), false);
  emit.fragments().back().search_path = to.definition(using_expression).search_path;
  emit.fragments().back().counts_loss = count_of_changed(sides);
  emit.fragments().back().reads_rows = type_change_reads_rows(sides);
  write_misfits(sides, !using_clause(sides).empty(), emit);
  keep_storage(sides, emit);
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
    {.name = "sequence_persistence", .type = Type::text, .change = Change::alter, .alter = alter_sequence_persistence},
    // behind the identity, which forbids DROP NOT NULL while it is there
    {.name = "not_null",
     .type = Type::boolean,
     .change = Change::alter,
     .alter = alter_not_null,
     .judge = judge_not_null,
     .loss = "rows that had no value keep the one of the backfill"},
    {.name = "not_null_name",
     .type = Type::text,
     .change = Change::alter,
     .alter = rename_not_null,
     .decide = decide_not_null_name,
     .may_be_left_open = true},
    {.name = "not_null_name_shared", .type = Type::boolean, .change = Change::derived},
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
std::string typed_head_of(const Object& object) { return quoted_name(object) + " WITH OPTIONS"; }

std::string head_of(const Object& object) {
  return quoted_name(object) + " " + object.text(type) +
         foreign_options::create_clause(object.list(options_of_wrapper)) +
         (object.has(of_collation) ? " COLLATE " + object.text(of_collation) : "");
}

/// What stands in parentheses, or behind ADD COLUMN, which no table takes while it is a typed one.
std::string column_definition(const Object& object, std::string head, std::span<const Object* const> folded,
                              bool with_not_null = true) {
  std::string sql = std::move(head);
  if (object.has(generated)) {
    sql += " GENERATED ALWAYS AS (" + object.definition(generated).text + ") " +
           (object.text(generated_kind) == "v" ? "VIRTUAL" : "STORED");
  }
  if (object.has(identity)) sql += " " + identity_clause(object);
  for (const Object* child : folded) {
    if (child->parent == object.key && child != &object) sql += " " + child->kind->inline_form(*child, folded);
  }
  if (object.flag(not_null) && with_not_null) {
    if (states_not_null_name(object)) sql += " CONSTRAINT " + quote_identifier(object.text(not_null_name));
    sql += " NOT NULL";
  }
  return sql;
}

/// A column that comes from an inheritance parent alone, or from a type as it is, is not written again (DESIGN: made by
/// its counterpart).
std::string inline_form(const Object& object, std::span<const Object* const> folded) {
  if (is_written_by_parent(object)) return "";
  const std::string head = object.has(of_attribute) ? typed_head_of(object) : head_of(object);
  std::string sql = column_definition(object, head, folded);
  return object.has(of_attribute) && sql == head ? "" : sql;
}

/// NOT NULL of a column that its parent writes, and writes without, or that ALTER TYPE … ADD ATTRIBUTE brings to a
/// typed table.
void finish_not_null(const Sides& sides, Emit& emit) {
  if (!sides.to->flag(not_null)) return;
  const bool by_parent = is_written_by_parent(*sides.to) && !has_not_null_from_parent(sides.to_schema, *sides.to);
  const bool by_type = sides.to->has(of_attribute) && sides.from_schema->contains(sides.to->parent);
  if (by_parent || by_type) alter_not_null(sides, emit);
}

/// CREATE TABLE … INHERITS hands down the parents' defaults, storage and compression (tablecmds.c MergeAttributes); a
/// partition is attached.
void leave_what_parents_have(const Sides& sides, Emit& emit) {
  const Object& object = *sides.to;
  const auto& parents = object.list(inherited_from);
  const bool is_new = !sides.from_schema->contains(object.parent);
  const bool is_partition = sides.to_schema->contains(model::key_of(partition, {object.names[0], object.names[1]}));
  if (!is_new || is_partition || parents.empty()) return;
  const auto any_parent = [&](const auto& has) {
    return std::any_of(parents.begin(), parents.end(), [&](const std::string& key) {
      const Object* parent = sides.to_schema->find(key);
      return parent != nullptr && has(*parent);
    });
  };
  const auto has_default = [&](const Object& one) {
    return sides.to_schema->contains(model::key_of(column_default, one.names));
  };
  if (!object.has(generated) && !has_default(object) && any_parent(has_default))
    alter(sides, emit, alter_column(sides) + "DROP DEFAULT", "DROP DEFAULT", true);
  if (!object.has(storage) && any_parent([](const Object& one) { return one.has(storage); }))
    alter_storage(sides, emit);
  if (!is_of_foreign_table(object) && !object.has(compression) &&
      any_parent([](const Object& one) { return one.has(compression); }))
    alter_compression(sides, emit);
}

/// What CREATE TABLE and ADD COLUMN cannot carry on every supported server.
void finish(const Sides& sides, Emit& emit) {
  const Object fresh = model::make_object(column, sides.to->names, sides.to->parent);
  Sides rest = sides;
  rest.from = &fresh;
  finish_not_null(rest, emit);
  if (sides.to->has(identity)) finish_identity(sides, emit);
  leave_what_parents_have(rest, emit);
  if (sides.to->has(storage)) alter_storage(rest, emit);
  if (sides.to->has(compression)) alter_compression(rest, emit);
  if (sides.to->has(statistics_target)) alter_statistics(rest, emit);
  if (!sides.to->list(options).empty()) alter_options(rest, emit);
}

/// Whether its type brings a default (lsyscache.c get_typdefault).
bool has_default_of_type(const Object& object, const model::Schema& schema) {
  static const std::size_t of_domain = model::attribute(domain, "default");
  for (const Object* below = domain_of(object, schema); below != nullptr; below = domain_of(*below, schema)) {
    if (below->has(of_domain)) return true;
  }
  return std::any_of(object.depends.begin(), object.depends.end(), [&](const std::string& key) {
    const Object* type_of = schema.find(key);
    return type_of != nullptr && type_of->kind == &base_type;
  });
}

/// Whether a domain forbids that it has no value: the rows are looked at as it is added, before any UPDATE can fill
/// them (typcache.c DomainHasConstraints, in ATExecAddColumn).
bool has_domain_not_null(const Object& object, const model::Schema& schema) {
  static const std::size_t of_domain = model::attribute(domain, "not_null");
  const Object* below = domain_of(object, schema);
  return below != nullptr && (below->flag(of_domain) || has_domain_not_null(*below, schema));
}

/// Whether rows that exist get no value as the column is added.
bool comes_as_null(const Object& object, std::span<const Object* const> folded, const model::Schema& schema) {
  const bool has_default =
      std::any_of(folded.begin(), folded.end(), [&](const Object* child) { return child->parent == object.key; });
  return !has_default && !object.has(generated) && !object.has(identity) && !has_default_of_type(object, schema);
}

/// Whether that is so for a new column that must have a value.
bool is_left_without_value(const Object& object, std::span<const Object* const> folded, const model::Schema& schema) {
  if (!comes_as_null(object, folded, schema)) return false;
  return has_domain_not_null(object, schema) || (object.flag(not_null) && !object.has(backfill));
}

/// tablecmds.c ATExecAddColumn, "cannot recursively add identity column to table that has child tables": there the
/// column comes first, and the identity once it is there.
bool gets_identity_apart(const Sides& sides) {
  const Object* relation = sides.from_schema->find(sides.to->parent);
  if (!sides.to->has(identity) || relation == nullptr || relation->kind != &table) return false;
  bool has_children = relation->flag(model::attribute(table, "has_children"));
  each_below(*sides.to_schema, *sides.to, [&](const Object& below) {
    has_children = has_children || sides.from_schema->contains(below.parent);  // a table that begins to inherit
    return !has_children;
  });
  return has_children;
}

void create(const Sides& sides, std::span<const Object* const> folded, Emit& emit) {
  if (gets_identity_apart(sides)) {
    Object plain = *sides.to;
    plain[identity] = {};
    Sides rest = sides;
    rest.to = &plain;
    create(rest, folded, emit);
    rest = sides;
    rest.from = &plain;
    return alter_identity(rest, emit);
  }
  const Object& object = *sides.to;
  const bool filled = object.has(backfill);
  auto& fragment = emit.alter(alter_table(sides, object, false),
                              "ADD COLUMN " + column_definition(object, head_of(object), folded, !filled),
                              form_of_adding(object, folded, *sides.to_schema));
  fragment.relations = {relation_address(object)};
  fragment.search_path = object.definition(generated).search_path;
  if (is_left_without_value(object, folded, *sides.to_schema)) {
    fragment.reads_rows = true;
    const std::string relation = relation_address(object);
    obstacles::rows_where(sides, relation, {}, "true",
                          "rows of " + relation + ", which would have no " + quoted_name(object), false, emit);
  } else if (comes_as_null(object, folded, *sides.to_schema)) {
    const model::Schema& schema = *sides.to_schema;
    for (const Object* below = domain_of(object, schema); below != nullptr; below = domain_of(*below, schema))
      obstacles::null_outside_of_domain(sides, object, *below, emit);
  }
  if (filled) {
    fill(object, emit);
    if (object.flag(not_null)) alter(sides, emit, set_not_null_clause(sides), "SET NOT NULL", false);
  }
  finish(sides, emit);
  restore_toast_options(sides, emit);
}

void rename(const Sides& sides, Emit& emit) {
  emit.statement(alter_table(sides, *sides.from, false) + " RENAME COLUMN " + quoted_name(*sides.from) + " TO " +
                     quoted_name(*sides.to),
                 "RENAME COLUMN")
      .relations = {relation_address(*sides.from)};
}

/// A generated column holds nothing that could not be computed again; the rows of a foreign table are kept elsewhere,
/// and its column goes along with that of its parent.
bool rebuilt_when_disturbed(const Object& object) {
  return object.has(generated) || (is_of_foreign_table(object) && implied_by(object).empty());
}

// -- catalog ----------------------------------------------------------------------------------------------------------

/// The name of the constraint, and whether one that is not inherited has it as well.
std::string not_null_columns() {
  const std::string of_column = " WHERE k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum) ";
  return "CASE WHEN a.attnotnull THEN (SELECT k.conname FROM pg_catalog.pg_constraint k" + of_column +
         "END, a.attnotnull AND EXISTS (SELECT FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_constraint o ON "
         "o.conname = k.conname AND o.connamespace = k.connamespace AND o.oid <> k.oid AND o.coninhcount = 0" +
         of_column;
}

std::string query(int version) {
  const std::string compression_column =
      version >= 140000 ? "a.attcompression::pg_catalog.text" : "''::pg_catalog.text";
  const std::string generated_default =
      " FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum";
  const std::string not_null_constraint = version >= first_with_named_not_null ? not_null_columns() : "NULL, false";
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
         "CASE WHEN a.attidentity <> '' THEN (SELECT ARRAY[sc.oid::pg_catalog.text, "
         "sc.relpersistence::pg_catalog.text, "
         "pg_catalog.format('%I.%I', sn.nspname, sc.relname), "
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
         "a.attfdwoptions, " +
         not_null_constraint +
         " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid JOIN "
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

/// Returns the oid of the sequence; "" of what is no identity, or none of its own: from 17 on a partition shares its
/// parent's, comes to it with ATTACH PARTITION and must not bring one (tablecmds.c ATExecAttachPartition).
std::string read_identity(const Row& row, Object& object, CatalogReader& reader) {
  const model::List sequence = row.list(15);
  if (row.text(6).empty() || sequence.empty()) return "";
  object[identity] = std::string(row.text(6) == "a" ? "always" : "by default");
  object[identity_sequence] = sequence[2];
  object[identity_options] = model::List(sequence.begin() + 3, sequence.end());
  const Object* of = reader.schema().find(object.parent);
  const bool differs = of->kind == &table && of->text(model::attribute(table, "persistence")) != sequence[1];
  if (differs && reader.server_version() >= first_with_unlogged_sequences) object[sequence_persistence] = sequence[1];
  return sequence[0];
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
  if (is_retained_column(row.view(2))) return reader.hide_column(*of, row.text(0), static_cast<int>(row.number(1)));
  Object object = model::make_object(column, {of->names[0], of->names[1], row.text(2)}, of->key);
  object[type] = row.text(3);
  object[of_collation] = text_or_absent(row, 4);
  object[not_null] = row.flag(5);
  object[not_null_name] = text_or_absent(row, 19);
  object[not_null_name_shared] = row.flag(20);
  const std::string sequence = read_identity(row, object, reader);
  if (!row.text(7).empty()) {
    object[generated_kind] = row.text(7);
    object[generated] = printed(row, 8);
  }
  if (!row.null(9)) object[storage] = storage_name(row.text(9));
  // a foreign table may have that of its parent, which nothing can take from it or give to it
  const bool is_compressed = of->kind != &foreign_table;
  if (is_compressed && row.text(10) == "p") object[compression] = std::string("pglz");
  if (is_compressed && row.text(10) == "l") object[compression] = std::string("lz4");
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
  if (added == nullptr) return;
  reader.alias(*added, "pg_attrdef", row.text(16));  // what a generated column reads is recorded there
  reader.alias(*added, "pg_class", sequence);
}

/// tablecmds.c ATPrepDropColumn: a typed table drops none of its columns by itself.
std::string lost_when_dropped(const Object& standing, const Object* wanted) {
  const bool is_of_type = wanted != nullptr && standing.has(of_attribute);
  return is_of_type && standing[of_attribute] == (*wanted)[of_attribute] ? "its place in a typed table" : "";
}

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
    .why_not_dropped = why_not_dropped,
    .lost_when_dropped = lost_when_dropped,
    .holds_rows = true,
    .name_space = model::NameSpace::of_parent,
    .names_taken = names_taken,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
