// Guards against plans that lock, rewrite or read more than they say: one case in thirty-two, proved on rows that
// were made up. They are chosen by their names, so that a new one changes nothing for the others; SEGUE_PROOFS_ALL=1
// takes all.
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/hash.h"
#include "cases/case_folder.h"
#include "cases/known.h"
#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

constexpr int oldest_server = 15;  ///< that the suites run on: Debian 12's

/// What pg_dump writes of them psql does not load: a slot is named as no slot may be; a function's body finds what it
/// calls by a search path, and pg_dump sets none.
bool can_be_restored(const std::string& name) {
  return name != "subscription__drop_one_whose_name_no_slot_may_have" &&
         name != "dependents__drop_what_calls_functions_that_call_others";
}

bool is_in_the_sample(const std::string& name) {
  const std::string digits = sha256(name);
  return digits[0] == '1' && digits[1] < '8';
}

std::vector<CaseFolder> chosen_cases() {
  std::vector<CaseFolder> chosen;
  const bool all = std::getenv("SEGUE_PROOFS_ALL") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  for (const CaseFolder& folder : case_folders()) {
    const bool runs = folder.problem.empty() && folder.skip.empty() && !folder.noop && folder.forward &&
                      folder.min_server <= oldest_server && can_be_restored(folder.name);
    const bool known = known_failures().count({folder.name, "forward"}) != 0;
    if (runs && (all || is_in_the_sample(folder.name)) && !known) chosen.push_back(folder);
  }
  return chosen;
}

std::string name_of(const testing::TestParamInfo<CaseFolder>& info) { return info.param.name; }

class ProvedCase : public testing::TestWithParam<CaseFolder> {};

TEST_P(ProvedCase, Holds) {
  const Database database(Server::shared());
  database.load(GetParam().before());
  const TempDir folder;
  const std::string after = GetParam().after().string();
  const Outcome planned = run_segue({"plan", "--scope", "all", "--on-drop", "delete", "--schema", after, "--out",
                                     "plan.json", "--db", database.url()},
                                    folder.path().string());
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  const Outcome proved = run_segue(
      {"prove", "plan.json", "--schema", after, "--db", database.url(), "--scratch", Server::shared().url("postgres")},
      folder.path().string());
  EXPECT_EQ(proved.exit_code, 0) << proved.text();
}

INSTANTIATE_TEST_SUITE_P(Cases, ProvedCase, testing::ValuesIn(chosen_cases()), name_of);

}  // namespace
}  // namespace segue::test
