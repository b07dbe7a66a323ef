// segue purge: frees what plans kept aside for their way back.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/terminal.h"
#include "report/escape.h"

namespace segue::cli {
namespace {

struct Flags {
  std::string plan;
  std::optional<std::int64_t> older_than_days;
  bool yes = false;
};

std::string size_of(std::int64_t bytes) {
  if (bytes < 10 * 1024) return std::to_string(bytes) + " bytes";
  if (bytes < std::int64_t{10} * 1024 * 1024) return std::to_string(bytes / 1024) + " kB";
  return std::to_string(bytes / 1024 / 1024) + " MB";
}

std::string line_of(const exec::RetainedRow& row) {
  return report::one_line((row.exists ? size_of(row.bytes) : std::string("gone")) + "  " + row.relation + "  of " +
                          row.object + "  since " + row.kept_at + "  plan " + row.plan_id.substr(0, 12)) +
         "\n";
}

/// Shows what would go, the sizes first, and asks.
std::function<Status(const std::vector<exec::RetainedRow>&)> confirm_purge(bool yes) {
  return [yes](const std::vector<exec::RetainedRow>& rows) -> Status {
    std::string out;
    for (const exec::RetainedRow& row : rows) out += line_of(row);
    if (const Status printed = write_output(out); !printed) return printed;
    if (yes || rows.empty()) return done();
    return ask("Free these? The plans that kept them can then not be rolled back.", "Purge");
  };
}

int run(const Flags& flags, const GlobalFlags& global) {
  PurgeRequest request;
  request.plan_id = flags.plan;
  request.older_than_days = flags.older_than_days;
  request.confirm = confirm_purge(flags.yes);
  request.limits = global.limits();
  const Result<std::vector<exec::RetainedRow>> freed = purge(request, global.target(), callbacks());
  if (!freed) return fail(freed.diagnostics());
  std::int64_t bytes = 0;
  for (const exec::RetainedRow& row : *freed) bytes += row.bytes;
  say(freed->empty() ? "Nothing is kept that would go."
                     : "Freed " + std::to_string(freed->size()) +
                           (freed->size() == 1 ? " relation, " : " relations, ") + size_of(bytes) + ".");
  return exit_ok;
}

}  // namespace

Command add_purge(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command =
      app.add_subcommand("purge", "Free what --on-drop retain has kept: lists it with its sizes, then asks");
  const auto flags = std::make_shared<Flags>();
  command->add_option("--plan", flags->plan, "Only what this plan has kept (the first characters of its id do)")
      ->type_name("ID");
  command->add_option("--older-than", flags->older_than_days, "Only what was kept at least so many days ago")
      ->check(CLI::NonNegativeNumber)
      ->type_name("DAYS");
  command->add_flag("--yes,-y", flags->yes, "Do not ask");
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
