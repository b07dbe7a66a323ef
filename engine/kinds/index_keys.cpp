#include "kinds/index_keys.h"

#include <algorithm>

#include "sql/lexer.h"

namespace segue::kinds {
namespace {

/// Named where it is not that of the column, or of the expression, which only the server's parser knows: there its
/// printed form says whether somebody named one (ruleutils.c pg_get_indexdef_worker). The form of one key has none.
constexpr const char* collation_of_key =
    "CASE WHEN COALESCE(k.coll, 0) IN (0, COALESCE(a.attcollation, 100)) OR a.attname IS NULL AND pg_catalog.strpos("
    "pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.pg_get_indexdef(i.indexrelid, k.ord::integer, false) || "
    "' COLLATE ') = 0 THEN '' ELSE (SELECT "
    "pg_catalog.format('%I.%I', cn.nspname, co.collname) FROM pg_catalog.pg_collation co JOIN pg_catalog.pg_namespace "
    "cn ON cn.oid = co.collnamespace WHERE co.oid = k.coll) END";

/// Named where it is not the default of its type (ruleutils.c get_opclass_name) or has parameters; of an expression the
/// default of some type counts as said by nobody. The lists of defaults depend on no row: the server makes them once.
constexpr const char* opclass_of_key =
    "CASE WHEN k.ord > i.indnkeyatts OR p.parameters IS NULL AND k.cls IN (SELECT o.oid FROM pg_catalog.pg_opclass o "
    "WHERE o.opcdefault) AND ((k.cls, COALESCE(a.atttypid, 0)) IN (SELECT o.oid, o.opcintype FROM "
    "pg_catalog.pg_opclass o) OR (c.relam, COALESCE(a.atttypid, 0)) NOT IN (SELECT o.opcmethod, o.opcintype FROM "
    "pg_catalog.pg_opclass o WHERE o.opcdefault)) THEN '' "
    "ELSE (SELECT CASE WHEN ocn.nspname = 'pg_catalog' THEN pg_catalog.quote_ident(oc.opcname) ELSE "
    "pg_catalog.format('%I.%I', ocn.nspname, oc.opcname) END FROM pg_catalog.pg_opclass oc JOIN "
    "pg_catalog.pg_namespace ocn ON ocn.oid = oc.opcnamespace WHERE oc.oid = k.cls) || COALESCE(p.parameters, '') END";

/// A column's version ("pg_attver", see column.cpp) is no parameter.
constexpr const char* parameters_of_key =
    "SELECT (SELECT ' (' || pg_catalog.string_agg(pg_catalog.quote_ident(pg_catalog.split_part(o, '=', 1)) || '=' || "
    "pg_catalog.quote_literal(pg_catalog.substr(o, pg_catalog.strpos(o, '=') + 1)), ', ') || ')' FROM "
    "pg_catalog.unnest(ia.attoptions) o WHERE o NOT LIKE 'pg_attver=%') AS parameters FROM pg_catalog.pg_attribute ia "
    "WHERE ia.attrelid = i.indexrelid AND ia.attnum = k.ord AND ia.attoptions IS NOT NULL";

}  // namespace

/// Three texts for each key and included column: its name ("" for an expression), collation and operator class.
/// OFFSET 0 keeps each subquery one look into an index, whatever the planner knows of the catalog's size.
std::string index_keys_query() {
  return std::string("ARRAY(SELECT ARRAY[COALESCE(a.attname::pg_catalog.text, ''), ") + collation_of_key + ", " +
         opclass_of_key +
         "] FROM ROWS FROM (pg_catalog.unnest(i.indkey::pg_catalog.int2[]), "
         "pg_catalog.unnest(i.indcollation::pg_catalog.oid[]), pg_catalog.unnest(i.indclass::pg_catalog.oid[])) "
         "WITH ORDINALITY k(num, coll, cls, ord) LEFT JOIN LATERAL (SELECT a.attname, a.attcollation, a.atttypid FROM "
         "pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = k.num OFFSET 0) a ON true "
         "LEFT JOIN LATERAL (" +
         parameters_of_key + " OFFSET 0) p ON true ORDER BY k.ord)";
}

sql::Node key_expression(const sql::Node& element) {
  sql::Node expression = element["expr"];
  while (expression.is("CollateClause")) expression = expression["arg"];
  return expression;
}

std::string without_collation(const std::string& text) {
  const std::vector<sql::Token> tokens = sql::tokens(text);
  const auto last =
      std::find_if(tokens.rbegin(), tokens.rend(), [](const auto& one) { return one.is_word("collate"); });
  const auto end = last == tokens.rend() ? text.size() : static_cast<std::size_t>(last->begin);
  return text.substr(0, text.find_last_not_of(" \t\n\r", end - 1) + 1);
}

}  // namespace segue::kinds
