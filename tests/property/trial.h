// Two schemas, from one to the other and back with segue as a library, judged by pg_dump.
//
// Called by property_test.cpp, shrink.cpp and tiny_test.cpp. It says what failed and never reports to GoogleTest, since
// shrinking wants to fail in silence.
#pragma once

#include <memory>
#include <string>

#include "pg/connect.h"
#include "support/server.h"
#include "world.h"

namespace segue::test {

/// How a trial ended.
struct Verdict {
  enum class Outcome { held, refused, failed };
  Outcome outcome = Outcome::held;
  std::string stage;   ///< "plan", "apply", "convergence" …
  std::string detail;  ///< what people read
  bool failed() const { return outcome == Outcome::failed; }
  /// The same for failures of one sort: names and numbers do not count.
  std::string signature() const;
};

/// An empty database for one trial. Making one costs more than a trial, so a database is emptied and used again.
class Scratch {
 public:
  explicit Scratch(Server& server);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  /// For the superuser `maker`, who owns all that a trial makes.
  std::string url() const;
  /// A session with the search_path that psql would have. Throws where there is none.
  std::unique_ptr<pg::PgSession> session() const;
  /// What pg_dump -s prints, the schemas of segue left out.
  std::string dump() const;

 private:
  Server& server_;
  std::string name_;
};

/// Makes `world` one that the server takes: what it refuses becomes what it was in `old`, or goes where it is not
/// there. Leaves the database empty. False where that does not end.
bool prune(World& world, const World* old, const Scratch& database);

/// Gives each table that takes one a row of its defaults.
void add_rows(const Scratch& database);

/// A schema file and a database made from it.
struct Place {
  const Scratch& database;
  std::string text;  ///< as it is planned towards
  std::string dump;
};

/// Plan twice, apply, plan again, roll back. Leaves the database of `from` as it was, unless it failed.
Verdict there_and_back(const Place& from, const Place& to);

/// Makes databases of both and goes from the first to the second; the other way too where `both` says so.
Verdict try_pair(Server& server, const World& from, const World& to, bool rows, bool both);

}  // namespace segue::test
