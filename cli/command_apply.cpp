// segue apply: runs a plan in one transaction, or plans first where no plan is
// given.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"

namespace segue::cli {
namespace {

struct Flags {
  PlanFlags plan;
  std::string file;
  bool yes = false;
  bool dry_run = false;
  bool resume = false;
  bool strict = false;
  std::string reviewed;
  std::vector<std::string> allow_hazards;
};

/// The whole of it: somebody who can choose a plan could find another one with
/// the same beginning.
std::string check_hash(const std::string& text) {
  const bool is_hash = text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  return is_hash ? "" : "takes the whole hash of a plan, 64 hexadecimal digits";
}

int run(Flags& flags, const GlobalFlags& global) {
  ApplyRequest request;
  if (flags.file.empty()) {
    if (const Status completed = complete(flags.plan.request); !completed) return fail(completed.diagnostics());
    request.plan = flags.plan.request;
  } else {
    Result<PlanFile> file = read_plan_file(flags.file);
    if (!file) return fail(file.diagnostics());
    request.file = std::move(*file);
  }
  request.resume = flags.resume;
  request.allow_hazards = flags.allow_hazards;
  request.dry_run = flags.dry_run;
  request.strict = flags.strict;
  request.reviewed = flags.reviewed;
  request.limits = global.limits();
  request.confirm = confirmation(flags.yes, "Apply", global, true);
  return finish(apply(request, global.target(), callbacks()));
}

}  // namespace

Command add_apply(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command = app.add_subcommand("apply", "Run a plan in one transaction; without one, plan first");
  const auto flags = std::make_shared<Flags>();
  command->add_option("plan", flags->file, "A plan that segue plan --out wrote")->type_name("PLAN.json");
  add_plan_flags(*command, flags->plan);
  command->add_flag("--yes,-y", flags->yes, "Do not ask");
  add_allow_hazards(*command, flags->allow_hazards);
  command->add_flag("--dry-run", flags->dry_run, "Run everything, then roll all of it back");
  command->add_flag("--resume", flags->resume, "Go on with a plan that was stopped between its groups");
  command->add_flag("--strict", flags->strict,
                    "Refuse where the database holds anything in scope that "
                    "the plan has not read");
  command
      ->add_option("--require-reviewed", flags->reviewed,
                   "Refuse any plan but the one with this hash, which its reviewer has noted")
      ->check(CLI::Validator(check_hash, ""))
      ->type_name("HASH");
  // Before the environment and segue.toml fill in more: those speak to every
  // command, the command line to this one.
  command->parse_complete_callback([flags] {
    if (flags->file.empty()) return;
    for (const CLI::Option* option : flags->plan.options) {
      if (option->count() > 0)
        throw CLI::ValidationError(option->get_name(), "has no effect on a plan that is made already");
    }
  });
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
