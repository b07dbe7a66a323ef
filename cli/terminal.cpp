#include "cli/terminal.h"

#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>

#include "pg/embedded.h"
#include "report/escape.h"
namespace segue::cli {
namespace {

volatile sig_atomic_t stops_asked_for = 0;

extern "C" void segue_on_signal(int number) {
  stops_asked_for = stops_asked_for + 1;
  if (stops_asked_for < 2) return;
  pg::interrupt_embedded_servers();
  _exit(128 + number);
}

report::Style style_of(int descriptor) {
  report::Style style;
  style.terminal = isatty(descriptor) == 1;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool unwanted = (no_color != nullptr && *no_color != '\0') || (term != nullptr && std::string(term) == "dumb");
  style.color = style.terminal && !unwanted;
  return style;
}

void show_step(const StepProgress& step) {
  if (step.finished) return;
  say("[" + std::to_string(step.number) + "/" + std::to_string(step.total) + "] " + step.id + " " +
      report::one_line(step.object));
}

}  // namespace

Status write_output(const std::string& text) {
  std::cout << text << std::flush;
  if (std::cout.good()) return done();
  return Diagnostic::error(ErrorCode::io, "the output could not be written to stdout",
                           "Look whether the disk is full, or the program that "
                           "reads the output has ended.");
}

void say(const std::string& text) { std::cerr << report::printable(text) << "\n"; }

void show(const Diagnostics& diagnostics) {
  for (const Diagnostic& one : diagnostics) std::cerr << report::printable(render(one));
}

report::Style output_style() { return style_of(STDOUT_FILENO); }
report::Style message_style() { return style_of(STDERR_FILENO); }

Status ask(const std::string& question, const std::string& what) {
  if (isatty(STDIN_FILENO) != 1) {
    return Diagnostic::error(ErrorCode::refused,
                             what +
                                 " was refused, since nobody is there to "
                                 "say yes; nothing was changed",
                             "Give --yes where the plan was reviewed before.");
  }
  std::cerr << report::printable(question) << " [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "yes" || answer == "Y" || answer == "YES") return done();
  if (answer.empty()) std::cerr << "\n";
  return Diagnostic::error(ErrorCode::refused, what + " was not confirmed; nothing was changed");
}

Callbacks callbacks() {
  Callbacks out;
  out.note = say;
  out.step = show_step;
  out.server_notice = [](const Diagnostic& notice) {
    if (notice.severity != Severity::note) show({notice});
  };
  out.interrupted = interrupted;
  out.secret = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(("SEGUE_SECRET_" + name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  return out;
}

void handle_signals() {
  struct sigaction action {};
  action.sa_handler = segue_on_signal;  // without SA_RESTART: a question on the
                                        // terminal ends as well
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaction(number, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of the write, after the
                             // transaction was rolled back properly
}

bool interrupted() { return stops_asked_for > 0; }

}  // namespace segue::cli
