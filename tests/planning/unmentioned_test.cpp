// Guards against comments, privileges and owners that the file does not speak of and that go with what a plan takes
// down.
#include <gtest/gtest.h>

#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

constexpr const char* live =
    "CREATE ROLE unmentioned_reader;"
    "ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO unmentioned_reader;"
    "CREATE TABLE book (id int, pages int); COMMENT ON COLUMN book.id IS 'number';"
    "CREATE VIEW shelf AS SELECT id, pages FROM book;"
    "GRANT SELECT ON shelf TO PUBLIC; COMMENT ON VIEW shelf IS 'what stands there';"
    "CREATE TABLE draft (id int, note text); COMMENT ON COLUMN draft.note IS 'why';"
    "GRANT SELECT (note) ON draft TO unmentioned_reader; ALTER TABLE draft OWNER TO unmentioned_reader;";

class Unmentioned : public testing::Test, protected OnDatabase {
 protected:
  Unmentioned() {
    database_.execute(live);
    write_file(folder_ / "schema.sql",
               "CREATE TABLE book (id int, pages bigint); CREATE VIEW shelf AS SELECT id, pages FROM book;");
  }
  ~Unmentioned() override {
    try {
      database_.execute("DROP OWNED BY unmentioned_reader; DROP ROLE unmentioned_reader");
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
  std::string said_of_shelf() {
    return database_.ask("SELECT obj_description(oid), relacl FROM pg_class WHERE relname = 'shelf'");
  }
};

TEST_F(Unmentioned, IsPutUpAgainWithWhatWasTakenDown) {
  const std::string before = said_of_shelf();
  const std::string as_it_was = database_.dump();
  ASSERT_EQ(segue({"plan", "--adopt", "--out", "plan.json"}).exit_code, 0);
  const Outcome applied = segue({"apply", "plan.json", "--yes"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(said_of_shelf(), before);
  EXPECT_EQ(segue({"plan", "--detailed-exitcode"}).exit_code, 0);
  const Outcome back = segue({"rollback", "plan.json", "--yes", "--on-drop", "delete"});
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_it_was), "");
}

TEST_F(Unmentioned, MayChangeWhileThePlanWaits) {
  ASSERT_EQ(segue({"plan", "--out", "plan.json"}).exit_code, 0);
  database_.execute("COMMENT ON COLUMN book.id IS 'another'; GRANT UPDATE ON book TO unmentioned_reader");
  const Outcome applied = segue({"apply", "plan.json", "--yes"});
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
}

TEST_F(Unmentioned, MakesThePlanStaleWhereItWouldBeLost) {
  ASSERT_EQ(segue({"plan", "--out", "plan.json"}).exit_code, 0);
  database_.execute("GRANT UPDATE ON shelf TO unmentioned_reader");
  const Outcome applied = segue({"apply", "plan.json", "--yes"});
  EXPECT_EQ(applied.exit_code, 4) << applied.text();
  EXPECT_NE(applied.text().find("privileges view public.shelf"), std::string::npos) << applied.text();
}

TEST_F(Unmentioned, OwnerOfATableIsThatOfItsNewSequence) {
  write_file(folder_ / "schema.sql", "CREATE TABLE draft (id int, note text, number serial);");
  const std::string as_it_was = database_.dump();
  ASSERT_EQ(segue({"plan", "--out", "plan.json"}).exit_code, 0);
  const Outcome applied = segue({"apply", "plan.json", "--yes"});
  ASSERT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_EQ(database_.ask("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'draft_number_seq'"),
            "unmentioned_reader");
  EXPECT_EQ(segue({"plan", "--detailed-exitcode"}).exit_code, 0);
  const Outcome back = segue({"rollback", "plan.json", "--yes", "--on-drop", "delete"});
  ASSERT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_it_was), "");
}

}  // namespace
}  // namespace segue::test
