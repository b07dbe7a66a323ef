// The program under test, run from outside.
//
// Called by the suites that judge segue as its users see it. It hands on no setting of the machine: no PG*, SEGUE_* or
// DATABASE_URL, and a home folder of the test's own.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "support/process.h"

namespace segue::test {

/// The path of segue: SEGUE_BIN of the environment, or what the build made.
std::string segue_binary();

/// Runs segue with these arguments in `folder`; `variables` are set on top of the clean ones.
Outcome run_segue(const std::vector<std::string>& arguments, const std::string& folder,
                  const std::map<std::string, std::optional<std::string>>& variables = {});

/// The same, ended by SIGKILL at a moment.
Outcome run_segue_and_kill(const std::vector<std::string>& arguments, const std::string& folder,
                           std::chrono::milliseconds after);

}  // namespace segue::test
