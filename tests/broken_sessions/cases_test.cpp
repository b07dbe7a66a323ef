// Guards against a plan that leaves something behind where one of its statements fails: every statement of a case's
// plan and of its way back, and COMMIT, is refused once, lost once, and (COMMIT) run once without an answer.
// One case in sixteen, by its name; SEGUE_BROKEN_ALL=1 takes all.
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/hash.h"
#include "breaking_session.h"
#include "cases/case_folder.h"
#include "cases/known.h"
#include "catalog/digest.h"
#include "engine/connection.h"
#include "engine/segue_internal.h"
#include "exec/executor.h"
#include "support/files.h"
#include "support/server.h"

namespace segue::test {
namespace {

constexpr int oldest_server = 15;  ///< that the suites run on: Debian 12's

std::vector<CaseFolder> chosen_cases() {
  std::vector<CaseFolder> chosen;
  const bool all = std::getenv("SEGUE_BROKEN_ALL") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  for (const CaseFolder& folder : case_folders()) {
    const bool runs = folder.problem.empty() && folder.skip.empty() && !folder.noop && folder.forward &&
                      folder.min_server <= oldest_server && known_failures().count({folder.name, "forward"}) == 0;
    if (runs && (all || sha256(folder.name).front() == '0')) chosen.push_back(folder);
  }
  return chosen;
}

std::string name_of(const testing::TestParamInfo<CaseFolder>& info) { return info.param.name; }

enum class Way { there, back };
Way opposite(Way way) { return way == Way::there ? Way::back : Way::there; }

class BrokenCase : public testing::TestWithParam<CaseFolder> {
 protected:
  BrokenCase() {
    database_.load(GetParam().before());
    target_.db = database_.url();
    target_.sessions = kept_sessions();
  }

  plan::Plan make_plan() {
    PlanRequest request;
    request.schema = {GetParam().after().string()};
    request.scope = "all";
    request.on_drop = "delete";
    request.online = "never";
    const auto open = open_session(target_, {});
    if (!open) throw std::runtime_error(open.error().what);
    auto plan = segue::make_plan(request, open->session.get(), {});
    if (!plan) throw std::runtime_error(plan.error().what);
    return std::move(*plan);
  }

  Result<exec::Outcome> run(Way way, Break& broken) {
    const auto connect = [&]() -> Result<std::unique_ptr<Session>> {
      auto connection = Connection::open(target_, {});
      if (!connection) return connection.failure();
      auto session = (*connection)->session();
      if (!session) return session.failure();
      connections_.push_back(std::move(*connection));
      return std::unique_ptr<Session>(std::make_unique<BreakingSession>(std::move(*session), broken));
    };
    exec::Options options;
    options.allow_hazards = {"all"};
    options.delete_on_drop = true;
    const std::unique_ptr<exec::Inspector> inspector = make_inspector();
    exec::Listener listener;
    const exec::PlanSource source = [this](Session&) -> Result<plan::Plan> { return plan_; };
    auto outcome = way == Way::there ? exec::apply(connect, source, options, *inspector, listener)
                                     : exec::rollback(connect, source, options, *inspector, listener);
    connections_.clear();
    return outcome;
  }

  /// The statements of the way, each of which is counted as often as it runs.
  Break never(Way way) const {
    Break broken;
    broken.watched = {"COMMIT"};
    for (const plan::Step& step : plan_.body.steps) {
      for (const std::string& sql : way == Way::there ? step.sql : step.inverse.sql) broken.watched.insert(sql);
    }
    return broken;
  }

  /// What the server says of all its catalogs: a transaction that was rolled back leaves nothing there.
  std::string digest() {
    const auto open = open_session(target_, {});
    const auto hash = open ? catalog::digest(*open->session) : Result<std::string>(open.failure());
    return hash ? *hash : "no digest: " + hash.error().what;
  }

  /// Breaks each statement of the way in turn, from where it starts, and goes it in the end.
  void break_each(Way way) {
    Break whole = never(way);
    ASSERT_TRUE(run(way, whole)) << "unbroken";
    ASSERT_NO_FATAL_FAILURE(go(opposite(way)));
    for (std::size_t at = 1; at <= whole.seen; ++at) {
      for (const auto how : {Break::How::refused, Break::How::lost_before, Break::How::answer_is_lost})
        ASSERT_NO_FATAL_FAILURE(break_one(way, at, how));
    }
    go(way);
  }

 private:
  void go(Way way) {
    Break unbroken = never(way);
    const auto outcome = run(way, unbroken);
    ASSERT_TRUE(outcome) << render(outcome.error());
  }

  /// Starts and ends where the way does. A COMMIT is one of the work, or of what is learnt behind it.
  void break_one(Way way, std::size_t at, Break::How how) {
    Break broken = never(way);
    broken.at = at;
    broken.how = how;
    const std::string before = digest();
    const auto outcome = run(way, broken);
    if (outcome) {
      ASSERT_EQ(broken.statement, "COMMIT") << "it broke, and nobody said so";
      return go(opposite(way));
    }
    ASSERT_EQ(digest(), before) << broken.statement << "\n" << render(outcome.error());
  }

  Database database_{Server::shared()};
  Target target_;
  std::vector<std::unique_ptr<Connection>> connections_;

 protected:
  plan::Plan plan_;
};

TEST_P(BrokenCase, IsAsItWasAndThenGoesOn) {
  plan_ = make_plan();
  Break first = never(Way::there);
  ASSERT_TRUE(run(Way::there, first));
  const bool has_way_back = std::all_of(plan_.body.steps.begin(), plan_.body.steps.end(),
                                        [](const plan::Step& step) { return step.inverse.fidelity != "none"; });
  if (!has_way_back) return;
  ASSERT_NO_FATAL_FAILURE(break_each(Way::back));
  ASSERT_NO_FATAL_FAILURE(break_each(Way::there));
}

INSTANTIATE_TEST_SUITE_P(Cases, BrokenCase, testing::ValuesIn(chosen_cases()), name_of);

}  // namespace
}  // namespace segue::test
