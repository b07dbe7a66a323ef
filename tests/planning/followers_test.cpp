// Guards against a plan that cannot alter a table because of a partition or a child that the file does not name, made
// by a job or by hand: what comes down to it is an effect of the plan, and nothing else of it is touched.
#include <gtest/gtest.h>

#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

struct Example {
  const char* name;
  const char* before;
  const char* by_hand;
  const char* after;
};

std::ostream& operator<<(std::ostream& out, const Example& one) { return out << one.name; }

class Followers : public testing::TestWithParam<Example>, protected OnDatabase {
 protected:
  Outcome apply(const std::string& schema, std::vector<std::string> more = {}) const {
    write_file(folder_ / "schema.sql", schema);
    std::vector<std::string> arguments = {"apply", "--yes", "--allow-hazards", "all", "--on-drop", "delete"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return segue(arguments);
  }
};

/// There and back: the next plan is empty, the server would have done the same, and everything is as it was.
TEST_P(Followers, HaveWhatComesDownToThem) {
  const Example& one = GetParam();
  const Outcome begun = apply(one.before);
  ASSERT_TRUE(begun.ok()) << begun.text();
  database_.execute(one.by_hand);
  const std::string before = database_.dump();
  const Outcome applied = apply(one.after);
  ASSERT_TRUE(applied.ok()) << applied.text();
  const Outcome again = segue({"plan", "--detailed-exitcode"});
  EXPECT_EQ(again.exit_code, 0) << again.text();
  const Outcome back = segue({"rollback", "--last", "--yes", "--allow-hazards", "all", "--on-drop", "delete"});
  ASSERT_TRUE(back.ok()) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), before), "");
}

constexpr const char* plain = "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d);";
constexpr const char* partitions =
    "CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
    "CREATE SCHEMA parts;"
    "CREATE TABLE parts.p_2 PARTITION OF p FOR VALUES FROM ('2021-01-01') TO ('2022-01-01') PARTITION BY HASH (id);"
    "CREATE TABLE parts.p_2_0 PARTITION OF parts.p_2 FOR VALUES WITH (MODULUS 1, REMAINDER 0);"
    "CREATE INDEX own ON p_1 (d); INSERT INTO p VALUES (1, '2020-02-02'), (2, '2021-02-02');";

INSTANTIATE_TEST_SUITE_P(
    Partitions, Followers,
    testing::Values(
        Example{"AddColumn", plain, partitions,
                "CREATE TABLE p (id int, d date, x text DEFAULT 'q') PARTITION BY RANGE (d);"},
        Example{"DropColumn", "CREATE TABLE p (id int, d date, x text) PARTITION BY RANGE (d);",
                "CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
                "CREATE INDEX own ON p_1 (x); ALTER TABLE p_1 ADD CHECK (x <> '');",
                plain},
        Example{"ChangeType", "CREATE TABLE p (id int, d date, x int DEFAULT 3) PARTITION BY RANGE (d);", partitions,
                "CREATE TABLE p (id int, d date, x bigint DEFAULT 3) PARTITION BY RANGE (d);"},
        Example{"SetNotNull", plain, partitions, "CREATE TABLE p (id int NOT NULL, d date) PARTITION BY RANGE (d);"},
        Example{"AddCheck", plain, partitions,
                "CREATE TABLE p (id int, d date, CONSTRAINT c CHECK (id > 0)) PARTITION BY RANGE (d);"},
        Example{"ChangeChecks",
                "CREATE TABLE p (id int, d date, CONSTRAINT c CHECK (id > 0), CONSTRAINT e CHECK (id < 9)) "
                "PARTITION BY RANGE (d);",
                partitions, "CREATE TABLE p (id int, d date, CONSTRAINT c CHECK (id > -1)) PARTITION BY RANGE (d);"},
        Example{"AddPrimaryKey", plain, partitions,
                "CREATE TABLE p (id int, d date, PRIMARY KEY (id, d)) PARTITION BY RANGE (d);"},
        Example{"AddIndex", plain, partitions,
                "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d); CREATE INDEX i ON p (id, (id + 1));"},
        Example{"TakeTheirOwnIndex", plain, partitions,
                "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d); CREATE INDEX i ON p (d);"},
        Example{"ChangeIndexes",
                "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d); CREATE INDEX i ON p (id);"
                "CREATE INDEX j ON p (d);",
                partitions, "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d); CREATE INDEX i ON p (id, d);"},
        Example{"AddForeignKey",
                "CREATE TABLE q (id int PRIMARY KEY);"
                "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d);",
                "CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
                "CREATE TABLE q (id int PRIMARY KEY);"
                "CREATE TABLE p (id int REFERENCES q, d date) PARTITION BY RANGE (d);"},
        Example{"AddTrigger", plain, partitions,
                "CREATE TABLE p (id int, d date) PARTITION BY RANGE (d);"
                "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';"
                "CREATE TRIGGER t BEFORE INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();"}),
    [](const auto& one) { return one.param.name; });

constexpr const char* children =
    "CREATE TABLE c1 (extra int) INHERITS (p); CREATE TABLE c2 () INHERITS (c1); ALTER TABLE c1 ALTER x SET DEFAULT "
    "'o';"
    "INSERT INTO c2 VALUES (1, 'a', 2);";

INSTANTIATE_TEST_SUITE_P(
    Children, Followers,
    testing::Values(Example{"Change", "CREATE TABLE p (id int, x text DEFAULT 'd');", children,
                            "CREATE TABLE p (id bigint NOT NULL, x text DEFAULT 'e', y int DEFAULT 7, "
                            "CONSTRAINT c CHECK (id > 0)); CREATE INDEX i ON p (id);"},
                    Example{"Lose", "CREATE TABLE p (id int, x text DEFAULT 'd', CONSTRAINT c CHECK (id > 0));",
                            "CREATE TABLE c1 (x text, extra int) INHERITS (p); CREATE TABLE c2 () INHERITS (p);",
                            "CREATE TABLE p (id int);"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Followers, AreNeitherDroppedNorCompared) {
  ASSERT_TRUE(apply(plain).ok());
  database_.execute(partitions);
  database_.execute("ALTER TABLE p_1 ADD CHECK (id > 0); COMMENT ON TABLE p_1 IS 'kept'");
  const Outcome checked = segue({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.text();
}

/// One that a job has made since has nothing of the plan, which the plan must not find out at its end.
TEST_F(Followers, ThatCameSinceThePlanMakeItStale) {
  ASSERT_TRUE(apply(plain).ok());
  database_.execute("CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')");
  write_file(folder_ / "schema.sql", "CREATE TABLE p (id int, d date, x text) PARTITION BY RANGE (d);");
  ASSERT_TRUE(segue({"plan", "--out", "p.json"}).ok());
  database_.execute("CREATE TABLE p_2 PARTITION OF p FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')");
  const Outcome applied = segue({"apply", "p.json", "--yes"});
  EXPECT_EQ(applied.exit_code, 4) << applied.text();
  EXPECT_NE(applied.err.find("new:     partition public.p_2"), std::string::npos) << applied.text();
}

TEST_F(Followers, ThatWentSinceTheApplyAreNotMissed) {
  ASSERT_TRUE(apply(plain).ok());
  database_.execute(partitions);
  const std::string wanted = "CREATE TABLE p (id bigint, d date, x text) PARTITION BY RANGE (d);";
  database_.execute("DROP TABLE parts.p_2");
  ASSERT_TRUE(apply(wanted).ok());
  database_.execute("DROP TABLE p_1");
  const Outcome checked = segue({"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.text();
  const Outcome back = segue({"rollback", "--last", "--yes", "--allow-hazards", "all", "--on-drop", "delete"});
  EXPECT_TRUE(back.ok()) << back.text();
}

}  // namespace
}  // namespace segue::test
