#include "catalog/others.h"

#include "base/quote.h"

namespace segue::catalog {
namespace {

std::string names(const std::set<std::string>& list) {
  std::vector<std::string> quoted;
  for (const std::string& name : list) quoted.push_back(quote_literal(name));
  return "ARRAY[" + join(quoted, ", ") + "]::pg_catalog.name[]";
}

}  // namespace

Result<std::vector<kinds::Other>> others(Session& session, const kinds::WantedOthers& wanted) {
  const auto rows = session.query(kinds::others_query([&](const kinds::OtherCatalog& of) {
    return of.name + " = ANY (" + names(wanted.names) + ") OR " + of.schema + " = ANY (" + names(wanted.schemas) + ")";
  }));
  if (!rows) return rows.failure();
  std::vector<kinds::Other> found;
  for (std::size_t i = 0; i < rows->size(); ++i) found.push_back(kinds::other_in({&*rows, i}));
  return found;
}

}  // namespace segue::catalog
