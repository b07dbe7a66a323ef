// The catalog's schema as a person would have written it down.
//
// Used by inspect.cpp before the planner sees the schema. It changes how things are said and never what: what comes of
// it is the same database.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/schema.h"

namespace segue {

/// Serial columns in place of their sequences, versions of extensions left to the server, keys before conditions.
/// Returns statements that stand right before others, by the keys of the objects that those are about.
std::map<std::string, std::vector<std::string>> as_written(model::Schema& schema, int server_version);

}  // namespace segue
