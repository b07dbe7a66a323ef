#include "pg/client_programs.h"

#include <libpq-fe.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "pg/embedded_binaries.h"
#include "pg/embedded_process.h"

namespace segue::pg {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes limit{30};

/// How a program reaches a database. Everybody can read a process's arguments, so that the password is handed over in
/// the environment, and what libpq would find in ours goes with it.
struct Address {
  std::string conninfo;
  std::vector<std::string> environment;
};

Address address_of(const ClientPrograms& programs, const ConnectionTarget& target) {
  Address address{"", server_environment(programs.directory)};
  PQconninfoOption* options = PQconninfoParse(target.conninfo.c_str(), nullptr);
  for (PQconninfoOption* one = options; one != nullptr && one->keyword != nullptr; ++one) {
    const bool is_password = std::strcmp(one->keyword, "password") == 0;
    if (one->val != nullptr && !is_password) {
      address.conninfo += (address.conninfo.empty() ? "" : " ") + conninfo_pair(one->keyword, one->val);
    } else if (one->envvar != nullptr) {
      const auto value = one->val != nullptr ? std::optional<std::string>(one->val) : programs.environment(one->envvar);
      if (value && !value->empty()) address.environment.push_back(std::string(one->envvar) + "=" + *value);
    }
  }
  PQconninfoFree(options);
  for (const char* name : {"HOME", "PGSERVICEFILE", "PGSYSCONFDIR"}) {
    if (const auto value = programs.environment(name)) address.environment.push_back(std::string(name) + "=" + *value);
  }
  return address;
}

/// A folder of our own in the machine's folder for such, empty, and gone with this.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make() {
    std::error_code failed;
    std::string path = (fs::temp_directory_path(failed) / "segue-XXXXXX").string();
    if (failed || ::mkdtemp(path.data()) == nullptr)
      return Diagnostic::error(ErrorCode::io, "cannot make a temporary folder: " + path);
    return TemporaryFolder(path);
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, "")) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

Status run_client(const ClientPrograms& programs, const std::string& name, const ConnectionTarget& target,
                  const std::vector<std::string>& arguments) {
  Address address = address_of(programs, target);
  Program program;
  program.arguments = {programs.directory + "/" + name, "--no-password", "--dbname=" + address.conninfo};
  program.arguments.insert(program.arguments.end(), arguments.begin(), arguments.end());
  program.environment = std::move(address.environment);
  const Result<std::string> output = run_and_read(program, limit);
  if (output) return done();
  Diagnostic problem = output.error();
  problem.code = ErrorCode::database;
  problem.what = name + " failed on " + target.shown;
  return problem;
}

}  // namespace

Result<std::string> dump_schema(const ClientPrograms& programs, const ConnectionTarget& target,
                                const std::vector<std::string>& arguments) {
  const Result<TemporaryFolder> folder = TemporaryFolder::make();
  if (!folder) return folder.failure();
  const std::string file = *folder / "dump.sql";
  std::vector<std::string> all = {"--schema-only", "--exclude-schema=segue", "--exclude-schema=segue_retained",
                                  "--file=" + file};
  all.insert(all.end(), arguments.begin(), arguments.end());
  if (const Status ran = run_client(programs, "pg_dump", target, all); !ran) return ran.failure();
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

Status run_script(const ClientPrograms& programs, const ConnectionTarget& target, const std::string& script) {
  const Result<TemporaryFolder> folder = TemporaryFolder::make();
  if (!folder) return folder.failure();
  const std::string path = *folder / "script.sql";
  std::ofstream file(path, std::ios::binary);
  file << script;
  file.close();
  if (!file) return Diagnostic::error(ErrorCode::io, "cannot write " + path);
  return run_client(programs, "psql", target, {"--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=" + path});
}

}  // namespace segue::pg
