// segue doctor: what is wrong with the database or a saved plan, and the exact way out.
#include <memory>

#include "cli/command.h"
#include "cli/exit_codes.h"
#include "cli/files.h"
#include "cli/terminal.h"
#include "report/escape.h"

namespace segue::cli {
namespace {

struct Flags {
  std::string file;
  bool fix = false;
  std::string idle_for = "5min";
  std::string format = "text";
};

std::string indented(const std::string& text) {
  std::string out = "   ";
  for (const char c : report::printable(text)) out += c == '\n' ? std::string("\n   ") : std::string(1, c);
  return out + "\n";
}

/// Notes are comments of the commands' own language, so that a copied block still runs; names that hold a line break
/// must not leave the comment.
std::string way_out(const exec::Finding& finding) {
  std::string out;
  for (const exec::Remedy& one : finding.way_out) {
    const bool is_sql = one.command.ends_with(";");
    if (!one.note.empty()) out += std::string("     ") + (is_sql ? "-- " : "# ") + report::one_line(one.note) + "\n";
    out += "     " + report::printable(one.command) + "\n";
  }
  return out;
}

std::string how_it_went(const exec::Finding& finding, bool fix) {
  switch (finding.fix) {
    case exec::FixState::done:
      return "   Done: this was put right.\n";
    case exec::FixState::failed:
      return "   This could not be put right: " + report::one_line(finding.fix_error) + "\n";
    case exec::FixState::offered:
      return "   segue doctor --fix does this.\n";
    case exec::FixState::not_offered:
      break;
  }
  return fix ? "   Left to you.\n" : "";
}

std::string text_of(const exec::Finding& finding, std::size_t number, bool fix) {
  return std::to_string(number) + ". " + report::one_line(finding.what) + "\n" +
         indented("where: " + report::one_line(finding.object)) + indented("why it matters: " + finding.why) +
         "   way out:\n" + way_out(finding) + how_it_went(finding, fix) + "\n";
}

std::string text_of(const exec::PlanStanding& plan) {
  std::string out = plan.name + ": plan " + plan.id.substr(0, 12) + ", its seal is right";
  if (plan.hand_edited) out += ", edited by hand and sealed again";
  out += plan.applied.empty() ? "; not applied" : "; applied " + plan.applied;
  if (plan.undone) out += ", and rolled back since";
  out += std::string("; can be applied now: ") + (plan.can_be_applied ? "yes" : "no");
  out += std::string("; can be rolled back now: ") + (plan.can_be_rolled_back ? "yes" : "no");
  return report::one_line(out + " (" + plan.way_back + ")") + "\n\n";
}

std::string text_of(const exec::Examination& found, bool fix) {
  std::string out;
  if (found.plan) out += text_of(*found.plan);
  for (std::size_t i = 0; i < found.findings.size(); ++i) out += text_of(found.findings[i], i + 1, fix);
  if (found.findings.empty()) return out + "Nothing is wrong.\n";
  return out + std::to_string(found.findings.size()) + (found.findings.size() == 1 ? " finding" : " findings") +
         (found.healthy() ? ", all put right.\n" : ".\n");
}

int run(const Flags& flags, const GlobalFlags& global) {
  DoctorRequest request;
  const std::optional<std::int64_t> idle_ms = milliseconds(flags.idle_for, "s");
  if (!idle_ms) {
    return fail({Diagnostic::error(ErrorCode::usage, "--idle-for: \"" + flags.idle_for + "\" is no length of time",
                                   "Write it as 30s, 5min or 1h.")});
  }
  request.idle_ms = *idle_ms;
  if (!flags.file.empty()) {
    Result<PlanFile> file = read_plan_file(flags.file);
    if (!file) return fail(file.diagnostics());
    request.file = std::move(*file);
  }
  request.fix = flags.fix;
  request.limits = global.limits();
  const Result<exec::Examination> found = doctor(request, global.target(), callbacks());
  if (!found) return fail(found.diagnostics());
  const bool as_json = flags.format == "json";
  if (!as_json) {
    for (const std::string& note : found->notes) say("note: " + note);
  }
  const Status printed = write_output(as_json ? exec::to_json(*found) : text_of(*found, flags.fix));
  if (!printed) return fail(printed.diagnostics());
  return found->healthy() ? exit_ok : exit_differences;
}

}  // namespace

Command add_doctor(CLI::App& app, const GlobalFlags& global) {
  CLI::App* command =
      app.add_subcommand("doctor", "What is wrong, and the exact way out: exit 2 where anything is found");
  const auto flags = std::make_shared<Flags>();
  command->add_option("plan", flags->file, "A saved plan to look at as well")->type_name("PLAN.json");
  command->add_flag("--fix", flags->fix,
                    "End an idle session of segue that holds its lock; rebuild an invalid index that is not unique. "
                    "The rest is for a person to decide");
  command->add_option("--idle-for", flags->idle_for, "How long the holder of segue's lock must be idle to be a finding")
      ->type_name("TIME")
      ->capture_default_str();
  command->add_option("--format", flags->format, "What is printed")
      ->check(CLI::IsMember({"text", "json"}))
      ->type_name("text|json")
      ->capture_default_str();
  return {command, [flags, &global] { return run(*flags, global); }};
}

}  // namespace segue::cli
