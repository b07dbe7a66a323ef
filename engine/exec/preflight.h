// Rows that would make the plan fail, looked for before the first strong lock is taken.
//
// Used by exec/executor, and by planning for what runs nobody's code. Reads only, each question under a time limit; one
// that cannot be answered in time, or speaks of what a step has yet to make, is passed over: the step itself decides.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "plan/plan.h"

namespace segue::exec {

/// A count that is not zero.
struct InTheWay {
  const plan::Step* step;
  const plan::Preflight* check;
  std::string count;              ///< "3"
  std::vector<std::string> some;  ///< the keys of a few, as rows of text
};

struct PreflightOptions {
  bool reviewed = false;  ///< code that the schema brings may run
  std::int64_t limit_ms = 10000;
  bool way_back = false;  ///< of the inverses, not of the steps
};

/// What stands in the way of these steps. The session is in no transaction, before and after.
std::vector<InTheWay> rows_in_the_way(Session& session, const std::vector<const plan::Step*>& steps,
                                      const PreflightOptions& options);

/// A few lines for people: what, which ones, and the statement that lists them all.
std::string describe(const InTheWay& found);

}  // namespace segue::exec
