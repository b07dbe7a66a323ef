// Event triggers. PostgreSQL: pg_event_trigger, event_trigger.c CreateEventTrigger.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/reader.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

using model::Change;
using model::Emit;
using model::Object;
using model::Sides;
using model::Type;

enum : std::size_t { event, tags, function_name, enabled };

constexpr std::string_view fixed = "ALTER EVENT TRIGGER changes neither its event nor its function";
constexpr std::string_view usual = "enabled";

std::string address(const Object& object) { return quote_identifier(object.name()); }

void alter_enabled(const Sides& sides, Emit& emit) {
  const std::string& to = sides.to->text(enabled);
  const std::string word = to == "disabled"  ? "DISABLE"
                           : to == "replica" ? "ENABLE REPLICA"
                           : to == "always"  ? "ENABLE ALWAYS"
                                             : "ENABLE";
  emit.statement("ALTER EVENT TRIGGER " + address(*sides.to) + " " + word, "ALTER EVENT TRIGGER");
}

constexpr model::Attribute attributes[] = {
    {.name = "event", .type = Type::text, .reason = fixed},
    {.name = "tags", .type = Type::list, .unordered = true, .reason = fixed},
    {.name = "function", .type = Type::text, .reason = fixed},
    {.name = "enabled", .type = Type::text, .change = Change::alter, .alter = alter_enabled},
};

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  const Object& object = *sides.to;
  std::string sql = "CREATE EVENT TRIGGER " + address(object) + " ON " + quote_identifier(object.text(event));
  model::List literals;
  for (const std::string& tag : object.list(tags)) literals.push_back(quote_literal(tag));
  if (!literals.empty()) sql += " WHEN TAG IN (" + join(literals, ", ") + ")";
  emit.statement(sql + " EXECUTE FUNCTION " + object.text(function_name) + "()", "CREATE EVENT TRIGGER");
  if (object.text(enabled) != usual) alter_enabled(sides, emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP EVENT TRIGGER " + address(*sides.from), "DROP EVENT TRIGGER");
}

bool rebuilt(const Object&) { return true; }

std::string query(int) {
  return "SELECT e.oid, e.evtname, e.evtevent, e.evttags, " + routine::function_name_sql("e.evtfoid") +
         ", CASE e.evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' ELSE 'enabled' "
         "END "
         "FROM pg_catalog.pg_event_trigger e WHERE e.oid >= 16384 AND " +
         ours("pg_event_trigger", "e.oid", "");
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = model::make_object(event_trigger, {row.text(1)});
  object[event] = row.text(2);
  object[tags] = row.list(3);
  object[function_name] = row.text(4);
  object[enabled] = row.text(5);
  reader.add(std::move(object), "pg_event_trigger", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object = model::make_object(event_trigger, {std::string(node.text("trigname"))});
  object[event] = std::string(node.text("eventname"));
  model::List list;
  for (const sql::Node condition : node.list("whenclause")) {
    if (condition.text("defname") != "tag") return reader.error(condition, "an event trigger filters by TAG alone");
    for (std::string tag : sql::strings(condition["arg"].items())) {
      // filter_list_to_array upper-cases them
      for (char& c : tag) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      list.push_back(std::move(tag));
    }
  }
  object[tags] = std::move(list);
  object[function_name] = routine::read_function_name(node.list("funcname"), reader, object.depends);
  object[enabled] = std::string(usual);
  reader.add(std::move(object));
}

void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* object = reader.schema().find(model::key_of(event_trigger, {std::string(node.text("trigname"))}));
  if (object == nullptr)
    return reader.error(node, "event trigger " + quote_identifier(node.text("trigname")) + " does not exist");
  const std::string_view letter = node.text("tgenabled");
  (*object)[enabled] = std::string(letter == "D"   ? "disabled"
                                   : letter == "R" ? "replica"
                                   : letter == "A" ? "always"
                                                   : "enabled");
}

constexpr model::StatementReader statements[] = {{"CreateEventTrigStmt", read_create},
                                                 {"AlterEventTrigStmt", read_alter}};

}  // namespace

const model::Kind event_trigger = {
    .name = "event trigger",
    .sql_class = "EVENT TRIGGER",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
