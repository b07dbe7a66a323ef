// Compares snapshots of the database with what a plan says about them: the four checks of apply and rollback.
//
// Called by exec/transaction with snapshots of its own session. Pure: touches no session, and decides nothing.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "exec/inspector.h"
#include "plan/plan.h"

namespace segue::exec {

struct Difference {
  enum class What { gone, appeared, changed };
  What what;
  std::string key;
  friend bool operator==(const Difference&, const Difference&) = default;
};
using Differences = std::vector<Difference>;

/// Hash of each object that a plan added or altered, as the apply left it, and under names that no object has which of
/// its drops lost nothing: kept in the history.
using LeftState = std::map<std::string, std::string>;

/// That a step dropped what was empty: taking it back brings all back that there was.
void note_lost_nothing(LeftState& left, const std::string& step_id);
bool lost_nothing(const LeftState& left, const std::string& step_id);

/// Before apply: all that the plan read must look as it did, what it adds must not be there, and nothing new may have
/// become a part of what it read. `strict`: and nothing must be there that it has not read.
Differences differs_from_read(const plan::Body& plan, const Snapshot& now, bool strict);

/// After apply: `before` less what was removed, plus the effects, and nothing else.
Differences differs_from_effects(const plan::Effects& effects, const Snapshot& before, const Snapshot& after);

/// The same before a group that others went before: what those touched must look as they left it.
Differences differs_from_progress(const plan::Body& plan, int done, const LeftState& left, const Snapshot& now);

/// After one group of several: what it touched last must be as the effects say, and nothing else may have changed.
/// After the last group, all effects must hold.
Differences differs_from_part(const plan::Body& plan, int part, const Snapshot& before, const Snapshot& after);

/// What the steps of some groups say that they touch.
std::set<std::string> touched_by(const plan::Body& plan, int first, int last);

/// The hashes of what the groups up to `done` touched and is there.
LeftState left_by_parts(const plan::Body& plan, int done, const Snapshot& after);

/// Before rollback, and to find an apply already done: is the state of the objects touched the one that the plan left?
/// `left` is exact where the history knows it; else the shapes of the plan count, as far as they are known. Null where
/// the history knows no apply: then what had stood before and may look in any way counts as changed, since it may be as
/// it was, or somebody else's. What became a part of something that the plan had added counts as well: it would go with
/// it.
Differences differs_from_left(const plan::Body& plan, const LeftState* left, const Snapshot& now);

/// After rollback: all that the plan had touched looks as the plan had read it, and nothing else has changed.
Differences differs_from_restored(const plan::Body& plan, const Snapshot& before, const Snapshot& after);

/// Whether nothing at all differs.
bool same(const Snapshot& before, const Snapshot& after);

/// The hashes of what the plan added and altered, for the history; without the tables that hang below ours and are not
/// ours.
LeftState left_state(const plan::Body& plan, const Snapshot& after);

/// One line each, with what the inspector can tell of it, for messages; at most `limit` and then how many more.
std::string list(const Differences& differences, Inspector& inspector, std::size_t limit = 20);

}  // namespace segue::exec
