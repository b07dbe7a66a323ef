// Rows for a scratch database, so that a plan meets tables that hold something; and what becomes of them.
//
// Used by `segue prove`. Values are made from the types, and from the literals of the checks, enums and partition
// bounds that they must satisfy: a table that takes none of them stays empty, and is named with the server's reason.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"

namespace segue::trial {

struct Refused {
  std::string table;  ///< quoted and qualified as in SQL
  std::string why;    ///< what the server said last
};

/// Fills every table of the database, those that others refer to first. Changes nothing else; runs the schema's own
/// triggers and defaults. What is returned stayed empty.
Result<std::vector<Refused>> fill_tables(Session& session);

struct TableContent {
  std::int64_t rows = 0;
  std::string digest;  ///< of the rows as a set, whatever the order of the columns
  std::string oid;     ///< by which a table is the same under another name
};

/// Of every table that holds rows of its own and every materialized view, by name, but those of segue.
Result<std::map<std::string, TableContent>> read_contents(Session& session);

}  // namespace segue::trial
