// What keeps a partition's column NOT NULL while that of its partitioned table is to lose it.
//
// Used by the planner. Never looks at tables below an inheritance parent, which lose theirs one by one
// (column_not_null.cpp), or at servers from 18 on, where each table's NOT NULL is a constraint of its own.
#pragma once

#include <set>
#include <string>

#include "model/kind.h"

namespace segue::kinds {

/// DROP NOT NULL of a partitioned table comes down to its partitions, and none of them may have a reason to keep it
/// (tablecmds.c ATPrepDropNotNull, ATExecDropNotNull).
struct HeldNotNull {
  std::set<std::string> taken_off;  ///< primary keys and replica identities of partitions: off meanwhile
  std::string identity;  ///< the column of a partition that stays an identity, whose sequence would be lost; or ""
};
HeldNotNull held_not_null(const model::Sides& sides);

}  // namespace segue::kinds
