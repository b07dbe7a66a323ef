// A scratch database that is in the state from which a plan starts.
//
// Used by the facade: to prove a plan, and to ask about definitions where the target is not to be asked. Not part of
// the public interface.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "segue.h"
#include "trial/scratch.h"

namespace segue {

struct StartState {
  std::unique_ptr<trial::Scratch> scratch;  ///< keeps the databases
  trial::Surroundings surroundings;
  pg::ConnectionTarget database;

  /// One more database in this state: without rows, whatever became of the first.
  Status make_again(const Target& target, const Callbacks& callbacks);

  std::string schema;               ///< of a live database, as pg_dump writes it down
  std::optional<std::string> from;  ///< else the file or folder that the state is made of
};

bool is_url(const std::string& text);

struct StartRequest {
  std::string server = "embedded";     ///< or the URL of a superuser
  int major = 0;                       ///< 0: of the live database; where there is none, the newest that is installed
  std::optional<std::string> from;     ///< file, folder or URL; absent: the target's database
  std::optional<PlanRequest> to = {};  ///< where it leads from a file: the server gets the roles that either names
  std::string owner;                   ///< of what a file creates; "" for the superuser
  /// Looks at the live database, where there is one, before its schema is written down. May be empty.
  std::function<Status(Session&)> look = {};
};

/// Of the live database it reads the schema and the roles, and changes nothing. Codes: connection, io, database, and
/// those of apply where a file makes the state.
Result<StartState> make_start_state(const StartRequest& request, const Target& target, const Callbacks& callbacks);

/// Somebody else than the target is to be asked about definitions in doubt.
bool asks_scratch(const PlanRequest& request);

/// The one to ask; its session is null where the target is to be asked, or nobody.
struct Copy {
  StartState state;
  std::unique_ptr<Session> session;
};
Result<Copy> copy_to_ask(const PlanRequest& request, const Target& target, const Callbacks& callbacks);

/// A session with its database, as a role of it; "" for the superuser.
Result<std::unique_ptr<Session>> session_with(const pg::ConnectionTarget& database, const std::string& role,
                                              const Callbacks& callbacks);

}  // namespace segue
