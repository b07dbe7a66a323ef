// A database with rows and a plan for it, run there and back while faults happen.
//
// Called by the tests of this folder. It judges by PostgreSQL's own catalogs and rows, never by what segue says of
// them.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {

/// What a plan is made from and towards, with rows in between.
struct Change {
  std::string before;
  std::string rows;
  std::string after;
  std::vector<std::string> plan_flags = {};
};

/// A change that adds, alters, drops and rebuilds: several statements, so that there is a middle to be hit.
const Change& ordinary_change();

enum class State { old_one, new_one, neither };

class Deployment {
 public:
  explicit Deployment(const Change& change, Server& server = Server::shared());

  const Database& database() const { return database_; }
  const TempDir& folder() const { return folder_; }
  std::string plan_file() const { return folder_ / "plan.json"; }

  /// `socket_folder`: another way to the server.
  Outcome segue(std::vector<std::string> arguments, const std::string& socket_folder = "") const;
  Outcome segue_killed(std::vector<std::string> arguments, std::chrono::milliseconds after) const;
  Outcome apply() const { return segue(apply_arguments()); }
  Outcome roll_back() const { return segue(rollback_arguments()); }
  static std::vector<std::string> apply_arguments();
  static std::vector<std::string> rollback_arguments();

  /// Once no session of segue is left in the database: what a killed one had sent may still be under way.
  State state() const;
  /// Tables, columns, constraints, indexes and the rest that the changes of this folder touch, as one text.
  std::string fingerprint() const;
  const std::string& old_fingerprint() const { return old_; }
  /// All rows of the tables in the schema public, as one hash.
  std::string rows() const;
  /// Whether the plan is one of several groups, so that it can be stopped between two.
  bool has_groups() const;
  /// Whether it commits once and as a whole, so that it can be stopped nowhere between the two states.
  bool is_one_transaction() const;

 private:
  Database database_;
  TempDir folder_;
  std::string old_;
  std::string new_;
};

/// How long an undisturbed apply takes; the state is the old one before and after.
std::chrono::milliseconds span_of(const Deployment& deployment);

}  // namespace segue::test
