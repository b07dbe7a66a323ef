#include "source/names.h"

#include <map>
#include <set>

#include "base/quote.h"

namespace segue::source {

std::vector<std::string> qualified_names(const sql::Node& range_var) {
  std::vector<std::string> names;
  if (const auto in_schema = range_var.text("schemaname"); !in_schema.empty()) names.emplace_back(in_schema);
  names.emplace_back(range_var.text("relname"));
  return names;
}

std::vector<std::string> any_name(const sql::Node& node) {
  if (node.is("TypeName")) return sql::strings(node.list("names"));
  if (node.is("ObjectWithArgs")) return sql::strings(node.list("objname"));
  if (node.is("RangeVar") || node.has("relname")) return qualified_names(node);
  if (node.is("String")) return {std::string(node.text())};
  return sql::strings(node.items());
}

namespace {

/// Types whose SQL name is their typname (SELECT typname FROM pg_type WHERE format_type(oid, NULL) = typname).
const std::set<std::string>& plain_types() {  // NOLINT(readability-function-size): one table
  static const std::set<std::string> names = {"aclitem",
                                              "anyarray",
                                              "anycompatible",
                                              "anycompatiblearray",
                                              "anycompatiblemultirange",
                                              "anycompatiblenonarray",
                                              "anycompatiblerange",
                                              "anyelement",
                                              "anyenum",
                                              "anymultirange",
                                              "anynonarray",
                                              "anyrange",
                                              "bit",
                                              "box",
                                              "bytea",
                                              "cid",
                                              "cidr",
                                              "circle",
                                              "cstring",
                                              "date",
                                              "datemultirange",
                                              "daterange",
                                              "event_trigger",
                                              "fdw_handler",
                                              "gtsvector",
                                              "index_am_handler",
                                              "inet",
                                              "int2vector",
                                              "int4multirange",
                                              "int4range",
                                              "int8multirange",
                                              "int8range",
                                              "internal",
                                              "interval",
                                              "json",
                                              "jsonb",
                                              "jsonpath",
                                              "language_handler",
                                              "line",
                                              "lseg",
                                              "macaddr",
                                              "macaddr8",
                                              "money",
                                              "name",
                                              "numeric",
                                              "nummultirange",
                                              "numrange",
                                              "oid",
                                              "oidvector",
                                              "path",
                                              "pg_brin_bloom_summary",
                                              "pg_brin_minmax_multi_summary",
                                              "pg_ddl_command",
                                              "pg_dependencies",
                                              "pg_lsn",
                                              "pg_mcv_list",
                                              "pg_ndistinct",
                                              "pg_node_tree",
                                              "pg_snapshot",
                                              "point",
                                              "polygon",
                                              "record",
                                              "refcursor",
                                              "regclass",
                                              "regcollation",
                                              "regconfig",
                                              "regdictionary",
                                              "regnamespace",
                                              "regoper",
                                              "regoperator",
                                              "regproc",
                                              "regprocedure",
                                              "regrole",
                                              "regtype",
                                              "table_am_handler",
                                              "text",
                                              "tid",
                                              "trigger",
                                              "tsm_handler",
                                              "tsmultirange",
                                              "tsquery",
                                              "tsrange",
                                              "tstzmultirange",
                                              "tstzrange",
                                              "tsvector",
                                              "txid_snapshot",
                                              "unknown",
                                              "uuid",
                                              "void",
                                              "xid",
                                              "xid8",
                                              "xml"};
  return names;
}

/// Types that SQL names otherwise (format_type.c, the cases of its switch).
const std::map<std::string, std::string>& renamed_types() {
  static const std::map<std::string, std::string> names = {{"bool", "boolean"},      {"char", "\"char\""},
                                                           {"int8", "bigint"},       {"int2", "smallint"},
                                                           {"int4", "integer"},      {"float4", "real"},
                                                           {"any", "\"any\""},       {"float8", "double precision"},
                                                           {"bpchar", "bpchar"},     {"varchar", "character varying"},
                                                           {"varbit", "bit varying"}};
  return names;
}

/// datetime.h: the bits of interval's fields in a typmod (timestamp.c intervaltypmodout).
std::string interval_fields(std::int64_t mask) {
  constexpr std::int64_t month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11,
                         second = 1 << 12;
  static const std::map<std::int64_t, std::string> fields = {{year, " year"},
                                                             {month, " month"},
                                                             {day, " day"},
                                                             {hour, " hour"},
                                                             {minute, " minute"},
                                                             {second, " second"},
                                                             {year | month, " year to month"},
                                                             {day | hour, " day to hour"},
                                                             {day | hour | minute, " day to minute"},
                                                             {day | hour | minute | second, " day to second"},
                                                             {hour | minute, " hour to minute"},
                                                             {hour | minute | second, " hour to second"},
                                                             {minute | second, " minute to second"}};
  const auto found = fields.find(mask);
  return found == fields.end() ? "" : found->second;
}

std::vector<std::string> modifiers(const sql::Node& type_name) {
  std::vector<std::string> list;
  for (const sql::Node modifier : type_name.list("typmods")) {
    if (modifier.is("ColumnRef")) {
      list.push_back(sql::strings(modifier.list("fields")).back());
    } else if (modifier["sval"]) {
      list.emplace_back(modifier["sval"].text("sval"));
    } else if (modifier["fval"]) {
      list.emplace_back(modifier["fval"].text("fval"));
    } else if (modifier.is("A_Expr")) {
      list.push_back("-" + std::to_string(modifier["rexpr"]["ival"].number("ival")));  // numeric(3, -2)
    } else {
      list.push_back(std::to_string(modifier["ival"].number("ival")));
    }
  }
  return list;
}

std::string with_precision(const std::string& name, const std::vector<std::string>& mods, const std::string& zone) {
  return name + (mods.empty() ? "" : "(" + mods[0] + ")") + zone;
}

std::string builtin(const std::string& name, const std::vector<std::string>& mods) {
  if (name == "timestamp" || name == "time") return with_precision(name, mods, " without time zone");
  if (name == "timestamptz") return with_precision("timestamp", mods, " with time zone");
  if (name == "timetz") return with_precision("time", mods, " with time zone");
  if (name == "interval") {
    const std::string fields = mods.empty() ? "" : interval_fields(std::stoll(mods[0]));
    return "interval" + fields + (mods.size() > 1 ? "(" + mods[1] + ")" : "");
  }
  if (name == "numeric" && mods.size() == 1) return "numeric(" + mods[0] + ",0)";
  if (name == "bpchar" && !mods.empty()) return "character(" + mods[0] + ")";
  if (name == "bit" && mods.empty()) return "\"bit\"";  // the grammar makes bit(1) of BIT
  const auto other = renamed_types().find(name);
  return (other == renamed_types().end() ? name : other->second) + (mods.empty() ? "" : "(" + join(mods, ",") + ")");
}

}  // namespace

bool is_builtin_type(const std::string& typname) {
  return plain_types().count(typname) != 0 || renamed_types().count(typname) != 0 || typname == "timestamp" ||
         typname == "time" || typname == "timestamptz" || typname == "timetz";
}

std::string format_type(const sql::Node& type_name, const TypeResolver& resolve) {
  std::vector<std::string> names = sql::strings(type_name.list("names"));
  if (names.empty()) return "";
  const std::vector<std::string> mods = modifiers(type_name);
  std::string text;
  // an array type may be written by the name of its pg_type row: _text is text[]
  bool is_array = type_name.has("arrayBounds");
  const bool unqualified = names.size() == 1;
  const bool in_catalog = unqualified || names[names.size() - 2] == "pg_catalog";
  if (in_catalog && is_builtin_type(names.back())) {
    text = builtin(names.back(), mods);
  } else if (in_catalog && names.back().size() > 1 && names.back()[0] == '_' &&
             is_builtin_type(names.back().substr(1))) {
    text = builtin(names.back().substr(1), mods);
    is_array = true;
  } else {
    text = resolve(names);
    if (!mods.empty()) text += "(" + join(mods, ",") + ")";
  }
  return is_array ? text + "[]" : text;
}

bool is_builtin_collation(const std::string& name) {
  return name == "default" || name == "C" || name == "POSIX" || name == "ucs_basic" || name == "unicode" ||
         name == "pg_c_utf8" || name == "pg_unicode_fast" || name.find("-x-icu") != std::string::npos;
}

}  // namespace segue::source
