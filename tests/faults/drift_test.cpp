// Guards against a plan that runs on a database it was not made for, and against a refusal that leaves the reader
// alone.
#include <gtest/gtest.h>

#include <future>

#include "deployment.h"

namespace segue::test {
namespace {

struct ByHand {
  const char* name;
  const char* sql;
  const char* named;  ///< what the refusal has to name
};

void PrintTo(const ByHand& one, std::ostream* out) { *out << one.name; }

class Drift : public testing::TestWithParam<ByHand> {};

TEST_P(Drift, BeforeApplyIsRefusedAndNamed) {
  const Deployment deployment(ordinary_change());
  deployment.database().execute(GetParam().sql);
  const std::string as_it_is = deployment.fingerprint();
  const Outcome outcome = deployment.apply();
  EXPECT_EQ(outcome.exit_code, 4) << outcome.text();
  EXPECT_NE(outcome.err.find(GetParam().named), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.err.find("nothing was changed"), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.err.find("segue plan"), std::string::npos) << outcome.text();
  EXPECT_EQ(deployment.fingerprint(), as_it_is);
}

INSTANTIATE_TEST_SUITE_P(
    ByHand, Drift,
    testing::Values(
        ByHand{"ColumnAdded", "ALTER TABLE author ADD COLUMN born date;", "column public.author.born"},
        ByHand{"ColumnRetyped", "ALTER TABLE author ALTER name TYPE varchar(80);", "column public.author.name"},
        ByHand{"AnotherColumnAdded", "ALTER TABLE author ADD COLUMN died date;", "column public.author.died"},
        ByHand{"IndexAdded", "CREATE INDEX by_hand ON book (pages);", "index public.by_hand"},
        ByHand{"DefaultSet", "ALTER TABLE book ALTER title SET DEFAULT '?';", "default public.book.title"},
        ByHand{"ConstraintDropped", "ALTER TABLE book DROP CONSTRAINT book_author_id_fkey;",
               "constraint public.book.book_author_id_fkey"},
        ByHand{"IndexDropped", "DROP INDEX book_title;", "index public.book_title"},
        ByHand{"ViewChanged", "CREATE OR REPLACE VIEW long_book AS SELECT id, title FROM book;",
               "view public.long_book"},
        ByHand{"TableInTheWay", "CREATE TABLE shelf (n integer);", "table public.shelf"},
        ByHand{"TableGone", "DROP TABLE book CASCADE;", "table public.book"}),
    [](const auto& one) { return std::string(one.param.name); });

/// Somebody alters a table and commits while apply waits for that table's lock: its first look saw nothing of it.
Outcome apply_behind(const Deployment& deployment, const std::string& sql) {
  auto other = std::async(std::launch::async, [&] {
    deployment.database().execute("SET application_name = 'other'; BEGIN; " + sql + "; SELECT pg_sleep(2); COMMIT");
  });
  const auto is_asleep = [&] {
    return deployment.database().ask(
               "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'other'"
               " AND wait_event = 'PgSleep' AND datname = current_database()") == "1";
  };
  while (!is_asleep() && other.wait_for(std::chrono::milliseconds(1)) == std::future_status::timeout) {
  }
  Outcome outcome = deployment.apply();
  other.get();
  return outcome;
}

TEST(DriftWhileApplyWaits, IsRefusedAndNamedWhereThePlanRestsOnIt) {
  const Deployment deployment(ordinary_change());
  const Outcome outcome = apply_behind(deployment, "ALTER TABLE book ALTER title DROP NOT NULL");
  EXPECT_EQ(outcome.exit_code, 4) << outcome.text();
  EXPECT_NE(outcome.err.find("column public.book.title"), std::string::npos) << outcome.text();
  EXPECT_EQ(deployment.database().ask("SELECT count(*) FROM pg_class WHERE relname = 'shelf'"), "0");
}

TEST(DriftWhileApplyWaits, IsLeftAloneWhereThePlanDoesNotRestOnIt) {
  const Deployment deployment(ordinary_change());
  const Outcome outcome = apply_behind(deployment, "LOCK TABLE book; CREATE TABLE of_another (n integer)");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_EQ(deployment.database().ask("SELECT count(*) FROM pg_class WHERE relname IN ('of_another', 'shelf')"), "2");
}

}  // namespace
}  // namespace segue::test
