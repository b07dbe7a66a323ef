// Which database to talk to: the --db flag, the environment, or libpq's own defaults, as one libpq keyword string.
//
// Called by cli/ and by pg/embedded. Never connects, never reads the process environment itself (the caller hands a
// look-up in; only libpq's own PG* variables are read, by libpq) and never lets a password into a message.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"

namespace segue::pg {

/// Looks an environment variable up; absent when it is not set.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

struct ConnectionTarget {
  std::string conninfo;  ///< libpq keyword string to connect with; may hold a password, never to be printed
  std::string shown;     ///< for people: user@host:port/database, no password
  std::string database;  ///< the database's name as far as it is known before connecting, for hints
};

/// The first that is set and not empty of `db_flag`, SEGUE_DB and DATABASE_URL; empty when none is.
std::string database_setting(const std::optional<std::string>& db_flag, const Environment& environment);

/// The target that database_setting names. Accepts what libpq accepts (URL or keyword string) and SQLAlchemy's URLs
/// (`postgresql+asyncpg://…`). An empty setting leaves everything to libpq: PG* variables, services, .pgpass.
/// Fails with ErrorCode::usage when the string is malformed, or when it is the keyword `embedded`, which has no address
/// before pg/embedded has started a server; ask is_embedded first. Thread safe.
Result<ConnectionTarget> resolve_target(const std::optional<std::string>& db_flag, const Environment& environment);

/// As resolve_target, for a string that is already chosen (`--from URL`, `--ask URL`).
Result<ConnectionTarget> parse_target(const std::string& setting);

/// Whether the setting is the keyword `embedded`.
bool is_embedded(const std::string& setting);

/// `keyword='value'` as PQconninfoParse reads it back, with quotes and backslashes escaped.
std::string conninfo_pair(const std::string& keyword, const std::string& value);

/// The text with every part that may be a password replaced by `***`: for quoting a string that libpq cannot parse.
std::string redact(const std::string& conninfo);

}  // namespace segue::pg
