// PostgreSQL's own programs, run against a database: pg_dump to write its schema down, psql to run a script.
//
// Used by trial/. Never uses a shell, and never shows a password to other users of the machine.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pg/conninfo.h"

namespace segue::pg {

struct ClientPrograms {
  std::string directory;
  Environment environment;  ///< for what libpq reads there; may not be empty
};

/// What `pg_dump -s` prints of a database, but of segue's own schemas, with these arguments besides. Code database
/// where it fails, with what it said.
Result<std::string> dump_schema(const ClientPrograms& programs, const ConnectionTarget& target,
                                const std::vector<std::string>& arguments = {});

/// Runs the text of a script with psql, to its end or to its first error (code database, with psql's message).
Status run_script(const ClientPrograms& programs, const ConnectionTarget& target, const std::string& script);

}  // namespace segue::pg
