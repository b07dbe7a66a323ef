// A unique index that a key of its table takes over: ADD CONSTRAINT … USING INDEX makes it the key's own and gives it
// the key's name (tablecmds.c ATExecAddIndexConstraint). Nothing is built, and no row can come twice meanwhile.
//
// Used by index and constraint, each for its half: the one is not dropped, the other not built.
#pragma once

#include "model/kind.h"

namespace segue::kinds {

/// The key that comes and takes over an index that goes; null where none does.
const model::Object* key_over(const model::Object& index, const model::Sides& sides);
/// The index that a key takes over as it comes; null where it has to be built.
const model::Object* index_taken_over(const model::Object& key, const model::Sides& sides);

}  // namespace segue::kinds
