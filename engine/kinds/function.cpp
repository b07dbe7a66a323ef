// Functions and window functions. PostgreSQL: pg_proc, commands/functioncmds.c CreateFunction, catalog/pg_proc.c.
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

enum : std::size_t {
  returns = routine::shared_count,
  returns_set,
  volatility,
  strict,
  leakproof,
  parallel,
  cost,
  rows,
  support,
  window,
  serves_type,    ///< the base type that it reads or writes values of, as a key
  created_under,  ///< the search path by which a body may find what it calls
};

/// pg_proc.c ProcedureCreate: "cannot change return type of existing function", also where OUT arguments make the row.
bool may_replace(const Object& from, const Object& to) {
  if (from.text(returns) != to.text(returns) || from.flag(returns_set) != to.flag(returns_set)) return false;
  if (from.text(returns) == "record" &&
      routine::result_columns(routine::arguments_of(from)) != routine::result_columns(routine::arguments_of(to))) {
    return false;
  }
  return routine::may_replace_arguments(from, to);
}

Change decide(const Sides& sides) { return may_replace(*sides.from, *sides.to) ? Change::in_place : Change::replace; }

constexpr std::string_view new_signature =
    "CREATE OR REPLACE FUNCTION cannot change the result, rename an input argument or take a default away";

constexpr model::Attribute decided(std::string_view name, Type type, model::Grammar grammar = model::Grammar::none) {
  return {.name = name,
          .type = type,
          .change = Change::in_place,
          .decide = decide,
          .grammar = grammar,
          .reason = new_signature};
}

constexpr model::Attribute in_place(std::string_view name, Type type, model::Grammar grammar = model::Grammar::none) {
  return {.name = name, .type = type, .change = Change::in_place, .grammar = grammar};
}

/// The path by which the body of a function may find what it names without a schema; "" where it needs none. Where it
/// was made under none, as dumps are, or where nobody knows, that is the path of sessions (guc_tables.c search_path).
std::string body_path(const Object& object, const std::string& path) {
  const model::List& settings = object.list(routine::config);
  const bool has_own = std::any_of(settings.begin(), settings.end(),
                                   [](const std::string& setting) { return setting.starts_with("search_path"); });
  const bool is_text =
      object.has(routine::body) && !object.has(routine::library) && object.text(routine::language) != "internal";
  if (has_own || !is_text) return "";
  return path.empty() ? "public" : path;
}

constexpr model::Attribute attributes[] = {
    in_place("language", Type::text),
    decided("arg_names", Type::list),
    decided("arg_modes", Type::list),
    decided("arg_types", Type::list),
    decided("defaults", Type::definition, model::Grammar::expression),
    in_place("security_definer", Type::boolean),
    in_place("config", Type::list),
    in_place("transforms", Type::list),
    in_place("body", Type::definition, model::Grammar::body),
    in_place("library", Type::text),
    in_place("sql_body", Type::definition, model::Grammar::query),
    decided("returns", Type::text),
    decided("returns_set", Type::boolean),
    in_place("volatility", Type::text),
    in_place("strict", Type::boolean),
    in_place("leakproof", Type::boolean),
    in_place("parallel", Type::text),
    in_place("cost", Type::text),
    in_place("rows", Type::text),
    in_place("support", Type::text),
    {.name = "window",
     .type = Type::boolean,
     .change = Change::replace,
     .reason = "PostgreSQL cannot turn a function into a window function or back"},
    {.name = "serves_type", .type = Type::text, .change = Change::derived},
    {.name = "created_under", .type = Type::text, .change = Change::derived},
};

/// functioncmds.c CreateFunction: 1 for C and internal functions, else 100.
std::string default_cost(const Object& object) {
  const std::string& language = object.text(routine::language);
  return language == "c" || language == "internal" ? "1" : "100";
}

std::string default_rows(const Object& object) { return object.flag(returns_set) ? "1000" : "0"; }

std::string write_result(const Object& object) {
  const routine::Arguments arguments = routine::arguments_of(object);
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (arguments.modes[i] == "t") columns.push_back(routine::write_argument(arguments, i));
  }
  if (!columns.empty()) return "TABLE(" + join(columns, ", ") + ")";
  return (object.flag(returns_set) ? "SETOF " : "") + object.text(returns);
}

std::string write_clauses(const Object& object) {
  std::string sql;
  if (object.flag(window)) sql += " WINDOW";
  if (object.text(volatility) != "volatile") sql += object.text(volatility) == "stable" ? " STABLE" : " IMMUTABLE";
  if (object.flag(strict)) sql += " STRICT";
  if (object.flag(leakproof)) sql += " LEAKPROOF";
  if (object.text(parallel) != "unsafe") sql += " PARALLEL " + object.text(parallel);
  if (object.text(cost) != default_cost(object)) sql += " COST " + object.text(cost);
  if (object.text(rows) != default_rows(object)) sql += " ROWS " + object.text(rows);
  if (object.has(support)) sql += " SUPPORT " + object.text(support);
  return sql.empty() ? sql : "\n" + sql;
}

void write(const Sides& sides, const std::string& head, const char* form, Emit& emit) {
  const Object& object = *sides.to;
  emit.statement(head + routine::quoted_name(object) + "(" +
                     routine::write_arguments(routine::arguments_of(object), routine::unwrap_defaults(object)) +
                     ")\n RETURNS " + write_result(object) + routine::write_tail(object, write_clauses(object)),
                 form)
      .search_path = routine::search_path_of(object);
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  write(sides, "CREATE FUNCTION ", "CREATE FUNCTION", emit);
}

void replace_in_place(const Sides& sides, Emit& emit) {
  write(sides, "CREATE OR REPLACE FUNCTION ", "CREATE OR REPLACE FUNCTION", emit);
}

void drop(const Sides& sides, Emit& emit) {
  emit.statement("DROP FUNCTION " + routine::address(*sides.from), "DROP FUNCTION");
}

bool rebuilt(const Object&) { return true; }

std::string query(int version) {
  return "SELECT " + routine::shared_columns(version) +
         ", pg_catalog.format_type(p.prorettype, NULL), p.proretset, "
         "CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END, p.proisstrict, "
         "p.proleakproof, CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END, "
         "p.procost, p.prorows, CASE WHEN p.prosupport <> 0 THEN " +
         routine::function_name_sql("p.prosupport") +
         " END, p.prokind = 'w' FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
         "JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.prokind IN ('f', 'w') AND " +
         routine::ours_and_independent();
}

void read_row(const Row& row, CatalogReader& reader) {
  Object object = routine::read_shared(row, function);
  std::size_t at = routine::shared_column_count;
  object[returns] = row.text(at++);
  object[returns_set] = row.flag(at++);
  object[volatility] = row.text(at++);
  object[strict] = row.flag(at++);
  object[leakproof] = row.flag(at++);
  object[parallel] = row.text(at++);
  object[cost] = routine::canonical_number(row.text(at++));
  object[rows] = routine::canonical_number(row.text(at++));
  object[support] = text_or_absent(row, at++);
  object[window] = row.flag(at);
  object[created_under] = body_path(object, "");
  reader.add(std::move(object), "pg_proc", row.text(0));
}

/// interpret_function_parameter_list: OUT arguments alone make the result, one its type, several a record.
bool read_result(const sql::Node& node, Object& object, DesiredReader& reader) {
  const sql::Node type = node["returnType"];
  object[returns_set] = type.flag("setof");
  if (type) {
    object[returns] = routine::without_modifier(reader.type(type, object.depends));
    return true;
  }
  const routine::Arguments arguments = routine::arguments_of(object);
  std::vector<std::string> outputs;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (routine::is_output(arguments.modes[i])) outputs.push_back(arguments.types[i]);
  }
  if (outputs.empty()) {
    reader.error(node, "no result type is given for " + routine::quoted_name(object), "add RETURNS …");
    return false;
  }
  object[returns] = outputs.size() == 1 ? outputs.front() : std::string("record");
  return true;
}

std::string number_text(const sql::Node& arg) {
  return routine::canonical_number(arg.is("Float") ? std::string(arg.text("fval")) : std::to_string(arg.number()));
}

void read_option(const sql::Node& option, Object& object, DesiredReader& reader) {
  if (routine::read_shared_option(option, object, reader)) return;
  const std::string_view name = option.text("defname");
  const sql::Node arg = option["arg"];
  if (name == "volatility") {
    object[volatility] = std::string(arg.text());
  } else if (name == "strict") {
    object[strict] = arg.flag();
  } else if (name == "leakproof") {
    object[leakproof] = arg.flag();
  } else if (name == "parallel") {
    object[parallel] = std::string(arg.text());
  } else if (name == "cost") {
    object[cost] = number_text(arg);
  } else if (name == "rows") {
    object[rows] = number_text(arg);
  } else if (name == "support") {
    object[support] = routine::read_function_name(arg.items(), reader, object.depends);
  } else if (name == "window") {
    object[window] = arg.flag();
  } else {
    reader.error(option, "segue does not know the function option \"" + std::string(name) + "\"");
  }
}

void read_function(const sql::Node& node, DesiredReader& reader) {
  Object object;
  object.kind = &function;
  if (!routine::read_create_shared(node, reader, object) || !read_result(node, object, reader)) return;
  object[volatility] = std::string("volatile");
  object[strict] = false;
  object[leakproof] = false;
  object[parallel] = std::string("unsafe");
  object[window] = false;
  object[cost] = default_cost(object);
  object[rows] = default_rows(object);
  for (const sql::Node option : node.list("options")) read_option(option, object, reader);
  object[created_under] = body_path(object, reader.setting("search_path"));
  if (const Object* standing = reader.schema().find(object.key); standing != nullptr && standing->kind == &function)
    object[serves_type] = (*standing)[serves_type];
  routine::add_or_replace(std::move(object), node.flag("replace"), reader);
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  if (node.flag("is_procedure")) return reader.dispatch("CreateFunctionStmt/procedure", node, nullptr);
  read_function(node, reader);
}

/// functioncmds.c AlterFunction, for procedures too: find_routine says which it is.
void read_alter(const sql::Node& node, DesiredReader& reader) {
  Object* found = reader.find_routine(node["func"]);
  if (found == nullptr) return;
  for (const sql::Node option : node.list("actions")) {
    if (found->kind == &function) {
      read_option(option, *found, reader);
    } else if (found->kind != &procedure || !routine::read_shared_option(option, *found, reader)) {
      reader.error(option, "\"" + std::string(option.text("defname")) + "\" is no option of " + found->key);
    }
  }
}

constexpr model::StatementReader statements[] = {{"CreateFunctionStmt", read_create},
                                                 {"AlterFunctionStmt", read_alter}};

}  // namespace

const model::Kind function = {
    .name = "function",
    .sql_class = "FUNCTION",
    .attributes = attributes,
    .address = routine::address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = rebuilt,
    .made_with = [](const Object& object) { return object.text(serves_type); },
    .has_owner = true,
    .name_space = model::NameSpace::routine,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
