#include "catalog/sizes.h"

#include "base/quote.h"
#include "base/retained.h"

namespace segue::catalog {

// reltuples is -1 before the first VACUUM or ANALYZE; the statistics know of rows as they are written.
Result<std::map<std::string, Size>> sizes(Session& session) {
  auto rows = session.query(
      "WITH RECURSIVE below(root, leaf) AS ("
      "SELECT c.oid, c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
      "UNION SELECT b.root, i.inhrelid FROM below b JOIN pg_catalog.pg_inherits i ON i.inhparent = b.leaf) "
      "SELECT n.nspname, c.relname, "
      "pg_catalog.sum(GREATEST(l.reltuples, pg_catalog.pg_stat_get_live_tuples(l.oid), 0))::pg_catalog.int8 AS rows, "
      "pg_catalog.sum(l.relpages::pg_catalog.int8 * pg_catalog.current_setting('block_size')::pg_catalog.int8)"
      "::pg_catalog.int8 AS bytes "
      "FROM below b JOIN pg_catalog.pg_class l ON l.oid = b.leaf AND l.relkind <> 'p' "
      "JOIN pg_catalog.pg_class c ON c.oid = b.root JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "GROUP BY 1, 2 HAVING pg_catalog.sum(GREATEST(l.reltuples, pg_catalog.pg_stat_get_live_tuples(l.oid), 0)) > 0 "
      "OR pg_catalog.sum(l.relpages) > 0");
  if (!rows) return rows.failure();
  std::map<std::string, Size> found;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    const std::string name = quote_qualified(rows->at(i, 0).value_or(""), rows->at(i, 1).value_or(""));
    found[name] = {std::stoll(rows->at(i, 2).value_or("0")), std::stoll(rows->at(i, 3).value_or("0"))};
  }
  return found;
}

Result<std::set<std::string>> retained_names(Session& session) {
  auto rows = session.query(
      "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE n.nspname = 'segue_retained' UNION SELECT a.attname FROM pg_catalog.pg_attribute a "
      "WHERE pg_catalog.starts_with(a.attname, $1) AND NOT a.attisdropped",
      {std::string(retained_column_prefix)});
  if (!rows) return rows.failure();
  std::set<std::string> names;
  for (std::size_t i = 0; i < rows->size(); ++i) names.insert(rows->at(i, 0).value_or(""));
  return names;
}

}  // namespace segue::catalog
