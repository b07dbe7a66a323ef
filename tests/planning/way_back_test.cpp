// Guards against a plan that promises a way back which the server does not take.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

const std::string partitioned =
    "CREATE TABLE t (mood mood NOT NULL, n integer) PARTITION BY LIST (mood);"
    "CREATE TABLE t1 PARTITION OF t FOR VALUES IN ('sad');";
const std::string two_moods = "CREATE TYPE mood AS ENUM ('sad', 'ok');" + partitioned;
const std::string three_moods = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');" + partitioned;

class WayBack : public testing::Test {
 protected:
  WayBack() : database_(Server::shared()) {}
  Outcome segue(const std::string& schema, std::vector<std::string> arguments) {
    write_file(folder_ / "schema.sql", schema);
    arguments.insert(arguments.end(), {"--db", database_.url()});
    return run_segue(arguments, folder_.path().string());
  }

  Database database_;
  TempDir folder_;
};

TEST_F(WayBack, IsNoneForALabelUnderAPartitionKey) {
  database_.execute(two_moods);
  const Outcome planned = segue(three_moods, {"plan", "--out", "plan.json"});
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  EXPECT_NE(planned.text().find("way back: none"), std::string::npos) << planned.text();
  EXPECT_NE(planned.text().find("it uses enum public.mood"), std::string::npos) << planned.text();
  const Outcome refused = segue(three_moods, {"apply", "plan.json", "--yes"});
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  const Outcome applied = segue(three_moods, {"apply", "plan.json", "--yes", "--allow-hazards", "NOT_REVERSIBLE"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const std::string as_it_is = database_.dump();
  const Outcome back = segue(three_moods, {"rollback", "plan.json", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(back.exit_code, 3) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_it_is), "");
}

TEST_F(WayBack, OfALabelUnderAPartitionKeyIsNoPlanEither) {
  database_.execute(three_moods);
  const Outcome planned = segue(two_moods, {"plan"});
  EXPECT_EQ(planned.exit_code, 1) << planned.text();
  EXPECT_NE(planned.text().find("it uses enum public.mood"), std::string::npos) << planned.text();
}

}  // namespace
}  // namespace segue::test
