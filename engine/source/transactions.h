// What the transactions of a file leave undone: a statement before ROLLBACK is as one that was never written.
//
// Used before a file is interpreted. Looks at BEGIN, COMMIT, ROLLBACK and savepoints alone (xact.c).
#pragma once

#include <optional>
#include <set>

#include "source/desired.h"

namespace segue::source {

struct Undone {
  std::set<const sql::Statement*> statements;
  std::optional<Location> open;  ///< a BEGIN that no COMMIT follows: the end of the session rolls it back
};

Undone undone_in(const Scripts& scripts);

}  // namespace segue::source
