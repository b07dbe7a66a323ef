// Guards against a plan that sets off code of an event trigger which nobody who reviews it has heard of.
#include <gtest/gtest.h>

#include "support/on_database.h"

namespace segue::test {
namespace {

class EventTriggers : public testing::Test, protected OnDatabase {
 protected:
  EventTriggers() {
    database_.execute("CREATE FUNCTION look() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';");
    write_file(folder_ / "schema.sql",
               "CREATE TABLE t (id integer PRIMARY KEY); CREATE UNIQUE INDEX i ON t ((id + 1));"
               "CREATE VIEW v AS SELECT 1 AS a;");
  }
  std::string plan() {
    const Outcome outcome = segue({"plan", "--out", "plan.json"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
    return read_file(folder_ / "plan.json");
  }
  static bool names_it(const std::string& plan) { return plan.find("FIRES_EVENT_TRIGGER") != std::string::npos; }
};

TEST_F(EventTriggers, ThatWouldFireAreNamedAndAskedFor) {
  database_.execute("CREATE EVENT TRIGGER \"Look at\" ON ddl_command_end EXECUTE FUNCTION look()");
  const std::string made = plan();
  EXPECT_TRUE(names_it(made)) << made;
  EXPECT_NE(made.find("Look at"), std::string::npos);
  EXPECT_NE(made.find("public.look in s001, s002, s003"), std::string::npos) << made;
  EXPECT_EQ(segue({"apply", "plan.json", "--yes"}).exit_code, 3);
  EXPECT_EQ(segue({"apply", "plan.json", "--yes", "--allow-hazards", "FIRES_EVENT_TRIGGER"}).exit_code, 0);
}

TEST_F(EventTriggers, AreKnownByTheirTags) {
  database_.execute("CREATE EVENT TRIGGER e ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION look()");
  const std::string made = plan();
  EXPECT_NE(made.find("public.look in s002\""), std::string::npos) << made;
}

TEST_F(EventTriggers, ThatWouldNotFireAreNotNamed) {
  database_.execute(
      "CREATE EVENT TRIGGER a ON sql_drop EXECUTE FUNCTION look(); CREATE EVENT TRIGGER b ON table_rewrite EXECUTE"
      " FUNCTION look(); CREATE EVENT TRIGGER c ON ddl_command_end WHEN TAG IN ('CREATE MATERIALIZED VIEW') EXECUTE"
      " FUNCTION look(); CREATE EVENT TRIGGER d ON ddl_command_end EXECUTE FUNCTION look(); ALTER EVENT TRIGGER d"
      " DISABLE;");
  EXPECT_FALSE(names_it(plan()));
}

}  // namespace
}  // namespace segue::test
