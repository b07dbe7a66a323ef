// Tables, plain and partitioned. PostgreSQL: pg_class ('r', 'p'), tablecmds.c DefineRelation.
//
// Columns, defaults, constraints, indexes, partition membership and policies are objects of their own.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"
#include "kinds/sequence_options.h"
#include "kinds/table_elements.h"
#include "kinds/toast.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  persistence,
  access_method,
  partition_by,
  inherits,
  of_type,
  options,
  tablespace,
  row_security,
  force_row_security,
  has_children,
  live_owner,
};

void alter(const Sides& sides, Emit& emit, std::string sub_command, std::string form) {
  emit.alter(alter_table(sides, *sides.to, true), std::move(sub_command), std::move(form)).relations = {
      relation_address(*sides.to)};
}

std::vector<const Object*> owned_sequences(const model::Schema& all, const Object& relation) {
  std::vector<const Object*> found;
  for (const Object& object : all.objects()) {
    if (object.kind != &sequence || object.kind->dropped_with(object).empty()) continue;
    const Object* owner = all.find(object.kind->dropped_with(object));
    if (owner != nullptr && owner->parent == relation.key) found.push_back(&object);
  }
  return found;
}

/// A sequence that is to stay as it is goes back: the table took it along (sequence.c SequenceChangePersistence).
void restore_sequences(const Sides& sides, Emit& emit) {
  if (sides.server_version < first_with_unlogged_sequences) return;
  const std::size_t of_sequence = model::attribute(sequence, "persistence");
  for (const Object* after : owned_sequences(*sides.to_schema, *sides.to)) {
    const Object* before = sides.from_schema->find(after->key);
    if (before == nullptr || (*before)[of_sequence] != (*after)[of_sequence]) continue;
    if ((*after)[of_sequence] == (*sides.to)[persistence]) continue;
    Sides back = sides;
    back.from = before;
    back.to = after;
    sequence.attributes[of_sequence].alter(back, emit);
  }
}

void restore_identities(const Sides& sides, Emit& emit) {
  if (sides.server_version < first_with_unlogged_sequences) return;
  const std::size_t of_identity = model::attribute(column, "sequence_persistence");
  for (const Object* child : sides.to_schema->children(sides.to->key)) {
    const Object* before = sides.from_schema->find(child->key);
    const bool stays =
        before != nullptr && before->kind == &column && before->has(model::attribute(column, "identity"));
    if (!stays || child->kind != &column || !child->has(of_identity)) continue;
    set_logged(child->text(model::attribute(column, "identity_sequence")), child->text(of_identity), emit);
  }
}

void alter_persistence(const Sides& sides, Emit& emit) {
  const bool unlogged = sides.to->text(persistence) == "u";
  // ALTER TABLE … SET LOGGED cannot stand in one statement with forms that do not rewrite: a head of its own
  emit.statement(alter_table(sides, *sides.to, true) + (unlogged ? " SET UNLOGGED" : " SET LOGGED"),
                 unlogged ? "SET LOGGED -> UNLOGGED" : "SET UNLOGGED -> LOGGED")
      .relations = {relation_address(*sides.to)};
  restore_sequences(sides, emit);
  restore_identities(sides, emit);
}

/// A logged table must not reference an unlogged one (tablecmds.c ATPrepChangePersistence).
model::Turn turn_of_persistence(const Sides& sides) {
  return sides.to->text(persistence) == "u" ? model::Turn::reader_first : model::Turn::read_first;
}

void alter_access_method(const Sides& sides, Emit& emit) {
  const std::string method = sides.to->has(access_method) ? quote_identifier(sides.to->text(access_method)) : "heap";
  emit.statement(alter_table(sides, *sides.to, true) + " SET ACCESS METHOD " + method, "SET ACCESS METHOD other")
      .relations = {relation_address(*sides.to)};
}

void alter_of_type(const Sides& sides, Emit& emit) {
  if (sides.to->has(of_type)) return alter(sides, emit, "OF " + sides.to->text(of_type), "OF type");
  alter(sides, emit, "NOT OF", "NOT OF");
}

/// The type wants all columns as it has them, and lets none go (tablecmds.c ATExecAddOf, ATPrepDropColumn).
bool becomes_typed(const Sides& sides) { return sides.to->has(of_type) && !sides.from->has(of_type); }

void alter_options(const Sides& sides, Emit& emit) {
  const OptionChange change = change_options(sides.from->list(options), sides.to->list(options));
  if (!change.reset.empty()) alter(sides, emit, "RESET (" + change.reset + ")", "RESET (fillfactor)");
  if (!change.set.empty()) alter(sides, emit, "SET (" + change.set + ")", "SET (fillfactor)");
}

/// tablecmds.c ATExecSetRelOptions: where there is no TOAST table its options go nowhere, and one that a change of
/// columns brings has none.
bool gets_toast_table(const Sides& sides) {
  return !needs_toast_table(*sides.from_schema, *sides.from) && needs_toast_table(*sides.to_schema, *sides.to);
}

void alter_tablespace(const Sides& sides, Emit& emit) {
  const std::string space = sides.to->has(tablespace) ? quote_identifier(sides.to->text(tablespace)) : "pg_default";
  emit.statement(alter_table(sides, *sides.to, true) + " SET TABLESPACE " + space, "SET TABLESPACE other").relations = {
      relation_address(*sides.to)};
}

void alter_row_security(const Sides& sides, Emit& emit) {
  alter(sides, emit, sides.to->flag(row_security) ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY",
        sides.to->flag(row_security) ? "ENABLE ROW LEVEL SECURITY" : "DISABLE ROW LEVEL SECURITY");
}

void alter_force_row_security(const Sides& sides, Emit& emit) {
  alter(sides, emit, sides.to->flag(force_row_security) ? "FORCE ROW LEVEL SECURITY" : "NO FORCE ROW LEVEL SECURITY",
        "FORCE ROW LEVEL SECURITY");
}

constexpr model::Attribute attributes[] = {
    {.name = "persistence",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_persistence,
     .turn = turn_of_persistence},
    {.name = "access_method", .type = Type::text, .change = Change::alter, .alter = alter_access_method},
    {.name = "partition_by",
     .type = Type::definition,
     .change = Change::replace,
     .grammar = model::Grammar::partition_key,
     .reason = "a partition key cannot be changed in place"},
    {.name = "inherits",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_parents,
     .waits_for_parts = has_new_parent},
    {.name = "of_type",
     .type = Type::text,
     .change = Change::alter,
     .alter = alter_of_type,
     .waits_for_parts = becomes_typed},
    {.name = "options",
     .type = Type::list,
     .change = Change::alter,
     .alter = alter_options,
     .waits_for_parts = gets_toast_table,
     .unordered = true},
    {.name = "tablespace", .type = Type::text, .change = Change::alter, .alter = alter_tablespace},
    {.name = "row_security", .type = Type::boolean, .change = Change::alter, .alter = alter_row_security},
    {.name = "force_row_security", .type = Type::boolean, .change = Change::alter, .alter = alter_force_row_security},
    {.name = "has_children", .type = Type::boolean, .change = Change::derived},
    {.name = "live_owner", .type = Type::text, .change = Change::derived},
};

/// A column of its own that its parent generates too can be stated before the table inherits, not while it does
/// (tablecmds.c MergeAttributes; pg_dump does the same).
bool states_generation_again(const Object& object, std::span<const Object* const> folded) {
  return std::any_of(folded.begin(), folded.end(), [&](const Object* child) {
    return child->parent == object.key && child->kind == &column && child->has(model::attribute(column, "generated")) &&
           child->flag(model::attribute(column, "local")) &&
           !child->list(model::attribute(column, "inherited_from")).empty();
  });
}

void create(const Sides& sides, std::span<const Object* const> folded, Emit& emit) {
  const Object& object = *sides.to;
  const std::string address = relation_address(object);
  std::string sql = object.text(persistence) == "u" ? "CREATE UNLOGGED TABLE " : "CREATE TABLE ";
  sql += address + " ";
  if (object.has(of_type)) {
    sql += "OF " + object.text(of_type);
    if (const std::string list = table_elements(object, folded); list != "()") sql += " " + list;
  } else {
    sql += table_elements(object, folded);
  }
  const bool inherits_later = states_generation_again(object, folded);
  const model::List parents = inherits_later ? model::List{} : object.list(inherits);
  if (!parents.empty()) sql += "\nINHERITS (" + join(parents, ", ") + ")";
  if (object.has(partition_by)) sql += "\nPARTITION BY " + object.definition(partition_by).text;
  if (object.has(access_method)) sql += "\nUSING " + quote_identifier(object.text(access_method));
  if (!object.list(options).empty()) sql += "\nWITH (" + option_list(object.list(options)) + ")";
  if (object.has(tablespace)) sql += "\nTABLESPACE " + quote_identifier(object.text(tablespace));
  auto& statement = emit.statement(std::move(sql), parents.empty() ? "CREATE TABLE" : "CREATE TABLE INHERITS");
  statement.relations = {address};
  statement.relations.insert(statement.relations.end(), parents.begin(), parents.end());
  statement.search_path = object.definition(partition_by).search_path;
  if (inherits_later) {
    const Object alone = model::make_object(table, object.names, object.parent);
    Sides rest = sides;
    rest.from = &alone;
    alter_parents(rest, emit);
  }
  for (const auto& [attribute, command] : {std::pair{row_security, "ENABLE ROW LEVEL SECURITY"},
                                           std::pair{force_row_security, "FORCE ROW LEVEL SECURITY"}}) {
    if (object.flag(attribute))
      emit.alter(alter_table(sides, object, true), command, "CREATE TABLE").relations = {address};
  }
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP TABLE " + relation_address(*sides.from), "DROP TABLE").relations = {
      relation_address(*sides.from)};
}

std::string query(int) {
  return "SELECT c.oid, n.nspname, c.relname, c.relpersistence, am.amname, "
         "CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END, " +
         select_parents() +
         ", "
         "CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END, "
         "c.reloptions, tc.reloptions, ts.spcname, c.relrowsecurity, c.relforcerowsecurity, c.relhassubclass, "
         "c.reltype, "
         "ty.typarray, pg_catalog.pg_get_userbyid(c.relowner) "
         "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam LEFT JOIN pg_catalog.pg_tablespace ts ON ts.oid = "
         "c.reltablespace "
         "LEFT JOIN pg_catalog.pg_class tc ON tc.oid = c.reltoastrelid LEFT JOIN pg_catalog.pg_type ty ON ty.oid = "
         "c.reltype "
         "WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND " +
         ours("pg_class", "c.oid", "n.nspname");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(table, {row.text(1), row.text(2)}, model::key_of(schema, {row.text(1)}));
  object[persistence] = row.text(3);
  if (!row.null(4) && row.text(4) != "heap") object[access_method] = row.text(4);
  object[partition_by] = printed(row, 5);
  object[inherits] = row.list(6);
  object[of_type] = text_or_absent(row, 7);
  model::List all = row.list(8);
  for (const std::string& option : row.list(9)) all.push_back("toast." + option);
  object[options] = std::move(all);
  object[tablespace] = text_or_absent(row, 10);
  object[row_security] = row.flag(11);
  object[force_row_security] = row.flag(12);
  object[has_children] = row.flag(13);
  object[live_owner] = row.text(16);
  const Object* added = reader.add(std::move(object), "pg_class", row.text(0));
  if (added == nullptr) return;
  reader.alias(*added, "pg_type", row.text(14));
  reader.alias(*added, "pg_type", row.text(15));
}

model::Value read_partition_by(const sql::Node& node, DesiredReader& reader) {
  if (!node["partspec"]) return {};
  sql::Cutter cutter = reader.cutter();
  cutter.to(node["partspec"].location());
  if (!cutter.skip_to_word("by")) return {};
  return reader.definition(cutter.until({"using", "with", "without", "on", "tablespace"}));
}

/// What is created in the file must be there first; the server's own methods stand in no schema.
void use_access_method(Object& object, const std::string& method, DesiredReader& reader) {
  object[access_method] = method.empty() || method == "heap" ? model::Value{} : model::Value{method};
  if (std::string key = model::key_of(kinds::access_method, {method}); reader.schema().contains(key))
    object.depends.push_back(std::move(key));
}

/// tablecmds.c DefineRelation and ATExecSetRelOptions: without a TOAST table its options go nowhere. Columns that come
/// later bring one without options.
void drop_options_of_nothing(Object& object, DesiredReader& reader) {
  const auto is_of_toast = [](const std::string& option) { return option.starts_with("toast."); };
  model::List list = object.list(options);
  if (std::none_of(list.begin(), list.end(), is_of_toast) || needs_toast_table(reader.schema(), object)) return;
  std::erase_if(list, is_of_toast);
  object[options] = std::move(list);
}

/// reloptions.c transformRelOptions with acceptOidsOff: that a table has no oids is said still, and means nothing.
model::List without_oids(model::List list, const sql::Node& node, DesiredReader& reader) {
  const auto of_oids = [&](const std::string& option) {
    if (!option.starts_with("oids=")) return false;
    if (option != "oids=false" && option != "oids=off" && option != "oids=0" && option != "oids=no")
      reader.error(node, "tables declared WITH OIDS are not supported", "PostgreSQL has none since 12: leave it out");
    return true;
  };
  std::erase_if(list, of_oids);
  return list;
}

/// tablecmds.c DefineRelation: a partition goes where its parent says, before any default.
model::Value read_tablespace(const sql::Node& node, DesiredReader& reader) {
  const std::string_view written = node.text("tablespacename");
  const Object* parent = written.empty() && node["partbound"] && !node.list("inhRelations").empty()
                             ? reader.find_relation(node.list("inhRelations").front())
                             : nullptr;
  if (parent != nullptr && parent->kind == &table && parent->has(tablespace)) return (*parent)[tablespace];
  return tablespace_or_default(written, reader);
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const sql::Node relation = node["relation"];
  const Name name = reader.creation_name(relation);
  const auto kept = relation.text("relpersistence");
  if (node.flag("if_not_exists") && reader.find_relation({name.schema, name.name}, true) != nullptr) return;
  Object object = model::make_object(table, {name.schema, name.name}, model::key_of(schema, {name.schema}));
  object[persistence] = std::string(kept.empty() ? "p" : kept);
  std::string method(node.text("accessMethod"));
  if (method.empty()) method = reader.setting("default_table_access_method");
  object[options] = without_oids(read_options(node, "options"), node, reader);
  object[tablespace] = read_tablespace(node, reader);
  object[partition_by] = read_partition_by(node, reader);
  // a partitioned table had no access method before 17 (tablecmds.c DefineRelation)
  if (!(object.has(partition_by) && reader.server_version() < 170000)) use_access_method(object, method, reader);
  if (node["ofTypename"]) object[of_type] = reader.type(node["ofTypename"], object.depends);

  Object* added = reader.add(std::move(object));
  if (added == nullptr) return;
  if (added->has(of_type)) reader.dispatch("OfType", node, added, nullptr, added->text(of_type));
  const std::string key = added->key;
  read_table_elements(node, *added, reader);
  if (Object* made = reader.schema().find(key)) drop_options_of_nothing(*made, reader);
}

void set_flag(DesiredReader& reader, std::size_t attribute, bool value) {
  if (reader.relation() != nullptr && reader.relation()->kind == &table) (*reader.relation())[attribute] = value;
}
void read_enable_rls(const sql::Node&, DesiredReader& reader) { set_flag(reader, row_security, true); }
void read_disable_rls(const sql::Node&, DesiredReader& reader) { set_flag(reader, row_security, false); }
void read_force_rls(const sql::Node&, DesiredReader& reader) { set_flag(reader, force_row_security, true); }
void read_no_force_rls(const sql::Node&, DesiredReader& reader) { set_flag(reader, force_row_security, false); }

void read_set_options(const sql::Node& node, DesiredReader& reader) {
  model::List list = reader.relation()->list(options);
  merge_options(list, read_options(node, "def"), node.text("subtype") == "AT_ResetRelOptions");
  (*reader.relation())[options] = std::move(list);
  drop_options_of_nothing(*reader.relation(), reader);
}
void set_persistence(DesiredReader& reader, const char* letter) {
  Object& relation = *reader.relation();
  relation[persistence] = std::string(letter);
  if (reader.server_version() < first_with_unlogged_sequences) return;
  for (const Object* owned : owned_sequences(reader.schema(), relation)) {
    (*reader.schema().find(owned->key))[model::attribute(sequence, "persistence")] = std::string(letter);
  }
  for (Object* child : reader.schema().children(relation.key)) {
    if (child->kind == &column) (*child)[model::attribute(column, "sequence_persistence")] = {};
  }
}
void read_set_logged(const sql::Node&, DesiredReader& reader) { set_persistence(reader, "p"); }
void read_set_unlogged(const sql::Node&, DesiredReader& reader) { set_persistence(reader, "u"); }
void read_set_tablespace(const sql::Node& node, DesiredReader& reader) {
  (*reader.relation())[tablespace] = tablespace_value(node.text("name"));
}
void read_set_access_method(const sql::Node& node, DesiredReader& reader) {
  use_access_method(*reader.relation(), std::string(node.text("name")), reader);
}

void read_add_of(const sql::Node& node, DesiredReader& reader) {
  Object& object = *reader.relation();
  object[of_type] = reader.type(node["def"], object.depends);
  reader.dispatch("OfType", node, &object, nullptr, object.text(of_type));
}
void read_drop_of(const sql::Node& node, DesiredReader& reader) {
  (*reader.relation())[of_type] = {};
  reader.dispatch("OfType", node, reader.relation());
}
void ignore(const sql::Node&, DesiredReader&) {}

constexpr model::StatementReader statements[] = {
    {"CreateStmt", read_create},
    {"AlterTableCmd/AT_EnableRowSecurity", read_enable_rls},
    {"AlterTableCmd/AT_DisableRowSecurity", read_disable_rls},
    {"AlterTableCmd/AT_ForceRowSecurity", read_force_rls},
    {"AlterTableCmd/AT_NoForceRowSecurity", read_no_force_rls},
    {"AlterTableCmd/AT_SetRelOptions", read_set_options},
    {"AlterTableCmd/AT_ResetRelOptions", read_set_options},
    {"AlterTableCmd/AT_SetLogged", read_set_logged},
    {"AlterTableCmd/AT_SetUnLogged", read_set_unlogged},
    {"AlterTableCmd/AT_SetTableSpace", read_set_tablespace},
    {"AlterTableCmd/AT_SetAccessMethod", read_set_access_method},
    {"AlterTableCmd/AT_AddInherit", read_inherit},
    {"AlterTableCmd/AT_DropInherit", read_no_inherit},
    {"AlterTableCmd/AT_AddOf", read_add_of},
    {"AlterTableCmd/AT_DropOf", read_drop_of},
    {"AlterTableCmd/AT_DropOids", ignore},  // tables have had none since 12
};

}  // namespace

const model::Kind table = {
    .name = "table",
    .sql_class = "TABLE",
    .attributes = attributes,
    .address = relation_address,
    .create = create,
    .drop = drop,
    .holds_rows = true,
    .has_owner = true,
    .name_space = model::NameSpace::relation,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
