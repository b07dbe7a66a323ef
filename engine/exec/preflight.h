// Rows that would make the plan fail, looked for before the first strong lock is taken.
//
// Used by exec/executor, by exec/way_back, and by planning for what runs nobody's code. Reads only. Each question has a
// limit of time and one of cost, as the server estimates it before it is asked; beyond them a part of the rows is
// looked at where that tells something, and the answer says so. A question that speaks of what a step has yet to make
// is passed over: the step itself decides.
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
  std::string of_part;            ///< "about 2 percent of the relation"; "" where all rows were counted
};

/// A question that was not asked of all rows, and found nothing.
struct NotLookedAt {
  const plan::Step* step;
  const plan::Preflight* check;
  std::string why;      ///< "would cost 4000000, more than 1000000"
  std::string of_part;  ///< the part in which there are none; "" where nothing was looked at
};

struct Preflighted {
  std::vector<InTheWay> in_the_way;
  std::vector<NotLookedAt> not_looked_at;
};

struct PreflightOptions {
  bool reviewed = false;  ///< code that the schema brings may run
  std::int64_t limit_ms = 10000;
  double cost_limit = 10'000'000;  ///< in the units of EXPLAIN: pages read one after the other
  bool way_back = false;           ///< of the inverses, not of the steps
};

/// All of them, in their order.
std::vector<const plan::Step*> steps_of(const plan::Plan& plan);

/// What stands in the way of these steps. The session is in no transaction, before and after.
Preflighted rows_in_the_way(Session& session, const std::vector<const plan::Step*>& steps,
                            const PreflightOptions& options);

/// What these steps, or their inverses, would lose and can count: values that are kept and whose rows are gone. Of rows
/// that go with their table nothing is counted: the plan says that they do.
Preflighted values_left_behind(Session& session, const std::vector<const plan::Step*>& steps,
                               const PreflightOptions& options);

/// A few lines for people: what, which ones, and the statement that lists them all.
std::string describe(const InTheWay& found);
/// A sentence: what was not looked at and why, and the statement that would tell.
std::string describe(const NotLookedAt& open);

}  // namespace segue::exec
