// Guards against a plan that uses a label in the transaction that adds it, which PostgreSQL refuses (55P04), and
// against one that loses rows over it.
#include <gtest/gtest.h>

#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

struct Use {
  const char* name;
  const char* after;  ///< behind the type and the table
};
void PrintTo(const Use& use, std::ostream* out) { *out << use.name; }
std::string name_of(const testing::TestParamInfo<Use>& info) { return info.param.name; }

class NewLabel : public testing::TestWithParam<Use>, protected OnDatabase {
 protected:
  NewLabel() {
    database_.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (id integer PRIMARY KEY, m mood);"
        "INSERT INTO t SELECT g, (CASE WHEN g % 2 = 0 THEN 'sad' ELSE 'glad' END)::mood FROM generate_series(1, 100) "
        "g;");
  }
  std::string file() { return database_.ask("SELECT relfilenode FROM pg_class WHERE oid = 't'::regclass"); }
  std::string rows() { return database_.ask("SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM t"); }
};

TEST_P(NewLabel, IsUsedByTheSamePlanAndTakenBack) {
  const std::string dump = database_.dump();
  const std::string rows_before = rows();
  write_file(folder_ / "schema.sql",
             "CREATE TYPE mood AS ENUM ('sad', 'so so', 'glad');\nCREATE TABLE t (id integer PRIMARY KEY, m mood" +
                 std::string(GetParam().after));
  for (const std::string online : {"never", "always", "auto"}) {
    const Outcome plan = segue({"plan", "--scope", "all", "--online", online, "--out", "plan.json"});
    ASSERT_EQ(plan.exit_code, 0) << plan.text();
    const std::string file_before = file();
    const Outcome applied = segue({"apply", "plan.json", "--yes", "--allow-hazards", "all"});
    ASSERT_EQ(applied.exit_code, 0) << plan.text() << applied.text();
    // an index that is built concurrently stands apart for a reason of its own
    const bool ahead = read_file(folder_ / "plan.json").find("\"group\": 2") != std::string::npos;
    EXPECT_EQ(ahead, online != "never" && GetParam().name != std::string("by_nobody"));
    if (online != "never") {
      EXPECT_EQ(file(), file_before) << "the table was rewritten";
    }
    EXPECT_EQ(rows(), rows_before);
    const Outcome next = segue({"plan", "--scope", "all", "--detailed-exitcode"});
    EXPECT_EQ(next.exit_code, 0) << next.text();
    const Outcome back = segue({"rollback", "plan.json", "--yes", "--allow-hazards", "all"});
    ASSERT_EQ(back.exit_code, 0) << back.text();
    EXPECT_EQ(trial::dump_difference(database_.dump(), dump), "");
    EXPECT_EQ(rows(), rows_before);
  }
}

INSTANTIATE_TEST_SUITE_P(
    , NewLabel,
    testing::Values(Use{"by_nobody", ");"}, Use{"by_a_default", " DEFAULT 'so so');"},
                    Use{"by_a_check", " CHECK (m <> 'so so' OR id > 5));"},
                    Use{"by_a_partial_index", "); CREATE INDEX picked ON t (id) WHERE m = 'so so';"},
                    Use{"by_an_index", "); CREATE INDEX picked ON t ((m = 'so so'));"},
                    Use{"by_a_policy",
                        "); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY picked ON t USING (m = 'so so');"},
                    Use{"by_a_view", "); CREATE VIEW v AS SELECT id FROM t WHERE m = 'so so';"}),
    name_of);

/// A label that a view uses, while an event trigger lets no view be made.
class LabelAhead : public testing::Test, protected OnDatabase {
 protected:
  LabelAhead() {
    database_.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');"
        "CREATE VIEW sad AS SELECT id FROM t WHERE m = 'sad'; INSERT INTO t SELECT g FROM generate_series(1, 100) g;");
    before_ = database_.dump();
    write_file(folder_ / "schema.sql",
               "CREATE TYPE mood AS ENUM ('sad', 'so so', 'glad');"
               "CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'so so');"
               "CREATE VIEW sad AS SELECT id FROM t WHERE m < 'so so';");
    must(segue({"plan", "--out", "plan.json"}));
  }
  static void must(const Outcome& outcome) { EXPECT_EQ(outcome.exit_code, 0) << outcome.text(); }
  void stop_behind_the_label() {
    database_.execute(
        "CREATE FUNCTION stop() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''not now''; END';"
        "CREATE EVENT TRIGGER stop ON ddl_command_end WHEN TAG IN ('CREATE VIEW') EXECUTE FUNCTION stop();");
    const Outcome stopped = segue({"apply", "plan.json", "--yes"});
    EXPECT_EQ(stopped.exit_code, 1) << stopped.text();
    EXPECT_NE(stopped.text().find("stands behind group 1 of 2"), std::string::npos) << stopped.text();
    EXPECT_EQ(labels(), "{sad,\"so so\",glad}");
    database_.execute("DROP EVENT TRIGGER stop; DROP FUNCTION stop();");
  }
  std::string labels() { return database_.ask("SELECT enum_range(NULL::mood)"); }
  std::string before_;
};

TEST_F(LabelAhead, StandsBetweenTheGroupsAndIsGoneOnWith) {
  stop_behind_the_label();
  must(segue({"apply", "plan.json", "--resume", "--yes"}));
  must(segue({"plan", "--detailed-exitcode"}));
  must(segue({"rollback", "plan.json", "--yes"}));
  EXPECT_EQ(trial::dump_difference(database_.dump(), before_), "");
}

TEST_F(LabelAhead, IsTakenBackFromBetweenTheGroups) {
  stop_behind_the_label();
  must(segue({"rollback", "plan.json", "--yes"}));
  EXPECT_EQ(trial::dump_difference(database_.dump(), before_), "");
  EXPECT_EQ(database_.ask("SELECT count(*) FROM sad"), "100");
}

TEST_F(LabelAhead, IsNotTakenBackFromRowsThatHoldIt) {
  must(segue({"apply", "plan.json", "--yes"}));
  database_.execute("INSERT INTO t VALUES (1000)");
  const Outcome back = segue({"rollback", "plan.json", "--yes"});
  EXPECT_EQ(back.exit_code, 1) << back.text();
  EXPECT_NE(back.text().find("1 rows of public.t whose m holds a label that"), std::string::npos) << back.text();
  EXPECT_NE(back.text().find("nothing was changed"), std::string::npos) << back.text();
  EXPECT_EQ(labels(), "{sad,\"so so\",glad}");
  database_.execute("DELETE FROM t WHERE id = 1000");
  must(segue({"rollback", "plan.json", "--yes"}));
  EXPECT_EQ(trial::dump_difference(database_.dump(), before_), "");
}

TEST_F(LabelAhead, UnderAPartitionKeyHasNoWayBackAndSaysSo) {
  const std::string parted = "CREATE TABLE p (m mood) PARTITION BY LIST (m);";
  database_.execute(parted);
  const std::string rest =
      "CREATE TYPE mood AS ENUM ('sad', 'glad', 'new'); CREATE TABLE t (id integer PRIMARY KEY, m mood DEFAULT 'sad');"
      "CREATE VIEW sad AS SELECT id FROM t WHERE m = 'sad';" +
      parted;
  write_file(folder_ / "schema.sql", rest + "CREATE TABLE p_new PARTITION OF p FOR VALUES IN ('new');");
  EXPECT_NE(segue({"plan", "--online", "never"}).exit_code, 0);
  must(segue({"plan", "--out", "plan.json"}));
  const std::string plan = read_file(folder_ / "plan.json");
  EXPECT_NE(plan.find("\"fidelity\": \"none\""), std::string::npos) << plan;
  EXPECT_NE(plan.find("NOT_REVERSIBLE"), std::string::npos) << plan;
  EXPECT_EQ(segue({"apply", "plan.json", "--yes"}).exit_code, 3);
  must(segue({"apply", "plan.json", "--yes", "--allow-hazards", "NOT_REVERSIBLE"}));
  must(segue({"plan", "--detailed-exitcode"}));
  EXPECT_EQ(segue({"rollback", "plan.json", "--yes", "--allow-hazards", "all"}).exit_code, 3);
}

}  // namespace
}  // namespace segue::test
