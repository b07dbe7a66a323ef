// segue plan: what it takes to make the database match the schema; changes
// nothing.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "plan/plan_file.h"

namespace segue::cli {
namespace {

struct Flags {
  PlanFlags plan;
  std::string out;
  std::string format = "text";
  bool detailed_exitcode = false;
  bool prove = false;
};

/// Says what held, and puts what was measured into the plan; whether all of it did.
Result<bool> prove_now(plan::Plan& plan, const PlanRequest& request, const GlobalFlags& global) {
  ProveRequest proof;
  proof.file = {"the plan", plan::to_json(plan)};
  proof.schema = request.schema;
  proof.from = request.from;
  Result<ProveReport> report = prove(proof, global.target(), callbacks());
  if (!report) return report.failure();
  say(text_of(*report));
  plan = std::move(report->plan);
  return report->proved();
}

/// A start that was read from a file is spelled as a person spells it; the database's is as the server prints it, and
/// apply compares.
std::string how_to_run(const plan::Plan& plan, const Flags& flags) {
  const bool is_of_server = !plan.observed.server_version.empty();
  return " To run it: segue apply " + flags.out +
         (is_of_server
              ? ""
              : ", which refuses it as stale where the database spells its definitions otherwise than " +
                    flags.plan.request.from.value_or("") + "; with --ask embedded a private server spells them.");
}

int run(Flags& flags, const GlobalFlags& global) {
  if (const Status completed = complete(flags.plan.request); !completed) return fail(completed.diagnostics());
  Result<plan::Plan> plan = compute_plan(flags.plan.request, global.target(), callbacks());
  if (!plan) return fail(plan.diagnostics());
  Result<bool> proved = true;
  if (flags.prove && !plan->empty()) proved = prove_now(*plan, flags.plan.request, global);
  if (!proved) return fail(proved.diagnostics());
  if (!flags.out.empty()) {
    if (const Status written = write_file(flags.out, plan::to_json(*plan)); !written)
      return fail(written.diagnostics());
  }
  const report::Format format = report::format_named(flags.format).value_or(report::Format::text);
  const Status printed = write_output(report::render(*plan, format, output_style()));
  if (!printed) return fail(printed.diagnostics());
  if (!flags.out.empty()) say("Wrote " + flags.out + "." + (plan->empty() ? "" : how_to_run(*plan, flags)));
  if (!*proved) return exit_differences;
  return flags.detailed_exitcode && !plan->empty() ? exit_differences : exit_ok;
}

}  // namespace

Command add_plan(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command = app.add_subcommand("plan", "Show what it takes to make the database match the schema");
  const auto flags = std::make_shared<Flags>();
  add_plan_flags(*command, flags->plan);
  command
      ->add_option("--from", flags->plan.request.from,
                   "Start from this state instead of --db; from a file or folder without any database")
      ->type_name("FILE|DIR|URL");
  command->add_option("--out", flags->out, "Write the plan here, for review and for apply")->type_name("PLAN.json");
  command->add_option("--format", flags->format, "How to show the plan on stdout")
      ->check(CLI::IsMember({"text", "sql", "json", "markdown", "html"}))
      ->type_name("text|sql|json|markdown|html")
      ->capture_default_str();
  command->add_flag(
      "--prove", flags->prove,
      "Run the plan there and back on a private scratch server first; exit with 2 where it does not hold");
  command->add_flag("--detailed-exitcode", flags->detailed_exitcode, "Exit with 2 where there are changes");
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
