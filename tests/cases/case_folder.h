// One folder of testdata/cases, read: which files it has and what is special about it (testdata/README.md).
//
// Called by cases_test.cpp and tests/servers. It never runs anything and never decides whether a case holds.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace segue::test {

struct CaseFolder {
  std::filesystem::path path;
  std::string name;     ///< "column__add_nullable", as it may stand in a test's name
  std::string problem;  ///< why the folder cannot be read; "" where it can

  int min_server = 0;
  int max_server = 0;       ///< 0 for any
  std::string compression;  ///< a method of compression that the server must have been built with; "" for none
  bool noop = false;
  bool forward = true;
  bool back = true;
  bool rows_kept = true;
  int undecided = -1;  ///< how many definitions may stay undecided; -1: not looked at
  std::vector<std::string> contains;
  std::vector<std::string> absent;
  std::vector<std::string> hazards;
  std::map<std::string, std::string> renamed;
  std::set<std::string> remade;
  std::string skip;

  std::filesystem::path before() const { return path / "before.sql"; }
  std::filesystem::path after() const { return path / "after.sql"; }
  bool has_rows() const { return std::filesystem::exists(path / "rows.sql"); }
};

/// All of them, by name. Never throws: a folder that cannot be read has a problem.
std::vector<CaseFolder> case_folders();

/// So that a failed test shows the folder and not bytes.
void PrintTo(const CaseFolder& folder, std::ostream* out);  // NOLINT(readability-identifier-naming): GoogleTest's name

}  // namespace segue::test
