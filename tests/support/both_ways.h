// A migration there and back, with pg_dump as the judge.
//
// Called by suites whose cases need a server or flags of their own; tests/cases runs everything else.
#pragma once

#include <string>
#include <vector>

#include "support/server.h"

namespace segue::test {

/// Brings a database of `before` to `after`, whatever the hazards, sees that nothing is left to do, and takes it back.
/// Returns what plan printed. Every outcome that is wrong is a failure of the test.
std::string runs_both_ways(Server& server, const std::string& before, const std::string& after,
                           const std::vector<std::string>& flags_of_plan = {});

}  // namespace segue::test
