#include "kinds/reader.h"

#include "base/quote.h"

namespace segue::kinds {

bool Row::flag(std::size_t i) const { return view(i) == "t"; }

std::int64_t Row::number(std::size_t i) const { return rows->number(at, i); }

std::vector<std::string> Row::list(std::size_t i) const { return null(i) ? model::List{} : parse_array(view(i)); }

std::string ours(std::string_view catalog, std::string_view oid, std::string_view schema) {
  const std::string name(schema);
  std::string sql;
  if (!name.empty()) {
    sql += name + " !~ '^pg_' AND " + name + " NOT IN ('information_schema', 'segue', 'segue_retained') AND ";
  }
  // the members of all extensions are few, and found once; asking for each object would cost more than reading it
  sql += std::string(oid) +
         " NOT IN (SELECT ext.objid FROM pg_catalog.pg_depend ext WHERE ext.refclassid = "
         "'pg_catalog.pg_extension'::pg_catalog.regclass AND ext.classid = 'pg_catalog." +
         std::string(catalog) + "'::pg_catalog.regclass AND ext.deptype = 'e')";
  return sql;
}

model::Value printed(const Row& row, std::size_t i) {
  if (row.null(i)) return {};
  return model::Definition{row.text(i), ""};
}

model::Value text_or_absent(const Row& row, std::size_t i) {
  if (row.text(i).empty()) return {};
  return row.text(i);
}

}  // namespace segue::kinds
