#include "pg/embedded_binaries.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace segue::pg {
namespace {

namespace fs = std::filesystem;

constexpr int oldest_major = 13;

bool holds_server(const std::string& directory) {
  return ::access((directory + "/postgres").c_str(), X_OK) == 0 && ::access((directory + "/initdb").c_str(), X_OK) == 0;
}

/// The numbered directories that packages make, /usr/lib/postgresql/15/bin and /usr/pgsql-15/bin, newest first.
std::vector<std::string> packaged_directories() {
  std::vector<std::pair<int, std::string>> found;
  const auto look = [&found](const std::string& parent, const std::string& prefix) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(parent, ignored)) {
      const std::string name = entry.path().filename().string();
      if (name.compare(0, prefix.size(), prefix) != 0) continue;
      const int major = std::atoi(name.c_str() + prefix.size());
      if (major > 0 && holds_server(entry.path().string() + "/bin"))
        found.emplace_back(major, entry.path().string() + "/bin");
    }
  };
  look("/usr/lib/postgresql", "");
  look("/usr", "pgsql-");
  std::sort(found.rbegin(), found.rend());
  std::vector<std::string> directories;
  directories.reserve(found.size());
  for (auto& [major, directory] : found) directories.push_back(std::move(directory));
  for (const char* fixed : {"/usr/local/pgsql/bin", "/usr/local/bin", "/opt/homebrew/bin"})
    directories.emplace_back(fixed);
  return directories;
}

std::vector<std::string> path_directories(const Environment& environment) {
  std::vector<std::string> directories;
  std::istringstream path(environment ? environment("PATH").value_or("") : "");
  for (std::string directory; std::getline(path, directory, ':');) {
    if (!directory.empty() && directory.front() == '/') directories.push_back(directory);
  }
  return directories;
}

Result<ServerBinaries> examine(const std::string& directory, const RunAs& user) {
  // Links resolved: initdb looks for its files beside the binary that it really is.
  std::error_code failed;
  const fs::path real = fs::canonical(directory + "/postgres", failed);
  ServerBinaries binaries;
  binaries.directory = failed || !holds_server(real.parent_path().string()) ? directory : real.parent_path().string();
  Program program;
  program.arguments = {binaries.directory + "/postgres", "--version"};
  program.environment = server_environment(binaries.directory);
  program.user = user;
  Result<std::string> output = run_and_read(program, std::chrono::seconds(20));
  if (!output) {
    Diagnostic problem = output.error();
    problem.code = ErrorCode::connection;
    if (user.change) problem.hint = "the folder and all above it must be open to the user " + user.name;
    return problem;
  }
  const std::optional<int> major = major_in(*output);
  if (!major || *major < oldest_major) {
    return Diagnostic::error(ErrorCode::connection, binaries.directory + "/postgres is no PostgreSQL " +
                                                        std::to_string(oldest_major) + " or newer: " + *output);
  }
  binaries.major = *major;
  const std::size_t begin = output->find_first_of("0123456789");
  binaries.version = output->substr(begin, output->find_first_of(" \n", begin) - begin);
  return binaries;
}

Result<ServerBinaries> examine_explicit(const std::string& given, const RunAs& user) {
  for (const char* below : {"", "/bin", "/native/bin"}) {
    if (holds_server(given + below)) return examine(given + below, user);
  }
  return Diagnostic::error(ErrorCode::connection, "no PostgreSQL server programs (postgres, initdb) in " + given,
                           "name the folder that holds them, or leave the choice to segue");
}

std::string file_text(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::map<std::string, std::string> os_release_values(const std::string& os_release) {
  std::map<std::string, std::string> values;
  std::istringstream lines(os_release);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    std::string value = line.substr(equals + 1);
    value.erase(std::remove(value.begin(), value.end(), '"'), value.end());
    values[line.substr(0, equals)] = value;
  }
  return values;
}

/// The versioned package of a release; the unversioned one pulls in the same server for those not named here.
std::string debian_package(const std::string& id, const std::string& version) {
  static const std::map<std::string, std::string> packages = {
      {"debian 11", "postgresql-13"},    {"debian 12", "postgresql-15"},    {"debian 13", "postgresql-17"},
      {"ubuntu 22.04", "postgresql-14"}, {"ubuntu 24.04", "postgresql-16"},
  };
  const auto found = packages.find(id + " " + version);
  return found == packages.end() ? "postgresql" : found->second;
}

}  // namespace

std::optional<int> major_in(const std::string& version_output) {
  static const std::string product = "(PostgreSQL) ";
  const std::size_t at = version_output.find(product);
  if (at == std::string::npos) return std::nullopt;
  const int major = std::atoi(version_output.c_str() + at + product.size());
  return major > 0 ? std::optional<int>(major) : std::nullopt;
}

std::string install_hint(const std::string& os_release) {
  const auto values = os_release_values(os_release);
  const auto value = [&](const char* key) { return values.count(key) != 0 ? values.at(key) : std::string(); };
  const std::string family = " " + value("ID") + " " + value("ID_LIKE") + " ";
  const auto is_like = [&](const std::string& name) { return family.find(" " + name + " ") != std::string::npos; };
  std::string command;
  if (is_like("debian") || is_like("ubuntu"))
    command = "apt-get install " + debian_package(value("ID"), value("VERSION_ID"));
  if (is_like("fedora") || is_like("rhel") || is_like("centos")) command = "dnf install postgresql-server";
  if (is_like("alpine")) command = "apk add postgresql";
  if (is_like("arch")) command = "pacman -S postgresql";
  if (is_like("suse") || is_like("opensuse")) command = "zypper install postgresql-server";
  const std::string otherwise = "name the folder of an installed server's programs with SEGUE_PG_BIN";
  return (command.empty() ? "install the PostgreSQL server" : command) + ", or " + otherwise;
}

std::vector<std::string> server_environment(const std::string& binary_directory) {
  std::vector<std::string> environment = {"PATH=" + binary_directory + ":/usr/bin:/bin", "LC_ALL=C", "TZ=UTC"};
  // Relocatable builds (npm's @embedded-postgres) bring their libraries along in ../lib.
  if (binary_directory.compare(0, 5, "/usr/") != 0) {
    environment.push_back("LD_LIBRARY_PATH=" + fs::path(binary_directory).parent_path().string() + "/lib");
  }
  return environment;
}

Result<ServerBinaries> find_server_binaries(const std::optional<std::string>& explicit_directory,
                                            const Environment& environment, const RunAs& user, int major) {
  if (explicit_directory) return examine_explicit(*explicit_directory, user);
  const std::optional<std::string> named = environment ? environment("SEGUE_PG_BIN") : std::nullopt;
  if (named && !named->empty()) return examine_explicit(*named, user);

  std::vector<std::string> directories = path_directories(environment);
  for (std::string& directory : packaged_directories()) directories.push_back(std::move(directory));
  std::string reasons;
  for (const std::string& directory : directories) {
    if (!holds_server(directory)) continue;
    Result<ServerBinaries> found = examine(directory, user);
    if (found && (major == 0 || found->major == major)) return found;
    reasons += (reasons.empty() ? "" : "\n") + (found ? directory + " holds PostgreSQL " + found->version
                                                      : found.error().what + ": " + found.error().why);
  }
  const std::string version = major == 0 ? "" : " " + std::to_string(major);
  Diagnostic problem = Diagnostic::error(
      ErrorCode::connection, "no server programs of PostgreSQL" + version + " were found for the embedded database",
      install_hint(file_text("/etc/os-release")));
  problem.why = reasons.empty() ? "looked in PATH and in the folders of the usual packages" : reasons;
  return problem;
}

}  // namespace segue::pg
