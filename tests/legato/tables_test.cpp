// Guards against a platform that starts without its tables, or with tables that let wrong data in: made when absent,
// verified when present, and every kind of wrong row refused by the database with the right code.
#include <gtest/gtest.h>

#include <memory>
#include <ostream>

#include "legato.h"
#include "support/identities.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

TEST(LegatoTables, AreMadeWhenAbsentAsPsqlWouldMakeThem) {
  const LegatoDatabase legato;
  const Outcome outcome = legato.segue({"apply", "--schema", "schema.sql", "--yes"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.text();

  const LegatoDatabase reference;
  reference.database().execute("SET ROLE legato;\n" + read_file(reference.folder() / "schema.sql"));
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), reference.database().dump()), "");
  EXPECT_EQ(legato.refusal(some_life), "") << "ordinary life goes on";
}

TEST(LegatoTables, AreInspectedAsASchemaThatPlansToNothing) {
  const LegatoDatabase legato;
  legato.deploy();
  const Outcome inspected = legato.segue({"inspect", "--out", "live.sql"});
  ASSERT_EQ(inspected.exit_code, 0) << inspected.text();
  const Outcome plan = legato.segue({"plan", "--schema", "live.sql", "--detailed-exitcode"});
  EXPECT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_EQ(read_file(legato.folder() / "live.sql").find("OWNER TO"), std::string::npos);
}

TEST(LegatoTables, AreVerifiedAndLeftAloneWhenPresent) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  const Identities before = identities(legato.database());
  const TableRows rows = table_rows(legato.database());

  const Outcome again = legato.segue({"apply", "--schema", "schema.sql", "--yes"});
  EXPECT_EQ(again.exit_code, 0) << again.text();
  const Outcome plan = legato.segue({"plan", "--schema", "schema.sql", "--detailed-exitcode"});
  EXPECT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_EQ(identities(legato.database()), before);
  EXPECT_EQ(rows_difference(table_rows(legato.database()), rows), "");
}

TEST(LegatoTables, MadeByPsqlAreVerifiedToo) {
  const LegatoDatabase legato;
  legato.database().execute("SET ROLE legato;\n" + read_file(legato.folder() / "schema.sql"));
  const Outcome plan = legato.segue({"plan", "--schema", "schema.sql", "--detailed-exitcode"});
  EXPECT_EQ(plan.exit_code, 0) << plan.text();
}

TEST(LegatoTables, ThatSomebodyChangedByHandAreFoundAndMendedWithoutLoss) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  const std::string wanted = legato.database().dump();
  const TableRows rows = table_rows(legato.database());
  legato.database().execute(
      "ALTER TABLE users DROP CONSTRAINT users_email_shape; DROP INDEX books_published_idx;"
      "ALTER TABLE bookmarks ALTER COLUMN percent_read DROP NOT NULL;");

  EXPECT_EQ(legato.segue({"plan", "--schema", "schema.sql", "--detailed-exitcode"}).exit_code, 2);
  EXPECT_EQ(legato.segue({"check", "--schema", "schema.sql"}).exit_code, 2);
  const Outcome mend = legato.segue({"apply", "--schema", "schema.sql", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(mend.exit_code, 0) << mend.text();
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), wanted), "");
  EXPECT_EQ(rows_difference(table_rows(legato.database()), rows), "");
}

struct Wrong {
  const char* name;
  const char* sqlstate;
  const char* script;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.script; }

constexpr const char* unique_violation = "23505";
constexpr const char* not_null_violation = "23502";
constexpr const char* foreign_key_violation = "23503";
constexpr const char* check_violation = "23514";
constexpr const char* invalid_text = "22P02";
constexpr const char* type_mismatch = "42804";

const Wrong wrongs[] = {
    {"DuplicateEmail", unique_violation,
     "INSERT INTO users (username, email, password_hash) VALUES ('eve', 'Ada@Example.org', 'x')"},
    {"DuplicateUsername", unique_violation,
     "INSERT INTO users (username, email, password_hash) VALUES ('ADA', 'eve@example.org', 'x')"},
    {"SecondChapterAtOnePosition", unique_violation,
     "INSERT INTO chapters (book_id, position, title) VALUES (1, 1, 'again')"},
    {"PaymentSentTwice", unique_violation,
     "INSERT INTO transactions (user_id, book_id, amount_minor, currency, idempotency_key, provider)"
     " VALUES (2, 1, 990, 'EUR', 'key-00000001', 'bank')"},
    {"BookOwnedTwice", unique_violation,
     "INSERT INTO user_library (user_id, book_id, acquired_by) VALUES (2, 1, 'gift')"},
    {"SecondCurrentBookmark", unique_violation,
     "INSERT INTO bookmarks (user_id, book_id, chapter_id) VALUES (2, 1, 2)"},
    {"UserWithoutEmail", not_null_violation, "INSERT INTO users (username, password_hash) VALUES ('eve', 'x')"},
    {"BookWithoutAuthor", not_null_violation, "INSERT INTO books (title, slug) VALUES ('t', 't')"},
    {"PaymentWithoutAmount", not_null_violation,
     "INSERT INTO transactions (user_id, book_id, currency, idempotency_key, provider)"
     " VALUES (2, 1, 'EUR', 'key-00000002', 'bank')"},
    {"AmountThatIsNoNumber", invalid_text,
     "INSERT INTO transactions (user_id, book_id, amount_minor, currency, idempotency_key, provider)"
     " VALUES (2, 1, 'much', 'EUR', 'key-00000002', 'bank')"},
    {"RoleThatDoesNotExist", invalid_text,
     "INSERT INTO users (username, email, password_hash, role) VALUES ('eve', 'e@x.org', 'x', 'king')"},
    {"DateInANumber", type_mismatch, "INSERT INTO chapters (book_id, position, title) VALUES (1, CURRENT_DATE, 'x')"},
    {"BookOfNobody", foreign_key_violation, "INSERT INTO books (author_id, title, slug) VALUES (99, 't', 't')"},
    {"ChapterOfNoBook", foreign_key_violation, "INSERT INTO chapters (book_id, position, title) VALUES (99, 1, 't')"},
    {"AnswerInAnotherChapter", foreign_key_violation,
     "INSERT INTO comments (book_id, chapter_id, parent_id, user_id, body) VALUES (1, 2, 1, 1, 'lost')"},
    {"AnswerToAChapterUnderTheBook", foreign_key_violation,
     "INSERT INTO comments (book_id, chapter_id, parent_id, user_id, body) VALUES (1, NULL, 1, 1, 'lost')"},
    {"PaymentOfSomebodyElse", foreign_key_violation,
     "BEGIN; INSERT INTO transactions (user_id, book_id, amount_minor, currency, idempotency_key, provider)"
     " VALUES (2, 1, 990, 'EUR', 'key-00000003', 'bank');"
     "INSERT INTO user_library (user_id, book_id, transaction_id) SELECT 1, 1, max(id) FROM transactions"},
    {"AuthorWithBooksDeleted", foreign_key_violation, "DELETE FROM users WHERE id = 1"},
    {"NegativeAmount", check_violation,
     "INSERT INTO transactions (user_id, book_id, amount_minor, currency, idempotency_key, provider)"
     " VALUES (2, 1, -5, 'EUR', 'key-00000002', 'bank')"},
    {"EmailWithoutAtSign", check_violation,
     "INSERT INTO users (username, email, password_hash) VALUES ('eve', 'nowhere', 'x')"},
    {"RefundOfNothing", check_violation,
     "INSERT INTO transactions (user_id, book_id, kind, amount_minor, currency, idempotency_key, provider)"
     " VALUES (2, 1, 'refund', 5, 'EUR', 'key-00000002', 'bank')"},
    {"PublishedWithoutDate", check_violation,
     "INSERT INTO books (author_id, title, slug, status) VALUES (1, 't', 't', 'published')"},
};

/// One database for all of them: nothing that they try is let in.
class WrongData : public testing::TestWithParam<Wrong> {
 protected:
  static void SetUpTestSuite() {
    legato_ = std::make_unique<LegatoDatabase>();
    try {
      legato_->deploy();
      legato_->database().execute(some_life);
    } catch (const std::exception& error) {
      problem_ = error.what();
    }
  }
  static void TearDownTestSuite() { legato_.reset(); }

  static std::unique_ptr<LegatoDatabase> legato_;
  static std::string problem_;
};

std::unique_ptr<LegatoDatabase> WrongData::legato_;
std::string WrongData::problem_;

TEST_P(WrongData, IsRefusedByTheDatabase) {
  ASSERT_EQ(problem_, "");
  EXPECT_EQ(legato_->refusal(std::string(GetParam().script) + ";"), GetParam().sqlstate) << GetParam().script;
}

INSTANTIATE_TEST_SUITE_P(Legato, WrongData, testing::ValuesIn(wrongs),
                         [](const testing::TestParamInfo<Wrong>& one) { return std::string(one.param.name); });

TEST(LegatoTables, StampEveryChange) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  legato.database().execute("UPDATE chapters SET updated_at = '2000-01-01', body = 'new' WHERE id = 1;");
  EXPECT_EQ(legato.database().ask("SELECT updated_at > '2020-01-01', body_length FROM chapters WHERE id = 1"), "t|3");
}

TEST(LegatoTables, LetChaptersChangePlacesInOneTransaction) {
  const LegatoDatabase legato;
  legato.deploy();
  legato.database().execute(some_life);
  EXPECT_EQ(
      legato.refusal("BEGIN; SET CONSTRAINTS chapters_book_id_position_key DEFERRED;"
                     "UPDATE chapters SET position = 2 WHERE id = 1; UPDATE chapters SET position = 1 WHERE id = 2;"
                     "COMMIT;"),
      "");
}

}  // namespace
}  // namespace segue::test
