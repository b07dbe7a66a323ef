// A row of the history, as people read it.
//
// Filled by exec/history, handed out by the facade (segue.h), printed by cli/. Never holds SQL or a password.
#pragma once

#include <cstdint>
#include <string>

namespace segue::exec {

struct HistoryRow {
  std::int64_t id = 0;
  std::string plan_id;
  std::string verb;
  std::string outcome;
  std::string started_at;
  std::int64_t duration_ms = 0;
  std::string who;
  std::string client;
  std::string tool_version;
  int steps = 0;
  bool hand_edited = false;
  std::int64_t undone_by = 0;
  std::string failed_step;
  std::string error;
  std::string way_back;  ///< of an apply that stands: what a rollback would bring back (way_back.h)
  bool intact = true;    ///< the row and its place in the chain are as they were written
};

}  // namespace segue::exec
