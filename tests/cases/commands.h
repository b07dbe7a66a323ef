// What a journey asks of segue: through its program, or as the library that the program is made of.
//
// Called by journey.cpp. The program starts anew for each command, as its users have it. The library keeps its sessions
// from one command to the next, and so is several times as fast: most of what a command on a small database takes is
// what the server spends on a new session.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace segue::test {

/// The plan file, or why there is none.
struct Planned {
  std::string error;
  std::string file;
  bool is_empty = false;
};

/// Everything is in scope, every hazard is allowed, and what goes is deleted. Runs give "" or their error.
class Commands {
 public:
  virtual ~Commands() = default;
  virtual Planned plan(const std::string& db, const std::string& schema) = 0;
  virtual std::string apply(const std::string& db, const std::string& plan_file) = 0;
  virtual std::string roll_back(const std::string& db, const std::string& plan_file) = 0;
  /// Plans and applies at once.
  virtual std::string make(const std::string& db, const std::string& schema) = 0;
};

/// `folder` holds the schema files.
std::unique_ptr<Commands> through_program(std::filesystem::path folder);
std::unique_ptr<Commands> through_library(std::filesystem::path folder);

/// The program for one case in sixteen, by its name, and for all where SEGUE_BIN names a program to look at.
std::unique_ptr<Commands> commands_for(const std::string& case_name, const std::filesystem::path& folder);

}  // namespace segue::test
