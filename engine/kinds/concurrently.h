// Indexes that are built and dropped outside of any transaction, while others write.
//
// Used by the kinds that have indexes. What a statement that was cut off leaves is an invalid index (indexcmds.c
// DefineIndex, index.c index_drop): it says how to tell, and how to get rid of it.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds::concurrently {

/// `sql` builds the index on the relation.
void create(std::string sql, const char* form, const std::string& index, const std::string& relation,
            model::Emit& emit);
void drop(const std::string& index, const std::string& relation, model::Emit& emit);

}  // namespace segue::kinds::concurrently
