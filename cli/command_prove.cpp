// segue prove: runs a plan there and back on a scratch server, and says what held.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "plan/plan_file.h"
#include "report/escape.h"

namespace segue::cli {
namespace {

struct Flags {
  PlanFlags plan;
  std::string file;
  std::optional<std::string> from;
  std::string scratch = "embedded";
};

const char* word_for(Verdict::Outcome outcome) {
  return outcome == Verdict::Outcome::held     ? "held      "
         : outcome == Verdict::Outcome::failed ? "FAILED    "
                                               : "not judged";
}

std::string indented(const std::string& lines) {
  std::string out = "            ";
  for (const char c : report::printable(lines)) out += c == '\n' ? "\n            " : std::string(1, c);
  return out + "\n";
}

int run(Flags& flags, const GlobalFlags& global) {
  if (const Status completed = complete(flags.plan.request); !completed) return fail(completed.diagnostics());
  Result<PlanFile> file = read_plan_file(flags.file);
  if (!file) return fail(file.diagnostics());
  ProveRequest request;
  request.file = std::move(*file);
  request.schema = flags.plan.request.schema;
  request.from = flags.from;
  request.scratch = flags.scratch;
  const Result<ProveReport> report = prove(request, global.target(), callbacks());
  if (!report) return fail(report.diagnostics());
  if (const Status printed = write_output(text_of(*report)); !printed) return fail(printed.diagnostics());
  if (const Status written = write_file(flags.file, plan::to_json(report->plan)); !written)
    return fail(written.diagnostics());
  say((report->proved() ? "The plan held on " : "The plan did not hold on ") + report->scratch +
      ". What its steps locked, rewrote and read is written into " + flags.file + ".");
  return report->proved() ? exit_ok : exit_differences;
}

}  // namespace

std::string text_of(const ProveReport& report) {
  std::string out;
  for (const Verdict& one : report.verdicts) {
    const std::size_t end = one.detail.find('\n');
    out += std::string(word_for(one.outcome)) + "  " + one.what + ": " + report::one_line(one.detail.substr(0, end)) +
           "\n";
    if (end != std::string::npos) out += indented(one.detail.substr(end + 1));
  }
  for (const std::string& table : report.empty_tables)
    out += "note        no row could be made up for " + report::one_line(table) + "\n";
  return out;
}

Command add_prove(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command =
      app.add_subcommand("prove", "Run a plan there and back on a scratch server; pg_dump is the judge");
  const auto flags = std::make_shared<Flags>();
  command->add_option("plan", flags->file, "The plan")->type_name("PLAN.json")->required();
  add_schema_flag(*command, flags->plan);
  command->add_option("--from", flags->from, "Start from this state instead of that of --db")
      ->type_name("FILE|DIR|URL");
  command
      ->add_option("--scratch", flags->scratch,
                   "A server that may be worked on, as its superuser: databases and roles are made there, and dropped")
      ->type_name("embedded|URL")
      ->capture_default_str();
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
