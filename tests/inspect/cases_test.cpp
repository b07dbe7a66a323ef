// Guards against a kind of object that a database has and its inspected file does not say, or says otherwise. Every
// folder of testdata/cases and every larger schema, judged by the next plan and by pg_dump.
//
// All of them take minutes: the ordinary run takes a tenth of the folders, by their names, so that a new one changes
// nothing for the others; SEGUE_INSPECT_ALL=1 takes all.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "round_trip.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;

bool is_in_the_tenth(const std::string& folder) { return sha256(folder).substr(0, 2) < "1a"; }

/// What the server holds as a secret is left out, so that it cannot come back.
constexpr const char* holds_secrets = "secrets.sql";

std::vector<std::string> files() {
  std::vector<std::string> folders;
  for (const fs::directory_entry& one : fs::recursive_directory_iterator(testdata() / "cases")) {
    if (one.path().filename() == "before.sql") folders.push_back(fs::relative(one.path(), source_tree()).string());
  }
  std::sort(folders.begin(), folders.end());
  std::vector<std::string> chosen{"schema.sql"};
  for (const std::string& folder : folders) {
    if (is_in_the_tenth(folder) || std::getenv("SEGUE_INSPECT_ALL") != nullptr) chosen.push_back(folder);
  }
  for (const char* more : {"schemas", "attributes"}) {
    for (const fs::directory_entry& one : fs::directory_iterator(testdata() / more)) {
      if (one.path().filename() != holds_secrets) chosen.push_back(fs::relative(one.path(), source_tree()).string());
    }
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

/// The reason for which a case does not load here; "" where it does.
std::string reason_to_skip(const fs::path& folder, int server) {
  if (!fs::exists(folder / "expect.json")) return "";
  const auto expect = nlohmann::json::parse(read_file(folder / "expect.json"));
  const int needed = expect.value("min_server", 0);
  if (server < needed) return "needs PostgreSQL " + std::to_string(needed);
  return expect.value("skip", "");
}

/// testdata/attributes names one.
void make_tablespace() {
  static const bool made = [] {
    Server::shared().ask("postgres", "SET allow_in_place_tablespaces = on; CREATE TABLESPACE aside LOCATION ''");
    return true;
  }();
  EXPECT_TRUE(made);
}

class InspectedFile : public testing::TestWithParam<std::string> {};

TEST_P(InspectedFile, PlansToNothingAndMakesTheSame) {
  const fs::path path = source_tree() / GetParam();
  const std::string reason = reason_to_skip(path.parent_path(), Server::shared().major());
  if (!reason.empty()) GTEST_SKIP() << reason;
  make_tablespace();
  const Database database(Server::shared());
  database.load(path);
  expect_round_trip(database);
}

INSTANTIATE_TEST_SUITE_P(Inspect, InspectedFile, testing::ValuesIn(files()),
                         [](const testing::TestParamInfo<std::string>& one) {
                           std::string name = one.param.substr(0, one.param.rfind('.'));
                           if (name.starts_with("testdata/")) name.erase(0, 9);
                           std::replace_if(
                               name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                           return name;
                         });

}  // namespace
}  // namespace segue::test
