// Guards against a file of which psql makes nothing, since it forgets to commit.
#include "source/transactions.h"

#include <gtest/gtest.h>

namespace segue::test {
namespace {

/// The statements that are left of the file, and whether a transaction is open at its end.
std::pair<std::size_t, bool> left_of(const std::string& file) {
  const auto scripts = source::parse_all({{"schema.sql", file}});
  if (!scripts) return {0, false};
  const source::Undone undone = source::undone_in(*scripts);
  return {scripts->front().statements().size() - undone.statements.size(), undone.open.has_value()};
}

using Left = std::pair<std::size_t, bool>;

TEST(Transactions, ThatAreNotCommittedAreOpen) {
  EXPECT_EQ(left_of("BEGIN; CREATE TABLE t (); "), Left(2, true));
  EXPECT_EQ(left_of("BEGIN; CREATE TABLE t (); COMMIT AND CHAIN;"), Left(3, true));
  EXPECT_EQ(left_of("BEGIN; CREATE TABLE t (); END;"), Left(3, false));
}

TEST(Transactions, LeaveUndoneWhatIsRolledBack) {
  EXPECT_EQ(left_of("BEGIN; CREATE TABLE t (); ROLLBACK;"), Left(2, false));
  EXPECT_EQ(left_of("CREATE TABLE t (); ROLLBACK;"), Left(2, false));
  EXPECT_EQ(left_of("BEGIN; SAVEPOINT a; CREATE TABLE t (); SAVEPOINT b; ROLLBACK TO a; ROLLBACK TO a; COMMIT;"),
            Left(6, false));
  EXPECT_EQ(left_of("BEGIN; SAVEPOINT a; CREATE TABLE t (); RELEASE a; ROLLBACK TO a; COMMIT;"), Left(6, false));
}

}  // namespace
}  // namespace segue::test
