#include "kinds/define_options.h"

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/routine_common.h"

namespace segue::kinds::define {
namespace {

using model::Object;

/// The extension of contrib that brings a dictionary or a template of that name where it is not its own.
std::string extension_of(const std::string& name) {
  if (name == "intdict" || name == "intdict_template") return "dict_int";
  if (name == "xsyn" || name == "xsyn_template") return "dict_xsyn";
  return name;
}

/// Where the file's own CREATE EXTENSION puts what it brings; "" where it makes none that fits.
std::string schema_of_extension(const std::string& name, DesiredReader& reader, std::vector<std::string>& depends) {
  const Object* found = reader.schema().find(model::key_of(extension, {extension_of(name)}));
  if (found == nullptr) return "";
  depends.push_back(found->key);
  return found->text(model::attribute(extension, "schema"));
}

}  // namespace

std::string text_of(const sql::Node& arg) {
  if (arg.is("TypeName")) return join(sql::strings(arg.list("names")), ".");
  if (arg.is("Float")) return std::string(arg.text("fval"));
  if (arg.is("Integer")) return std::to_string(arg.number());
  if (arg.is("Boolean")) return arg.flag() ? "true" : "false";
  if (arg.is_list() || arg.is("List")) return join(sql::strings(arg.items()), ".");
  return std::string(arg.text());
}

bool flag_of(const sql::Node& arg) {
  if (!arg) return true;
  if (arg.is("Integer")) return arg.number() != 0;
  if (arg.is("Boolean")) return arg.flag();
  const std::string text = text_of(arg);
  return text == "true" || text == "on";
}

sql::List name_list(const sql::Node& arg) {
  if (arg.is("String")) return sql::List::of(arg);
  return arg.is("TypeName") ? arg.list("names") : arg.items();
}

std::vector<std::string> names_of(const sql::Node& arg) { return sql::strings(name_list(arg)); }

std::string read_name(const model::Kind& kind, const sql::List& name, DesiredReader& reader,
                      std::vector<std::string>& depends) {
  const std::vector<std::string> names = sql::strings(name);
  std::string text = reader.qualified(kind.name, name, depends);
  if (names.size() != 1 || text != quote_identifier(names[0])) return text;
  const std::string in_schema = schema_of_extension(names[0], reader, depends);
  return in_schema.empty() ? text : quote_qualified(in_schema, names[0]);
}

std::string read_routine(const sql::Node& node, DesiredReader& reader, std::vector<std::string>& depends) {
  if (const Object* found = reader.find_routine(node, true)) {
    depends.push_back(found->key);
    return quote_qualified(found->names[0], found->names[1]) + "(" + found->names[2] + ")";
  }
  if (node.flag("args_unspecified")) {
    reader.error(node, "the file makes no function " + join(sql::strings(node.list("objname")), "."),
                 "write its argument types");
    return "";
  }
  std::vector<std::string> types;
  for (const sql::Node type : node.list("objargs"))
    types.push_back(routine::without_modifier(reader.type(type, depends)));
  return routine::read_function_name(node.list("objname"), reader, depends) + "(" + join(types, ", ") + ")";
}

std::string routine_sql(const std::string& oid) {
  return "(SELECT " + name_sql("rn.nspname", "r.proname") +
         " || '(' || pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.format_type(u.t, NULL) FROM "
         "pg_catalog.unnest(r.proargtypes) "
         "WITH ORDINALITY u(t, o) ORDER BY u.o), ', ') || ')' FROM pg_catalog.pg_proc r "
         "JOIN pg_catalog.pg_namespace rn ON rn.oid = r.pronamespace WHERE r.oid = " +
         oid + ")";
}

std::string name_sql(const std::string& schema, const std::string& name) {
  return "CASE WHEN " + schema + " = 'pg_catalog' THEN pg_catalog.quote_ident(" + name +
         ") ELSE pg_catalog.format('%I.%I', " + schema + ", " + name + ") END";
}

}  // namespace segue::kinds::define
