// Guards against a plan that overlooks rows of a table which are values in another one: what they lose with a column,
// and that PostgreSQL then adds none that brings a value.
#include <gtest/gtest.h>

#include "support/on_database.h"

namespace segue::test {
namespace {

class HeldRows : public testing::Test, protected OnDatabase {
 protected:
  Outcome plan(const std::string& before, const std::string& after, const std::string& on_drop) {
    database_.execute(before);
    write_file(folder_ / "schema.sql", after);
    return segue({"plan", "--scope", "all", "--on-drop", on_drop, "--out", "plan.json"});
  }
  Outcome apply(const std::string& hazards) {
    return segue({"apply", "plan.json", "--yes", "--allow-hazards", hazards});
  }
};

const std::string holder = "CREATE TABLE h (id int PRIMARY KEY, r t);";
const std::string without = "CREATE TABLE t (id int PRIMARY KEY);" + holder;

TEST_F(HeldRows, LoseTheirValuesOfAColumnThatIsKept) {
  const std::string rows = "INSERT INTO t VALUES (1, NULL); INSERT INTO h SELECT 1, t FROM t;";
  const Outcome planned = plan("CREATE TABLE t (id int PRIMARY KEY, n text);" + holder + rows, without, "retain");
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  EXPECT_NE(planned.text().find("its values in the rows that column public.h.r holds are gone"), std::string::npos)
      << planned.text();
  EXPECT_EQ(apply("INDEX_DROPPED").exit_code, 3);
  EXPECT_EQ(apply("DELETES_DATA").exit_code, 0);
}

TEST_F(HeldRows, KeepTheirValuesOfAColumnThatStaysInPlace) {
  const std::string rows = "INSERT INTO t VALUES (1, 'x'); INSERT INTO h SELECT 1, t FROM t;";
  const Outcome planned =
      plan("CREATE TABLE t (id int PRIMARY KEY, n text);" + holder + rows, without, "retain-in-place");
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  EXPECT_EQ(planned.text().find("DELETES_DATA"), std::string::npos) << planned.text();
  ASSERT_EQ(apply("CHANGES_ROW_SHAPE").exit_code, 0);
  EXPECT_EQ(segue({"rollback", "plan.json", "--yes"}).exit_code, 0);
  EXPECT_EQ(database_.ask("SELECT r FROM h"), "(1,x)");
}

TEST_F(HeldRows, LetNoColumnComeBackThatAlwaysBringsAValue) {
  for (const char* column : {"n int GENERATED ALWAYS AS (id + 1) STORED", "n whole"}) {
    SCOPED_TRACE(column);
    database_.execute("DROP TABLE IF EXISTS h, t; DROP DOMAIN IF EXISTS whole; DROP DOMAIN IF EXISTS positive");
    const std::string domains = "CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN whole AS positive;";
    const std::string before = domains + "CREATE TABLE t (id int PRIMARY KEY, " + column + ");" + holder;
    const Outcome planned = plan(before, domains + without, "retain");
    EXPECT_NE(planned.text().find("way back: none (PostgreSQL adds no column that comes with a value while column "
                                  "public.h.r holds rows of public.t)"),
              std::string::npos)
        << planned.text();
    database_.execute("ALTER TABLE t DROP COLUMN n");
    write_file(folder_ / "schema.sql", before);
    const Outcome refused = segue({"plan", "--scope", "all"});
    EXPECT_EQ(refused.exit_code, 1) << refused.text();
    EXPECT_NE(refused.text().find("cannot come with a value"), std::string::npos) << refused.text();
  }
}

TEST_F(HeldRows, GetNoValueBackThatATriggerWouldMeet) {
  const std::string trigger =
      "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
      "CREATE TRIGGER stop BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stop();";
  ASSERT_EQ(plan("CREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 1);" + holder + trigger +
                     "INSERT INTO t VALUES (7);",
                 without + trigger, "delete")
                .exit_code,
            0);
  ASSERT_EQ(apply("DELETES_DATA").exit_code, 0);
  const Outcome back = segue({"rollback", "plan.json", "--yes", "--allow-hazards", "DELETES_DATA"});
  EXPECT_EQ(back.exit_code, 1) << back.text();
  EXPECT_NE(back.text().find("1 rows of table public.t, which would have no n"), std::string::npos) << back.text();
  database_.execute("DELETE FROM t");
  EXPECT_EQ(segue({"rollback", "plan.json", "--yes", "--allow-hazards", "DELETES_DATA"}).exit_code, 0);
}

}  // namespace
}  // namespace segue::test
