// Databases for a while, on a server that nobody else needs: the embedded one, or one that the user names.
//
// Used by `segue prove`. Whatever it makes there is gone with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "pg/client_programs.h"
#include "pg/embedded.h"
#include "pg/pg_session.h"

namespace segue::trial {

/// What a database needs of its server: read from the real one.
struct Surroundings {
  struct Role {
    std::string name;
    std::string options;  ///< "SUPERUSER CREATEROLE …"
  };
  struct Membership {
    std::string role;
    std::string member;
  };
  std::vector<Role> roles;
  std::vector<Membership> memberships;
  std::vector<std::string> tablespaces;
  std::string owner;  ///< of the database
  std::string user;   ///< who runs the plan
};

Result<Surroundings> read_surroundings(Session& session);

struct ScratchOptions {
  std::string server = "embedded";  ///< or a URL or keyword string of a superuser
  int major = 0;                    ///< of the embedded server, and of pg_dump and psql
  std::string directory;            ///< the embedded server keeps its data in .segue/ there
  pg::Environment environment;      ///< may not be empty
  std::function<void(const std::string&)> notice;
};

class Scratch {
 public:
  /// Codes connection (no server, or no programs of that major), io.
  static Result<std::unique_ptr<Scratch>> open(const ScratchOptions& options);
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  /// Drops what it made.
  ~Scratch();

  /// Makes those roles and tablespaces that the server lacks. What stands in a tablespace is in the server's own
  /// folder.
  Status make(const Surroundings& surroundings);
  /// An empty database that belongs to the role; "" for the one that we are.
  Result<pg::ConnectionTarget> make_database(const std::string& owner);
  /// The state of one of ours as the start of another.
  Result<pg::ConnectionTarget> copy_database(const pg::ConnectionTarget& like);

  const pg::ClientPrograms& programs() const { return programs_; }
  const std::string& shown() const { return target_.shown; }

 private:
  Scratch() = default;
  Result<pg::ConnectionTarget> create(const std::string& options);
  void drop_database(const std::string& name);
  Status make_roles(const Surroundings& surroundings);
  Status make_tablespaces(const std::vector<std::string>& names);

  pg::ClientPrograms programs_;
  std::unique_ptr<pg::EmbeddedServer> server_;
  pg::ConnectionTarget target_;
  std::unique_ptr<pg::PgSession> session_;
  std::vector<std::string> databases_;
  std::vector<std::string> roles_;
  std::vector<std::string> tablespaces_;
};

}  // namespace segue::trial
