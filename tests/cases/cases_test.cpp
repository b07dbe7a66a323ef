// Guards against plans that are wrong: that leave the database other than psql would have made it, that never become
// empty, that drop what should stay, or that cannot be taken back. Every folder of testdata/cases, both ways.
#include <gtest/gtest.h>

#include "case_folder.h"
#include "journey.h"
#include "support/dump.h"
#include "support/files.h"

namespace segue::test {
namespace {

class Case : public testing::TestWithParam<CaseFolder> {
 protected:
  Wishes forward_wishes() const {
    const CaseFolder& folder = GetParam();
    Wishes wishes;
    wishes.contains = folder.contains;
    wishes.absent = folder.absent;
    wishes.hazards = folder.hazards;
    wishes.renamed = folder.renamed;
    wishes.remade = folder.remade;
    wishes.rows_kept = folder.rows_kept;
    wishes.undecided = folder.undecided;
    if (folder.has_rows()) wishes.rows_file = (folder.path / "rows.sql").string();
    return wishes;
  }

  Wishes back_wishes() const {
    Wishes wishes;
    wishes.absent = GetParam().absent;
    wishes.remade = GetParam().remade;
    for (const auto& [old_name, new_name] : GetParam().renamed) wishes.renamed[new_name] = old_name;
    return wishes;
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
  const TempDir work;
  write_file(work / "before.sql", read_file(folder.before()));
  write_file(work / "after.sql", read_file(folder.after()));
  const Side before(server, "before.sql", folder.before());
  const Side after(server, "after.sql", folder.after());
  ASSERT_EQ(dump_difference(before.dump, after.dump).empty(), folder.noop)
      << "the case itself is wrong: its files " << (folder.noop ? "differ" : "do not differ") << " for pg_dump";

  if (folder.noop) {
    Journey(before, after, {}, work.path().string()).nothing_to_do();
    Journey(after, before, {}, work.path().string()).nothing_to_do();
  } else {
    const testing::ScopedTrace trace(__FILE__, __LINE__, folder.path.string());
    if (folder.forward) {
      SCOPED_TRACE("forward: from before.sql to after.sql");
      const Wishes wishes = forward_wishes();
      Journey(before, after, wishes, work.path().string()).there_and_back();
    }
    if (folder.back) {
      SCOPED_TRACE("back: from after.sql to before.sql");
      const Wishes wishes = back_wishes();
      Journey(after, before, wishes, work.path().string()).there_and_back();
    }
  }
  expect_creates(before, work.path().string());
  expect_creates(after, work.path().string());
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

}  // namespace
}  // namespace segue::test
