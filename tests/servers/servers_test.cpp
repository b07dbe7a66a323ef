// Guards against a segue that is right on one major version of PostgreSQL and wrong on another: a column of the
// catalogs that a version lacks, a rule that changed, something new that is silently dropped. Legato and the cases on
// every version that segue knows, but for the one that all other suites run on.
//
// `./dev servers` fetches the servers. The ordinary run takes one case in sixty-four for each server, others for the
// next one, every other one of them the way back too, and all cases that the server of the other suites is too old for;
// SEGUE_SERVERS_ALL=1 takes all.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <ostream>

#include "base/hash.h"
#include "cases/case_folder.h"
#include "cases/journey.h"
#include "cases/known.h"
#include "inspect/round_trip.h"
#include "legato/legato.h"
#include "sql/script.h"
#include "support/files.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

constexpr int oldest = 13;
constexpr int newest = 18;

/// The major version of the server that the other suites run on.
int usual_major() {
  static const int major = [] {
    const Outcome version = run({(server_binaries() / "postgres").string(), "--version"});
    const std::size_t number = version.out.find(") ");
    return number == std::string::npos ? 0 : std::atoi(version.out.c_str() + number + 2);
  }();
  return major;
}

std::vector<int> other_majors() {
  std::vector<int> majors;
  for (int major = oldest; major <= newest; ++major) {
    if (major != usual_major()) majors.push_back(major);
  }
  return majors;
}

/// One at a time: the tests of a server stand together.
Server& server_of(int major) {
  static std::unique_ptr<Server> running;
  if (running == nullptr || running->major() != major) {
    running.reset();
    running = std::make_unique<Server>(std::vector<std::string>{}, server_binaries_of(major).value());
  }
  return *running;
}

// -- Legato -----------------------------------------------------------------------------------------------------------

class Major : public testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!server_binaries_of(GetParam())) {
      GTEST_SKIP() << "PostgreSQL " << GetParam() << " is not installed: ./dev servers fetches it";
    }
  }
};

TEST_P(Major, MakesLegatoAndTakesAWrongMigrationBack) {
  Server& server = server_of(GetParam());
  ASSERT_EQ(server.major(), GetParam());
  const LegatoDatabase legato(server);
  legato.deploy();
  const LegatoDatabase reference(server);
  reference.database().execute("SET ROLE legato;\n" + read_file(reference.folder() / "schema.sql"));
  const std::string dump = legato.database().dump();
  EXPECT_EQ(trial::dump_difference(dump, reference.database().dump()), "");

  const auto run_to_zero = [&legato](const std::vector<std::string>& arguments) {
    const Outcome outcome = legato.segue(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  };
  run_to_zero({"plan", "--schema", "schema.sql", "--detailed-exitcode"});
  EXPECT_EQ(legato.refusal(some_life), "");
  const TableRows rows = table_rows(legato.database());
  legato.write_changed_schema("wrong.sql", "CREATE UNIQUE INDEX users_email_key ON users (lower(email));",
                              "CREATE INDEX users_email_idx ON users (email);");
  run_to_zero({"plan", "--schema", "wrong.sql", "--on-drop", "delete", "--out", "wrong.json"});
  run_to_zero({"apply", "wrong.json", "--allow-hazards", "all", "--yes"});
  run_to_zero({"plan", "--schema", "wrong.sql", "--detailed-exitcode"});
  run_to_zero({"rollback", "wrong.json", "--on-drop", "delete", "--allow-hazards", "all", "--yes"});
  EXPECT_EQ(trial::dump_difference(legato.database().dump(), dump), "");
  EXPECT_EQ(rows_difference(table_rows(legato.database()), rows), "");
  run_to_zero({"inspect", "--out", "live.sql"});
  run_to_zero({"plan", "--schema", "live.sql", "--detailed-exitcode"});
}

INSTANTIATE_TEST_SUITE_P(Servers, Major, testing::ValuesIn(other_majors()), testing::PrintToStringParamName());

/// What a server has that the linked grammar has not is written for psql, and said to be beyond this segue.
TEST(NewestServer, IsInspectedThoughItsOwnSyntaxCannotBeReadAgain) {
  if (!server_binaries_of(newest)) {
    GTEST_SKIP() << "PostgreSQL " << newest << " is not installed: ./dev servers fetches it";
  }
  const Database database(server_of(newest));
  database.execute("CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL)");
  const Inspected inspected(database);
  EXPECT_NE(inspected.text().find("VIRTUAL"), std::string::npos) << inspected.text();
  const bool is_said = inspected.outcome().err.find("cannot be read again: table public.t: ") != std::string::npos;
  EXPECT_EQ(is_said, sql::grammar_version() < newest) << inspected.outcome().err;
  inspected.expect_makes_the_same();
}

// -- the cases --------------------------------------------------------------------------------------------------------

struct CaseOnServer {
  int major = 0;
  CaseFolder folder;
  bool goes_back = false;  ///< from after.sql to before.sql too, and not by rollback alone
};

void PrintTo(const CaseOnServer& one, std::ostream* out) {  // NOLINT(readability-identifier-naming): GoogleTest's name
  *out << one.folder.path.string() << " on PostgreSQL " << one.major;
}

/// Servers that are not there are skipped by name above. Which case goes where is a matter of its name, so that a new
/// one does not send the others to servers that never saw them.
std::vector<CaseOnServer> chosen_cases() {
  std::vector<CaseOnServer> chosen;
  for (const int major : other_majors()) {
    if (!server_binaries_of(major)) continue;
    const char digit = static_cast<char>('0' + (major - oldest));
    for (const CaseFolder& folder : case_folders()) {
      const std::string digits = sha256(folder.name);
      const bool is_asked_for = std::getenv("SEGUE_SERVERS_ALL") != nullptr || folder.min_server > usual_major();
      const bool is_chosen = digits[0] == digit && digits[2] < '4';
      if (folder.max_server != 0 && folder.max_server < major) continue;
      if (folder.min_server > major || !folder.skip.empty() || !(is_chosen || is_asked_for)) continue;
      chosen.push_back({major, folder, is_asked_for || digits[1] < '8'});
    }
  }
  return chosen;
}

bool compresses(Server& server, const std::string& method) {
  return server.ask("postgres", "SELECT '" + method +
                                    "' = ANY (enumvals) FROM pg_catalog.pg_settings "
                                    "WHERE name = 'default_toast_compression'") == "t";
}

class OnServer : public testing::TestWithParam<CaseOnServer> {};

TEST_P(OnServer, MigratesComesBackAndIsInspected) {
  const CaseFolder& folder = GetParam().folder;
  ASSERT_EQ(folder.problem, "") << folder.path;
  Server& server = server_of(GetParam().major);
  if (!folder.compression.empty() && !compresses(server, folder.compression)) {
    GTEST_SKIP() << "the server was built without " << folder.compression;
  }
  const TempDir work;
  const std::unique_ptr<Commands> segue = commands_for(folder.name, work.path());
  write_file(work / "before.sql", read_file(folder.before()));
  write_file(work / "after.sql", read_file(folder.after()));
  const Side before(server, "before.sql", folder.before());
  const Side after(server, "after.sql", folder.after());
  expect_round_trip(after.database);
  if (folder.noop) return Journey(before, after, {}, *segue).nothing_to_do();
  const auto is_known = [&folder](const char* part) { return known_failures().contains({folder.name, part}); };
  if (folder.forward && !is_known("forward")) Journey(before, after, forward_wishes(folder), *segue).there_and_back();
  if (folder.back && GetParam().goes_back && !is_known("back"))
    Journey(after, before, back_wishes(folder), *segue).there_and_back();
}

INSTANTIATE_TEST_SUITE_P(Servers, OnServer, testing::ValuesIn(chosen_cases()),
                         [](const testing::TestParamInfo<CaseOnServer>& one) {
                           return std::to_string(one.param.major) + "_" + one.param.folder.name;
                         });

// Where no server is there, no case is either.
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OnServer);

}  // namespace
}  // namespace segue::test
