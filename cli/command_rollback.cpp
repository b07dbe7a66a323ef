// segue rollback: takes an applied plan back.
#include <memory>

#include "cli/command.h"
#include "cli/files.h"
#include "cli/terminal.h"

namespace segue::cli {
namespace {

struct Flags {
  std::string file;
  bool last = false;
  bool yes = false;
  std::string on_drop = "refuse";
  std::vector<std::string> allow_hazards;
};

int run(const Flags& flags, const GlobalFlags& global) {
  if (flags.file.empty() != flags.last) {
    const std::string what = flags.last ? "rollback takes a plan or --last, not both" : "rollback of what?";
    return fail({Diagnostic::error(ErrorCode::usage, what,
                                   "segue rollback PLAN.json, or segue "
                                   "rollback --last for the newest apply.")});
  }
  RollbackRequest request;
  if (!flags.last) {
    Result<PlanFile> file = read_plan_file(flags.file);
    if (!file) return fail(file.diagnostics());
    request.file = std::move(*file);
  }
  request.allow_hazards = flags.allow_hazards;
  request.on_drop = flags.on_drop;
  request.limits = global.limits();
  request.confirm = confirmation(flags.yes, "Roll back", global, false);
  return finish(rollback(request, global.target(), callbacks()));
}

}  // namespace

Command add_rollback(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command = app.add_subcommand("rollback", "Take an applied plan back");
  const auto flags = std::make_shared<Flags>();
  command->add_option("plan", flags->file, "The plan that was applied")->type_name("PLAN.json");
  command->add_flag("--last", flags->last, "The newest apply in the history that was not rolled back");
  command->add_flag("--yes,-y", flags->yes, "Do not ask");
  add_allow_hazards(*command, flags->allow_hazards);
  add_on_drop(*command, flags->on_drop);
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
