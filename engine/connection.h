// The database of one command: the embedded server where it is asked for, sessions, and Ctrl-C passed on to them.
//
// Used by the facade. Never outlives the command; never knows what the sessions are for.
#pragma once

#include <memory>

#include "exec/executor.h"
#include "pg/conninfo.h"
#include "pg/embedded.h"
#include "pg/pool.h"
#include "segue.h"

namespace segue {

class Canceller;

class Connection {
 public:
  /// Starts the embedded server where the target names it, and opens the first session.
  static Result<std::unique_ptr<Connection>> open(const Target& target, const Callbacks& callbacks);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// A session that is cancelled when Callbacks::interrupted turns true: the first call hands out the one that open()
  /// made. The connection must outlive it.
  Result<std::unique_ptr<Session>> session();
  /// Takes back a session that was handed out, for the next call: it must be in no transaction.
  void keep(std::unique_ptr<Session> session) { first_ = std::move(session); }
  /// One more, for reading side by side with the first: null where the server has none to spare (then nobody waits, and
  /// nothing is said), behind a pooler, and where the processors are busy without it. From any thread, while the first
  /// is in use.
  std::unique_ptr<Session> helper();
  bool behind_pooler() const { return behind_pooler_; }
  /// For other programs: where the sessions go.
  const pg::ConnectionTarget& target() const { return target_; }

 private:
  Connection(const Target& target, const Callbacks& callbacks);
  Result<std::unique_ptr<Session>> connect();
  Result<std::shared_ptr<pg::PgSession>> open_or_take_up();

  Target settings_;
  Callbacks callbacks_;
  std::unique_ptr<pg::EmbeddedServer> server_;
  pg::ConnectionTarget target_;
  std::unique_ptr<Canceller> canceller_;
  std::unique_ptr<pg::Pool> helpers_;
  std::unique_ptr<Session> first_;
  bool behind_pooler_ = false;
};

/// A connection with its first session.
struct OpenSession {
  std::unique_ptr<Connection> connection;
  std::unique_ptr<Session> session;
};
Result<OpenSession> open_session(const Target& target, const Callbacks& callbacks);

/// What the target gives; one in which nothing is set where it gives none.
pg::Environment environment_of(const Target& target);

}  // namespace segue
