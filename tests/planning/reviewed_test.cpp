// Guards against an apply that was told which plan was reviewed, and runs another one.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/on_database.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

class Reviewed : public testing::Test, protected OnDatabase {
 protected:
  Reviewed() {
    write_file(folder_ / "schema.sql", "CREATE TABLE t (id integer PRIMARY KEY);");
    const Outcome plan = segue({"plan", "--out", "plan.json"});
    EXPECT_EQ(plan.exit_code, 0) << plan.text();
  }
  Json plan() { return Json::parse(read_file(folder_ / "plan.json")); }
  std::string tables() {
    return database_.ask("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");
  }
  void expect_refused(const Outcome& outcome) {
    EXPECT_EQ(outcome.exit_code, 3) << outcome.text();
    EXPECT_NE(outcome.text().find("not the one that was reviewed"), std::string::npos) << outcome.text();
    EXPECT_EQ(tables(), "0");
  }
};

TEST_F(Reviewed, ThePlanItselfRuns) {
  const Outcome applied = segue({"apply", "plan.json", "--yes", "--require-reviewed", plan()["id"]});
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(tables(), "1");
}

TEST_F(Reviewed, ThePlanThatIsMadeAgainIsTheSame) {
  const Outcome applied = segue({"apply", "--yes", "--require-reviewed", plan()["id"]});
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(tables(), "1");
}

TEST_F(Reviewed, AnyOtherIsRefused) {
  expect_refused(segue({"apply", "plan.json", "--yes", "--require-reviewed", std::string(64, '0')}));
  const std::string id = plan()["id"];
  write_file(folder_ / "schema.sql", "CREATE TABLE t (id integer PRIMARY KEY, a text);");
  expect_refused(segue({"apply", "--yes", "--require-reviewed", id}));
}

TEST_F(Reviewed, AnEditedOneIsAnother) {
  const std::string id = plan()["id"];
  Json edited = plan();
  edited["plan"]["steps"][0]["sql"][0] = "CREATE TABLE public.t (id integer PRIMARY KEY, mine text)";
  write_file(folder_ / "plan.json", edited.dump(2));
  ASSERT_EQ(segue({"seal", "plan.json"}).exit_code, 0);
  const Outcome outcome = segue({"apply", "plan.json", "--yes", "--require-reviewed", id});
  expect_refused(outcome);
  EXPECT_NE(outcome.text().find("edited by hand"), std::string::npos) << outcome.text();
}

TEST_F(Reviewed, HashIsAllOfIt) {
  const std::string id = plan()["id"];
  EXPECT_EQ(segue({"apply", "plan.json", "--yes", "--require-reviewed", id.substr(0, 12)}).exit_code, 64);
  EXPECT_EQ(tables(), "0");
}

TEST_F(Reviewed, NothingToDoNeedsNoReview) {
  ASSERT_EQ(segue({"apply", "plan.json", "--yes"}).exit_code, 0);
  const Outcome again = segue({"apply", "--yes", "--require-reviewed", std::string(64, '0')});
  EXPECT_EQ(again.exit_code, 0) << again.text();
}

}  // namespace
}  // namespace segue::test
