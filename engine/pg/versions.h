// The versions of the libraries that talk to the server, for `segue --version`.
#pragma once

#include <string>

namespace segue::pg {

/// "libpqxx 7.7.4" and "libpq 15.20", a line each.
std::string versions();

}  // namespace segue::pg
