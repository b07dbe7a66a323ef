// segue check: drift, live against the file and live against the last apply.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/terminal.h"
#include "report/escape.h"
#include "report/report.h"

namespace segue::cli {
namespace {

int run(PlanFlags& flags, const GlobalFlags& global) {
  if (const Status completed = complete(flags.request); !completed) return fail(completed.diagnostics());
  const Result<CheckReport> checked = check(flags.request, global.target(), callbacks());
  if (!checked) return fail(checked.diagnostics());
  std::string out = report::text(checked->plan, output_style());
  if (!checked->since_last_apply.empty()) {
    out += "\nSince the last apply (" + report::one_line(checked->last_apply) + "):\n";
    for (const std::string& one : checked->since_last_apply) out += "  " + report::one_line(one) + "\n";
  }
  if (const Status printed = write_output(out); !printed) return fail(printed.diagnostics());
  return checked->plan.empty() && checked->since_last_apply.empty() ? exit_ok : exit_differences;
}

}  // namespace

Command add_check(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command = app.add_subcommand("check", "Report drift: exit 2 where the database differs from the schema");
  const auto flags = std::make_shared<PlanFlags>();
  add_schema_flag(*command, *flags);
  add_scope_flags(*command, *flags);
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
