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
  EXPECT_NE(planned.text().find("enum public.mood cannot be changed"), std::string::npos) << planned.text();
}

/// A number that is rounded behind a domain, or within a row, is rounded.
TEST_F(WayBack, LosesWhatAnotherTypeUnderAColumnRounds) {
  const auto schema = [](const std::string& type) {
    return "CREATE DOMAIN price AS " + type + "; CREATE TYPE offer AS (price " + type + ", n integer);";
  };
  const std::string tables = "CREATE TABLE sale (price price); CREATE TABLE bid (offer offer);";
  database_.execute(schema("integer") + tables);
  const std::string rounded = segue(schema("real") + tables, {"plan"}).out;
  EXPECT_EQ(rounded.find("way back: exact"), std::string::npos) << rounded;
  EXPECT_NE(rounded.find("way back: loses data"), std::string::npos) << rounded;
  const std::string wider = segue(schema("bigint") + tables, {"plan"}).out;
  EXPECT_EQ(wider.find("way back: loses data"), std::string::npos) << wider;
  EXPECT_NE(wider.find("way back: exact"), std::string::npos) << wider;
}

struct Refused {
  const char* name;
  const char* before;
  const char* rows;
  const char* after;
  const char* too_many;
  const char* says;  ///< of the rows, in the plan and in all that is said of its way back
};
void PrintTo(const Refused& one, std::ostream* out) { *out << one.name; }
std::string name_of_refused(const testing::TestParamInfo<Refused>& info) { return info.param.name; }

class WayBackRefused : public WayBack, public testing::WithParamInterface<Refused> {};

TEST_P(WayBackRefused, ByRowsThatThePlanNames) {
  database_.execute(GetParam().before);
  database_.execute(GetParam().rows);
  const Outcome planned = segue(GetParam().after, {"plan", "--out", "plan.json", "--on-drop", "delete"});
  ASSERT_EQ(planned.exit_code, 0) << planned.text();
  EXPECT_NE(planned.text().find("it is refused while there are"), std::string::npos) << planned.text();
  EXPECT_NE(planned.text().find(GetParam().says), std::string::npos) << planned.text();
  const Outcome applied = segue(GetParam().after, {"apply", "plan.json", "--yes", "--allow-hazards", "all"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome examined = segue(GetParam().after, {"doctor", "plan.json"});
  EXPECT_NE(examined.text().find("can be rolled back now: no"), std::string::npos) << examined.text();
  EXPECT_NE(examined.text().find(GetParam().says), std::string::npos) << examined.text();
  const Outcome listed = segue(GetParam().after, {"history"});
  EXPECT_NE(listed.out.find("a rollback would be refused: "), std::string::npos) << listed.text();
  EXPECT_NE(listed.out.find(GetParam().says), std::string::npos) << listed.text();
  const std::vector<std::string> rollback = {"rollback", "plan.json", "--yes", "--allow-hazards", "all"};
  const Outcome back = segue(GetParam().after, rollback);
  EXPECT_EQ(back.exit_code, 1) << back.text();
  EXPECT_NE(back.text().find(GetParam().says), std::string::npos) << back.text();
  EXPECT_NE(back.text().find("nothing was changed"), std::string::npos) << back.text();
  database_.execute("DELETE FROM bin WHERE " + std::string(GetParam().too_many));
  const Outcome without = segue(GetParam().after, rollback);
  EXPECT_EQ(without.exit_code, 0) << without.text();
}

const Refused refused[] = {
    {"NotNull", "CREATE TABLE bin (id integer PRIMARY KEY, size integer NOT NULL);", "INSERT INTO bin VALUES (1, 1);",
     "CREATE TABLE bin (id integer PRIMARY KEY);", "true", "rows of public.bin, which would have no size"},
    {"Unique", "CREATE TABLE bin (id integer PRIMARY KEY, size integer DEFAULT 4 UNIQUE);",
     "INSERT INTO bin VALUES (1, 1), (2, 2);", "CREATE TABLE bin (id integer PRIMARY KEY);", "id > 1",
     "values of (size) that several rows of public.bin share"},
    {"Check", "CREATE TABLE bin (id integer PRIMARY KEY, size integer DEFAULT 4 CHECK (size < 4));",
     "INSERT INTO bin VALUES (1, 1);", "CREATE TABLE bin (id integer PRIMARY KEY);", "true",
     "rows of public.bin for which ((size < 4)) is false"},
    {"DomainNotNull",
     "CREATE DOMAIN liters AS integer NOT NULL; CREATE TABLE bin (id integer PRIMARY KEY, size liters);",
     "INSERT INTO bin VALUES (1, 1);",
     "CREATE DOMAIN liters AS integer NOT NULL; CREATE TABLE bin (id integer PRIMARY KEY);", "true",
     "rows of public.bin, which would have no size"},
    {"NotNullOfARenamedTable", "CREATE TABLE box (nr integer PRIMARY KEY, size integer NOT NULL);",
     "INSERT INTO box VALUES (1, 1);",
     "-- @renamed from=box\nCREATE TABLE bin (\n-- @renamed from=nr\nid integer,\nCONSTRAINT box_pkey PRIMARY KEY "
     "(id));",
     "true", "rows of public.bin, which would have no size"},
};
INSTANTIATE_TEST_SUITE_P(Drops, WayBackRefused, testing::ValuesIn(refused), name_of_refused);

/// Rows that are values elsewhere get the default of a column that comes back by UPDATE, which heirs' triggers meet
/// too.
TEST_F(WayBack, IsRefusedByRowsThatATriggerOfAnHeirWouldKeepFromTheirValue) {
  const std::string others =
      "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
      "CREATE TABLE h (id int PRIMARY KEY, r t); CREATE TABLE k () INHERITS (t);"
      "CREATE TRIGGER stop BEFORE UPDATE ON k FOR EACH ROW EXECUTE FUNCTION stop();";
  database_.execute("CREATE TABLE t (id int PRIMARY KEY, n text NOT NULL DEFAULT 'd');" + others +
                    "INSERT INTO k VALUES (1, 'x');");
  const std::string after = "CREATE TABLE t (id int PRIMARY KEY);" + others;
  const Outcome applied = segue(after, {"apply", "--yes", "--on-drop", "delete", "--allow-hazards", "all"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome back = segue(after, {"rollback", "--last", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(back.exit_code, 1) << back.text();
  EXPECT_NE(back.text().find("1 rows of table public.t, which would have no n"), std::string::npos) << back.text();
  database_.execute("DELETE FROM k");
  const Outcome without = segue(after, {"rollback", "--last", "--yes", "--allow-hazards", "all"});
  EXPECT_EQ(without.exit_code, 0) << without.text();
}

TEST_F(WayBack, KeepsValuesThatAConstraintLooksAt) {
  database_.execute("CREATE TABLE bin (id integer PRIMARY KEY, size integer DEFAULT 4 UNIQUE CHECK (size < 4));");
  database_.execute("INSERT INTO bin VALUES (1, 1), (2, 2);");
  const std::string as_it_was = database_.dump();
  const std::string after = "CREATE TABLE bin (id integer PRIMARY KEY);";
  const Outcome applied = segue(after, {"apply", "--yes", "--on-drop", "retain"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome back = segue(after, {"rollback", "--last", "--yes"});
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_it_was), "");
}

}  // namespace
}  // namespace segue::test
