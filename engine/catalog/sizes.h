// How large tables are, as far as the server knows without looking.
//
// Called by the planner's front where there is something to plan. Estimates of pg_class and of the statistics: reading
// them takes no lock on any table.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/result.h"
#include "base/session.h"

namespace segue::catalog {

struct Size {
  std::int64_t rows = 0;
  std::int64_t bytes = 0;  ///< of the heap alone, as of the last VACUUM or ANALYZE
};

/// By name, quoted and qualified as in SQL. A table with partitions or children counts theirs; a table that is empty,
/// or of which nothing is known, is left out.
Result<std::map<std::string, Size>> sizes(Session& session);

/// Names of what plans keep: the relations in the schema segue_retained, and columns that stay in their tables.
Result<std::set<std::string>> retained_names(Session& session);

}  // namespace segue::catalog
