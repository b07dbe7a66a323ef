// segue seal: gives a hand-edited plan a new seal, and marks it as edited.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"

namespace segue::cli {
namespace {

int run(const std::string& path) {
  const Result<PlanFile> file = read_plan_file(path);
  if (!file) return fail(file.diagnostics());
  const Result<std::string> sealed = seal(*file);
  if (!sealed) return fail(sealed.diagnostics());
  if (*sealed == file->text) {
    say("The seal of " + path + " was right already; nothing was changed.");
    return exit_ok;
  }
  if (const Status written = write_file(path, *sealed); !written) return fail(written.diagnostics());
  say("Sealed " + path +
      " again. It is marked as edited by hand, also in the history once it is "
      "applied.");
  return exit_ok;
}

}  // namespace

Command add_seal(CLI::App& app, const GlobalFlags&) {
  CLI::App* command = app.add_subcommand("seal", "Seal a plan again that was edited by hand");
  const auto path = std::make_shared<std::string>();
  command->add_option("plan", *path, "The edited plan")->type_name("PLAN.json")->required();
  return {command, [path] { return run(*path); }};
}

}  // namespace segue::cli
