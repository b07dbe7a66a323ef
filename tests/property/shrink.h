// The smallest two schemas that still fail in the same way, and the folder of testdata/cases that they make.
//
// Called by property_test.cpp where a pair failed.
#pragma once

#include <string>

#include "trial.h"

namespace segue::test {

struct Pair {
  World from;
  World to;
  bool rows = false;
};

/// Takes away statements, changes and choices as long as the verdict has the same signature, trying at most `limit`
/// pairs.
Pair shrink(Server& server, Pair pair, const std::string& signature, int limit);

/// The case, ready to be kept: both files, one behind the other.
std::string as_case(const Pair& pair);

}  // namespace segue::test
