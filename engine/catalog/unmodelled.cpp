#include "catalog/unmodelled.h"

#include <vector>

#include "kinds/reader.h"

namespace segue::catalog {
namespace {

/// One catalog: its name, how a row of it is shown, where its schema comes from ("" where it has none), what to leave
/// out.
struct Source {
  std::string catalog;
  std::string shown;
  std::string name_column;
  std::string schema_column;
  std::string condition = "true";
};

std::vector<Source> sources() {
  return {
      {"pg_type", "base type", "typname", "typnamespace", "(o.typtype = 'b' AND o.typelem = 0 OR o.typtype = 'p')"},
      {"pg_subscription", "subscription", "subname", "",
       "o.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())"},
  };
}

std::string one(const Source& source) {
  const bool in_schema = !source.schema_column.empty();
  std::string sql = "SELECT '" + source.shown + " ' || ";
  sql += in_schema ? "pg_catalog.format('%I.%I', n.nspname, o." + source.name_column + ")" : "o." + source.name_column;
  sql += ", 'segue does not model this kind of object; it is left as it is' FROM pg_catalog." + source.catalog + " o";
  if (in_schema) sql += " JOIN pg_catalog.pg_namespace n ON n.oid = o." + source.schema_column;
  sql += " WHERE o.oid >= 16384 AND " + source.condition + " AND " +
         kinds::ours(source.catalog, "o.oid", in_schema ? "n.nspname" : "");
  return sql;
}

}  // namespace

std::string unmodelled_query(int) {
  std::string sql;
  for (const Source& source : sources()) sql += (sql.empty() ? "" : " UNION ALL ") + one(source);
  return sql + " ORDER BY 1";
}

}  // namespace segue::catalog
