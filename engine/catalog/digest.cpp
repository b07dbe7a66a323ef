#include "catalog/digest.h"

#include <map>

#include "base/hash.h"
#include "base/quote.h"

namespace segue::catalog {
namespace {

// Who asks decides what can be read. Names of roles and tablespaces are shared by all databases, and shown in
// definitions. What may only be read through a view, or not whole, stands for its catalog.
constexpr const char* shared =
    "WITH temporary AS MATERIALIZED (SELECT pg_catalog.array_agg(p.oid) AS relations FROM pg_catalog.pg_class p "
    "WHERE p.relpersistence = 't') "  // with their TOAST tables
    "SELECT pg_catalog.concat_ws(' ', current_user, pg_catalog.current_setting('server_version'), d.xmin) AS what, "
    "1::pg_catalog.int8 AS rows, 0::pg_catalog.numeric AS sum FROM pg_catalog.pg_database d "
    "WHERE d.datname = pg_catalog.current_database() "
    "UNION ALL SELECT 'pg_roles', pg_catalog.count(*), "
    "pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.concat_ws(' ', r.oid, r.rolname), 0)) "
    "FROM pg_catalog.pg_roles r "
    "UNION ALL SELECT 'pg_tablespace', pg_catalog.count(*), "
    "pg_catalog.sum(pg_catalog.hash_array_extended(ARRAY[t.xmin], 0)) FROM pg_catalog.pg_tablespace t "
    "UNION ALL SELECT 'pg_user_mappings', pg_catalog.count(*), "
    "pg_catalog.sum(pg_catalog.hashtextextended(ROW(u.*)::pg_catalog.text, 0)) FROM pg_catalog.pg_user_mappings u";

// Statistics, large objects and the progress of a subscription define nothing. Privileges are asked for last, since
// that looks every relation up.
constexpr const char* catalogs =
    "SELECT c.relname FROM (SELECT c.oid, c.relname FROM pg_catalog.pg_class c WHERE c.oid < 16384 "
    "AND c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace AND c.relkind = 'r' AND NOT c.relisshared "
    "AND c.relname NOT IN ('pg_statistic', 'pg_statistic_ext_data', 'pg_largeobject', 'pg_largeobject_metadata', "
    "'pg_subscription_rel') OFFSET 0) c WHERE pg_catalog.has_table_privilege(c.oid, 'SELECT') ORDER BY c.relname";

constexpr const char* not_temporary = " <> ALL (coalesce((SELECT relations FROM temporary), '{}'))";

/// What everybody may read of subscriptions, by version. Of the rest a superuser sees whether it changed: a query that
/// names what one may not read is refused as a whole, so the version of the row is asked for where the right is there.
std::string sum_over_subscriptions(int server_version) {
  std::string columns = "s.subname, s.subowner, s.subenabled, s.subslotname, s.subpublications";
  if (server_version >= 140000) columns += ", s.oid, s.subbinary, s.substream, s.subsynccommit";
  if (server_version >= 150000) columns += ", s.subtwophasestate, s.subdisableonerr";
  if (server_version >= 160000) columns += ", s.subpasswordrequired, s.subrunasowner, s.suborigin";
  if (server_version >= 170000) columns += ", s.subfailover";
  return " UNION ALL SELECT 'pg_subscription', pg_catalog.count(*), "
         "pg_catalog.sum(pg_catalog.hashtextextended(ROW(" +
         columns +
         ", CASE WHEN pg_catalog.has_table_privilege('pg_catalog.pg_subscription', 'SELECT') THEN "
         "pg_catalog.query_to_xml(pg_catalog.format('SELECT s.xmin FROM pg_catalog.pg_subscription s "
         "WHERE s.subdbid = %s AND s.subname = %L', s.subdbid, s.subname), true, true, '')::pg_catalog.text END"
         ")::pg_catalog.text, 0)) FROM pg_catalog.pg_subscription s";
}

/// A change of a row leaves a version with another xmin, and freezing keeps it: in-place updates, which do not, write
/// statistics and horizons alone (heap_inplace_update and its callers in vacuum.c and index.c).
constexpr const char* version_of_row = "pg_catalog.hash_array_extended(ARRAY[t.xmin], 0)";

/// TRUNCATE, REFRESH, REINDEX and VACUUM FULL write rows of pg_class for a new file: its definitions are hashed
/// instead.
std::string definition_of_relation(int server_version) {
  const std::string row =
      "ROW(t.oid, t.relname, t.relnamespace, t.reltype, t.reloftype, t.relowner, t.relam, t.reltablespace, "
      "t.relpersistence, t.relkind, t.relnatts, t.relrowsecurity, t.relforcerowsecurity, t.relreplident, "
      "t.relispartition, t.relacl, t.reloptions, t.relpartbound::pg_catalog.text)";
  return server_version >= 140000 ? "pg_catalog.hash_record_extended(" + row + ", 0)"
                                  : "pg_catalog.hashtextextended(" + row + "::pg_catalog.text, 0)";
}

/// Which rows of a catalog count, where not all do.
std::string counted(const std::string& catalog) {
  static const std::map<std::string, std::string> relation_of = {
      {"pg_attrdef", "adrelid"},     {"pg_attribute", "attrelid"}, {"pg_class", "oid"},
      {"pg_constraint", "conrelid"}, {"pg_index", "indrelid"},     {"pg_inherits", "inhrelid"},
      {"pg_rewrite", "ev_class"},    {"pg_sequence", "seqrelid"},  {"pg_trigger", "tgrelid"},
  };
  const auto relation = relation_of.find(catalog);
  if (relation != relation_of.end()) return " WHERE t." + relation->second + not_temporary;
  if (catalog == "pg_namespace") return " WHERE t.nspname !~ '^pg_(toast_)?temp_'";
  if (catalog == "pg_type") {
    return " WHERE t.typnamespace <> ALL (ARRAY(SELECT n.oid FROM pg_catalog.pg_namespace n "
           "WHERE n.nspname ~ '^pg_(toast_)?temp_'))";
  }
  // The others follow from what depends: a statement that changes them alone changes one of these.
  if (catalog == "pg_depend") {
    return std::string(
               " WHERE (t.deptype IN ('e', 'x') OR t.refobjsubid > 0 AND t.deptype IN ('a', 'i') "
               "AND t.classid = 'pg_catalog.pg_class'::pg_catalog.regclass "
               "AND t.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) AND t.objid") +
           not_temporary;
  }
  return "";
}

std::string sum_over(const std::string& catalog, int server_version) {
  const std::string hash = catalog == "pg_class" ? definition_of_relation(server_version) : version_of_row;
  return " UNION ALL SELECT " + quote_literal(catalog) + ", pg_catalog.count(*), pg_catalog.sum(" + hash + ") FROM " +
         quote_qualified("pg_catalog", catalog) + " t" + counted(catalog);
}

}  // namespace

Result<std::string> digest(Session& session) {
  const Result<Rows> names = session.query(catalogs);
  if (!names) return names.failure();
  std::string sql = shared + sum_over_subscriptions(session.server_version());
  for (std::size_t i = 0; i < names->size(); ++i)
    sql += sum_over(names->at(i, 0).value_or(""), session.server_version());
  const Result<Rows> sums = session.query(sql);
  if (!sums) return sums.failure();
  std::string text;
  for (std::size_t i = 0; i < sums->size(); ++i) {
    for (std::size_t column = 0; column < 3; ++column) text += sums->at(i, column).value_or("") + "\n";
  }
  return sha256(text);
}

}  // namespace segue::catalog
