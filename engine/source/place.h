// Where a piece of a definition stands in the files, for messages about it.
//
// Used by those who find out that a definition cannot be right only when the whole file is read.
#pragma once

#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/object.h"
#include "source/desired.h"

namespace segue::source {

/// The line of the object's statement.
Location place_of(const model::Object& object);

/// The place of a byte of one of the object's definitions; that of its statement where the file has other words.
Location place_of(const model::Object& object, std::string_view definition, int offset,
                  const std::vector<SchemaText>& texts);

}  // namespace segue::source
