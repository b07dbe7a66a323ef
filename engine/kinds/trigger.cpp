// Triggers. PostgreSQL: pg_trigger, CREATE TRIGGER. Those that constraints make for themselves are no objects.
#include <algorithm>

#include "base/quote.h"
#include "kinds/clones.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/relation.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t {
  timing,
  events,
  update_columns,
  level,
  old_table,
  new_table,
  condition,
  function_name,
  arguments,
  constraint_trigger,
  deferrable,
  initially_deferred,
  from_table,
  enabled,
  created_under,
};

constexpr std::string_view origin = "origin";

std::string table_of(const Object& object) { return quote_qualified(object.names[0], object.names[1]); }

std::string address(const Object& object) { return quoted_name(object) + " ON " + table_of(object); }

/// trigger.c CreateTriggerFiringOn: OR REPLACE exists from 14 on, and neither makes nor replaces a constraint trigger.
Change decide(const Sides& sides) {
  const bool constraint = sides.from->flag(constraint_trigger) || sides.to->flag(constraint_trigger);
  return sides.server_version >= 140000 && !constraint ? Change::in_place : Change::replace;
}

/// `f` without a schema that the file's reader could place is the same function as `ext.f`.
Change decide_function(const Sides& sides) {
  const auto bare = [](const std::string& name) { return name.find('.') == std::string::npos; };
  const auto last = [](const std::string& name) { return name.substr(name.rfind('.') + 1); };
  const std::string& from = sides.from->text(function_name);
  const std::string& to = sides.to->text(function_name);
  if (bare(from) != bare(to) && last(from) == last(to)) return Change::derived;
  return decide(sides);
}

/// What changes the state of a trigger reaches its copies on partitions (trigger.c EnableDisableTrigger,
/// CreateTriggerFiringOn): those with a state of their own get it back.
void write_states_of_copies(const Sides& sides, Emit& emit) {
  if (!is_partitioned(relation_of(sides, *sides.to))) return;
  const std::size_t of = model::attribute(trigger_state, "trigger");
  for (const Object& object : sides.to_schema->objects()) {
    if (object.kind != &trigger_state || object.text(of) != sides.to->key || !stays_attached(object, sides)) continue;
    Sides copy = sides;
    copy.to = &object;
    trigger_state.create(copy, {}, emit);
  }
}

void alter_enabled(const Sides& sides, Emit& emit) {
  const std::string& state = sides.to->text(enabled);
  const std::string verb = state == "disabled"  ? "DISABLE TRIGGER "
                           : state == "always"  ? "ENABLE ALWAYS TRIGGER "
                           : state == "replica" ? "ENABLE REPLICA TRIGGER "
                                                : "ENABLE TRIGGER ";
  const std::string form = state == "disabled"  ? "DISABLE TRIGGER name"
                           : state == "replica" ? "ENABLE REPLICA TRIGGER"
                                                : "ENABLE TRIGGER name";
  // without ONLY: the clones of a partitioned table's trigger follow it
  emit.alter("ALTER TABLE " + table_of(*sides.to), verb + quoted_name(*sides.to), form).relations = {
      table_of(*sides.to)};
  write_states_of_copies(sides, emit);
}

constexpr model::Attribute attributes[] = {
    {.name = "timing", .type = Type::text, .change = Change::in_place, .decide = decide},
    {.name = "events", .type = Type::list, .change = Change::in_place, .decide = decide},
    {.name = "update_columns", .type = Type::list, .change = Change::in_place, .decide = decide},
    {.name = "level", .type = Type::text, .change = Change::in_place, .decide = decide},
    {.name = "old_table", .type = Type::text, .change = Change::in_place, .decide = decide},
    {.name = "new_table", .type = Type::text, .change = Change::in_place, .decide = decide},
    {.name = "condition",
     .type = Type::definition,
     .change = Change::in_place,
     .decide = decide,
     .grammar = model::Grammar::expression},
    {.name = "function", .type = Type::text, .change = Change::in_place, .decide = decide_function},
    {.name = "arguments", .type = Type::list, .change = Change::in_place, .decide = decide},
    {.name = "constraint",
     .type = Type::boolean,
     .change = Change::replace,
     .reason = "CREATE OR REPLACE TRIGGER does not reach constraint triggers"},
    {.name = "deferrable",
     .type = Type::boolean,
     .change = Change::replace,
     .reason = "CREATE OR REPLACE TRIGGER does not reach constraint triggers"},
    {.name = "initially_deferred",
     .type = Type::boolean,
     .change = Change::replace,
     .reason = "CREATE OR REPLACE TRIGGER does not reach constraint triggers"},
    {.name = "from_table",
     .type = Type::text,
     .change = Change::replace,
     .reason = "CREATE OR REPLACE TRIGGER does not reach constraint triggers"},
    {.name = "enabled", .type = Type::text, .change = Change::alter, .alter = alter_enabled},
    {.name = "created_under", .type = Type::text, .change = Change::derived},
};

// -- writing ---------------------------------------------------------------------------------------------------------

std::string events_text(const Object& object) {
  std::vector<std::string> parts;
  for (const std::string& event : object.list(events)) {
    std::string part = event;
    if (event == "UPDATE" && !object.list(update_columns).empty()) {
      std::vector<std::string> columns;
      for (const std::string& name : object.list(update_columns)) columns.push_back(quote_identifier(name));
      part += " OF " + join(columns, ", ");
    }
    parts.push_back(std::move(part));
  }
  return join(parts, " OR ");
}

std::string referencing(const Object& object) {
  std::string text;
  if (object.has(old_table)) text += " OLD TABLE AS " + quote_identifier(object.text(old_table));
  if (object.has(new_table)) text += " NEW TABLE AS " + quote_identifier(object.text(new_table));
  return text.empty() ? text : " REFERENCING" + text;
}

std::string constraint_clauses(const Object& object) {
  if (!object.flag(constraint_trigger)) return {};
  std::string text;
  if (object.has(from_table)) text += " FROM " + object.text(from_table);
  text += object.flag(deferrable) ? " DEFERRABLE" : " NOT DEFERRABLE";
  if (object.flag(deferrable)) text += object.flag(initially_deferred) ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE";
  return text;
}

std::string arguments_text(const Object& object) {
  std::vector<std::string> parts;
  for (const std::string& argument : object.list(arguments)) parts.push_back(quote_literal(argument));
  return "(" + join(parts, ", ") + ")";
}

void write(const Object& object, bool replace, Emit& emit) {
  const bool constraint = object.flag(constraint_trigger);
  std::string sql = replace      ? "CREATE OR REPLACE TRIGGER "
                    : constraint ? "CREATE CONSTRAINT TRIGGER "
                                 : "CREATE TRIGGER ";
  sql += quoted_name(object) + " " + object.text(timing) + " " + events_text(object) + " ON " + table_of(object);
  sql += constraint_clauses(object) + referencing(object) + " FOR EACH " + object.text(level);
  if (object.has(condition)) sql += " WHEN (" + object.definition(condition).text + ")";
  sql += " EXECUTE FUNCTION " + object.text(function_name) + arguments_text(object);
  const std::string form = replace                               ? "CREATE OR REPLACE TRIGGER"
                           : object.has(from_table)              ? "CREATE CONSTRAINT TRIGGER FROM other"
                           : constraint                          ? "CREATE CONSTRAINT TRIGGER"
                           : object.text(timing) == "INSTEAD OF" ? "CREATE TRIGGER INSTEAD OF on view"
                                                                 : "CREATE TRIGGER";
  auto& fragment = emit.statement(std::move(sql), form);
  fragment.search_path = object.text(created_under);
  fragment.relations = {table_of(object)};
  if (object.has(from_table)) fragment.relations.push_back(object.text(from_table));
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  write(*sides.to, false, emit);
  if (sides.to->text(enabled) != origin) alter_enabled(sides, emit);
}

/// trigger.c CreateTriggerFiringOn: a replaced trigger fires on origin again, whatever it did before.
void replace_in_place(const Sides& sides, Emit& emit) {
  write(*sides.to, true, emit);
  if (sides.to->text(enabled) != origin)
    alter_enabled(sides, emit);
  else
    write_states_of_copies(sides, emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP TRIGGER " + address(*sides.from), "DROP TRIGGER").relations = {table_of(*sides.from)};
}

// -- shared by both readers ------------------------------------------------------------------------------------------

// catalog/pg_trigger.h TRIGGER_TYPE_*
constexpr std::int64_t type_row = 1, type_before = 2, type_insert = 4, type_delete = 8, type_update = 16,
                       type_truncate = 32, type_instead = 64;

std::string timing_of(std::int64_t bits) {
  if (bits & type_before) return "BEFORE";
  return bits & type_instead ? "INSTEAD OF" : "AFTER";
}

model::List events_of(std::int64_t bits) {
  model::List list;
  if (bits & type_insert) list.push_back("INSERT");
  if (bits & type_delete) list.push_back("DELETE");
  if (bits & type_update) list.push_back("UPDATE");
  if (bits & type_truncate) list.push_back("TRUNCATE");
  return list;
}

// -- catalog ---------------------------------------------------------------------------------------------------------

std::string query(int) {
  return "SELECT t.oid, n.nspname, c.relname, t.tgname, c.oid, t.tgtype, "
         "ARRAY(SELECT a.attname FROM pg_catalog.unnest(t.tgattr::pg_catalog.int2[]) WITH ORDINALITY k(num, at) "
         "JOIN pg_catalog.pg_attribute a ON a.attrelid = t.tgrelid AND a.attnum = k.num ORDER BY k.at), "
         "t.tgoldtable, t.tgnewtable, "
         "CASE WHEN t.tgqual IS NOT NULL THEN pg_catalog.pg_get_triggerdef(t.oid, false) END, "
         "pn.nspname, p.proname, pg_catalog.encode(t.tgargs, 'hex'), t.tgconstraint <> 0, t.tgdeferrable, "
         "t.tginitdeferred, "
         "fn.nspname, f.relname, t.tgenabled "
         "FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
         "JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace "
         "LEFT JOIN pg_catalog.pg_class f ON f.oid = t.tgconstrrelid "
         "LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace "
         // those that partitions have from their parent come and go with it; their state may be a trigger_state
         "WHERE t.tgparentid = 0 AND NOT t.tgisinternal AND " +
         ours("pg_trigger", "t.oid", "n.nspname");
}

/// tgargs: each argument ends in a NUL byte; here in hexadecimal digits.
model::List arguments_of(const std::string& hex) {
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  model::List list;
  std::string argument;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    const int byte = digit(hex[i]) * 16 + digit(hex[i + 1]);
    if (byte != 0) {
      argument += static_cast<char>(byte);
      continue;
    }
    list.push_back(std::move(argument));
    argument.clear();
  }
  return list;
}

/// The inside of WHEN (…) of what pg_get_triggerdef prints: pg_get_expr cannot print OLD and NEW.
model::Value condition_of(const std::string& definition) {
  if (definition.empty()) return {};
  sql::Cutter cutter(definition, sql::tokens(definition));
  if (!cutter.skip_to_word("when")) return {};
  return model::Definition{std::string(cutter.text(cutter.parenthesised())), ""};
}

std::string state_of(const std::string& letter) {
  return letter == "D" ? "disabled" : letter == "A" ? "always" : letter == "R" ? "replica" : std::string(origin);
}

/// Functions of pg_catalog stand without their schema: every search path begins with it.
std::string function_text(const std::string& schema_name, const std::string& name) {
  return schema_name == "pg_catalog" ? quote_identifier(name) : quote_qualified(schema_name, name);
}

void read_row(const Row& row, CatalogReader& reader) {
  const std::string what =
      "trigger " + quote_identifier(row.text(3)) + " ON " + quote_qualified(row.text(1), row.text(2));
  const Object* relation = reader.at("pg_class", row.text(4));
  if (relation == nullptr) {
    return reader.unmodelled(what, "its relation is not modelled; the trigger is left alone");
  }
  Object object = model::make_object(trigger, {row.text(1), row.text(2), row.text(3)}, relation->key);
  const std::int64_t bits = row.number(5);
  object[timing] = timing_of(bits);
  object[events] = events_of(bits);
  object[update_columns] = row.list(6);
  object[level] = std::string(bits & type_row ? "ROW" : "STATEMENT");
  object[old_table] = text_or_absent(row, 7);
  object[new_table] = text_or_absent(row, 8);
  object[condition] = condition_of(row.text(9));
  object[function_name] = function_text(row.text(10), row.text(11));
  object[arguments] = arguments_of(row.text(12));
  object[constraint_trigger] = row.flag(13);
  object[deferrable] = row.flag(14);
  object[initially_deferred] = row.flag(15);
  if (!row.null(17)) object[from_table] = quote_qualified(row.text(16), row.text(17));
  object[enabled] = state_of(row.text(18));
  reader.add(std::move(object), "pg_trigger", row.text(0));
}

// -- statements ------------------------------------------------------------------------------------------------------

void read_transition_tables(const sql::Node& node, Object& object, DesiredReader& reader) {
  for (const sql::Node transition : node.list("transitionRels")) {
    if (!transition.flag("isTable")) {
      reader.error(node, "ROW in REFERENCING is not supported by the server", "write OLD TABLE or NEW TABLE");
      continue;
    }
    object[transition.flag("isNew") ? new_table : old_table] = std::string(transition.text("name"));
  }
}

/// The schemas of the search path in force, in their order.
std::vector<std::string> search_path(const DesiredReader& reader) {
  const std::string text = reader.definition(sql::Span{}).search_path;
  std::vector<std::string> schemas;
  for (const sql::Token& token : sql::tokens(text)) {
    if (token.kind == sql::TokenKind::word) schemas.emplace_back(token.text);
    if (token.kind != sql::TokenKind::quoted_word) continue;
    std::string name;
    for (std::size_t i = 1; i + 1 < token.text.size(); ++i) {
      name += token.text[i];
      if (token.text[i] == '"') ++i;
    }
    schemas.push_back(std::move(name));
  }
  return schemas;
}

/// A trigger's function takes no arguments: `f()` of the file, or one that an extension or the system brings.
std::string function_of(const sql::Node& node, Object& object, DesiredReader& reader) {
  const std::vector<std::string> names = sql::strings(node.list("funcname"));
  if (names.empty()) return {};
  const bool qualified = names.size() > 1;
  const std::vector<std::string> schemas =
      qualified ? std::vector<std::string>{names[names.size() - 2]} : search_path(reader);
  for (const std::string& in_schema : schemas) {
    const std::string key = model::key_of(function, {in_schema, names.back(), ""});
    if (!reader.schema().contains(key)) continue;
    object.depends.push_back(key);
    return quote_qualified(in_schema, names.back());
  }
  return qualified && names.front() == "pg_catalog"
             ? quote_identifier(names.back())
             : reader.qualified("function", node.list("funcname"), object.depends);
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  const Object* relation = reader.find_relation(node["relation"]);
  if (relation == nullptr || relation->names.size() < 2) return;
  Object object = model::make_object(
      trigger, {relation->names[0], relation->names[1], std::string(node.text("trigname"))}, relation->key);
  object[timing] = timing_of(node.number("timing"));
  object[events] = events_of(node.number("events"));
  object[update_columns] = sql::strings(node.list("columns"));
  for (const std::string& name : object.list(update_columns)) {
    object.depends.push_back(model::key_of(column, {relation->names[0], relation->names[1], name}));
  }
  object[level] = std::string(node.flag("row") ? "ROW" : "STATEMENT");
  read_transition_tables(node, object, reader);
  if (node.has("whenClause")) {
    sql::Cutter cutter = reader.cutter();
    if (cutter.skip_to_word("when")) object[condition] = reader.definition(cutter.parenthesised());
  }
  object[function_name] = function_of(node, object, reader);
  object[arguments] = sql::strings(node.list("args"));
  object[constraint_trigger] = node.flag("isconstraint");
  object[deferrable] = node.flag("deferrable");
  object[initially_deferred] = node.flag("initdeferred");
  if (node.has("constrrel")) {
    if (const Object* other = reader.find_relation(node["constrrel"])) {
      object[from_table] = relation_address(*other);
      object.depends.push_back(other->key);
    }
  }
  object[enabled] = std::string(origin);
  object[created_under] = reader.definition(sql::Span{}).search_path;
  Object* standing = reader.schema().find(object.key);
  if (standing != nullptr && node.flag("replace")) {
    standing->values = std::move(object.values);
    standing->depends = std::move(object.depends);
    standing->origin = reader.origin(node);
    return;
  }
  reader.add(std::move(object));
}

/// The state of a clone is an object of its own, where it differs from that of the partitioned table's trigger. Those
/// below it follow.
void set_state_of_clone(const Object& partition, const Object& original, const std::string& state,
                        DesiredReader& reader) {
  Object object =
      model::make_object(trigger_state, {partition.names[0], partition.names[1], original.name()}, partition.key);
  object.depends = memberships_up_to(original, reader.schema(), partition);
  object.depends.push_back(original.key);
  object[model::attribute(trigger_state, "enabled")] = state;
  object[model::attribute(trigger_state, "trigger")] = original.key;
  reader.schema().remove(object.key);
  if (state != original.text(enabled)) reader.add(std::move(object));
  if (reader.setting("segue.only") == "on") return;
  for (const Object* below : reader.inheritors(partition)) set_state_of_clone(*below, original, state, reader);
}

struct CloneState {
  const Object* partition;
  std::string state;
};

void collect_clones(const Object& relation, const Object& original, DesiredReader& reader,
                    std::vector<CloneState>& clones) {
  for (const Object* below : reader.inheritors(relation)) {
    if (clone_on(reader.schema(), *below, original.name()).original != &original) continue;
    const Object* stated =
        reader.schema().find(model::key_of(trigger_state, {below->names[0], below->names[1], original.name()}));
    clones.push_back(
        {below, stated == nullptr ? original.text(enabled) : stated->text(model::attribute(trigger_state, "enabled"))});
    collect_clones(*below, original, reader, clones);
  }
}

/// ALTER TABLE ONLY: the clones stay in the state that they are in.
void set_state_alone(Object& object, const std::string& state, DesiredReader& reader) {
  std::vector<CloneState> clones;
  collect_clones(*reader.relation(), object, reader, clones);
  object[enabled] = state;
  for (const CloneState& clone : clones) set_state_of_clone(*clone.partition, object, clone.state, reader);
}

void set_state_of_trigger(Object& object, const std::string& state, DesiredReader& reader) {
  if (reader.setting("segue.only") == "on") return set_state_alone(object, state, reader);
  object[enabled] = state;
  // trigger.c EnableDisableTrigger: the clones follow
  const std::size_t of = model::attribute(trigger_state, "trigger");
  std::vector<std::string> gone;
  for (const Object& other : reader.schema().objects()) {
    if (other.kind == &trigger_state && other.text(of) == object.key) gone.push_back(other.key);
  }
  for (const std::string& key : gone) reader.schema().remove(key);
}

void set_state(const sql::Node& node, DesiredReader& reader, const std::string& state) {
  const Object* relation = reader.relation();
  if (relation == nullptr || relation->names.size() < 2) return;
  const std::string name(node.text("name"));
  if (Object* object = reader.schema().find(model::key_of(trigger, {relation->names[0], relation->names[1], name}))) {
    return set_state_of_trigger(*object, state, reader);
  }
  if (const Object* original = clone_on(reader.schema(), *relation, name).original) {
    return set_state_of_clone(*relation, *original, state, reader);
  }
  reader.error(node, "trigger " + quote_identifier(name) + " ON " + relation_address(*relation) + " does not exist",
               "put CREATE TRIGGER before this statement");
}

/// ENABLE and DISABLE TRIGGER ALL or USER: every trigger of the relation.
void set_state_of_all(const sql::Node& node, DesiredReader& reader, const std::string& state) {
  const Object* relation = reader.relation();
  if (relation == nullptr) return;
  for (Object* child : reader.schema().children(relation->key)) {
    if (child->kind == &trigger) set_state_of_trigger(*child, state, reader);
  }
  if (node.text("subtype") == "AT_DisableTrigAll") {
    reader.unmodelled("triggers of foreign keys of " + relation->key,
                      "DISABLE TRIGGER ALL also turns them off; that is left alone. Write DISABLE TRIGGER USER");
  }
}

void read_enable(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, std::string(origin)); }
void read_always(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, "always"); }
void read_replica(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, "replica"); }
void read_disable(const sql::Node& node, DesiredReader& reader) { set_state(node, reader, "disabled"); }
void read_enable_all(const sql::Node& node, DesiredReader& reader) {
  set_state_of_all(node, reader, std::string(origin));
}
void read_disable_all(const sql::Node& node, DesiredReader& reader) { set_state_of_all(node, reader, "disabled"); }

/// reader.text(): the name before.
void read_column_renamed(const sql::Node&, DesiredReader& reader) {
  for (Object* child : reader.schema().children(reader.relation()->key)) {
    if (child->kind != &trigger) continue;
    model::List names = child->list(update_columns);
    std::replace(names.begin(), names.end(), reader.text(), reader.column()->name());
    (*child)[update_columns] = std::move(names);
  }
}

constexpr model::StatementReader statements[] = {
    {"ColumnRenamed", read_column_renamed},
    {"CreateTrigStmt", read_create},
    {"AlterTableCmd/AT_EnableTrig", read_enable},
    {"AlterTableCmd/AT_EnableAlwaysTrig", read_always},
    {"AlterTableCmd/AT_EnableReplicaTrig", read_replica},
    {"AlterTableCmd/AT_DisableTrig", read_disable},
    {"AlterTableCmd/AT_EnableTrigAll", read_enable_all},
    {"AlterTableCmd/AT_EnableTrigUser", read_enable_all},
    {"AlterTableCmd/AT_DisableTrigAll", read_disable_all},
    {"AlterTableCmd/AT_DisableTrigUser", read_disable_all},
};

}  // namespace

const model::Kind trigger = {
    .name = "trigger",
    .sql_class = "TRIGGER",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = [](const Object&) { return true; },
    .name_space = model::NameSpace::of_parent,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
