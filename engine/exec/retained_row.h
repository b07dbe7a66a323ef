// A relation that outlives what it held the rows of, as people see it.
#pragma once

#include <cstdint>
#include <string>

namespace segue::exec {

struct RetainedRow {
  std::string relation;  ///< "segue_retained.books_1a2b3c4d", as in SQL
  std::string object;    ///< key of what was dropped
  std::string plan_id;
  std::string kept_at;
  std::int64_t age_seconds = 0;
  std::int64_t bytes = 0;
  bool exists = true;     ///< false where somebody has dropped the relation
  bool has_table = true;  ///< of a column: whether its table is there
};

}  // namespace segue::exec
