#include "support/both_ways.h"

#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "trial/dump.h"

namespace segue::test {

std::string runs_both_ways(Server& server, const std::string& before, const std::string& after,
                           const std::vector<std::string>& flags_of_plan) {
  const Database database(server);
  const Database wanted(server);
  database.execute(before);
  wanted.execute(after);
  const std::string start = database.dump();
  const TempDir folder;
  write_file(folder / "schema.sql", after);
  const auto segue = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", database.url()});
    return run_segue(arguments, folder.path().string());
  };
  std::vector<std::string> plan = {"plan", "--scope", "all", "--out", "p.json"};
  plan.insert(plan.end(), flags_of_plan.begin(), flags_of_plan.end());
  const Outcome planned = segue(plan);
  EXPECT_TRUE(planned.ok()) << planned.text();
  const Outcome applied = segue({"apply", "p.json", "--yes", "--allow-hazards", "all"});
  EXPECT_TRUE(applied.ok()) << planned.out << applied.text();
  EXPECT_EQ(trial::dump_difference(database.dump(), wanted.dump()), "") << planned.out;
  const Outcome again = segue({"plan", "--scope", "all", "--detailed-exitcode"});
  EXPECT_EQ(again.exit_code, 0) << again.text();
  const Outcome back = segue({"rollback", "p.json", "--yes", "--on-drop", "delete", "--allow-hazards", "all"});
  EXPECT_TRUE(back.ok()) << back.text();
  EXPECT_EQ(trial::dump_difference(database.dump(), start), "") << planned.out;
  return planned.out;
}

}  // namespace segue::test
