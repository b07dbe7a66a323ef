// Guards against a plan between two files that is not what a database would need: psql runs its script on a database
// made from the first file, and pg_dump compares with one made from the second. No database is there while it is made.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class FromFiles : public testing::Test {
 protected:
  Outcome plan(const std::string& from, const std::string& to, const std::vector<std::string>& more = {}) {
    write_file(folder_ / "from.sql", from);
    write_file(folder_ / "to.sql", to);
    std::vector<std::string> arguments{"plan", "--from", "from.sql", "--schema", "to.sql", "--detailed-exitcode"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_segue(arguments, folder_.path().string());
  }
  TempDir folder_;
};

TEST_F(FromFiles, IsEmptyForTwoSpellingsThatTheTreesTellToBeOne) {
  const Outcome same = plan("CREATE TABLE t (a int DEFAULT 1, CHECK (a > 0)); CREATE VIEW v AS SELECT a FROM t;",
                            "create table t (a integer default (1)); create view v as select a from public.t;"
                            "alter table t add constraint t_a_check check ((a) > 0);");
  EXPECT_EQ(same.exit_code, 0) << same.text();
}

/// The second is what pg_dump writes.
TEST_F(FromFiles, KnowsTheWaysToSetNoPath) {
  const std::string table =
      "CREATE TABLE public.t (v varchar CHECK (((v)::text = ANY ((ARRAY['a'::character varying])::text[]))));";
  const Outcome same =
      plan("SET search_path = '';" + table, "SELECT set_config('search_path', '', false);" + table, {"--ask", "never"});
  EXPECT_EQ(same.exit_code, 0) << same.text();
}

TEST_F(FromFiles, NamesWhatIsUndecidedAndCountsItAsChanged) {
  const Outcome outcome =
      plan("CREATE TABLE t (v varchar CHECK (v IN ('a', 'b')));",
           "CREATE TABLE t (v varchar CHECK (v::text = ANY (ARRAY['a', 'b']::text[])));", {"--ask", "never"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.text();
  EXPECT_TRUE(holds(outcome.out,
                    "to.sql:1: whether check of constraint public.t.t_v_check means what it meant is "
                    "undecided without a database; it counts as changed"))
      << outcome.out;
}

TEST_F(FromFiles, AsksAServerThatIsInTheStateOfTheFirst) {
  const std::string both =
      "CREATE TABLE t (p numeric); CREATE FUNCTION f(numeric) RETURNS numeric LANGUAGE sql AS 'SELECT 1';";
  const std::string from =
      both + "CREATE TABLE gone (a int); CREATE VIEW v AS SELECT f(1) AS a, g.* FROM (SELECT p FROM t) g;";
  const std::string to = both + "CREATE VIEW v AS SELECT f(1::numeric) AS a, g.p FROM (SELECT t.p FROM t) g;";
  EXPECT_TRUE(holds(plan(from, to, {"--ask", "never"}).out, "query of view public.v"));
  const Outcome asked = plan(from, to, {"--ask", Server::shared().url("postgres")});
  EXPECT_EQ(asked.exit_code, 2) << asked.text();
  EXPECT_TRUE(holds(asked.out, "DROP TABLE public.gone")) << asked.text();
  EXPECT_TRUE(holds(asked.out, "Plan: 0 to add, 0 to change, 1 to drop")) << asked.text();
  EXPECT_EQ(Server::shared().ask("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'segue_prove%'"),
            "0");
}

TEST_F(FromFiles, DropsWhatTheSecondFileDoesNotName) {
  const Outcome outcome = plan("CREATE TABLE t (a int); CREATE TABLE u (a int);", "CREATE TABLE t (a int);");
  EXPECT_TRUE(holds(outcome.out, "DROP TABLE public.u")) << outcome.text();
}

TEST_F(FromFiles, AsksForTheOwnerWhereOneOfTheFilesNamesNone) {
  const std::string table = "CREATE TABLE t (a int);";
  const Outcome outcome = plan(table, table + "ALTER TABLE t OWNER TO app_owner;");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(holds(outcome.err, "does not say who owns table public.t")) << outcome.err;
  EXPECT_TRUE(holds(outcome.err, "--owner")) << outcome.err;
  const Outcome named = plan(table, table + "ALTER TABLE t OWNER TO app_owner;", {"--owner", "tester"});
  EXPECT_TRUE(holds(named.out, "ALTER TABLE public.t OWNER TO app_owner")) << named.text();
}

/// One that refuses every statement would refuse the plan that makes it.
TEST_F(FromFiles, LetsNoEventTriggerSeeThePlan) {
  const Outcome outcome =
      plan("",
           "CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'no'; END$$;"
           "CREATE EVENT TRIGGER shut ON ddl_command_start EXECUTE FUNCTION no(); CREATE TABLE t (a int);"
           "ALTER FUNCTION no() OWNER TO app_owner;",
           {"--owner", "tester"});
  const std::size_t trigger = outcome.out.find("CREATE EVENT TRIGGER shut");
  ASSERT_NE(trigger, std::string::npos) << outcome.text();
  for (const char* other : {"CREATE TABLE public.t", "ALTER FUNCTION public.no() OWNER TO app_owner"}) {
    EXPECT_LT(outcome.out.find(other), trigger) << other << " in\n" << outcome.out;
  }
}

TEST_F(FromFiles, SaysWhichFileIsMissing) {
  const Outcome outcome = run_segue({"plan", "--from", "nowhere.sql"}, folder_.path().string());
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(holds(outcome.err, "nowhere.sql")) << outcome.err;
}

/// A sixteenth of the folders of testdata/cases, by their names: a new case moves no other.
std::vector<std::string> folders() {
  std::vector<std::string> all;
  for (const fs::directory_entry& one : fs::recursive_directory_iterator(testdata() / "cases")) {
    const fs::path folder = one.path().parent_path();
    if (one.path().filename() == "before.sql" && !fs::exists(folder / "expect.json"))
      all.push_back(fs::relative(folder, testdata() / "cases").string());
  }
  std::sort(all.begin(), all.end());
  std::erase_if(all, [](const std::string& name) { return sha256(name)[0] != '0'; });
  return all;
}

class FromCase : public testing::TestWithParam<std::string> {};

TEST_P(FromCase, LeadsToTheSecondFile) {
  const fs::path folder = testdata() / "cases" / GetParam();
  const Outcome plan =
      run_segue({"plan", "--from", (folder / "before.sql").string(), "--schema", (folder / "after.sql").string(),
                 "--owner", "tester", "--scope", "all", "--format", "sql", "--ask", "never"},
                "/tmp");
  ASSERT_EQ(plan.exit_code, 0) << plan.text();
  const Database from(Server::shared());
  const Database to(Server::shared());
  from.load(folder / "before.sql");
  to.load(folder / "after.sql");
  const Outcome run = from.server().psql(from.name(), plan.out);
  EXPECT_TRUE(run.ok()) << run.text() << "\n" << plan.out;
  EXPECT_EQ(trial::dump_difference(from.dump(), to.dump()), "") << plan.out;
}

INSTANTIATE_TEST_SUITE_P(FromFiles, FromCase, testing::ValuesIn(folders()),
                         [](const testing::TestParamInfo<std::string>& one) {
                           std::string name = one.param;
                           std::replace_if(
                               name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace segue::test
