// Guards against a password that a connection string holds and that ends up where others can read it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

/// Of this process alone: others may run the same tests beside it.
std::string secret() { return "hunter2-oh-no-" + std::to_string(getpid()); }

/// The command lines of all processes, as ps shows them.
std::string process_list() {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "cmdline", std::ios::binary);
    std::string line((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    for (char& c : line) c = c == '\0' ? ' ' : c;
    all += line + "\n";
  }
  return all;
}

class Password : public testing::Test {
 protected:
  Password() : database_(Server::shared()) {
    write_file(folder_ / "schema.sql", "CREATE TABLE t (id integer PRIMARY KEY);");
  }
  std::string url() const {
    return "postgresql://tester:" + secret() + "@/" + database_.name() + "?host=" + database_.server().socket_folder();
  }
  std::string keywords() const {
    return "host=" + database_.server().socket_folder() + " user=tester dbname=" + database_.name() + " password = '" +
           secret() + "'";
  }
  Outcome segue(const std::string& db, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", db});
    Outcome outcome = run_segue(arguments, folder_.path().string());
    EXPECT_EQ(outcome.text().find(secret()), std::string::npos) << outcome.text();
    return outcome;
  }
  void expect_nowhere(const std::string& where, const std::string& text) {
    EXPECT_EQ(text.find(secret()), std::string::npos) << where;
  }

  Database database_;
  TempDir folder_;
};

TEST_F(Password, IsInNoOutputPlanOrHistory) {
  for (const std::string& db : {url(), keywords()}) {
    ASSERT_EQ(segue(db, {"plan", "--out", "plan.json"}).exit_code, 0);
    expect_nowhere("the plan", read_file(folder_ / "plan.json"));
    ASSERT_EQ(segue(db, {"apply", "plan.json", "--yes"}).exit_code, 0);
    for (const char* command : {"check", "history", "doctor", "inspect", "purge"}) (void)segue(db, {command});
    ASSERT_EQ(segue(db, {"rollback", "plan.json", "--yes"}).exit_code, 0);
    write_file(folder_ / "bad.sql", "CREATE TABLE t (id nothing_like_it);");
    EXPECT_EQ(segue(db, {"apply", "--schema", "bad.sql", "--yes"}).exit_code, 1);
  }
  const std::string tables = database_.ask(
      "SELECT string_agg(query_to_xml('SELECT * FROM ' || oid::regclass, true, false, '')::text, '') FROM pg_class"
      " WHERE relnamespace = 'segue'::regnamespace AND relkind = 'r'");
  EXPECT_NE(tables.find("apply"), std::string::npos);
  expect_nowhere("the history", tables);
}

TEST_F(Password, IsInNoProcessListWhileSegueRuns) {
  ASSERT_EQ(segue(url(), {"apply", "--yes"}).exit_code, 0);
  write_file(folder_ / "schema.sql", "CREATE TABLE t (id integer PRIMARY KEY, a text);");
  for (const std::string& db : {url(), keywords()}) {
    auto holder = std::async(std::launch::async, [&] {
      return database_.ask("BEGIN; LOCK TABLE t IN ACCESS SHARE MODE; SELECT pg_sleep(2); COMMIT");
    });
    auto applying = std::async(std::launch::async, [&] { return segue(db, {"apply", "--yes"}); });
    std::string seen;
    for (int i = 0; i < 100 && seen.empty(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      const std::string waiting = database_.ask(
          "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE '%segue%' AND wait_event_type = 'Lock'"
          " AND datname = current_database()");
      if (waiting != "0") seen = process_list();
    }
    EXPECT_NE(seen.find("segue apply"), std::string::npos) << "it was not seen at work";
    expect_nowhere("the process list", seen);
    expect_nowhere("pg_stat_activity", database_.ask("SELECT string_agg(a::text, '') FROM pg_stat_activity a"));
    EXPECT_EQ(applying.get().exit_code, 0);
    (void)holder.get();
    write_file(folder_ / "schema.sql", "CREATE TABLE t (id integer PRIMARY KEY, a text, b text);");
  }
}

}  // namespace
}  // namespace segue::test
