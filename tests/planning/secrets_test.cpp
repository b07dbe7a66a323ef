// Guards against a secret of the schema file that is not set, and against one that is found anywhere but where it was
// sent: in a plan, in the history, in a message, in the process list.
#include <gtest/gtest.h>

#include "support/on_database.h"

namespace segue::test {
namespace {

constexpr const char* value = "hunter2's \\oh-no";

class Secrets : public testing::Test, protected OnDatabase {
 protected:
  void write_schema(const std::string& of_mapping, const std::string& more = "") {
    write_file(folder_ / "schema.sql", "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w;" +
                                           more + "CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (" + of_mapping +
                                           ");");
  }
  Outcome segue_with(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--scope", "all", "--db", database_.url()});
    return run(arguments);
  }
  Outcome run(const std::vector<std::string>& arguments) {
    Outcome outcome = run_segue(arguments, folder_.path().string(), {{"SEGUE_SECRET_FDW", value}});
    EXPECT_EQ(outcome.text().find("hunter2"), std::string::npos) << outcome.text();
    return outcome;
  }
  Outcome apply() { return run({"apply", "plan.json", "--yes", "--allow-hazards", "all", "--db", database_.url()}); }
  std::string options() {
    return database_.ask("SELECT coalesce((SELECT array_to_string(umoptions, ' ') FROM pg_user_mappings), 'none')");
  }
  void expect_nowhere() {
    EXPECT_EQ(read_file(folder_ / "plan.json").find("hunter2"), std::string::npos);
    const std::string kept = database_.ask(
        "SELECT string_agg(row, ' ') FROM (SELECT h::text FROM segue.history h UNION ALL SELECT s::text FROM"
        " segue.history_step s) kept(row)");
    EXPECT_FALSE(kept.empty());
    EXPECT_EQ(kept.find("hunter2"), std::string::npos);
  }
};

TEST_F(Secrets, AreFilledInWhereTheObjectIsMade) {
  write_schema("\"user\" 'me', password '${secret:FDW}'");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  EXPECT_NE(read_file(folder_ / "plan.json").find("password '${secret:FDW}'"), std::string::npos);
  const Outcome applied = apply();
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(options(), std::string("user=me password=") + value);
  expect_nowhere();
  const Outcome next = segue_with({"plan", "--detailed-exitcode"});
  EXPECT_EQ(next.exit_code, 0) << next.text();
  EXPECT_EQ(run({"rollback", "plan.json", "--yes", "--allow-hazards", "all", "--db", database_.url()}).exit_code, 0);
  EXPECT_EQ(options(), "none");
}

TEST_F(Secrets, AreFilledInWhereTheOptionComesAndGoWithIt) {
  database_.execute(
      "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR PUBLIC SERVER "
      "far"
      " OPTIONS (\"user\" 'me')");
  write_schema("\"user\" 'me', password '${secret:FDW}'");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  ASSERT_EQ(apply().exit_code, 0);
  EXPECT_EQ(options(), std::string("user=me password=") + value);
  EXPECT_EQ(run({"rollback", "plan.json", "--yes", "--db", database_.url()}).exit_code, 0);
  EXPECT_EQ(options(), "user=me");
  database_.execute("ALTER USER MAPPING FOR PUBLIC SERVER far OPTIONS (ADD password 'another')");
  const Outcome next = segue_with({"plan", "--detailed-exitcode"});
  EXPECT_EQ(next.exit_code, 0) << "what is set is not compared: " << next.text();
}

TEST_F(Secrets, ThatWereNotGivenStopThePlanBeforeItBegins) {
  write_schema("password '${secret:FDW}'", "CREATE TABLE t (id integer);");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  const Outcome refused = segue({"apply", "plan.json", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(refused.exit_code, 3) << refused.text();
  EXPECT_NE(refused.text().find("SEGUE_SECRET_FDW"), std::string::npos) << refused.text();
  EXPECT_EQ(database_.ask("SELECT to_regclass('t') IS NULL"), "t");
}

TEST_F(Secrets, AreInNoMessageOfAFailure) {
  database_.execute(
      "CREATE FUNCTION picky(text[], oid) RETURNS void LANGUAGE plpgsql AS 'BEGIN IF $1::text LIKE ''%hunter%'' THEN"
      " RAISE EXCEPTION ''% is no password'', $1; END IF; END'");
  write_file(
      folder_ / "schema.sql",
      "CREATE FUNCTION picky(text[], oid) RETURNS void LANGUAGE plpgsql AS 'BEGIN IF $1::text LIKE ''%hunter%'' THEN"
      " RAISE EXCEPTION ''% is no password'', $1; END IF; END';"
      "CREATE FOREIGN DATA WRAPPER w VALIDATOR picky; CREATE SERVER far FOREIGN DATA WRAPPER w OPTIONS (token"
      " '${secret:FDW}');");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  const Outcome failed = apply();
  EXPECT_EQ(failed.exit_code, 1) << failed.text();
  EXPECT_NE(failed.text().find("SQLSTATE P0001"), std::string::npos) << failed.text();
  expect_nowhere();
}

TEST_F(Secrets, AreWholeConnectionStringsOfSubscriptions) {
  write_file(folder_ / "schema.sql",
             "CREATE SUBSCRIPTION s CONNECTION '${secret:FDW}' PUBLICATION p WITH (connect = false);"
             "COMMENT ON SUBSCRIPTION s IS '${secret:FDW}';");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  const Outcome applied =
      run_segue({"apply", "plan.json", "--yes", "--allow-hazards", "all", "--db", database_.url()},
                folder_.path().string(), {{"SEGUE_SECRET_FDW", "dbname=elsewhere password=hunter2"}});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(database_.ask("SELECT subconninfo FROM pg_subscription"), "dbname=elsewhere password=hunter2");
  EXPECT_EQ(database_.ask("SELECT obj_description(oid, 'pg_subscription') FROM pg_subscription"), "${secret:FDW}");
  expect_nowhere();
  EXPECT_EQ(segue_with({"plan", "--detailed-exitcode"}).exit_code, 0);
  EXPECT_EQ(run({"rollback", "plan.json", "--yes", "--allow-hazards", "all", "--db", database_.url()}).exit_code, 0);
}

TEST_F(Secrets, MayOnlyStandWhereOneIsKept) {
  write_schema("\"user\" '${secret:FDW}'");
  EXPECT_EQ(segue_with({"plan"}).exit_code, 1);
  write_schema("password 'x${secret:FDW}'");
  EXPECT_EQ(segue_with({"plan"}).exit_code, 1);
}

constexpr const char* with_password =
    "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR PUBLIC SERVER "
    "far "
    "OPTIONS (\"user\" 'me', password 'hunter2')";

TEST_F(Secrets, ThatNobodyNamedAreLostWithWhatHoldsThem) {
  database_.execute(with_password);
  write_file(folder_ / "schema.sql", "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far FOREIGN DATA WRAPPER w;");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  const std::string plan = read_file(folder_ / "plan.json");
  EXPECT_NE(plan.find("\"loses data\""), std::string::npos) << plan;
  EXPECT_NE(plan.find("dropping it loses its password, which segue does not keep"), std::string::npos) << plan;
}

TEST_F(Secrets, AreNotLostToPleaseADependency) {
  database_.execute(with_password);
  const std::string other_type =
      "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER far TYPE 'other' FOREIGN DATA WRAPPER w;"
      "CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (\"user\" 'me'";
  write_file(folder_ / "schema.sql", other_type + ");");
  const Outcome refused = segue_with({"plan"});
  EXPECT_EQ(refused.exit_code, 1) << refused.text();
  EXPECT_NE(refused.text().find("which would lose its password"), std::string::npos) << refused.text();
  write_file(folder_ / "schema.sql", other_type + ", password '${secret:FDW}');");
  ASSERT_EQ(segue_with({"plan", "--out", "plan.json"}).exit_code, 0);
  ASSERT_EQ(apply().exit_code, 0);
  EXPECT_EQ(options(), std::string("user=me password=") + value);
}

TEST_F(Secrets, ThatARoleMayNotSeeAreNotPlannedAgain) {
  const std::string blind = "blind_" + database_.name();
  database_.execute(std::string(with_password) + "; CREATE ROLE " + blind + " LOGIN");
  write_schema("\"user\" 'me', password '${secret:FDW}'");
  const std::string url =
      "postgresql://" + blind + "@/" + database_.name() + "?host=" + database_.server().socket_folder();
  const Outcome plan = run({"plan", "--scope", "all", "--db", url});
  EXPECT_EQ(plan.text().find("USER MAPPING"), std::string::npos) << plan.text();
  EXPECT_NE(plan.text().find("this role may not read them"), std::string::npos) << plan.text();
  database_.execute("DROP ROLE " + blind);
}

}  // namespace
}  // namespace segue::test
