// What a plan that was applied would bring back if it were rolled back now.
//
// Used by exec/history for its rows and by exec/doctor for a plan file. Looks at what the plan says of itself, at what
// it keeps aside and at the rows that are there by now; whether the schema is still as the plan left it is asked by
// rollback. Reads only. The session is in no transaction, before and after.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "exec/preflight.h"
#include "plan/plan.h"

namespace segue::exec {

/// Points into the plan.
struct WayBack {
  std::vector<const plan::Step*> none;   ///< steps that cannot be undone
  std::vector<const plan::Step*> lossy;  ///< steps whose way back loses data, by what the plan says
  std::size_t purged = 0;                ///< how many of the relations that its rows were kept in are gone
  std::vector<InTheWay> refused_by;      ///< rows that rollback would not begin over
  std::vector<InTheWay> lost;            ///< what is kept and would not come back in full
  bool all_looked_at = true;             ///< false where rows of either sort were not all looked for

  bool is_possible() const { return none.empty() && purged == 0 && refused_by.empty(); }
  bool is_full() const { return is_possible() && lossy.empty() && lost.empty() && all_looked_at; }
};

/// `applied`: the plan is in the database, so that rows may be asked for, and what it kept should be there.
Result<WayBack> look_at_way_back(Session& session, const plan::Plan& plan, bool applied);

/// For people: "steps that cannot be undone: s001", "each step has an exact way back".
std::string describe(const WayBack& way);

/// One sentence's end for people: "can be taken back in full". `plan_file` is the plan as the history keeps it, under
/// this id; "" where it is too old to be kept.
Result<std::string> way_back(Session& session, const std::string& plan_id, const std::string& plan_file);

}  // namespace segue::exec
