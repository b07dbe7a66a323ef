#include "pg/versions.h"

#include <libpq-fe.h>

#include <pqxx/version>

namespace segue::pg {

std::string versions() {
  const int libpq = PQlibVersion();  // 150020: major times 10000, and minor
  return "libpqxx " PQXX_VERSION "\nlibpq " + std::to_string(libpq / 10000) + "." + std::to_string(libpq % 10000);
}

}  // namespace segue::pg
