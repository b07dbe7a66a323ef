// Owners. PostgreSQL: relowner, proowner, typowner …; ALTER … OWNER TO.
//
// A child of what is owned, one for each object whose kind has an owner. Columns, constraints, indexes, triggers and
// their like have none: they go with their table, and so does a sequence that a column owns.
#include <set>

#include "base/quote.h"
#include "kinds/acl_common.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/target.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { role };

std::string form_of(const std::string& sql_class) {
  if (sql_class == "TABLE") return "OWNER TO";
  return "ALTER " + (sql_class == "PROCEDURE" ? std::string("FUNCTION") : sql_class) + " OWNER";
}

/// tablecmds.c ATExecChangeOwner: a sequence that a column owns follows its table and cannot be given away alone.
bool follows_table(const Object& target) {
  return target.kind == &sequence && target.has(model::attribute(sequence, "owned_by"));
}

/// A sequence that gets or loses its column changes its owner between the two (sequence.cpp).
bool changes_its_table(const Object& target, const Sides& sides) {
  const Object* before = target.kind == &sequence ? sides.from_schema->find(target.key) : nullptr;
  const std::size_t owned_by = model::attribute(sequence, "owned_by");
  return before != nullptr && before->text(owned_by) != target.text(owned_by);
}

void write(const Sides& sides, bool hazard, Emit& emit) {
  const Target target = target_of(*sides.to, sides.to_schema);
  if (target.object == nullptr || follows_table(*target.object) || changes_its_table(*target.object, sides)) return;
  auto& fragment = emit.statement(
      "ALTER " + target.sql_class + " " + target.address + " OWNER TO " + quote_identifier(sides.to->text(role)),
      form_of(target.sql_class));
  if (!target.relation.empty()) fragment.relations = {target.relation};
  if (hazard) fragment.hazards = {"CHANGES_PRIVILEGES"};
}

void alter(const Sides& sides, Emit& emit) { write(sides, true, emit); }

constexpr model::Attribute attributes[] = {
    {.name = "role", .type = Type::text, .change = Change::alter, .alter = alter},
};

/// What the steps create belongs to the role that runs them.
void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  if (sides.to->text(role) != sides.current_role) write(sides, false, emit);
}

void drop(const Sides&, Emit&) {}

/// Catalogs of one owner column each, and of nothing that would belong to another object.
std::string owners_of_others() {
  struct Source {
    const char* catalog;
    const char* owner;
    const char* space;  ///< its schema's column; "" where it has none
  };
  static constexpr Source sources[] = {{"pg_operator", "oprowner", "oprnamespace"},
                                       {"pg_opclass", "opcowner", "opcnamespace"},
                                       {"pg_opfamily", "opfowner", "opfnamespace"},
                                       {"pg_collation", "collowner", "collnamespace"},
                                       {"pg_conversion", "conowner", "connamespace"},
                                       {"pg_ts_dict", "dictowner", "dictnamespace"},
                                       {"pg_ts_config", "cfgowner", "cfgnamespace"},
                                       {"pg_language", "lanowner", ""},
                                       {"pg_publication", "pubowner", ""},
                                       {"pg_event_trigger", "evtowner", ""},
                                       {"pg_foreign_data_wrapper", "fdwowner", ""},
                                       {"pg_foreign_server", "srvowner", ""}};
  std::string sql;
  for (const Source& source : sources) {
    const std::string catalog = source.catalog;
    const std::string in_schema = source.space;
    sql += " UNION ALL SELECT '" + catalog + "', o.oid, pg_catalog.pg_get_userbyid(o." + source.owner +
           ") FROM pg_catalog." + catalog + " o";
    if (!in_schema.empty()) sql += " JOIN pg_catalog.pg_namespace n ON n.oid = o." + in_schema;
    sql += " WHERE o.oid >= 16384 AND " + ours(catalog, "o.oid", in_schema.empty() ? "" : "n.nspname");
  }
  return sql;
}

/// Of all databases: the reader knows those of this one. 13 shows their oids in a view alone.
std::string owners_of_subscriptions(int version) {
  const std::string oid = version >= 140000 ? "s.oid"
                                            : "(SELECT pg_catalog.max(v.subid) FROM pg_catalog.pg_stat_subscription v "
                                              "WHERE v.subname = s.subname)";
  return " UNION ALL SELECT 'pg_subscription', " + oid +
         ", pg_catalog.pg_get_userbyid(s.subowner) FROM pg_catalog.pg_subscription s";
}

std::string query(int version) {
  const std::string from = " FROM pg_catalog.";
  const std::string space = " JOIN pg_catalog.pg_namespace n ON n.oid = ";
  const std::string user = "pg_catalog.pg_get_userbyid(";
  return "SELECT 'pg_namespace', n.oid, " + user + "n.nspowner)" + from + "pg_namespace n WHERE " +
         ours("pg_namespace", "n.oid", "n.nspname") + " UNION ALL SELECT 'pg_class', c.oid, " + user + "c.relowner)" +
         from + "pg_class c" + space + "c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND " +
         ours("pg_class", "c.oid", "n.nspname") + " UNION ALL SELECT 'pg_proc', p.oid, " + user + "p.proowner)" + from +
         "pg_proc p" + space + "p.pronamespace WHERE " + ours("pg_proc", "p.oid", "n.nspname") +
         // neither the row types of tables nor arrays nor multiranges: they follow what they belong to
         " UNION ALL SELECT 'pg_type', t.oid, " + user + "t.typowner)" + from + "pg_type t" + space +
         "t.typnamespace LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid "
         "WHERE (t.typtype IN ('d', 'e', 'r') OR c.relkind = 'c' OR (t.typtype = 'b' OR NOT t.typisdefined) AND "
         "t.typinput <> 'pg_catalog.array_in'::pg_catalog.regproc) AND " +
         ours("pg_type", "t.oid", "n.nspname") + " UNION ALL SELECT 'pg_statistic_ext', s.oid, " + user +
         "s.stxowner)" + from + "pg_statistic_ext s" + space + "s.stxnamespace WHERE " +
         ours("pg_statistic_ext", "s.oid", "n.nspname") + owners_of_others() + owners_of_subscriptions(version);
}

void read_row(const Row& row, CatalogReader& reader) {
  const Object* target = reader.at(row.text(0), row.text(1));
  if (target == nullptr || !target->kind->has_owner) return;
  Object object = model::make_object(owner, {target->key}, target->key);
  object[role] = row.text(2);
  reader.add(std::move(object), row.text(0) + "/owner", row.text(1));
}

// -- statements ------------------------------------------------------------------------------------------------------

std::string role_of(const sql::Node& spec, DesiredReader& reader) {
  if (spec.text("roletype") == "ROLESPEC_CSTRING") return std::string(spec.text("rolename"));
  return reader.setting("segue.default_owner");
}

/// Keys of the lists of an object and of its columns.
void collect_lists(const std::string& key, const model::Schema& side, std::vector<std::string>& lists) {
  for (const Object* child : side.children(key)) {
    if (child->kind == &privileges) lists.push_back(child->key);
    if (child->kind == &column) collect_lists(child->key, side, lists);
  }
}

/// acl.c aclnewowner: the lists of the object, of its columns and of the sequences of identities follow the owner.
void rewrite_privileges(const std::string& target, const std::string& from, const std::string& to,
                        DesiredReader& reader) {
  const int version = reader.server_version();
  std::vector<std::string> lists;
  collect_lists(target, reader.schema(), lists);
  for (const std::string& key : lists) {
    Object& list = *reader.schema().find(key);
    const Target on = target_of(list, &reader.schema());
    const acl::Class of = acl::class_named(on.sql_class);
    const acl::Acl rewritten = acl::with_new_owner(acl::list_of(list, of, version), from, to);
    acl::set_list(list, rewritten, of, version);
    if (rewritten == acl::built_in_for(*on.object, of, version)) reader.schema().remove(key);  // no object any more
  }
}

void set_owner(const std::string& target_key, const std::string& name, DesiredReader& reader) {
  const Object* target = reader.schema().find(target_key);
  if (target == nullptr || !target->kind->has_owner) return;
  std::string before = acl::owner_of(&reader.schema(), target_key);
  if (before.empty()) before = quote_identifier(reader.setting("segue.default_owner"));
  rewrite_privileges(target_key, before, quote_identifier(name), reader);
  Object object = model::make_object(owner, {target_key}, target_key);
  object[role] = name;
  reader.schema().remove(object.key);
  reader.add(std::move(object));
}

/// The sequences that columns of a table own (tablecmds.c change_owner_recurse_to_sequences).
std::vector<std::string> owned_sequences(const std::string& table_key, DesiredReader& reader) {
  std::vector<std::string> keys;
  const std::size_t owned_by = model::attribute(sequence, "owned_by");
  for (const Object& object : reader.schema().objects()) {
    if (object.kind != &sequence || !object.has(owned_by)) continue;
    const Object* column_object = reader.schema().find(object.text(owned_by));
    if (column_object != nullptr && column_object->parent == table_key) keys.push_back(object.key);
  }
  return keys;
}

void change_owner(const Object& target, const sql::Node& new_owner, DesiredReader& reader) {
  const std::string name = role_of(new_owner, reader);
  const std::string key = target.key;
  const bool with_sequences = target.kind == &table;
  set_owner(key, name, reader);
  if (!with_sequences) return;
  for (const std::string& sequence_key : owned_sequences(key, reader)) set_owner(sequence_key, name, reader);
}

void read_alter_owner(const sql::Node& node, DesiredReader& reader) {
  const std::string_view type = node.text("objectType");
  if (!is_modelled_object(type)) {
    return reader.unmodelled("owner of " + words_of(type),
                             "objects of this kind are not modelled; their owner is left alone");
  }
  const Object* target = node.has("object") ? object_spoken_of("owner of", type, node["object"], reader)
                                            : reader.find_relation(node["relation"]);
  if (target != nullptr) change_owner(*target, node["newowner"], reader);
}

void read_change_owner(const sql::Node& node, DesiredReader& reader) {
  if (reader.relation() != nullptr) change_owner(*reader.relation(), node["newowner"], reader);
}

/// CREATE SCHEMA … AUTHORIZATION role; the schema's own reader has run before this one.
void read_authorization(const sql::Node& node, DesiredReader& reader) {
  const sql::Node authorization = node["authrole"];
  if (!authorization) return;
  const std::string name = role_of(authorization, reader);
  const std::string written(node.text("schemaname"));
  set_owner(model::key_of(schema, {written.empty() ? name : written}), name, reader);
}

/// REASSIGN OWNED: pg_shdepend.c shdepReassignOwned. What the file makes without a word belongs to the default owner.
void read_reassign(const sql::Node& node, DesiredReader& reader) {
  std::set<std::string> from;
  for (const sql::Node spec : node.list("roles")) from.insert(role_of(spec, reader));
  std::vector<std::string> keys;
  for (const Object& object : std::as_const(reader.schema()).objects()) {
    if (!object.kind->has_owner || object.origin.file.empty()) continue;
    const Object* own = reader.schema().find(model::key_of(owner, {object.key}));
    if (from.count(own == nullptr ? reader.setting("segue.default_owner") : own->text(role)) != 0)
      keys.push_back(object.key);
  }
  const std::string to = role_of(node["newrole"], reader);
  for (const std::string& key : keys) set_owner(key, to, reader);
}

constexpr model::StatementReader statements[] = {
    {"ReassignOwnedStmt", read_reassign},
    {"CreateSchemaStmt", read_authorization},
    {"AlterOwnerStmt", read_alter_owner},
    {"AlterTableCmd/AT_ChangeOwner", read_change_owner},
    {"AlterTypeCmd/AT_ChangeOwner", read_change_owner},
};

}  // namespace

const model::Kind owner = {
    .name = "owner",
    .sql_class = {},
    .attributes = attributes,
    .create = create,
    .drop = drop,
    .name_space = model::NameSpace::of_target,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
