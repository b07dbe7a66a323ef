// Guards against plans that are wrong: that leave the database other than psql would have made it, that never become
// empty, that drop what should stay, or that cannot be taken back. Every folder of testdata/cases, both ways.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <set>
#include <stdexcept>

#include "base/hash.h"
#include "case_folder.h"
#include "journey.h"
#include "known.h"
#include "support/files.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

class Case : public testing::TestWithParam<CaseFolder> {
 protected:
  /// Parts that are worth their time for some of the cases, always the same ones; SEGUE_CASES_ALL=1 takes all.
  static bool is_among(const std::string& sixteenths) {
    return std::getenv("SEGUE_CASES_ALL") != nullptr ||
           sixteenths.find(sha256(GetParam().name).back()) != std::string::npos;
  }
  /// From nothing: what is made so is made by the other parts as well, one thing at a time.
  static bool is_created() { return is_among("0"); }
  /// To before.sql by a plan of its own: the rollback of the way forward brings it about as well. Where it is not run,
  /// it is planned at least, in the sessions of the way forward.
  static bool goes_back() { return is_among(GetParam().noop ? "02468ace" : "048c") || !GetParam().forward; }
  static bool plans_back() { return is_among("02468ace"); }

  /// `./dev mutate` runs one part of each case: SEGUE_CASE_PART.
  static bool is_wanted(const std::string& part) {
    const char* only = std::getenv("SEGUE_CASE_PART");
    return only == nullptr || part == only;
  }

  /// `back` of the way forward: null where the way back is not to be planned.
  static void travel(const Side& from, const Side& to, const Wishes& wishes, Commands& segue,
                     const Wishes* back = nullptr) {
    if (GetParam().noop) {
      Journey(from, to, {}, segue).nothing_to_do();
    } else {
      Journey(from, to, wishes, segue).there_and_back(back);
    }
  }
};

TEST_P(Case, MigratesBothWaysAndComesBack) {
  const CaseFolder& folder = GetParam();
  ASSERT_EQ(folder.problem, "") << folder.path;
  if (!folder.skip.empty()) GTEST_SKIP() << folder.skip;
  Server& server = Server::shared();
  if (server.major() < folder.min_server) {
    GTEST_SKIP() << "needs PostgreSQL " << folder.min_server << ", and the server is " << server.major();
  }
  if (folder.max_server != 0 && server.major() > folder.max_server) {
    GTEST_SKIP() << "is of PostgreSQL up to " << folder.max_server << ", and the server is " << server.major();
  }
  const TempDir work;
  write_file(work / "before.sql", read_file(folder.before()));
  write_file(work / "after.sql", read_file(folder.after()));
  const Side before(server, "before.sql", folder.before());
  const Side after(server, "after.sql", folder.after());
  ASSERT_EQ(trial::dump_difference(before.dump, after.dump).empty(), folder.noop)
      << "the case itself is wrong: its files " << (folder.noop ? "differ" : "do not differ") << " for pg_dump";

  const testing::ScopedTrace trace(__FILE__, __LINE__, folder.path.string());
  const std::unique_ptr<Commands> segue = commands_for(folder.name, work.path());
  std::string known;
  const auto run = [&](const char* part, const std::function<void()>& body) {
    if (!is_wanted(part)) return;
    const std::string reason = run_part(folder.name, part, body);
    if (!reason.empty()) known += (known.empty() ? "" : "; ") + reason;
  };
  const Wishes forward = forward_wishes(folder);
  const Wishes back = back_wishes(folder);
  const bool planned_back = folder.back && plans_back() && !goes_back();
  if (folder.forward) {
    run("forward", [&] { travel(before, after, forward, *segue, planned_back ? &back : nullptr); });
  }
  if (folder.back && goes_back()) run("back", [&] { travel(after, before, back, *segue); });
  if (is_created()) {
    run("create", [&] {
      expect_creates(before, *segue);
      expect_creates(after, *segue);
    });
  }
  if (!known.empty() && !HasFailure()) GTEST_SKIP() << known;
}

INSTANTIATE_TEST_SUITE_P(Cases, Case, testing::ValuesIn(case_folders()),
                         [](const testing::TestParamInfo<CaseFolder>& one) { return one.param.name; });

// The instantiation above is silent where no folder is found at all.
TEST(CaseFolders, AreFoundAndReadable) {
  const std::vector<CaseFolder> folders = case_folders();
  EXPECT_GE(folders.size(), 180U) << "under " << testdata() / "cases";
  for (const CaseFolder& folder : folders) {
    EXPECT_EQ(folder.problem, "") << folder.path;
    EXPECT_NE(read_file(folder.before()), read_file(folder.after())) << folder.path << ": both files are the same";
  }
}

// A list that names what is not there would keep a case from ever being judged under its new name.
TEST(KnownFailures, NameCasesThatAreThere) {
  std::set<std::string> names;
  for (const CaseFolder& folder : case_folders()) names.insert(folder.name);
  for (const auto& [known, reason] : known_failures()) EXPECT_TRUE(names.contains(known.first)) << known.first;
}

TEST(KnownFailures, AreReadLineByLineWithTheirReasons) {
  const KnownFailures known = parse_known("# head\n\na__b forward for a reason\na__b back for another\n");
  EXPECT_EQ(known.size(), 2U);
  EXPECT_EQ(known.at({"a__b", "forward"}), "for a reason");
  EXPECT_THROW(parse_known("a__b forward\n"), std::runtime_error);
  EXPECT_THROW(parse_known("a__b sideways for a reason\n"), std::runtime_error);
  EXPECT_THROW(parse_known("a__b back x\na__b back y\n"), std::runtime_error);
}

TEST(KnownFailures, AreSeenAsFailuresWhateverTheirForm) {
  EXPECT_EQ(failures_of([] { EXPECT_EQ(1, 1); }), "");
  EXPECT_NE(failures_of([] { EXPECT_EQ(1, 2); }), "");
  EXPECT_NE(failures_of([] { FAIL() << "at once"; }), "");
  EXPECT_EQ(failures_of([] { throw std::runtime_error("thrown"); }), "thrown\n");
}

}  // namespace
}  // namespace segue::test
