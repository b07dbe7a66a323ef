// CREATE FUNCTION and CREATE PROCEDURE read from a file (commands/functioncmds.c CreateFunction), what both share.
#include <algorithm>
#include <cctype>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/routine_common.h"
#include "sql/lexer.h"

namespace segue::kinds::routine {
namespace {

using model::List;
using model::Object;

/// Of an argument's tokens, the text behind DEFAULT or `=` (gram.y func_arg_with_default).
sql::Span default_of(std::string_view text, sql::Span argument) {
  int depth = 0;
  sql::Span span;
  bool found = false;
  for (const sql::Token& token : sql::tokens(text)) {
    if (found) {
      if (span.empty()) span.begin = argument.begin + token.begin;
      span.end = argument.begin + token.end;
      continue;
    }
    if (depth == 0 && (token.is_word("default") || (token.kind == sql::TokenKind::op && token.text == "=")))
      found = true;
    if (token.is('(')) ++depth;
    if (token.is(')')) --depth;
  }
  return span;
}

/// The arguments stand in the first parentheses, in the order of the parameters; TABLE columns follow elsewhere.
void read_defaults(const sql::Node& node, const Arguments& arguments, DesiredReader& reader, Object& object) {
  const sql::List parameters = node.list("parameters");
  if (std::none_of(parameters.begin(), parameters.end(), [](const sql::Node& one) { return one.has("defexpr"); }))
    return;
  sql::Cutter cutter = reader.cutter();
  const std::vector<sql::Span> elements = cutter.elements(cutter.parenthesised());
  std::vector<std::string> expressions;
  std::string path;
  for (std::size_t i = 0; i < parameters.size() && i < elements.size(); ++i) {
    if (!parameters[i].has("defexpr")) {
      if (!expressions.empty() && is_input(arguments.modes[i])) {
        return reader.error(parameters[i], "input parameters after one with a default value must also have defaults");
      }
      continue;
    }
    const sql::Span span = default_of(cutter.text(elements[i]), elements[i]);
    model::Definition definition = reader.definition(span);
    path = definition.search_path;
    expressions.push_back(std::move(definition.text));
  }
  object[defaults] = wrap_defaults(expressions, arguments, path);
}

/// The statement's own bytes from `BEGIN ATOMIC` or `RETURN` on; only it can stand last.
void read_sql_body(const sql::Node& node, DesiredReader& reader, Object& object) {
  const bool block = !node["sql_body"].is("ReturnStmt");
  sql::Cutter cutter = reader.cutter();
  cutter.parenthesised();
  if (!cutter.skip_to_word(block ? "atomic" : "return")) return;
  model::Definition definition = reader.definition(cutter.rest());
  definition.text = std::string(sql_body_head) + (block ? "BEGIN ATOMIC " : "RETURN ") + definition.text;
  object[sql_body] = std::move(definition);
}

/// functioncmds.c interpret_AS_clause: C takes a library and perhaps a symbol, the others one string.
bool read_as(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::vector<std::string> parts = sql::strings(option["arg"].items());
  const bool in_c = object.text(language) == "c";
  if (parts.empty() || parts.size() > (in_c ? 2U : 1U)) {
    reader.error(option, "only one AS item needed for language " + quote_identifier(object.text(language)));
    return false;
  }
  if (!in_c) {
    // An internal function without a name of its own for the symbol has the function's.
    const bool symbol_is_name = object.text(language) == "internal" && parts[0].empty();
    object[body] = model::Definition{symbol_is_name ? object.names[1] : parts[0], ""};
    return true;
  }
  object[library] = parts[0];
  const bool named = parts.size() == 2 && parts[1] != "-";
  object[body] = model::Definition{named ? parts[1] : object.names[1], ""};
  return true;
}

/// The parameter's name as the server keeps it (guc.c find_option compares without case and keeps its own spelling).
std::string setting_name(std::string_view written) {
  std::string name(written);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const char* mixed : {"DateStyle", "IntervalStyle", "TimeZone"}) {
    std::string lower(mixed);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower == name) return mixed;
  }
  return name.find('.') != std::string::npos ? std::string(written) : name;
}

/// guc.c flatten_set_variable_args.
std::string flatten(const std::string& name, const sql::List& args, DesiredReader& reader) {
  std::vector<std::string> parts;
  for (const sql::Node arg : args) {
    if (!arg.is("A_Const")) {
      reader.error(arg, "SET " + name + " takes a constant in a routine", "write the value as a string");
      return "";
    }
    if (arg.has("ival")) {
      parts.push_back(std::to_string(arg["ival"].number("ival")));
    } else if (arg.has("fval")) {
      parts.emplace_back(arg["fval"].text("fval"));
    } else {
      const std::string text(arg["sval"].text("sval"));
      parts.push_back(is_quoted_list(name) ? quote_identifier(text) : text);
    }
  }
  return join(parts, ", ");
}

bool names_setting(const std::string& setting, const std::string& name) {
  return setting.size() > name.size() && setting[name.size()] == '=' && setting.compare(0, name.size(), name) == 0;
}

/// functioncmds.c update_proconfig_value with guc.c GUCArrayAdd and GUCArrayDelete: a known name keeps its place.
void apply_setting(const sql::Node& set, Object& object, DesiredReader& reader) {
  const std::string_view kind = set.text("kind");
  if (kind == "VAR_RESET_ALL") {
    object[config] = List{};
    return;
  }
  const std::string name = setting_name(set.text("name"));
  List settings = object.list(config);
  const auto at = std::find_if(settings.begin(), settings.end(),
                               [&](const std::string& setting) { return names_setting(setting, name); });
  if (kind == "VAR_SET_VALUE" || kind == "VAR_SET_CURRENT") {
    std::string value = kind == "VAR_SET_VALUE" ? flatten(name, set.list("args"), reader) : reader.setting(name);
    if (kind == "VAR_SET_CURRENT" && value.empty()) {
      return reader.error(set, "SET " + name + " FROM CURRENT takes a value that is not in the file",
                          "write the value: SET " + name + " TO '…', or set it in the file before");
    }
    if (at != settings.end()) {
      *at = name + "=" + value;
    } else {
      settings.push_back(name + "=" + value);
    }
  } else if (at != settings.end()) {
    settings.erase(at);
  }
  object[config] = std::move(settings);
}

void depend_on_language(Object& object, DesiredReader& reader) {
  for (const model::Kind* brings : {&kinds::extension, &kinds::language}) {
    std::string key = model::key_of(*brings, {object.text(language)});
    if (reader.schema().contains(key)) object.depends.push_back(std::move(key));
  }
}

/// Language first: AS means something else for each (CreateFunction looks it up before it reads the body).
bool read_language(const sql::Node& node, Object& object, DesiredReader& reader) {
  for (const sql::Node option : node.list("options")) {
    if (option.text("defname") == "language") object[language] = std::string(option["arg"].text());
  }
  if (!object.has(language)) {
    if (!node.has("sql_body")) {
      reader.error(node, "no language is given for " + quoted_name(object), "add LANGUAGE sql, plpgsql …");
      return false;
    }
    object[language] = std::string("sql");
  }
  depend_on_language(object, reader);
  return true;
}

}  // namespace

std::string read_function_name(const sql::List& name, DesiredReader& reader, std::vector<std::string>& depends) {
  const std::vector<std::string> names = sql::strings(name);
  if (names.empty()) return "";
  std::vector<std::string> schemas;
  if (names.size() > 1) {
    schemas.push_back(names[names.size() - 2]);
  } else {
    for (const std::string& schema_name : split_list(reader.setting("search_path"))) schemas.push_back(schema_name);
  }
  for (const std::string& schema_name : schemas) {
    std::vector<std::string> found;
    for (const Object& object : reader.schema().objects()) {
      if (object.kind->name_space != model::NameSpace::routine || object.names[1] != names.back()) continue;
      if (object.names[0] == schema_name) found.push_back(object.key);
    }
    if (found.empty()) continue;
    depends.insert(depends.end(), found.begin(), found.end());
    return quote_qualified(schema_name, names.back());
  }
  return without_pg_catalog(reader.qualified("function", name, depends));
}

/// functioncmds.c CreateFunction: each must be there when the routine comes (get_transform_oid).
void read_transforms(const sql::Node& option, Object& object, DesiredReader& reader) {
  List types;
  for (const sql::Node node : option["arg"].items()) {
    std::string type = without_modifier(reader.type(node, object.depends));
    const std::string key = model::key_of(transform, {type + " LANGUAGE " + quote_identifier(object.text(language))});
    if (reader.schema().contains(key)) object.depends.push_back(key);
    types.push_back(std::move(type));
  }
  object[transforms] = std::move(types);
}

bool read_shared_option(const sql::Node& option, Object& object, DesiredReader& reader) {
  const std::string_view name = option.text("defname");
  if (name == "security") {
    object[security_definer] = option["arg"].flag();
  } else if (name == "set") {
    apply_setting(option["arg"], object, reader);
  } else if (name == "language") {
    // Read by read_language.
  } else if (name == "as") {
    read_as(option, object, reader);
  } else if (name == "transform") {
    read_transforms(option, object, reader);
  } else {
    return false;
  }
  return true;
}

bool read_create_shared(const sql::Node& node, DesiredReader& reader, Object& object) {
  const Name name = reader.creation_name(sql::strings(node.list("funcname")));
  std::vector<std::string> depends;
  const Arguments arguments = read_arguments(node.list("parameters"), reader, depends);
  object = model::make_object(*object.kind, {name.schema, name.name, signature(arguments)},
                              model::key_of(schema, {name.schema}));
  object.depends = std::move(depends);
  object[arg_names] = arguments.names;
  object[arg_modes] = arguments.modes;
  object[arg_types] = arguments.types;
  object[security_definer] = false;
  object[config] = List{};
  object[transforms] = List{};
  if (!read_language(node, object, reader)) return false;
  read_defaults(node, arguments, reader, object);
  if (node.has("sql_body")) read_sql_body(node, reader, object);
  return true;
}

void add_or_replace(Object object, bool replace, DesiredReader& reader) {
  Object* standing = replace ? reader.schema().find(object.key) : nullptr;
  if (standing == nullptr) {
    reader.add(std::move(object));
    return;
  }
  standing->values = std::move(object.values);
  standing->depends = std::move(object.depends);
  standing->origin = reader.origin();
}

}  // namespace segue::kinds::routine
