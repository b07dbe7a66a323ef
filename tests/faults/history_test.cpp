// Guards against a history that is read in the wrong order, so that the wrong apply counts as the last one.
#include <gtest/gtest.h>

#include "deployment.h"

namespace segue::test {
namespace {

TEST(History, IsReadInTheOrderOfItsNumbersBeyondNine) {
  const Deployment deployment(ordinary_change());  // rows 1 to 3
  for (int i = 0; i < 4; ++i) {
    ASSERT_EQ(deployment.apply().exit_code, 0);
    ASSERT_EQ(deployment.roll_back().exit_code, 0);
  }
  ASSERT_EQ(deployment.apply().exit_code, 0);  // row 12
  const Outcome again = deployment.apply();
  EXPECT_EQ(again.exit_code, 0) << again.text();
  EXPECT_NE(again.err.find("Nothing to do"), std::string::npos) << again.text();
  const Outcome shown = deployment.segue({"history"});
  EXPECT_TRUE(shown.out.starts_with("#12 ")) << shown.text();
  const Outcome back = deployment.segue({"rollback", "--last", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(deployment.state(), State::old_one);
}

}  // namespace
}  // namespace segue::test
