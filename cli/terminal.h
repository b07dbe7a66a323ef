// The terminal, or whatever stands in its place: output, messages, questions,
// signals.
//
// Used by every command. Machine output goes to stdout and everything else to
// stderr; asks only where stdin is a terminal; shows control characters of
// other people's text rather than sending them.
#pragma once

#include <string>

#include "base/result.h"
#include "plan/plan.h"
#include "report/report.h"
#include "segue.h"

namespace segue::cli {

/// Writes to stdout, all of it; code io where that fails (a full disk, a closed
/// pipe).
Status write_output(const std::string& text);
/// A line on stderr.
void say(const std::string& text);
void show(const Diagnostics& diagnostics);

/// How reports look on stdout: colours and visible control characters on a
/// terminal, unless NO_COLOR is set.
report::Style output_style();
/// The same for stderr.
report::Style message_style();

/// Asks on the terminal. Code refused where the answer is no, or where nobody
/// is there to give one.
Status ask(const std::string& question, const std::string& what);

/// Progress and notes on stderr, and Ctrl-C.
Callbacks callbacks();

/// From now on SIGINT and SIGTERM ask for a stop: the transaction is rolled
/// back, an embedded server is stopped. A second one ends the program at once.
void handle_signals();
bool interrupted();

}  // namespace segue::cli
