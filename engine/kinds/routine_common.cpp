#include "kinds/routine_common.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/quote.h"
#include "sql/lexer.h"

namespace segue::kinds::routine {
namespace {

using model::List;
using model::Object;

constexpr std::string_view wrap_head = "ROW(";

/// A cast to what stands for any type tells nothing, and the server refuses it.
bool can_cast_to(const std::string& type) { return type.rfind("any", 0) != 0 && type.rfind("\"any\"", 0) != 0; }

struct Wrapping {
  std::string before;
  std::string after;
};

Wrapping wrapping(const std::string& type) {
  if (!can_cast_to(type)) return {"(", ")"};
  return {"CAST((", ") AS " + type + ")"};
}

/// Types of the input arguments that the last `count` defaults belong to (ProcedureCreate: defaults stand last).
List types_with_default(const Arguments& arguments, std::size_t count) {
  List inputs;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (is_input(arguments.modes[i])) inputs.push_back(arguments.types[i]);
  }
  if (inputs.size() > count) inputs.erase(inputs.begin(), inputs.end() - static_cast<std::ptrdiff_t>(count));
  return inputs;
}

std::string mode_word(const std::string& mode) {
  if (mode == "o") return "OUT ";
  if (mode == "b") return "INOUT ";
  if (mode == "v") return "VARIADIC ";
  return "";
}

/// Names of the inputs, "" where there is none (funcapi.c get_func_input_arg_names).
List input_names(const Arguments& arguments) {
  List names;
  for (std::size_t i = 0; i < arguments.names.size(); ++i) {
    if (is_input(arguments.modes[i])) names.push_back(arguments.names[i]);
  }
  return names;
}

}  // namespace

bool is_input(const std::string& mode) { return mode == "i" || mode == "b" || mode == "v"; }
bool is_output(const std::string& mode) { return mode == "o" || mode == "b" || mode == "t"; }

std::string signature(const Arguments& arguments) {
  std::vector<std::string> inputs;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (is_input(arguments.modes[i])) inputs.push_back(arguments.types[i]);
  }
  return join(inputs, ", ");
}

std::string without_modifier(const std::string& type) {
  const std::vector<sql::Token> tokens = sql::tokens(type);
  std::string bare;
  int end = 0;
  int depth = 0;
  for (const sql::Token& token : tokens) {
    if (token.is('(')) ++depth;
    // What stands between tokens is kept, but for the space before a parenthesis.
    if (depth == 0) bare += type.substr(static_cast<std::size_t>(end), static_cast<std::size_t>(token.end - end));
    if (token.is(')')) --depth;
    end = token.end;
  }
  // format_type.c tells the two without a modifier from CHAR and BIT, which have one, where there may be one at all.
  const std::string array = bare.ends_with("[]") ? "[]" : "";
  if (bare == "bpchar" + array) return "character" + array;
  if (bare == "\"bit\"" + array) return "bit" + array;
  // `interval day to second`: the fields are a modifier too.
  if (bare.rfind("interval ", 0) == 0) bare = bare.find('[') == std::string::npos ? "interval" : "interval[]";
  return bare;
}

Arguments read_arguments(const sql::List& parameters, DesiredReader& reader, std::vector<std::string>& depends) {
  Arguments arguments;
  for (const sql::Node parameter : parameters) {
    const std::string_view mode = parameter.text("mode");
    arguments.names.emplace_back(parameter.text("name"));
    arguments.types.push_back(without_modifier(reader.type(parameter["argType"], depends)));
    arguments.modes.push_back(mode == "FUNC_PARAM_OUT"        ? "o"
                              : mode == "FUNC_PARAM_INOUT"    ? "b"
                              : mode == "FUNC_PARAM_VARIADIC" ? "v"
                              : mode == "FUNC_PARAM_TABLE"    ? "t"
                                                              : "i");
  }
  return arguments;
}

Arguments read_arguments(const Row& row, std::size_t names, std::size_t modes, std::size_t types) {
  Arguments arguments{row.list(names), row.list(modes), row.list(types)};
  arguments.names.resize(arguments.types.size());
  arguments.modes.resize(arguments.types.size(), "i");
  return arguments;
}

model::Value wrap_defaults(const std::vector<std::string>& expressions, const Arguments& arguments,
                           const std::string& search_path) {
  if (expressions.empty()) return {};
  const List types = types_with_default(arguments, expressions.size());
  std::vector<std::string> elements;
  for (std::size_t i = 0; i < expressions.size() && i < types.size(); ++i) {
    const Wrapping around = wrapping(types[i]);
    elements.push_back(around.before + expressions[i] + around.after);
  }
  return model::Definition{std::string(wrap_head) + join(elements, ", ") + ")", search_path};
}

std::vector<std::string> unwrap_defaults(const Object& routine) {
  const std::string& text = routine.definition(defaults).text;
  if (text.size() <= wrap_head.size() + 1) return {};
  const sql::Cutter cutter(text, sql::tokens(text));
  const auto elements = cutter.elements({static_cast<int>(wrap_head.size()), static_cast<int>(text.size()) - 1});
  const List types = types_with_default(arguments_of(routine), elements.size());
  std::vector<std::string> expressions;
  for (std::size_t i = 0; i < elements.size() && i < types.size(); ++i) {
    const Wrapping around = wrapping(types[i]);
    const std::string_view element = cutter.text(elements[i]);
    const std::size_t around_size = around.before.size() + around.after.size();
    if (element.size() < around_size) return {};
    expressions.emplace_back(element.substr(around.before.size(), element.size() - around_size));
  }
  return expressions;
}

std::string write_argument(const Arguments& arguments, std::size_t i) {
  const std::string& name = arguments.names[i];
  return mode_word(arguments.modes[i]) + (name.empty() ? "" : quote_identifier(name) + " ") + arguments.types[i];
}

std::string write_arguments(const Arguments& arguments, const std::vector<std::string>& default_expressions) {
  const auto inputs = static_cast<std::size_t>(std::count_if(arguments.modes.begin(), arguments.modes.end(),
                                                             [](const std::string& mode) { return is_input(mode); }));
  std::size_t input = 0;
  std::vector<std::string> written;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (arguments.modes[i] == "t") continue;
    std::string text = write_argument(arguments, i);
    if (is_input(arguments.modes[i])) {
      const std::size_t left = inputs - input++;
      if (left <= default_expressions.size()) {
        text += " DEFAULT " + default_expressions[default_expressions.size() - left];
      }
    }
    written.push_back(std::move(text));
  }
  return join(written, ", ");
}

Arguments arguments_of(const Object& routine) {
  return {routine.list(arg_names), routine.list(arg_modes), routine.list(arg_types)};
}

std::string quoted_name(const Object& routine) { return quote_qualified(routine.names[0], routine.names[1]); }

std::string address(const Object& routine) { return quoted_name(routine) + "(" + routine.names[2] + ")"; }

bool may_rename_inputs(const Arguments& from, const Arguments& to) {
  const List old = input_names(from);
  const List wanted = input_names(to);
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (!old[i].empty() && (i >= wanted.size() || wanted[i] != old[i])) return false;
  }
  return true;
}

std::vector<std::string> result_columns(const Arguments& arguments) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < arguments.types.size(); ++i) {
    if (!is_output(arguments.modes[i])) continue;
    const std::string name =
        arguments.names[i].empty() ? "column" + std::to_string(columns.size() + 1) : arguments.names[i];
    columns.push_back(quote_identifier(name) + " " + arguments.types[i]);
  }
  return columns;
}

bool may_replace_arguments(const Object& from, const Object& to) {
  return may_rename_inputs(arguments_of(from), arguments_of(to)) &&
         unwrap_defaults(from).size() <= unwrap_defaults(to).size();
}

std::string without_pg_catalog(const std::string& name) {
  constexpr std::string_view prefix = "pg_catalog.";
  return name.rfind(prefix, 0) == 0 ? name.substr(prefix.size()) : name;
}

std::string function_name_sql(const std::string& oid) {
  return "(SELECT CASE WHEN fn.nspname = 'pg_catalog' THEN '' ELSE pg_catalog.quote_ident(fn.nspname) || '.' END || "
         "pg_catalog.quote_ident(f.proname) FROM pg_catalog.pg_proc f "
         "JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace WHERE f.oid = " +
         oid + ")";
}

std::string canonical_number(const std::string& text) {
  const float value = std::strtof(text.c_str(), nullptr);
  char buffer[64];
  const auto written = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, written.ptr);
}

}  // namespace segue::kinds::routine
