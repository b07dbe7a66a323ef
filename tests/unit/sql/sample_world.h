// A small model for the tests of the canonical form: the schema app that the printed forms were made in.
//
// Used by the tests of sql/canonical. Never asks a database.
#pragma once

#include "sql/canonical.h"

namespace segue::sql::test {

/// Names as they resolve with search_path = `path` ("app"), or with an empty one.
Names sample_names(std::string_view path);

}  // namespace segue::sql::test
