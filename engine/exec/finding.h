// What the doctor finds: each with the object, why it matters, and the exact way out.
//
// Filled by exec/doctor, handed out by the facade (segue.h), printed by cli/. Plain data; never holds a password.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/session.h"

namespace segue::exec {

/// One command of the way out. Commands of a finding are run in their order.
struct Remedy {
  std::string note;     ///< one sentence: what the command does, or when it is the right one; may be empty
  std::string command;  ///< as it is typed: SQL with its semicolon, or a line of the shell
};

/// A statement of `--fix`. Where `must_hold`, it yields one row whose first cell is true, or nothing more is run.
struct Repair {
  std::string sql;
  std::vector<Parameter> parameters = {};
  bool must_hold = false;
};

enum class FixState { not_offered, offered, done, failed };

struct Finding {
  std::string code;    ///< "invalid-index" …: for programs
  std::string what;    ///< one sentence
  std::string object;  ///< the catalog object or file, "index public.book_title"
  std::string why;     ///< why it matters, and what to know before the way out is taken
  std::vector<Remedy> way_out;
  std::vector<Repair> repairs = {};  ///< what `--fix` runs; empty where only a person can decide
  bool needs_lock = false;           ///< the repairs run under segue's advisory lock
  FixState fix = FixState::not_offered;
  std::string fix_error = {};  ///< of a repair that failed
};

/// Where a saved plan stands towards the database.
struct PlanStanding {
  std::string name;
  std::string id;  ///< "" where its seal is broken
  bool hand_edited = false;
  std::string applied;  ///< "on … by …"; "" where the history knows of none
  bool undone = false;  ///< and was taken back since
  bool can_be_applied = false;
  bool can_be_rolled_back = false;
  std::string way_back;  ///< one sentence on how faithful the inverse steps are
};

struct Examination {
  std::vector<Finding> findings;
  std::optional<PlanStanding> plan;
  std::vector<std::string> notes;  ///< what could not be looked at, and why
  /// Nothing was found, or all that was found is put right.
  bool healthy() const;
};

/// For programs: findings, plan and notes as JSON, with a final newline.
std::string to_json(const Examination& examination);

}  // namespace segue::exec
