// A database, what segue inspect makes of it, and the judgement of both promises: it plans to nothing against that
// database, and psql makes the same database of it.
//
// Called by the tests of this folder and by tests/servers. It reports through GoogleTest, and never looks into segue
// but through its program.
#pragma once

#include <string>
#include <vector>

#include "support/files.h"
#include "support/process.h"
#include "support/server.h"

namespace segue::test {

class Inspected {
 public:
  /// Runs `segue inspect --out OUT MORE…` against the database in a folder of its own.
  explicit Inspected(const Database& database, const std::vector<std::string>& more = {},
                     std::string out = "schema.sql");

  const Outcome& outcome() const { return outcome_; }
  /// A written file, by its path within the folder.
  std::string text(const std::string& file = "schema.sql") const { return read_file(folder_ / file); }
  bool has(const std::string& file) const { return std::filesystem::exists(folder_ / file); }
  const TempDir& folder() const { return folder_; }

  /// The plan of what was written has no step, also where the file is the whole truth about the database.
  void expect_plans_to_nothing(const std::vector<std::string>& more = {}) const;
  /// psql makes a database of it that pg_dump cannot tell from the first.
  void expect_makes_the_same() const;

 private:
  const Database& database_;
  TempDir folder_;
  std::string out_;
  Outcome outcome_;
};

/// Both promises for a database.
void expect_round_trip(const Database& database);

}  // namespace segue::test
