// Guards against two sessions that read two states of one catalog, and against a plan that fails because the server has
// no second session to spare.
#include <gtest/gtest.h>

#include "catalog/introspect.h"
#include "pg/connect.h"
#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

std::unique_ptr<pg::PgSession> session_with(const Database& database) {
  const auto target = pg::parse_target(database.url());
  auto session = pg::connect(*target);
  EXPECT_TRUE(session) << render(session.error());
  return std::move(*session);
}

bool holds(const catalog::Live& live, const std::string& key) { return live.schema.contains(key); }

TEST(SideBySide, BothSessionsSeeTheStateOfTheFirst) {
  const Database database(Server::shared());
  database.execute("CREATE TABLE a (b integer CHECK (b > 0))");
  const auto first = session_with(database);
  const auto second = session_with(database);
  const auto snapshot = catalog::begin_snapshot(*first);
  ASSERT_TRUE(snapshot) << render(snapshot.error());
  database.execute("CREATE TABLE late (c integer)");
  ASSERT_TRUE(catalog::join_snapshot(*second, *snapshot));
  const auto both = catalog::introspect({first.get(), second.get()});
  ASSERT_TRUE(both) << render(both.error());
  EXPECT_TRUE(holds(*both, "column public.a.b"));
  EXPECT_TRUE(holds(*both, "constraint public.a.a_b_check"));
  EXPECT_FALSE(holds(*both, "table public.late"));
  const auto helper_alone = catalog::introspect(*second);
  ASSERT_TRUE(helper_alone);
  EXPECT_FALSE(holds(*helper_alone, "table public.late"));
}

TEST(SideBySide, ASnapshotThatIsGoneIsNotJoined) {
  const Database database(Server::shared());
  const auto first = session_with(database);
  const auto second = session_with(database);
  const auto snapshot = catalog::begin_snapshot(*first);
  ASSERT_TRUE(snapshot);
  ASSERT_TRUE(first->execute("COMMIT"));
  EXPECT_FALSE(catalog::join_snapshot(*second, *snapshot));
}

TEST(SideBySide, OneSessionIsEnough) {
  const Database database(Server::shared());
  const std::string schema = "CREATE TABLE a (b integer DEFAULT 1 CHECK (b > 0), c text);\nCREATE INDEX ON a (c);\n";
  database.execute(schema + "CREATE ROLE lonely LOGIN CONNECTION LIMIT 1");
  const TempDir work;
  write_file(work / "schema.sql", schema);
  const std::string url = database.url() + (database.url().find('?') == std::string::npos ? "?" : "&") + "user=lonely";
  const Outcome outcome = run_segue({"plan", "--db", url, "--detailed-exitcode"}, work.path().string());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_EQ(outcome.err, "");
  database.execute("DROP ROLE lonely");
}

}  // namespace
}  // namespace segue::test
