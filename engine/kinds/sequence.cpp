// Sequences that stand on their own or belong to a column (serial). PostgreSQL: pg_sequence, commands/sequence.c.
//
// The sequence of an identity column is part of that column and no object here.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/positions.h"
#include "kinds/reader.h"
#include "kinds/sequence_options.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { data_type, start, increment, minimum, maximum, cache, cycle, persistence, owned_by, live_owner };

std::string address(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

/// `public.books.id` of the column's key `column public.books.id`.
std::string owner_column(const Object& object) {
  const std::string& key = object.text(owned_by);
  return key.empty() ? "NONE" : key.substr(key.find(' ') + 1);
}

std::string owner_of(const model::Schema& schema, const std::string& key) {
  const Object* found = schema.find(model::key_of(owner, {key}));
  return found == nullptr ? "" : found->text(model::attribute(owner, "role"));
}

/// What the catalog says of an object's owner where owners are left alone; "" of one that is not there yet.
std::string live_owner_of(const Sides& sides, const std::string& key) {
  for (const model::Schema* side : {sides.to_schema, sides.from_schema}) {
    const Object* found = side == nullptr ? nullptr : side->find(key);
    if (found == nullptr || (found->kind != &table && found->kind != &sequence)) continue;
    if (const std::string& role = found->text(model::attribute(*found->kind, "live_owner")); !role.empty()) return role;
  }
  return "";
}

/// Whom the table belongs to whose column owns the sequence; "" where none does.
std::string owner_of_table(const Sides& sides) {
  const Object* of = sides.to->has(owned_by) ? sides.to_schema->find(sides.to->text(owned_by)) : nullptr;
  if (of == nullptr) return "";
  const std::string role = owner_of(*sides.to_schema, of->parent);
  return role.empty() ? live_owner_of(sides, of->parent) : role;
}

std::string owner_before(const Sides& sides) {
  if (!sides.from_schema->contains(sides.from->key)) return sides.current_role;  // the same step made it
  const std::string role = owner_of(*sides.from_schema, sides.from->key);
  return role.empty() ? live_owner_of(sides, sides.from->key) : role;
}

void own(const Sides& sides, const std::string& column_name, Emit& emit) {
  emit.statement("ALTER SEQUENCE " + address(*sides.to) + " OWNED BY " + column_name, "ALTER SEQUENCE OWNED BY")
      .relations = {address(*sides.to)};
}

/// Whether the table changes its owner whose column owns the sequence on that side, and the sequence with it
/// (tablecmds.c change_owner_recurse_to_sequences).
bool table_changes_owner(const Sides& sides, const Object& on_side, const model::Schema* side) {
  const Object* of = side == nullptr || !on_side.has(owned_by) ? nullptr : side->find(on_side.text(owned_by));
  if (of == nullptr || sides.from_schema == nullptr) return false;
  const std::string before = owner_of(*sides.from_schema, of->parent);
  const std::string after = owner_of(*sides.to_schema, of->parent);
  return !before.empty() && !after.empty() && before != after;
}

/// sequence.c process_owned_by: it must have its table's owner first, and cannot be given away while it has a table.
/// The step of the owner leaves it to this one (owner.cpp). On the way back the table has its owner only later, unless
/// it is set right here: setting it twice changes nothing.
void own_as_table(const Sides& sides, const std::string& role, Emit& emit) {
  if (sides.from != nullptr && sides.from->has(owned_by)) own(sides, "NONE", emit);
  emit.statement("ALTER SEQUENCE " + address(*sides.to) + " OWNER TO " + quote_identifier(role), "ALTER SEQUENCE OWNER")
      .relations = {address(*sides.to)};
  if (!sides.to->has(owned_by)) return;
  if (table_changes_owner(sides, *sides.to, sides.to_schema)) {
    const Object& relation = *sides.to_schema->find(sides.to_schema->find(sides.to->text(owned_by))->parent);
    emit.statement("ALTER " + std::string(relation.kind->sql_class) + " " + relation.kind->address(relation) +
                       " OWNER TO " + quote_identifier(role),
                   "OWNER TO")
        .relations = {relation.kind->address(relation)};
  }
  own(sides, owner_column(*sides.to), emit);
}

void alter_owned_by(const Sides& sides, Emit& emit) {
  const std::string role = sides.to->has(owned_by) ? owner_of_table(sides) : owner_of(*sides.to_schema, sides.to->key);
  const bool changes_owner = role != owner_before(sides) ||
                             table_changes_owner(sides, *sides.from, sides.from_schema) ||
                             table_changes_owner(sides, *sides.to, sides.to_schema);
  if (!role.empty() && changes_owner) return own_as_table(sides, role, emit);
  own(sides, owner_column(*sides.to), emit);
}

void alter_persistence(const Sides& sides, Emit& emit) {
  set_logged(address(*sides.to), sides.to->text(persistence), emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "type", .type = Type::text, .change = Change::in_place},
    {.name = "start", .type = Type::integer, .change = Change::in_place},
    {.name = "increment", .type = Type::integer, .change = Change::in_place},
    {.name = "minimum", .type = Type::integer, .change = Change::in_place},
    {.name = "maximum", .type = Type::integer, .change = Change::in_place},
    {.name = "cache", .type = Type::integer, .change = Change::in_place},
    {.name = "cycle", .type = Type::boolean, .change = Change::in_place},
    {.name = "persistence", .type = Type::text, .change = Change::alter, .alter = alter_persistence},
    {.name = "owned_by", .type = Type::text, .change = Change::alter, .alter = alter_owned_by},
    {.name = "live_owner", .type = Type::text, .change = Change::derived},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  const bool unlogged = object.text(persistence) == "u" && sides.server_version >= first_with_unlogged_sequences;
  std::string sql = std::string(unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ") + address(object) +
                    write_options(options_of(object));
  const std::string role = owner_of_table(sides);
  const bool apart = !role.empty() && role != sides.current_role;
  if (object.has(owned_by) && !apart) sql += " OWNED BY " + owner_column(object);
  emit.statement(std::move(sql), "CREATE SEQUENCE").relations = {address(object)};
  if (apart) own_as_table(sides, role, emit);
  if (object.has(owned_by)) positions::go_on(sides, object.text(owned_by), address(object), options_of(object), emit);
}

void drop(const Sides& sides, Emit& emit) {
  if (sides.from->has(owned_by)) positions::leave(sides, sides.from->text(owned_by), address(*sides.from), emit);
  emit.statement("DROP SEQUENCE " + address(*sides.from), "DROP SEQUENCE").relations = {address(*sides.from)};
}

void replace_in_place(const Sides& sides, Emit& emit) {
  fit_position(address(*sides.to), options_of(*sides.from), options_of(*sides.to), emit);
  emit.statement(
          "ALTER SEQUENCE " + address(*sides.to) + change_options(options_of(*sides.from), options_of(*sides.to)),
          "ALTER SEQUENCE INCREMENT")
      .relations = {address(*sides.to)};
}

std::string dropped_with(const Object& object) { return object.text(owned_by); }

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, "
         "s.seqmin, s.seqmax, s.seqcache, s.seqcycle, c.relpersistence, tn.nspname, t.relname, a.attname, "
         "pg_catalog.pg_get_userbyid(c.relowner) "
         "FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = "
         "c.oid "
         "AND d.objsubid = 0 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 "
         "AND d.deptype IN ('a', 'i') "
         "LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = "
         "t.relnamespace "
         "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid "
         "WHERE d.deptype IS DISTINCT FROM 'i' AND c.relpersistence <> 't' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

/// The table gets its owner first, whom the sequence must have as well.
void own_by(Object& object, const std::string& column_key, const std::string& table_key) {
  object[owned_by] = column_key;
  object.depends.push_back(model::key_of(owner, {table_key}));
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(sequence, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[data_type] = row.text(3);
  for (std::size_t i = start; i <= cache; ++i) object[i] = row.number(3 + i);
  object[cycle] = row.flag(9);
  object[persistence] = row.text(10);
  if (!row.null(13)) {
    own_by(object, model::key_of(column, {row.text(11), row.text(12), row.text(13)}),
           model::key_of(table, {row.text(11), row.text(12)}));
  }
  object[live_owner] = row.text(14);
  reader.add(std::move(object), "pg_class", row.text(0));
}

void apply(Object& object, const SequenceOptions& options) {
  object[data_type] = options.type;
  object[start] = options.start;
  object[increment] = options.increment;
  object[minimum] = options.minimum;
  object[maximum] = options.maximum;
  object[cache] = options.cache;
  object[cycle] = options.cycle;
}

/// OWNED BY table.column or NONE (sequence.c process_owned_by).
void read_owned_by(const sql::List& options, Object& object, DesiredReader& reader) {
  for (const sql::Node option : options) {
    if (option.text("defname") != "owned_by") continue;
    model::List names = sql::strings(option["arg"].items());
    if (names.size() == 1 && names[0] == "none") {
      object[owned_by] = {};
      continue;
    }
    if (names.size() < 2)
      return reader.error(option, "OWNED BY names a table and a column",
                          "write OWNED BY table.column or OWNED BY NONE");
    const std::string name = names.back();
    names.pop_back();
    const Object* relation = reader.find_relation(names);
    if (relation == nullptr) return;
    std::string key = model::key_of(column, {relation->names[0], relation->names[1], name});
    if (!reader.schema().contains(key))
      return reader.error(option, "column " + quote_identifier(name) + " of " + relation->key + " does not exist");
    own_by(object, key, relation->key);
  }
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Name name = reader.creation_name(node["sequence"]);
  const auto written = node["sequence"].text("relpersistence");
  if (written == "t")
    return reader.unmodelled("temporary sequence " + name.name, "temporary objects belong to a session");
  if (node.flag("if_not_exists") && reader.find_relation({name.schema, name.name}, true) != nullptr) return;
  Object object = model::make_object(sequence, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  std::string type = "bigint";
  apply(object, read_sequence_options(node.list("options"), type, reader));
  object[persistence] = std::string(written.empty() ? "p" : written);
  read_owned_by(node.list("options"), object, reader);
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.find_relation(node["sequence"], node.flag("missing_ok"));
  if (object == nullptr) return;
  if (object->kind == &column) return reader.dispatch("AlterSeqStmt/identity", node, nullptr, object);
  if (object->kind != &sequence) return;
  apply(*object, merge_sequence_options(options_of(*object), node.list("options"), reader));
  read_owned_by(node.list("options"), *object, reader);
}

/// The sequence of a serial column (parse_utilcmd.c generateSerialExtraStmts), made before the table's constraints.
void read_serial(const sql::Node&, DesiredReader& reader) {
  const Object& relation = *reader.relation();
  Object& of = *reader.column();
  const std::string name = reader.choose_relation_name(relation.name(), of.name(), "seq", relation.names[0], false);
  Object object = model::make_object(sequence, {relation.names[0], name}, relation.parent);
  apply(object, read_sequence_options({}, reader.text(), reader));
  const bool follows = relation.kind == &table && reader.server_version() >= first_with_unlogged_sequences;
  object[persistence] = follows ? relation.text(model::attribute(table, "persistence")) : std::string("p");
  own_by(object, of.key, relation.key);
  const Object* added = reader.add(std::move(object));
  if (added == nullptr) return;
  reader.dispatch("ImpliedDefault", {}, reader.relation(), &of,
                  "nextval(" + quote_literal(address(*added)) + "::regclass)");
}

void read_set_logged(const sql::Node&, DesiredReader& reader) { (*reader.relation())[persistence] = std::string("p"); }
void read_set_unlogged(const sql::Node&, DesiredReader& reader) {
  (*reader.relation())[persistence] = std::string("u");
}

constexpr model::StatementReader statements[] = {
    {"CreateSeqStmt", read_create},
    {"AlterSeqStmt", read_alter},
    {"Serial", read_serial},
    {"AlterTableCmd/AT_SetLogged", read_set_logged},
    {"AlterTableCmd/AT_SetUnLogged", read_set_unlogged},
};

}  // namespace

SequenceOptions options_of(const Object& object) {
  return {object.text(data_type), object.number(start), object.number(increment), object.number(minimum),
          object.number(maximum), object.number(cache), object.flag(cycle)};
}

const model::Kind sequence = {
    .name = "sequence",
    .sql_class = "SEQUENCE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .dropped_with = dropped_with,
    .holds_rows = true,
    .has_owner = true,
    .renamed_when_equal = true,
    .name_space = model::NameSpace::relation,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
