// A schema of any size, made up, with the mixture that large applications have.
//
// Called by bench.cpp. The same numbers always give the same bytes.
#pragma once

#include <string>

namespace segue::bench {

/// `tables` tables of 12 columns, each with a key, checks, two further indexes and a foreign key; a tenth as many
/// views, functions and enums.
std::string made_schema(int tables);

/// The same schema with 20 changes in it: columns added, defaults, checks and types changed, indexes added and dropped,
/// views and functions replaced, enums extended, tables added.
std::string changed_schema(int tables);

}  // namespace segue::bench
