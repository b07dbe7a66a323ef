// One change of one database with segue, there and back, judged by pg_dump.
//
// Called by cases_test.cpp and schemas_test.cpp, and by tests/servers. It reports through GoogleTest and goes on where
// that makes sense; it asks segue for whole commands, and never looks into it.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "case_folder.h"
#include "commands.h"
#include "support/identities.h"
#include "support/server.h"

namespace segue::test {

/// A schema file and the database that psql makes of it: what segue has to arrive at.
struct Side {
  Side(Server& server, const std::string& file_name, const std::filesystem::path& original);
  std::string file;  ///< its name in the folder of the commands
  Database database;
  std::string dump;
};

struct Wishes {
  std::vector<std::string> contains;
  std::vector<std::string> absent;
  std::vector<std::string> hazards;
  std::map<std::string, std::string> renamed;
  std::set<std::string> remade;
  std::string rows_file;  ///< rows that the database starts with; "" for none
  bool rows_kept = true;
  int undecided = -1;
  bool planned_twice = true;  ///< that the same inputs give the same bytes is seen one way
};

/// What the folder's files say of the way forward, and of the way back.
Wishes forward_wishes(const CaseFolder& folder);
Wishes back_wishes(const CaseFolder& folder);

class Journey {
 public:
  /// Changes the database of `from` itself, so that is good for one journey: making a database takes longer than the
  /// journey. Both sides and the commands outlive it.
  Journey(const Side& from, const Side& to, const Wishes& wishes, Commands& segue);

  /// Plan, apply, plan again, roll back, with every judgement of testdata/README.md. Where `back` is given, the way
  /// back is planned from the file before the rollback, and judged by those wishes.
  void there_and_back(const Wishes* back = nullptr);
  /// The plan has no step.
  void nothing_to_do();

 private:
  bool make_plan();
  static void judge_plan(const nlohmann::json& plan, const Wishes& wishes);
  void plan_back(const Wishes& back) const;
  bool apply();
  void judge_row_counts() const;
  void roll_back();
  void expect_settled(const std::string& file, const std::string& when) const;

  const Side& from_;
  const Side& to_;
  const Wishes& wishes_;
  Commands& segue_;
  const Database& database_;
  Identities identities_;
  TableRows rows_;
  std::string plan_file_;
  nlohmann::json plan_;
};

/// `side` made by segue in an empty database is what psql makes of it.
void expect_creates(const Side& side, Commands& segue);

}  // namespace segue::test
