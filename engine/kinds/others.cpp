#include "kinds/others.h"

#include "base/quote.h"

namespace segue::kinds {

using acl::Acl;
using acl::Class;

acl::Class Other::of() const {
  if (!column.empty()) return Class::column;
  if (word == "table") return Class::relation;
  if (word == "sequence") return Class::sequence;
  if (word == "function" || word == "procedure") return Class::routine;
  if (word == "type") return Class::type;
  if (word == "schema") return Class::schema;
  return word == "language" ? Class::language : Class::foreign;
}

std::string Other::qualified() const { return quote_qualified(schema, name); }

std::string Other::in_grant() const {
  std::string text = word;
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  text += " " + qualified();
  return of() == Class::routine ? text + "(" + signature + ")" : text;
}

std::string Other::shown() const {
  if (!column.empty()) return "column " + qualified() + "." + quote_identifier(column);
  return word + " " + qualified() + (of() == Class::routine ? "(" + signature + ")" : "");
}

namespace {

/// A catalog with privileges, in the words of its query.
struct Source {
  std::string word;       ///< expression
  std::string catalog;    ///< "pg_class"
  std::string prefix;     ///< of its columns
  std::string type;       ///< of acldefault, expression
  std::string signature;  ///< expression
  std::string more;       ///< further condition
};

const std::vector<Source>& sources() {
  static const std::vector<Source> all = {
      {"CASE WHEN o.relkind = 'S' THEN 'sequence' ELSE 'table' END", "pg_class", "rel",
       "CASE WHEN o.relkind = 'S' THEN 's' ELSE 'r' END::\"char\"", "''",
       "o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"},
      {"CASE WHEN o.prokind = 'p' THEN 'procedure' ELSE 'function' END", "pg_proc", "pro", "'f'",
       "pg_catalog.oidvectortypes(o.proargtypes)", ""},
      {"'type'", "pg_type", "typ", "'T'", "''", ""},
      {"'schema'", "pg_namespace", "nsp", "'n'", "''", "o.nspname <> 'public'"},
      {"'language'", "pg_language", "lan", "'l'", "''", ""},
      {"'foreign data wrapper'", "pg_foreign_data_wrapper", "fdw", "'F'", "''", ""},
      {"'foreign server'", "pg_foreign_server", "srv", "'S'", "''", ""},
  };
  return all;
}

/// information_schema.sql runs after initdb.c setup_privileges has filled pg_init_privs: what it grants stands nowhere.
/// It is SELECT on all but these relations (the same seven from 13 to 18), and USAGE on the schema.
constexpr const char* granted_by_information_schema =
    "CASE WHEN n.nspname = 'information_schema' AND o.relname !~ '^_pg_' AND o.relname NOT IN ('sql_parts', "
    "'transforms') THEN pg_catalog.acldefault('r', o.relowner) || pg_catalog.makeaclitem(0, o.relowner, 'SELECT', "
    "false) END";
constexpr const char* granted_on_information_schema =
    "CASE WHEN o.nspname = 'information_schema' THEN pg_catalog.acldefault('n', o.nspowner) || "
    "pg_catalog.makeaclitem(0, o.nspowner, 'USAGE', false) END";

/// What is the same for the whole and for a column. Whoever grants first is the owner of that time, whom a change of
/// owner leaves in pg_init_privs.
std::string lists(const std::string& initial, const std::string& acl, const std::string& owner) {
  return "m.extname, pg_catalog.pg_get_userbyid(" + owner +
         "), coalesce((SELECT pg_catalog.pg_get_userbyid(x.grantor) FROM pg_catalog.aclexplode(i.initprivs) x LIMIT 1)"
         ", pg_catalog.pg_get_userbyid(" +
         owner + ")), " + initial + "::pg_catalog.text[], " + acl + "::pg_catalog.text[]";
}

/// FirstNormalObjectId: what initdb made is below. pg_toast and its like are nobody's to grant on.
std::string from(const std::string& catalog, const std::string& oid, const std::string& schema,
                 const std::string& part) {
  const std::string of = " = 'pg_catalog." + catalog + "'::pg_catalog.regclass AND ";
  return " LEFT JOIN ext m ON m.classid" + of + "m.objid = " + oid +
         " LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid" + of + "i.objoid = " + oid +
         " AND i.objsubid = " + part + " WHERE (m.objid IS NOT NULL OR " + oid + " < 16384" +
         (schema.empty() ? "" : " AND " + schema + " IN ('pg_catalog', 'information_schema')") + ")";
}

std::string whole(const Source& source, const std::function<std::string(const OtherCatalog&)>& condition) {
  const std::string column = "o." + source.prefix;
  const bool in_schema = source.prefix == "rel" || source.prefix == "pro" || source.prefix == "typ";
  const std::string schema = in_schema ? "n.nspname" : source.prefix == "nsp" ? "o.nspname" : "";
  std::string known = "i.initprivs";
  if (source.prefix == "rel") known = "coalesce(i.initprivs, " + std::string(granted_by_information_schema) + ")";
  if (source.prefix == "nsp") known = "coalesce(i.initprivs, " + std::string(granted_on_information_schema) + ")";
  const std::string initial =
      "coalesce(" + known + ", pg_catalog.acldefault(" + source.type + ", " + column + "owner))";
  return "SELECT " + source.word + ", " + (in_schema ? schema : "NULL::pg_catalog.name") + ", " + column + "name, " +
         source.signature + ", NULL::pg_catalog.name, " + lists(initial, column + "acl", column + "owner") +
         " FROM pg_catalog." + source.catalog + " o" +
         (in_schema ? " JOIN pg_catalog.pg_namespace n ON n.oid = " + column + "namespace" : "") +
         from(source.catalog, "o.oid", schema, "0") + (source.more.empty() ? "" : " AND " + source.more) + " AND (" +
         condition({in_schema ? schema : "NULL", column + "name", column + "acl", known}) + ")";
}

/// A catalog's system columns have privileges as well.
std::string columns(const std::function<std::string(const OtherCatalog&)>& condition) {
  return "SELECT 'column', n.nspname, o.relname, '', a.attname, " +
         lists("coalesce(i.initprivs, '{}')", "a.attacl", "o.relowner") +
         " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class o ON o.oid = a.attrelid "
         "JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace" +
         from("pg_class", "o.oid", "n.nspname", "a.attnum") +
         " AND NOT a.attisdropped AND o.relkind IN ('r', 'p', 'v', 'm', 'f') AND (" +
         condition({"n.nspname", "o.relname", "a.attacl", "i.initprivs"}) + ")";
}

}  // namespace

std::string others_query(const std::function<std::string(const OtherCatalog&)>& condition) {
  std::string sql =
      "WITH ext AS MATERIALIZED (SELECT d.classid, d.objid, e.extname FROM pg_catalog.pg_depend d "
      "JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid "
      "WHERE d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e') ";
  for (const Source& source : sources()) sql += whole(source, condition) + " UNION ALL ";
  return sql + columns(condition);
}

Other other_in(const Row& row) {
  Other other{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6), {}, false};
  other.initial = acl::from_aclitems(row.list(8), row.text(7));
  return other;
}

acl::Acl present_list(const Row& row, const Other& other) {
  if (row.null(9)) return other.column.empty() ? other.initial : Acl{};
  return acl::from_aclitems(row.list(9), other.owner);
}

}  // namespace segue::kinds
