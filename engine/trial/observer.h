// What the steps of a plan lock, rewrite and scan, as the server shows it while they run.
//
// Used by `segue prove`: a listener of exec/executor that asks on the session that runs the plan. Of a step outside of
// transactions nothing is left to see once it is done.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/session.h"
#include "exec/executor.h"
#include "plan/plan.h"

namespace segue::trial {

class Observer : public exec::Listener {
 public:
  /// The session that runs what follows; kept, not owned.
  void watch(Session& session) { session_ = &session; }

  void step_started(std::size_t number, std::size_t total, const plan::Step& step) override;
  void step_finished(std::size_t number, std::size_t total, const plan::Step& step, std::int64_t ms) override;

  /// In the order of the steps.
  const std::vector<plan::Measured>& measured() const { return measured_; }
  /// Where a step did more than the plan says; one sentence each.
  const std::vector<std::string>& broken_claims() const { return broken_; }

 private:
  struct Relation {
    std::string name;        ///< quoted and qualified
    std::string file;        ///< of its rows; another one once it was rewritten
    std::int64_t scans = 0;  ///< from one end to the other, in this transaction
    int lock = 0;            ///< the strongest mode that we hold
  };
  using Relations = std::map<std::string, Relation>;  // by oid

  Relations look();
  void compare(const plan::Step& step, const plan::Measured& seen);

  Session* session_ = nullptr;
  Relations at_first_;  ///< before the first step
  Relations before_;    ///< before this one
  std::vector<plan::Measured> measured_;
  std::vector<std::string> broken_;
};

}  // namespace segue::trial
