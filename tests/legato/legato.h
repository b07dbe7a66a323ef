// Legato's database for a test: owned by the role that the platform deploys with, and segue run against it.
//
// Called by the tests of this folder and by tests/servers. It never makes tables itself: that is segue's part.
#pragma once

#include <string>
#include <vector>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {

/// The user that Legato's database belongs to and that segue comes as: no superuser.
inline constexpr const char* deployer = "legato";

class LegatoDatabase {
 public:
  explicit LegatoDatabase(Server& server = Server::shared());

  /// As the deployer, not as the superuser of the tests.
  std::string url() const;
  const Database& database() const { return database_; }
  const TempDir& folder() const { return folder_; }

  /// segue COMMAND --db URL …, in a folder that holds the platform's schema.sql.
  Outcome segue(std::vector<std::string> arguments) const;
  /// Applies schema.sql; throws std::runtime_error where that fails.
  void deploy() const;
  /// The five characters with which the server refuses the script; "" where it runs.
  std::string refusal(const std::string& script) const;
  /// Writes a schema beside schema.sql: the platform's, with `from` replaced by `to`, which has to stand there once.
  std::string write_changed_schema(const std::string& name, const std::string& from, const std::string& to) const;

 private:
  Database database_;
  TempDir folder_;
};

/// A reader, an author, a book with two chapters, and what they do: the least that all tables have a row.
extern const char* const some_life;

}  // namespace segue::test
