// segue history: what was applied, rolled back or failed.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/terminal.h"
#include "report/escape.h"

namespace segue::cli {
namespace {

std::string line_of(const exec::HistoryRow& row) {
  std::string out = "#" + std::to_string(row.id) + "  " + row.started_at + "  " + row.verb + " " + row.outcome +
                    "  plan " + row.plan_id.substr(0, 12) + "  " + std::to_string(row.steps) +
                    (row.steps == 1 ? " step" : " steps") + "  " + std::to_string(row.duration_ms) + " ms  by " +
                    row.who + " from " + row.client + "  (segue " + row.tool_version + ")";
  if (row.undone_by > 0) out += "  rolled back by #" + std::to_string(row.undone_by);
  if (!row.way_back.empty()) out += "  " + row.way_back;
  if (row.hand_edited) out += "  edited by hand";
  out = report::one_line(out) + "\n";
  if (!row.error.empty()) {
    out += "    " + report::one_line((row.failed_step.empty() ? "" : row.failed_step + ": ") + row.error) + "\n";
  }
  if (!row.intact)
    out +=
        "    This row was changed after segue wrote it, or a row before it "
        "was removed.\n";
  return out;
}

int run(int limit, const GlobalFlags& global) {
  const Result<std::vector<exec::HistoryRow>> rows = history(global.target(), limit, callbacks());
  if (!rows) return fail(rows.diagnostics());
  if (rows->empty())
    say("The history of this database is empty: nothing was ever applied with "
        "segue.");
  std::string out;
  for (const exec::HistoryRow& row : *rows) out += line_of(row);
  if (const Status printed = write_output(out); !printed) return fail(printed.diagnostics());
  return exit_ok;
}

}  // namespace

Command add_history(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command = app.add_subcommand("history", "What was applied, rolled back or failed, newest first");
  const auto limit = std::make_shared<int>(20);
  command->add_option("--limit", *limit, "How many rows")
      ->check(CLI::Range(1, 1000000))
      ->type_name("N")
      ->capture_default_str();
  return {command, [limit, &global] { return run(*limit, global); }};
}

}  // namespace segue::cli
