#include "cli/command.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "report/report.h"

namespace segue::cli {

Target GlobalFlags::target() const {
  Target target;
  target.db = db;
  target.environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  if (wait->count() > 0) target.wait_ms = wait_ms;
  target.wait_for_database = wait_for_database;
  return target;
}

Limits GlobalFlags::limits() const {
  Limits limits;
  limits.lock_timeout_ms = lock_timeout_ms;
  limits.statement_timeout_ms = statement_timeout_ms;
  if (wait->count() > 0) limits.other_segue_wait_ms = wait_ms;
  return limits;
}

void add_schema_flag(CLI::App& command, PlanFlags& flags) {
  flags.options.push_back(
      command.add_option("--schema", flags.request.schema, "Schema file or folder; - is stdin; may be repeated")
          ->type_name("FILE|DIR|-")
          ->allow_extra_args(false)
          ->default_str("schema.sql"));
}

void add_scope_flags(CLI::App& command, PlanFlags& flags) {
  flags.options.push_back(command
                              .add_option("--scope", flags.request.scope,
                                          "declared: the schemas that the file "
                                          "speaks of; all: the whole database")
                              ->check(CLI::IsMember({"declared", "all"}))
                              ->type_name("declared|all")
                              ->capture_default_str());
  flags.options.push_back(
      command.add_option("--exclude", flags.request.exclude, "Leave these objects alone; may be repeated")
          ->type_name("PATTERN")
          ->allow_extra_args(false));
  flags.options.push_back(
      command.add_option("--owner", flags.request.owner, "Who owns what the file creates (default: the current user)")
          ->type_name("ROLE"));
  flags.options.push_back(command.add_option("--ask", flags.request.ask, "Whom to ask about definitions in doubt")
                              ->type_name("target|embedded|URL|never")
                              ->capture_default_str());
}

CLI::Option* add_on_drop(CLI::App& command, std::string& on_drop) {
  return command.add_option("--on-drop", on_drop, "What becomes of the rows of dropped tables and columns")
      ->check(CLI::IsMember({"refuse", "retain", "retain-in-place", "delete"}))
      ->type_name("refuse|retain|retain-in-place|delete")
      ->capture_default_str();
}

CLI::Option* add_allow_hazards(CLI::App& command, std::vector<std::string>& hazards) {
  static const std::vector<std::string> known = {"all",
                                                 plan::hazard::deletes_data,
                                                 plan::hazard::rewrites_table,
                                                 plan::hazard::blocks_writes,
                                                 plan::hazard::blocks_reads,
                                                 plan::hazard::may_fail_on_data,
                                                 plan::hazard::not_reversible,
                                                 plan::hazard::not_transactional,
                                                 plan::hazard::changes_privileges,
                                                 plan::hazard::index_dropped,
                                                 plan::hazard::changes_row_shape,
                                                 plan::hazard::fires_event_trigger};
  return command.add_option("--allow-hazards", hazards, "Hazards of the plan that are accepted, with commas between")
      ->delimiter(',')
      ->check(CLI::IsMember(known))
      ->type_name("LIST|all")
      ->allow_extra_args(false);
}

void add_plan_flags(CLI::App& command, PlanFlags& flags) {
  add_schema_flag(command, flags);
  add_scope_flags(command, flags);
  flags.options.push_back(add_on_drop(command, flags.request.on_drop));
  flags.options.push_back(
      command.add_option("--online", flags.request.online, "Whether steps may leave the one transaction")
          ->check(CLI::IsMember({"auto", "always", "never"}))
          ->type_name("auto|always|never")
          ->capture_default_str());
  flags.options.push_back(command.add_flag("--adopt", flags.request.adopt,
                                           "Treat what the file does not name as ours, so that it is dropped"));
}

Status complete(PlanRequest& request) {
  if (request.schema.empty()) request.schema = {"schema.sql"};
  if (std::find(request.schema.begin(), request.schema.end(), "-") == request.schema.end()) return done();
  Result<std::string> text = read_standard_input();
  if (!text) return text.failure();
  request.standard_input = std::move(*text);
  return done();
}

std::optional<std::int64_t> milliseconds(const std::string& text, const std::string& unit) {
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  std::string given(end);
  given.erase(0, std::min(given.find_first_not_of(' '), given.size()));
  if (end == text.c_str() || !std::isfinite(number) || number < 0) return std::nullopt;
  if (given.empty()) given = unit;
  double factor = 0;
  if (given == "ms") factor = 1;
  if (given == "s") factor = 1000;
  if (given == "min") factor = 60 * 1000;
  if (given == "h") factor = 3600 * 1000;
  const double total = number * factor;
  if (factor == 0 || total > 2147483647) return std::nullopt;  // the server's own limit for its timeouts
  return static_cast<std::int64_t>(std::llround(total));
}

int fail(const Diagnostics& diagnostics) {
  show(diagnostics);
  return exit_code(diagnostics);
}

Confirm confirmation(bool yes, const std::string& verb, const GlobalFlags& global, bool show_plan) {
  return [yes, verb, show_plan, target = global.target()](const plan::Plan& plan) -> Status {
    if (show_plan) std::cerr << report::text(plan, message_style()) << "\n";
    if (yes) return done();
    const Result<std::string> where = describe(target);
    const std::string steps =
        std::to_string(plan.body.steps.size()) + (plan.body.steps.size() == 1 ? " step" : " steps");
    return ask(verb + " " + steps + (where ? " on " + *where : "") + "?", verb);
  };
}

int finish(const Result<RunReport>& report) {
  if (!report) return fail(report.diagnostics());
  std::string message = report->message;
  if (report->history_id > 0) message += " History row " + std::to_string(report->history_id) + ".";
  say(message);
  return exit_ok;
}

}  // namespace segue::cli
