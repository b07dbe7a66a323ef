// Guards against a wrong migration that cannot be taken back, a failed one that leaves half of itself behind, and a
// history that says otherwise than what happened.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "legato.h"
#include "support/identities.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

constexpr const char* unique_email = "CREATE UNIQUE INDEX users_email_key ON users (lower(email));";
constexpr const char* plain_email = "CREATE INDEX users_email_idx ON users (email);";
constexpr const char* second_ada =
    "INSERT INTO users (username, email, password_hash) VALUES ('ada2', 'ada@example.org', 'x');";

/// A migration that makes one e-mail address open several accounts: planned and applied, with rows in the tables.
class WrongMigration : public testing::Test {
 protected:
  void SetUp() override {
    legato_.deploy();
    legato_.database().execute(some_life);
    dump_ = legato_.database().dump();
    rows_ = table_rows(legato_.database());
    legato_.write_changed_schema("wrong.sql", unique_email, plain_email);
    run_to_zero({"plan", "--schema", "wrong.sql", "--on-drop", "delete", "--out", "wrong.json"});
    run_to_zero({"apply", "wrong.json", "--allow-hazards", "all", "--yes"});
    plan_id_ = nlohmann::json::parse(read_file(legato_.folder() / "wrong.json")).at("id").get<std::string>();
  }

  void run_to_zero(const std::vector<std::string>& arguments) const {
    const Outcome outcome = legato_.segue(arguments);
    ASSERT_EQ(outcome.exit_code, 0) << outcome.text();
  }

  Outcome roll_back() const {
    return legato_.segue({"rollback", "wrong.json", "--on-drop", "delete", "--allow-hazards", "all", "--yes"});
  }

  /// What the history's tables say of the wrong plan, oldest first: "apply done", "rollback failed" …
  std::string history() const {
    return legato_.database().ask(
        "SELECT string_agg(verb || ' ' || outcome, ', ' ORDER BY id) FROM segue.history"
        " WHERE plan_id = '" +
        plan_id_ + "'");
  }

  LegatoDatabase legato_;
  std::string dump_;
  TableRows rows_;
  std::string plan_id_;
};

TEST_F(WrongMigration, IsTakenBackWithRowsKeptAndTheHistoryUpdated) {
  EXPECT_EQ(history(), "apply done");
  const Outcome outcome = roll_back();
  ASSERT_EQ(outcome.exit_code, 0) << outcome.text();

  EXPECT_EQ(trial::dump_difference(legato_.database().dump(), dump_), "");
  EXPECT_EQ(rows_difference(table_rows(legato_.database()), rows_), "");
  EXPECT_EQ(legato_.refusal(second_ada), "23505");
  EXPECT_EQ(history(), "apply done, rollback done");
  EXPECT_EQ(legato_.database().ask("SELECT a.undone_by = r.id FROM segue.history AS a, segue.history AS r"
                                   " WHERE a.plan_id = r.plan_id AND a.verb = 'apply' AND r.verb = 'rollback'"),
            "t");
  const Outcome shown = legato_.segue({"history"});
  EXPECT_EQ(shown.exit_code, 0) << shown.text();
  EXPECT_NE(shown.out.find("rollback"), std::string::npos) << shown.text();
  EXPECT_NE(shown.out.find(plan_id_.substr(0, 7)), std::string::npos) << shown.text();
  run_to_zero({"plan", "--schema", "schema.sql", "--detailed-exitcode"});
}

TEST_F(WrongMigration, IsTakenBackByNamingTheLastApply) {
  const Outcome outcome =
      legato_.segue({"rollback", "--last", "--on-drop", "delete", "--allow-hazards", "all", "--yes"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_EQ(trial::dump_difference(legato_.database().dump(), dump_), "");
}

TEST_F(WrongMigration, ThatCannotBeTakenBackForDataInTheWayStaysWholeAndSaysWhy) {
  legato_.database().execute(second_ada);
  const std::string as_it_is = legato_.database().dump();
  const Outcome outcome = roll_back();
  EXPECT_NE(outcome.exit_code, 0) << outcome.text();
  EXPECT_NE(outcome.err.find("users_email_key"), std::string::npos) << outcome.text();
  EXPECT_EQ(trial::dump_difference(legato_.database().dump(), as_it_is), "") << "half of the rollback stayed";

  legato_.database().execute("DELETE FROM users WHERE username = 'ada2';");
  const Outcome retry = roll_back();
  EXPECT_EQ(retry.exit_code, 0) << retry.text();
  EXPECT_EQ(trial::dump_difference(legato_.database().dump(), dump_), "");
}

TEST_F(WrongMigration, IsNotTakenBackTwice) {
  ASSERT_EQ(roll_back().exit_code, 0);
  const std::string as_it_is = legato_.database().dump();
  (void)roll_back();  // nothing to do, or refused as stale: either is honest
  EXPECT_EQ(trial::dump_difference(legato_.database().dump(), as_it_is), "");
  EXPECT_EQ(legato_.database().ask("SELECT count(*) FROM segue.history WHERE verb = 'rollback' AND outcome = 'done'"),
            "1");
}

TEST_F(WrongMigration, IsNotTakenBackOverAChangeMadeByHandSince) {
  legato_.database().execute("DROP INDEX users_email_idx;");
  const std::string as_it_is = legato_.database().dump();
  const Outcome outcome = roll_back();
  EXPECT_EQ(outcome.exit_code, 4) << outcome.text();
  EXPECT_NE(outcome.err.find("users_email_idx"), std::string::npos) << outcome.text();
  EXPECT_EQ(trial::dump_difference(legato_.database().dump(), as_it_is), "");
}

TEST(FailingMigration, LeavesNothingBehindAndIsWrittenDown) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  const std::string dump = legato.database().dump();
  // Two changes, of which the first could be made and the second cannot: no book costs more than 5 here.
  legato.write_changed_schema("bad.sql", "    CONSTRAINT books_price_not_negative CHECK (price_minor >= 0),\n",
                              "    subtitle text,\n    CONSTRAINT books_price_not_negative CHECK (price_minor >= 0),\n"
                              "    CONSTRAINT zz_books_cheap CHECK (price_minor <= 5),\n");
  const Outcome outcome = legato.segue({"apply", "--schema", "bad.sql", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
  EXPECT_NE(outcome.err.find("zz_books_cheap"), std::string::npos) << outcome.text();
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), dump), "");
  EXPECT_EQ(legato.database().ask("SELECT outcome, sqlstate FROM segue.history ORDER BY id DESC LIMIT 1"),
            "failed|");  // found before anything was sent that could fail
}

TEST(FailingMigration, LeavesNothingBehindWhereTheServerFindsTheRows) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  const std::string dump = legato.database().dump();
  // Two changes, of which the first could be made and the second cannot: an expression is not looked at beforehand.
  legato.write_changed_schema(
      "bad.sql", "    CONSTRAINT books_price_not_negative CHECK (price_minor >= 0),\n",
      "    subtitle text,\n    CONSTRAINT books_price_not_negative CHECK (price_minor >= 0),\n");
  const std::string schema = read_file(legato.folder() / "bad.sql");
  write_file(legato.folder() / "bad.sql",
             schema + "\nCREATE UNIQUE INDEX zz_users_all_different ON users ((left(username, 0)));\n");
  const Outcome outcome = legato.segue({"apply", "--schema", "bad.sql", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
  EXPECT_NE(outcome.err.find("zz_users_all_different"), std::string::npos) << outcome.text();
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), dump), "");
  EXPECT_EQ(legato.database().ask("SELECT outcome, sqlstate FROM segue.history ORDER BY id DESC LIMIT 1"),
            "failed|23505");
}

TEST(DroppingMigration, IsRefusedUntilSomebodyAllowsIt) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  const std::string dump = legato.database().dump();
  legato.write_changed_schema("less.sql", "    bio             text,\n", "");
  legato.database().execute("UPDATE users SET bio = 'wrote the first program' WHERE id = 1;");
  const Outcome outcome = legato.segue({"apply", "--schema", "less.sql", "--yes"});
  EXPECT_EQ(outcome.exit_code, 3) << outcome.text();
  EXPECT_NE(outcome.err.find("bio"), std::string::npos) << outcome.text();
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), dump), "");
}

}  // namespace
}  // namespace segue::test
