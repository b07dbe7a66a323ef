// Guards against a default that somebody takes for the time of each row, and that is the time of the migration.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"

namespace segue::test {
namespace {

TEST(Moments, AreWarnedOfWhereTheServerKeepsThem) {
  const TempDir folder;
  write_file(folder / "nothing.sql", "");
  write_file(
      folder / "schema.sql",
      "CREATE TABLE t (a timestamptz DEFAULT 'now()', b date DEFAULT ' Today ', c time DEFAULT 'now'::time,"
      " d text DEFAULT 'now', e timestamp DEFAULT now(), f date DEFAULT '2020-01-01', g date DEFAULT CURRENT_DATE,"
      " h text DEFAULT 'now' || 'x');");
  const Outcome plan = run_segue({"plan", "--from", "nothing.sql"}, folder.path().string());
  ASSERT_EQ(plan.exit_code, 0) << plan.text();
  for (const char* column : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    const bool keeps_moment = std::string("abc").find(column) != std::string::npos;
    const std::string warning = "default public.t." + std::string(column) + ": ";
    EXPECT_EQ(plan.text().find(warning) != std::string::npos, keeps_moment) << column << "\n" << plan.text();
  }
}

}  // namespace
}  // namespace segue::test
