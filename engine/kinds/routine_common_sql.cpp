// The catalog side of routines, and what CREATE writes behind the arguments.
#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/routine_common.h"
#include "sql/lexer.h"

namespace segue::kinds::routine {
namespace {

using model::Object;

/// guc.c: parameters whose value is a list of quoted identifiers (GUC_LIST_QUOTE).
constexpr std::string_view quoted_lists[] = {"local_preload_libraries",   "search_path",
                                             "session_preload_libraries", "shared_preload_libraries",
                                             "temp_tablespaces",          "unix_socket_directories"};

/// ruleutils.c pg_get_functiondef: a list as literals between commas, anything else as one literal.
std::string write_setting(const std::string& setting) {
  const std::size_t equals = setting.find('=');
  const std::string name = setting.substr(0, equals);
  const std::string value = equals == std::string::npos ? "" : setting.substr(equals + 1);
  std::string sql = "\n SET " + quote_identifier(name) + " TO ";
  if (!is_quoted_list(name)) return sql + quote_literal(value);
  std::vector<std::string> literals;
  for (const std::string& element : split_list(value)) literals.push_back(quote_literal(element));
  return sql + (literals.empty() ? "''" : join(literals, ", "));
}

std::string write_body(const Object& routine) {
  if (routine.has(sql_body)) return "\n" + routine.definition(sql_body).text.substr(sql_body_head.size());
  const std::string& text = routine.definition(body).text;
  if (routine.has(library)) return "\nAS " + quote_literal(routine.text(library)) + ", " + quote_literal(text);
  return "\nAS " + quote_dollar(text);
}

}  // namespace

bool is_quoted_list(std::string_view name) {
  for (const std::string_view known : quoted_lists) {
    if (known == name) return true;
  }
  return false;
}

std::vector<std::string> split_list(const std::string& value) {
  std::vector<std::string> names;
  for (const sql::Token& token : sql::tokens(value)) {
    if (token.is(',')) continue;
    std::string name(token.text);
    if (token.kind == sql::TokenKind::quoted_word && name.size() >= 2) {
      std::string bare;
      for (std::size_t i = 1; i + 1 < name.size(); ++i) {
        bare += name[i];
        if (name[i] == '"') ++i;
      }
      name = std::move(bare);
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::string shared_columns(int server_version) {
  return "p.oid, n.nspname, p.proname, l.lanname, p.proargnames, p.proargmodes, "
         "ARRAY(SELECT pg_catalog.format_type(u.t, NULL) FROM pg_catalog.unnest(COALESCE(p.proallargtypes, "
         "p.proargtypes::pg_catalog.oid[])) WITH ORDINALITY u(t, o) ORDER BY u.o), "
         "pg_catalog.pg_get_expr(p.proargdefaults, 0), p.prosecdef, p.proconfig, "
         "ARRAY(SELECT pg_catalog.format_type(u.t, NULL) FROM pg_catalog.unnest(p.protrftypes) "
         "WITH ORDINALITY u(t, o) ORDER BY u.o), p.prosrc, p.probin, " +
         std::string(server_version >= 140000
                         ? "CASE WHEN p.prosqlbody IS NOT NULL THEN pg_catalog.pg_get_function_sqlbody(p.oid) END"
                         : "NULL");
}

std::string ours_and_independent() {
  return ours("pg_proc", "p.oid", "n.nspname") +
         " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend made WHERE made.classid = "
         "'pg_catalog.pg_proc'::pg_catalog.regclass AND made.objid = p.oid AND made.deptype = 'i')";
}

Object read_shared(const Row& row, const model::Kind& kind) {
  const Arguments arguments = read_arguments(row, 4, 5, 6);
  Object object =
      model::make_object(kind, {row.text(1), row.text(2), signature(arguments)}, model::key_of(schema, {row.text(1)}));
  object[language] = row.text(3);
  object[arg_names] = arguments.names;
  object[arg_modes] = arguments.modes;
  object[arg_types] = arguments.types;
  if (!row.null(7)) {
    const std::string_view printed_defaults = row.view(7);
    const sql::Cutter cutter(printed_defaults, sql::tokens(printed_defaults));
    std::vector<std::string> expressions;
    for (const sql::Span element : cutter.elements({0, static_cast<int>(printed_defaults.size())})) {
      expressions.emplace_back(cutter.text(element));
    }
    object[defaults] = wrap_defaults(expressions, arguments, "");
  }
  object[security_definer] = row.flag(8);
  object[config] = row.list(9);
  object[transforms] = row.list(10);
  object[library] = text_or_absent(row, 12);
  if (row.null(13)) {
    object[body] = model::Definition{row.text(11), ""};
  } else {
    object[sql_body] = model::Definition{std::string(sql_body_head) + row.text(13), ""};
  }
  return object;
}

std::string write_tail(const Object& routine, const std::string& own_clauses) {
  std::string sql = "\n LANGUAGE " + quote_identifier(routine.text(language)) + own_clauses;
  std::vector<std::string> types;
  for (const std::string& type : routine.list(transforms)) types.push_back("FOR TYPE " + type);
  if (!types.empty()) sql += "\n TRANSFORM " + join(types, ", ");
  if (routine.flag(security_definer)) sql += "\n SECURITY DEFINER";
  for (const std::string& setting : routine.list(config)) sql += write_setting(setting);
  return sql + write_body(routine);
}

std::string search_path_of(const Object& routine) {
  const std::string& path = routine.definition(defaults).search_path;
  return path.empty() ? routine.definition(sql_body).search_path : path;
}

}  // namespace segue::kinds::routine
