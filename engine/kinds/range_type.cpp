// Range types. PostgreSQL: pg_range, commands/typecmds.c DefineRange.
#include <algorithm>

#include "base/quote.h"
#include "kinds/define_options.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"
#include "kinds/type_swap.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { subtype, opclass, collation, canonical, subtype_diff, multirange };

/// From here on every range type has a multirange type beside it.
constexpr int first_with_multiranges = 140000;

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

/// A range cannot be altered; one rewrite serves however many attributes differ: the first of them writes it.
template <std::size_t position>
void remake(const Sides& sides, Emit& emit) {
  for (std::size_t i = 0; i < position; ++i) {
    if ((*sides.from)[i] != (*sides.to)[i]) return;
  }
  exchange_through_text(sides, emit);
}

constexpr std::string_view no_alter = "PostgreSQL cannot change a range type, and a partition key holds this one";

template <std::size_t position>
constexpr model::Attribute part(std::string_view name) {
  return {.name = name,
          .type = Type::text,
          .change = Change::alter,
          .alter = remake<position>,
          .decide = decide_exchange,
          .disturbs_dependents = true,
          .reason = no_alter};
}

constexpr model::Attribute attributes[] = {
    part<subtype>("subtype"),     part<opclass>("opclass"),           part<collation>("collation"),
    part<canonical>("canonical"), part<subtype_diff>("subtype_diff"), part<multirange>("multirange"),
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE TYPE " + address(object) + " AS RANGE (SUBTYPE = " + object.text(subtype);
  const auto add = [&](const char* option, std::size_t at) {
    if (object.has(at)) sql += std::string(", ") + option + " = " + object.text(at);
  };
  add("SUBTYPE_OPCLASS", opclass);
  add("COLLATION", collation);
  add("CANONICAL", canonical);
  add("SUBTYPE_DIFF", subtype_diff);
  if (sides.server_version >= first_with_multiranges) add("MULTIRANGE_TYPE_NAME", multirange);
  emit.statement(sql + ")", "CREATE TYPE range");
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP TYPE " + address(*sides.from), "DROP TYPE"); }

std::vector<std::string> names_taken(const Object& object) {
  if (!object.has(multirange)) return {};
  return {"type " + object.text(multirange)};
}

std::string query(int version) {
  const bool has = version >= first_with_multiranges;
  return "SELECT t.oid, t.typarray, n.nspname, t.typname, pg_catalog.format_type(r.rngsubtype, NULL), "
         "(SELECT CASE WHEN qn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(qn.nspname) || '.' END || "
         "pg_catalog.quote_ident(q.opcname) FROM pg_catalog.pg_opclass q "
         "JOIN pg_catalog.pg_namespace qn ON qn.oid = q.opcnamespace WHERE q.oid = r.rngsubopc AND NOT q.opcdefault), "
         "CASE WHEN r.rngcollation <> s.typcollation THEN (SELECT pg_catalog.quote_ident(cn.nspname) || '.' || "
         "pg_catalog.quote_ident(l.collname) FROM pg_catalog.pg_collation l "
         "JOIN pg_catalog.pg_namespace cn ON cn.oid = l.collnamespace WHERE l.oid = r.rngcollation) END, " +
         routine::function_name_sql("r.rngcanonical") + ", " + routine::function_name_sql("r.rngsubdiff") + ", " +
         (has ? "m.oid, m.typarray, pg_catalog.quote_ident(mn.nspname) || '.' || pg_catalog.quote_ident(m.typname)"
              : "NULL, NULL, NULL") +
         " FROM pg_catalog.pg_range r JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid "
         "JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace " +
         (has ? "JOIN pg_catalog.pg_type m ON m.oid = r.rngmultitypid "
                "JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace "
              : "") +
         "WHERE " + ours("pg_type", "t.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(range_type, {row.text(2), row.text(3)}, model::key_of(schema, {row.text(2)}));
  object[subtype] = row.text(4);
  for (std::size_t i = opclass; i <= subtype_diff; ++i) object[i] = text_or_absent(row, 4 + i);
  object[multirange] = text_or_absent(row, 11);
  const Object* added = reader.add(std::move(object), "pg_type", row.text(0));
  if (added == nullptr) return;
  for (const std::size_t other : {std::size_t{1}, std::size_t{9}, std::size_t{10}}) {
    if (!row.null(other)) reader.alias(*added, "pg_type", row.text(other));
  }
}

/// The operator classes that are the default of some type for B-trees; naming one says nothing (GetDefaultOpClass).
constexpr std::string_view default_opclasses[] = {
    "array_ops",    "bit_ops",    "bool_ops",      "bpchar_ops",      "bytea_ops",  "char_ops",       "date_ops",
    "enum_ops",     "float4_ops", "float8_ops",    "inet_ops",        "int2_ops",   "int4_ops",       "int8_ops",
    "interval_ops", "jsonb_ops",  "macaddr8_ops",  "macaddr_ops",     "money_ops",  "multirange_ops", "name_ops",
    "numeric_ops",  "oid_ops",    "oidvector_ops", "pg_lsn_ops",      "range_ops",  "record_ops",     "text_ops",
    "tid_ops",      "time_ops",   "timestamp_ops", "timestamptz_ops", "timetz_ops", "tsquery_ops",    "tsvector_ops",
    "uuid_ops",     "varbit_ops", "xid8_ops"};

/// The one of the schema that a type's values are sorted by where nothing else is said; null where there is none.
const Object* default_opclass_of(const std::string& type, const model::Schema& all) {
  const auto& objects = all.objects();
  const auto found = std::find_if(objects.begin(), objects.end(), [&](const Object& one) {
    return one.kind == &operator_class && one.names[2] == "btree" &&
           one.flag(model::attribute(operator_class, "default")) &&
           one.text(model::attribute(operator_class, "type")) == type;
  });
  return found == objects.end() ? nullptr : &*found;
}

/// Absent for the default one, upon which a range depends as upon one that it names (typecmds.c RangeCreate).
void settle_opclass(Object& object, DesiredReader& reader) {
  const Object* by_default = default_opclass_of(object.text(subtype), std::as_const(reader.schema()));
  const auto& all = default_opclasses;
  const bool is_built_in = std::find(std::begin(all), std::end(all), object.text(opclass)) != std::end(all);
  const bool is_named =
      by_default != nullptr && object.text(opclass) == quote_qualified(by_default->names[0], by_default->names[1]);
  if (by_default != nullptr && !object.has(opclass)) object.depends.push_back(by_default->key);
  if (is_built_in || is_named) object[opclass] = {};
}

/// typecmds.c makeMultirangeTypeName: the first "range" becomes "multirange"; without one, "_multirange" follows.
std::string default_multirange_name(const std::string& name) {
  const std::size_t at = name.find("range");
  if (at != std::string::npos) return truncate_identifier(name.substr(0, at) + "multi" + name.substr(at));
  constexpr std::string_view suffix = "_multirange";
  return clip_identifier(name, name_bytes_max - suffix.size()) + std::string(suffix);
}

void read_option(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::string_view name = option.text("defname");
  if (name == "subtype") {
    object[subtype] = routine::without_modifier(reader.type(option["arg"], object.depends));
  } else if (name == "subtype_opclass") {
    object[opclass] =
        routine::without_pg_catalog(reader.qualified("opclass", define::name_list(option["arg"]), object.depends));
  } else if (name == "collation") {
    std::string written = reader.collation(define::name_list(option["arg"]), object.depends);
    if (written != "pg_catalog.\"default\"") object[collation] = std::move(written);
  } else if (name == "canonical") {
    object[canonical] = routine::read_function_name(define::name_list(option["arg"]), reader, object.depends);
  } else if (name == "subtype_diff") {
    object[subtype_diff] = routine::read_function_name(define::name_list(option["arg"]), reader, object.depends);
  } else if (name == "multirange_type_name") {
    if (reader.server_version() < first_with_multiranges) return;
    const Name written = reader.creation_name(define::names_of(option["arg"]));
    object[multirange] = quote_qualified(written.schema, written.name);
  } else {
    reader.error(option, "a range type has no parameter \"" + std::string(name) + "\"");
  }
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(sql::strings(node.list("typeName")));
  Object object = model::make_object(range_type, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  for (const sql::Node option : node.list("params")) read_option(option, object, reader);
  if (!object.has(subtype)) {
    return reader.error(node, "the range type " + address(object) + " names no subtype",
                        "add SUBTYPE = … to its definition");
  }
  settle_opclass(object, reader);
  if (!object.has(multirange) && reader.server_version() >= first_with_multiranges) {
    object[multirange] = quote_qualified(name.schema, default_multirange_name(name.name));
  }
  reader.schema().remove(model::key_of(base_type, object.names));  // the shell on which its functions came
  reader.add(std::move(object));
}

constexpr model::StatementReader statements[] = {
    {"CreateRangeStmt", read_create},
};

}  // namespace

const model::Kind range_type = {
    .name = "range type",
    .sql_class = "TYPE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .has_owner = true,
    .name_space = model::NameSpace::type,
    .names_taken = names_taken,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
