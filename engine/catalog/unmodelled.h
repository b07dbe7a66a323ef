// What the database holds and no kind reads: named in every plan, never skipped.
#pragma once

#include <string>

namespace segue::catalog {

/// Rows of (object, note) for everything that users made and segue does not model.
std::string unmodelled_query(int server_version);

}  // namespace segue::catalog
