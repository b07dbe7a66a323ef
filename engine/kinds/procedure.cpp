// Procedures. PostgreSQL: pg_proc with prokind 'p', commands/functioncmds.c CreateFunction.
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

/// pg_proc.c ProcedureCreate: what OUT arguments return is the procedure's result row.
Change decide(const Sides& sides) {
  const bool same_row = routine::result_columns(routine::arguments_of(*sides.from)) ==
                        routine::result_columns(routine::arguments_of(*sides.to));
  return same_row && routine::may_replace_arguments(*sides.from, *sides.to) ? Change::in_place : Change::replace;
}

constexpr std::string_view new_signature =
    "CREATE OR REPLACE PROCEDURE cannot change output arguments, rename an input argument or take a default away";

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
};

void write(const Sides& sides, const std::string& head, const char* form, Emit& emit) {
  const Object& object = *sides.to;
  emit.statement(head + routine::quoted_name(object) + "(" +
                     routine::write_arguments(routine::arguments_of(object), routine::unwrap_defaults(object)) + ")" +
                     routine::write_tail(object, ""),
                 form)
      .search_path = routine::search_path_of(object);
}

void create(const Sides& sides, std::span<const Object* const>, Emit& emit) {
  write(sides, "CREATE PROCEDURE ", "CREATE PROCEDURE", emit);
}

void replace_in_place(const Sides& sides, Emit& emit) {
  write(sides, "CREATE OR REPLACE PROCEDURE ", "CREATE OR REPLACE FUNCTION", emit);
}

/// Types without a mode may also mean all arguments of another procedure, those for output too (parse_func.c
/// LookupFuncWithArgs): pg_dump says IN as well.
std::string address(const Object& object) {
  const routine::Arguments arguments = routine::arguments_of(object);
  std::string inputs;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (routine::is_input(arguments.modes[i])) inputs += (inputs.empty() ? "IN " : ", IN ") + arguments.types[i];
  }
  return routine::quoted_name(object) + "(" + inputs + ")";
}

void drop(const Sides& sides, Emit& emit) { emit.statement("DROP PROCEDURE " + address(*sides.from), "DROP FUNCTION"); }

bool rebuilt(const Object&) { return true; }

std::string query(int version) {
  return "SELECT " + routine::shared_columns(version) +
         " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
         "JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.prokind = 'p' AND " +
         routine::ours_and_independent();
}

void read_row(const Row& row, CatalogReader& reader) {
  reader.add(routine::read_shared(row, procedure), "pg_proc", row.text(0));
}

void read_create(const sql::Node& node, DesiredReader& reader) {
  Object object;
  object.kind = &procedure;
  if (!routine::read_create_shared(node, reader, object)) return;
  for (const sql::Node option : node.list("options")) {
    if (!routine::read_shared_option(option, object, reader)) {
      reader.error(option, "\"" + std::string(option.text("defname")) + "\" is no option of a procedure");
    }
  }
  routine::add_or_replace(std::move(object), node.flag("replace"), reader);
}

constexpr model::StatementReader statements[] = {{"CreateFunctionStmt/procedure", read_create}};

}  // namespace

const model::Kind procedure = {
    .name = "procedure",
    .sql_class = "PROCEDURE",
    .attributes = attributes,
    .address = address,
    .create = create,
    .drop = drop,
    .replace_in_place = replace_in_place,
    .rebuilt_when_disturbed = rebuilt,
    .has_owner = true,
    .name_space = model::NameSpace::routine,
    .signature = true,
    .query = query,
    .read_row = read_row,
    .statements = statements,
};

}  // namespace segue::kinds
