// The start-up gate: whether anything has changed since the database was last found to match the files.
//
// Called by segue.cpp before it compares, and after an apply that planned for itself. A comparison that found nothing
// to do is kept in the history with a hash of what was asked and a digest of the catalogs (catalog/digest.h); where
// both are the same again, so is the answer. Any doubt, and any failure, falls back to the comparison.
#pragma once

#include <optional>
#include <string>

#include "base/session.h"
#include "plan/plan.h"
#include "segue.h"

namespace segue {

class Gate {
 public:
  /// `asked`: a copy of the database, where the target is not to be asked about definitions; then nothing is kept.
  Gate(const PlanRequest& request, const Callbacks& callbacks, Session* asked = nullptr)
      : request_(request), callbacks_(callbacks), asked_(asked) {}

  /// The plan without steps to which an earlier comparison came, where it still holds. Writes nothing.
  std::optional<plan::Plan> settled(Session& session);

  /// Plans, and notes what the catalogs held before.
  Result<plan::Plan> plan(Session& session);

  /// After an apply: keeps that nothing is left to do. Where the plan had steps, or the server was asked, it is the
  /// next plan that says so; one that is not empty is worth a note.
  void settle(Session& session);

 private:
  const PlanRequest& request_;
  const Callbacks& callbacks_;
  Session* asked_;
  std::string catalog_;             ///< digest from before the plan
  std::optional<plan::Plan> made_;  ///< the plan, where it had no steps and nobody was asked
};

}  // namespace segue
