// Guards against saved plans that nobody could make today: plans/ is what people read and review, so it has to be what
// segue makes of schema.sql and of its first evolution, byte for byte, and it has to run, there and back.
//
// SEGUE_UPDATE_PLANS=1 writes the files anew instead of comparing; look at the difference before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "legato.h"
#include "support/identities.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* evolution = "testdata/legato/0002_series_and_ratings.sql";

std::filesystem::path saved(const std::string& name) { return source_tree() / "plans" / name; }

/// segue run at the top of the source tree, because a plan holds the paths of its files.
Outcome at_the_top(const LegatoDatabase& legato, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin() + 1, {"--db", legato.url()});
  return run_segue(arguments, source_tree().string());
}

/// The part of a plan file that is the same on every machine; `observed` holds the server's minor version and so on.
std::string reviewed_part(const std::string& file) {
  const Json tree = Json::parse(file);
  return tree.at("plan").dump(2) + "\n" + tree.at("id").dump();
}

/// Plans towards `schema` and compares with the saved file, or writes it.
void expect_saved(const LegatoDatabase& legato, const std::string& schema, const std::string& name) {
  const std::string fresh = legato.folder() / name;
  const Outcome outcome = at_the_top(legato, {"plan", "--schema", schema, "--out", fresh});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.text();
  if (std::getenv("SEGUE_UPDATE_PLANS") != nullptr) write_file(saved(name), read_file(fresh));
  const std::string text = read_file(saved(name));
  const int major = Json::parse(text).at("plan").at("server_major").get<int>();
  if (major != Server::shared().major()) GTEST_SKIP() << name << " was made for PostgreSQL " << major;
  EXPECT_EQ(reviewed_part(text), reviewed_part(read_file(fresh)))
      << "plans/" << name << " is not what segue makes today; SEGUE_UPDATE_PLANS=1 makes it anew";
}

TEST(SavedPlans, FirstOneIsWhatSegueMakesToday) {
  const LegatoDatabase legato;
  expect_saved(legato, "schema.sql", "0001_create.json");
}

TEST(SavedPlans, EvolutionIsWhatSegueMakesToday) {
  const LegatoDatabase legato;
  ASSERT_EQ(at_the_top(legato, {"apply", "--schema", "schema.sql", "--yes"}).exit_code, 0);
  expect_saved(legato, evolution, "0002_series_and_ratings.json");
}

TEST(SavedPlans, RunOneAfterTheOtherAndBackAgain) {
  const LegatoDatabase legato;
  const auto run_to_zero = [&legato](const std::vector<std::string>& arguments) {
    const Outcome outcome = at_the_top(legato, arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  };
  const LegatoDatabase reference;
  reference.database().execute("SET ROLE legato;\n" + read_file(source_tree() / evolution));
  const std::string nothing = legato.database().dump();

  run_to_zero({"apply", "plans/0001_create.json", "--yes"});
  legato.database().execute(some_life);
  const std::string created = legato.database().dump();
  const TableRows rows = table_rows(legato.database());

  run_to_zero({"apply", "plans/0002_series_and_ratings.json", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), reference.database().dump()), "");
  run_to_zero(
      {"rollback", "plans/0002_series_and_ratings.json", "--on-drop", "delete", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), created), "");
  EXPECT_EQ(rows_difference(table_rows(legato.database()), rows), "");
  run_to_zero({"rollback", "plans/0001_create.json", "--on-drop", "delete", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), nothing), "");
}

}  // namespace
}  // namespace segue::test
