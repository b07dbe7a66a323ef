// What functions, procedures and aggregates share: arguments, argument defaults, types without modifiers, options.
//
// Used by function.cpp, procedure.cpp and aggregate.cpp. Holds no rule of one kind alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kinds/reader.h"
#include "model/kind.h"

namespace segue::kinds::routine {

/// The attributes that function and procedure share stand first, in this order, in both tables.
enum : std::size_t {
  language,
  arg_names,
  arg_modes,
  arg_types,
  defaults,
  security_definer,
  config,
  transforms,
  body,
  library,
  sql_body,
  shared_count
};

/// Arguments as pg_proc keeps them, always one element for each (also OUT and TABLE). Modes: i, o, b, v, t.
struct Arguments {
  model::List names;  ///< "" where it has none
  model::List modes;
  model::List types;  ///< as format_type prints them, without modifiers
};

/// An SQL-standard body is kept as a whole statement, so that it parses: behind this head stands what was written.
inline constexpr std::string_view sql_body_head = "CREATE FUNCTION body() RETURNS record ";

/// Whether a mode is one of those by which pg_proc.proargtypes identifies a routine.
bool is_input(const std::string& mode);
bool is_output(const std::string& mode);

/// `integer, text`: the types of the input arguments.
std::string signature(const Arguments& arguments);

/// A type as routines know it: format_type without its modifier (parse_func.c keeps none).
std::string without_modifier(const std::string& type);

/// FunctionParameters; depends receives what the types need.
Arguments read_arguments(const sql::List& parameters, DesiredReader& reader, std::vector<std::string>& depends);
/// Arrays of the catalog, NULL where every argument is a nameless input.
Arguments read_arguments(const Row& row, std::size_t names, std::size_t modes, std::size_t types);

/// Argument defaults as one definition, comparable as an expression: ROW(CAST((expr) AS type), …).
model::Value wrap_defaults(const std::vector<std::string>& expressions, const Arguments& arguments,
                           const std::string& search_path);
/// The expressions of wrap_defaults again, byte for byte.
std::vector<std::string> unwrap_defaults(const model::Object& routine);

/// `a integer, OUT b text DEFAULT 1`, without TABLE columns.
std::string write_arguments(const Arguments& arguments, const std::vector<std::string>& default_expressions);
/// One argument: `VARIADIC rest integer[]`.
std::string write_argument(const Arguments& arguments, std::size_t i);

Arguments arguments_of(const model::Object& routine);

/// `public.f(integer, text)`: names and identity types.
std::string address(const model::Object& routine);
/// `public.f`.
std::string quoted_name(const model::Object& routine);

/// pg_proc.c ProcedureCreate: whether CREATE OR REPLACE may turn these input names into those ("cannot change name of
/// input parameter": a name may be given, never changed or taken away).
bool may_rename_inputs(const Arguments& from, const Arguments& to);
/// The columns that OUT, INOUT and TABLE arguments make, `column%d` where one has no name
/// (build_function_result_tupdesc_t).
std::vector<std::string> result_columns(const Arguments& arguments);
/// Whether the arguments of one may become those of the other in place; the kinds add what they know of results.
bool may_replace_arguments(const model::Object& from, const model::Object& to);

/// The columns of the catalog query that fill the shared attributes, over `pg_proc p`, `pg_namespace n`, `pg_language
/// l`: oid, schema and name first. Shared attributes are read by read_shared.
std::string shared_columns(int server_version);
inline constexpr std::size_t shared_column_count = 14;
model::Object read_shared(const Row& row, const model::Kind& kind);
/// WHERE: ours, and not made by a range type or the like.
std::string ours_and_independent();

/// CREATE's statement reader for everything shared; false where an error was reported. Fills names and parent of
/// `object`.
bool read_create_shared(const sql::Node& node, DesiredReader& reader, model::Object& object);
/// One option of CREATE or ALTER that both kinds know; false where it is none of those.
bool read_shared_option(const sql::Node& option, model::Object& object, DesiredReader& reader);
/// Adds the object, or with OR REPLACE gives the one that stands its values.
void add_or_replace(model::Object object, bool replace, DesiredReader& reader);

/// Clauses behind the head: LANGUAGE first, then `own_clauses`, SECURITY DEFINER, SET … and the body.
std::string write_tail(const model::Object& routine, const std::string& own_clauses);
/// The search path under which the file's own text in the statement reads right.
std::string search_path_of(const model::Object& routine);

/// A function's name as an option holds it: bare where it is the server's own.
std::string without_pg_catalog(const std::string& name);
/// The same of a name in the file, under its search path; depends receives every routine of the file that it may mean.
std::string read_function_name(const sql::List& name, DesiredReader& reader, std::vector<std::string>& depends);
/// SQL for such a name from an oid; NULL for none.
std::string function_name_sql(const std::string& oid);

/// Whether a parameter's value is a list of identifiers, each quoted where it needs it (guc.h GUC_LIST_QUOTE).
bool is_quoted_list(std::string_view name);

/// The elements of such a value, unquoted (varlena.c SplitGUCList).
std::vector<std::string> split_list(const std::string& value);

/// float4 as both sides write it.
std::string canonical_number(const std::string& text);

}  // namespace segue::kinds::routine
