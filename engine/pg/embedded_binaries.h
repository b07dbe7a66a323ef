// Where this machine keeps PostgreSQL's server programs.
//
// Used by pg/embedded. Never installs anything; when nothing is found it names the package to install.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "pg/conninfo.h"
#include "pg/embedded_process.h"

namespace segue::pg {

struct ServerBinaries {
  std::string directory;  ///< holds postgres and initdb
  int major = 0;
  std::string version;  ///< "15.20"
};

/// In this order: `explicit_directory` (or its bin/ or native/bin/; then no other place counts), SEGUE_PG_BIN, PATH,
/// and the places where packages put them, highest version first. A place counts when `user` can run its `postgres`,
/// and where a major is asked for, when it is of that one.
Result<ServerBinaries> find_server_binaries(const std::optional<std::string>& explicit_directory,
                                            const Environment& environment, const RunAs& user, int major = 0);

/// The whole environment for a server program: nothing of ours (a PGDATA or LANG of the caller must not matter).
std::vector<std::string> server_environment(const std::string& binary_directory);

/// 15 from "postgres (PostgreSQL) 15.20 (Debian …)", 18 from "… 18beta1"; absent for anything else.
std::optional<int> major_in(const std::string& version_output);

/// How to install a server on a system with this /etc/os-release.
std::string install_hint(const std::string& os_release);

}  // namespace segue::pg
