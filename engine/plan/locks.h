// What a form of DDL locks, rewrites and scans: measured facts, by the form's name.
//
// Asked by the planner for each fragment. An unknown form counts as ACCESS EXCLUSIVE on all its relations.
#pragma once

#include <cstddef>
#include <string>

namespace segue::plan {

struct LockFact {
  std::string mode = "ACCESS EXCLUSIVE";  ///< on the target, the first relation; "" for none
  std::string other_mode;                 ///< on the further relations of the form
  bool rewrites = false;
  bool scans = false;
  bool known = false;
  std::size_t read = 0;  ///< which of the relations is scanned
};

LockFact lock_fact(const std::string& form, int server_version);

/// Whether mode `a` conflicts with more than mode `b` (lock.c: the levels 1 to 8).
int lock_level(const std::string& mode);
/// The mode of a level; "" for 0.
std::string lock_mode(int level);

}  // namespace segue::plan
