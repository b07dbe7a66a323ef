// What outlives the object that it held the rows of, as people see it.
#pragma once

#include <cstdint>
#include <string>

namespace segue::exec {

struct RetainedRow {
  std::string relation;  ///< plan::Retained::relation
  std::string object;    ///< key of what was dropped
  std::string plan_id;
  std::string kept_at;
  std::int64_t age_seconds = 0;
  std::int64_t bytes = 0;
  bool exists = true;     ///< false where somebody has dropped it
  bool has_table = true;  ///< of a column: whether its table is there
};

}  // namespace segue::exec
