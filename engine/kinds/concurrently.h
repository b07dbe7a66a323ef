// Indexes that are built and dropped, and partitions that are detached, outside of any transaction, while others write.
//
// Used by the kinds that have them. What a statement that was cut off leaves is an invalid index (indexcmds.c
// DefineIndex, index.c index_drop) or a partition that is pending (tablecmds.c ATExecDetachPartition): it says how to
// tell, and how to get rid of it. Never decides whether the server would take the statement.
#pragma once

#include <string>
#include <vector>

#include "model/kind.h"

namespace segue::kinds::concurrently {

/// `sql` builds the index on the relation.
void create(std::string sql, const char* form, const std::string& index, const std::string& relation,
            model::Emit& emit);
void drop(const std::string& index, const std::string& relation, model::Emit& emit);
/// Foreign keys that a partition has from above, and the tables that they refer to.
struct Keys {
  std::vector<std::string> names;
  std::vector<std::string> referenced;
};
/// `own`: names of the constraints that the table has of its own, before or after. What the server leaves beside them
/// goes at once: a check that copies the bound, and the foreign keys from above.
void detach(const std::string& partition, const std::string& parent, const std::vector<std::string>& own,
            const Keys& keys, model::Emit& emit);

}  // namespace segue::kinds::concurrently
