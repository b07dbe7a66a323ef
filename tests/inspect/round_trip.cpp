#include "round_trip.h"

#include <gtest/gtest.h>

#include "support/program.h"
#include "trial/dump.h"

namespace segue::test {

Inspected::Inspected(const Database& database, const std::vector<std::string>& more, std::string out)
    : database_(database), out_(std::move(out)) {
  std::vector<std::string> arguments{"inspect", "--db", database.url(), "--out", out_};
  arguments.insert(arguments.end(), more.begin(), more.end());
  outcome_ = run_segue(arguments, folder_.path().string());
  EXPECT_EQ(outcome_.exit_code, 0) << outcome_.text();
}

void Inspected::expect_plans_to_nothing(const std::vector<std::string>& more) const {
  if (!outcome_.ok()) return;
  for (const char* scope : {"declared", "all"}) {
    std::vector<std::string> arguments{"plan", "--db",    database_.url(), "--schema",
                                       out_,   "--scope", scope,           "--detailed-exitcode"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome plan = run_segue(arguments, folder_.path().string());
    EXPECT_EQ(plan.exit_code, 0) << "--scope " << scope << "\n" << plan.text() << "\n--- inspected\n" << text();
  }
}

void Inspected::expect_makes_the_same() const {
  if (!outcome_.ok()) return;
  const Database made(database_.server());
  const Outcome loaded = database_.server().psql_file(made.name(), folder_ / "schema.sql");
  EXPECT_TRUE(loaded.ok()) << loaded.text() << "\n--- inspected\n" << text();
  if (!loaded.ok()) return;
  EXPECT_EQ(trial::dump_difference(made.dump(), database_.dump()), "") << "\n--- inspected\n" << text();
}

void expect_round_trip(const Database& database) {
  const Inspected inspected(database);
  inspected.expect_plans_to_nothing();
  inspected.expect_makes_the_same();
}

}  // namespace segue::test
