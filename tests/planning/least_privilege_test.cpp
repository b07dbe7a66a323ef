// Guards against commands that need more rights than the page "Who may do what" asks for, and against a history that
// others can read or write.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

constexpr const char* schema =
    "CREATE SCHEMA shop;\n"
    "CREATE TYPE shop.mood AS ENUM ('ok', 'glad');\n"
    "CREATE TABLE shop.book (id bigint PRIMARY KEY, title varchar(40) NOT NULL CHECK (title IN ('a', 'b')), m "
    "shop.mood, d date, CHECK ((id, d) IS NOT NULL));\n"
    "CREATE VIEW shop.titles AS SELECT * FROM shop.book WHERE title <> '';\n";

/// A role of the test's own, which may connect and no more until it is given something.
class Role {
 public:
  Role(const Database& database, const std::string& name) : database_(database), name_(name) {
    database_.execute("CREATE ROLE " + name_ + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE");
  }
  Role(const Role&) = delete;
  Role& operator=(const Role&) = delete;
  ~Role() {
    (void)database_.server().psql(database_.name(), "DROP OWNED BY " + name_ + " CASCADE; DROP ROLE " + name_);
  }

  std::string url() const {
    return "postgresql://" + name_ + "@/" + database_.name() + "?host=" + database_.server().socket_folder();
  }
  /// What psql says to a script that this role runs.
  Outcome psql(const std::string& script) const {
    return database_.server().psql(database_.name(), "SET SESSION AUTHORIZATION " + name_ + ";" + script);
  }

 private:
  const Database& database_;
  std::string name_;
};

class LeastPrivilege : public testing::Test {
 protected:
  LeastPrivilege() : database_(Server::shared()) {
    database_.execute("REVOKE ALL ON DATABASE " + database_.name() +
                      " FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC");
    write_file(folder_ / "schema.sql", schema);
  }
  Outcome segue(const std::string& url, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--db", url});
    return run_segue(arguments, folder_.path().string());
  }
  void grant(const std::string& what, const std::string& role) {
    database_.execute("GRANT " + what + " ON DATABASE " + database_.name() + " TO " + role);
  }

  Database database_;
  TempDir folder_;
};

TEST_F(LeastPrivilege, PlanAndCheckNeedToConnectAndNoMore) {
  ASSERT_EQ(segue(database_.url(), {"apply", "--yes"}).exit_code, 0);
  const Role watcher(database_, "watcher");
  grant("CONNECT", "watcher");
  database_.execute("GRANT USAGE ON SCHEMA shop TO watcher");
  for (const std::vector<std::string>& command : {std::vector<std::string>{"plan", "--detailed-exitcode"}, {"check"}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), {"--owner", "tester"});
    const Outcome outcome = segue(watcher.url(), arguments);
    EXPECT_NE(outcome.exit_code, 1) << outcome.text();
    // what only the server could settle is named, and counts as changed
    EXPECT_EQ(outcome.exit_code == 0, outcome.text().find("undecided") == std::string::npos) << outcome.text();
  }
  const std::string as_before = database_.dump();
  write_file(folder_ / "schema.sql", std::string(schema) + "CREATE TABLE shop.shelf (id bigint);");
  const Outcome plan = segue(watcher.url(), {"plan", "--owner", "tester"});
  EXPECT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_NE(plan.text().find("CREATE TABLE shop.shelf"), std::string::npos) << plan.text();
  EXPECT_NE(segue(watcher.url(), {"apply", "--yes", "--owner", "tester"}).exit_code, 0);
  EXPECT_EQ(trial::dump_difference(database_.dump(), as_before), "");
}

TEST_F(LeastPrivilege, WhatOnlyTheServerCouldSettleIsNamedAsUndecided) {
  database_.execute(schema);
  const Role watcher(database_, "watcher");
  grant("CONNECT", "watcher");
  const Outcome plan = segue(watcher.url(), {"plan", "--scope", "all", "--owner", "tester"});
  EXPECT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_NE(plan.text().find("is undecided without the right to make temporary tables"), std::string::npos)
      << plan.text();
  grant("TEMPORARY", "watcher");
  database_.execute("GRANT USAGE ON SCHEMA shop TO watcher");
  const Outcome decided = segue(watcher.url(), {"plan", "--scope", "all", "--owner", "tester"});
  EXPECT_EQ(decided.exit_code, 0) << decided.text();
  EXPECT_EQ(decided.text().find("without the right"), std::string::npos) << decided.text();
}

TEST_F(LeastPrivilege, RowsThatMayNotBeReadAreSaidToBeNotLookedAt) {
  ASSERT_EQ(segue(database_.url(), {"apply", "--yes"}).exit_code, 0);
  const Role watcher(database_, "watcher");
  grant("CONNECT", "watcher");
  database_.execute("GRANT USAGE ON SCHEMA shop TO watcher");
  write_file(folder_ / "schema.sql", std::string(schema) + "CREATE UNIQUE INDEX once ON shop.book (title);");
  const Outcome plan = segue(watcher.url(), {"plan", "--owner", "tester"});
  EXPECT_EQ(plan.exit_code, 0) << plan.text();
  EXPECT_NE(plan.text().find("were not looked for: permission denied for table book"), std::string::npos)
      << plan.text();
}

TEST_F(LeastPrivilege, ApplyAndRollbackNeedTheSchemasAndNoSuperuser) {
  const Role deployer(database_, "deployer");
  grant("CONNECT, CREATE, TEMPORARY", "deployer");
  ASSERT_EQ(segue(deployer.url(), {"apply", "--yes"}).exit_code, 0);
  write_file(folder_ / "schema.sql", std::string(schema) + "CREATE TABLE shop.shelf (id bigint);");
  // once segue's schema stands, what it owns is enough
  database_.execute("REVOKE CREATE ON DATABASE " + database_.name() + " FROM deployer");
  ASSERT_EQ(segue(deployer.url(), {"plan", "--out", "plan.json"}).exit_code, 0);
  const Outcome applied = segue(deployer.url(), {"apply", "plan.json", "--yes"});
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
  const Outcome checked = segue(deployer.url(), {"check"});
  EXPECT_EQ(checked.exit_code, 0) << checked.text();
  const Outcome back = segue(deployer.url(), {"rollback", "plan.json", "--yes"});
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_EQ(database_.ask("SELECT count(*) FROM pg_class WHERE relname = 'shelf'"), "0");
}

TEST_F(LeastPrivilege, OthersNeitherReadNorWriteTheHistory) {
  ASSERT_EQ(segue(database_.url(), {"apply", "--yes"}).exit_code, 0);
  const Role other(database_, "other");
  grant("CONNECT", "other");
  const std::string tables = database_.ask(
      "SELECT string_agg(oid::regclass::text, ' ') FROM pg_class WHERE relnamespace = 'segue'::regnamespace"
      " AND relkind = 'r'");
  std::size_t begin = 0;
  while (begin < tables.size()) {
    const std::size_t end = std::min(tables.find(' ', begin), tables.size());
    const std::string table = tables.substr(begin, end - begin);
    for (const std::string& sql : {"SELECT * FROM " + table, "DELETE FROM " + table, "TRUNCATE " + table,
                                   "INSERT INTO " + table + " DEFAULT VALUES"}) {
      const Outcome outcome = other.psql(sql);
      EXPECT_NE(outcome.exit_code, 0) << sql;
      EXPECT_NE(outcome.err.find("permission denied"), std::string::npos) << outcome.text();
    }
    begin = end + 1;
  }
  EXPECT_NE(other.psql("CREATE TABLE segue.mine ()").exit_code, 0);
}

TEST_F(LeastPrivilege, WhereNobodyMayWriteApplySaysSoAndNotWhichGrantsItNeeds) {
  database_.execute("ALTER DATABASE " + database_.name() + " SET default_transaction_read_only = on");
  const Outcome refused = segue(database_.url(), {"apply", "--yes"});
  EXPECT_EQ(refused.exit_code, 1) << refused.text();
  EXPECT_NE(refused.err.find("default_transaction_read_only"), std::string::npos) << refused.text();
  EXPECT_EQ(refused.err.find("needs CREATE"), std::string::npos) << refused.text();
}

}  // namespace
}  // namespace segue::test
