// One libpqxx connection around a libpq handle: the same few calls over libpqxx 6, 7 and 8.
//
// Used by pg/pg_session.cpp alone; the differences between the majors stand in pqxx_compat.cpp and nowhere else.
// Never reconnects, never writes to stderr, and lets no exception out except std::bad_alloc.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/session.h"

struct pg_conn;

namespace segue::pg {

/// What libpqxx threw for a statement that failed.
struct RunFailure {
  std::string message;
  std::string sqlstate;  ///< empty where libpqxx had none
};

/// The rows of a statement, or its failure.
struct RunOutcome {
  Rows rows;
  std::optional<RunFailure> failure;
};

class PqxxConnection {
 public:
  /// Takes the open handle over and closes it at the end. libpqxx never opens one itself here: a handle that pg/connect
  /// made is known to the last detail (error fields, TLS, how far a failed attempt came), one of libpqxx's is not.
  explicit PqxxConnection(pg_conn* handle);
  PqxxConnection(const PqxxConnection&) = delete;
  PqxxConnection& operator=(const PqxxConnection&) = delete;
  ~PqxxConnection();

  /// Simple query protocol: any number of statements, the rows of the last.
  RunOutcome run(const std::string& sql);
  /// Extended query protocol: one statement with parameters as text.
  RunOutcome run(const std::string& sql, const std::vector<Parameter>& parameters);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace segue::pg
