#include "support/program.h"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace segue::test {

std::string segue_binary() {
  if (const char* given = std::getenv("SEGUE_BIN")) return given;
#ifdef SEGUE_PROGRAM
  return SEGUE_PROGRAM;
#else
  throw std::runtime_error("this build has no segue program; say where one is with SEGUE_BIN");
#endif
}

namespace {

Outcome run_with(RunOptions options, const std::vector<std::string>& arguments, const std::string& folder,
                 const std::map<std::string, std::optional<std::string>>& variables) {
  options.folder = folder;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string pair = *one;
    if (pair.starts_with("PG") || pair.starts_with("SEGUE_") || pair.starts_with("DATABASE_URL")) {
      options.variables[pair.substr(0, pair.find('='))] = std::nullopt;
    }
  }
  options.variables["HOME"] = folder;
  for (const auto& [name, value] : variables) options.variables[name] = value;
  std::vector<std::string> command{segue_binary()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command, options);
}

}  // namespace

Outcome run_segue(const std::vector<std::string>& arguments, const std::string& folder,
                  const std::map<std::string, std::optional<std::string>>& variables) {
  return run_with({}, arguments, folder, variables);
}

Outcome run_segue_and_kill(const std::vector<std::string>& arguments, const std::string& folder,
                           std::chrono::milliseconds after) {
  RunOptions options;
  options.killed_after = after;
  return run_with(std::move(options), arguments, folder, {});
}

}  // namespace segue::test
