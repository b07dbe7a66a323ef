#include "kinds/reader.h"

#include <cstdlib>

#include "base/quote.h"

namespace segue::kinds {
namespace {
const std::string empty;
}

const std::string& Row::text(std::size_t i) const {
  const auto& cell = rows->at(at, i);
  return cell ? *cell : empty;
}
bool Row::flag(std::size_t i) const { return text(i) == "t"; }
std::int64_t Row::number(std::size_t i) const { return std::strtoll(text(i).c_str(), nullptr, 10); }
std::vector<std::string> Row::list(std::size_t i) const { return null(i) ? model::List{} : parse_array(text(i)); }

std::string ours(std::string_view catalog, std::string_view oid, std::string_view schema) {
  const std::string name(schema);
  std::string sql;
  if (!name.empty()) {
    sql += name + " !~ '^pg_' AND " + name + " NOT IN ('information_schema', 'segue', 'segue_retained') AND ";
  }
  sql += "NOT EXISTS (SELECT FROM pg_catalog.pg_depend ext WHERE ext.classid = 'pg_catalog." + std::string(catalog) +
         "'::pg_catalog.regclass AND ext.objid = " + std::string(oid) + " AND ext.deptype = 'e')";
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
