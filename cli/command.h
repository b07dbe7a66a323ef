// What the commands share: their flags, and how a command is registered.
//
// Used by cli/app and by one file per command. No SQL in here.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "segue.h"

namespace segue::cli {

struct GlobalFlags {
  std::optional<std::string> db;
  std::int64_t wait_ms = 0;
  CLI::Option* wait = nullptr;  ///< whether it was given: its default differs by
                                ///< what is waited for
  bool wait_for_database = false;
  std::string config;
  std::int64_t lock_timeout_ms = 3000;
  std::int64_t statement_timeout_ms = 0;

  Target target() const;
  Limits limits() const;
};

/// A command with what runs it; the result is the exit code.
struct Command {
  CLI::App* app;
  std::function<int()> run;
};

Command add_plan(CLI::App& app, const GlobalFlags& global);
Command add_apply(CLI::App& app, const GlobalFlags& global);
Command add_rollback(CLI::App& app, const GlobalFlags& global);
Command add_check(CLI::App& app, const GlobalFlags& global);
Command add_validate(CLI::App& app, const GlobalFlags& global);
Command add_inspect(CLI::App& app, const GlobalFlags& global);
Command add_history(CLI::App& app, const GlobalFlags& global);
Command add_seal(CLI::App& app, const GlobalFlags& global);
Command add_doctor(CLI::App& app, const GlobalFlags& global);
Command add_purge(CLI::App& app, const GlobalFlags& global);
Command add_prove(CLI::App& app, const GlobalFlags& global);

/// The flags that say what to plan. Those that are on the command line are in
/// `options`.
struct PlanFlags {
  PlanRequest request;
  std::vector<CLI::Option*> options;
};
void add_schema_flag(CLI::App& command, PlanFlags& flags);
void add_scope_flags(CLI::App& command, PlanFlags& flags);
void add_plan_flags(CLI::App& command, PlanFlags& flags);
/// Fills the default schema, and stdin where "-" was given.
Status complete(PlanRequest& request);

CLI::Option* add_on_drop(CLI::App& command, std::string& on_drop);
CLI::Option* add_allow_hazards(CLI::App& command, std::vector<std::string>& hazards);

/// "3s", "500ms", "2min", "1h"; a bare number is in `unit`. Absent where it is
/// none of these.
std::optional<std::int64_t> milliseconds(const std::string& text, const std::string& unit);

/// Prints the diagnostics and returns their exit code.
int fail(const Diagnostics& diagnostics);

/// Shows the plan on stderr and asks, unless `yes`.
Confirm confirmation(bool yes, const std::string& verb, const GlobalFlags& global, bool show_plan);

/// What a proof has found, one line each, and over several lines what is wrong.
std::string text_of(const ProveReport& report);

/// Prints how a run ended.
int finish(const Result<RunReport>& report);

}  // namespace segue::cli
