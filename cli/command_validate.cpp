// segue validate: reads the schema without any database.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/terminal.h"

namespace segue::cli {
namespace {

int run(PlanFlags& flags) {
  if (const Status completed = complete(flags.request); !completed) return fail(completed.diagnostics());
  const Result<ValidateReport> report = validate(flags.request);
  if (!report) return fail(report.diagnostics());
  show(report->warnings);
  say("The schema is valid: " + std::to_string(report->objects) + " objects in " + std::to_string(report->files) +
      (report->files == 1 ? " file." : " files."));
  return exit_ok;
}

}  // namespace

Command add_validate(CLI::App& app, const GlobalFlags&) {
  CLI::App* command = app.add_subcommand("validate", "Read the schema without any database (for pre-commit)");
  const auto flags = std::make_shared<PlanFlags>();
  add_schema_flag(*command, *flags);
  return {command, [flags] { return run(*flags); }};
}

}  // namespace segue::cli
