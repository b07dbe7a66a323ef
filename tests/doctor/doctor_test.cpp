// Guards the doctor: each thing that is wrong is named with its object, and the commands that it prints are run here
// and put it right; a healthy database has no finding; looking needs no right to write.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

constexpr const char* first_schema = R"(
CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE "Odd ""book""" (id bigint PRIMARY KEY, author_id bigint, "Pages" integer);
CREATE INDEX "Odd index" ON "Odd ""book""" ("Pages") WHERE "Pages" > 3;
)";

constexpr const char* second_schema = R"(
CREATE TABLE author (id bigint PRIMARY KEY, name text NOT NULL, born date);
CREATE TABLE "Odd ""book""" (id bigint PRIMARY KEY, author_id bigint, "Pages" integer);
CREATE INDEX "Odd index" ON "Odd ""book""" ("Pages") WHERE "Pages" > 3;
)";

void must(const Outcome& outcome) {
  if (outcome.exit_code != 0) throw std::runtime_error(outcome.text());
}

Outcome segue_on(const Database& database, const TempDir& folder, std::vector<std::string> arguments,
                 const std::string& role = "tester") {
  std::string url = database.url();
  url.replace(url.find("tester"), 6, role);
  arguments.insert(arguments.end(), {"--db", url});
  return run_segue(arguments, folder.path().string());
}

/// A database to which two plans were applied, with a history of two rows; made once, and copied for each test.
struct Healthy {
  Healthy() : database(Server::shared()) {
    write_file(folder / "schema.sql", first_schema);
    must(segue_on(database, folder, {"apply", "--schema", "schema.sql", "--yes"}));
    write_file(folder / "schema.sql", second_schema);
    must(segue_on(database, folder, {"plan", "--schema", "schema.sql", "--out", "plan.json"}));
    must(segue_on(database, folder, {"apply", "plan.json", "--yes"}));
  }
  static const Healthy& one() {
    static const Healthy healthy;
    return healthy;
  }
  TempDir folder;
  Database database;
};

class Doctor : public testing::Test {
 protected:
  Doctor() : database_(Server::shared(), Healthy::one().database.name()) {
    for (const char* name : {"schema.sql", "plan.json"}) {
      write_file(folder_ / name, read_file(Healthy::one().folder / name));
    }
  }

  Outcome segue(std::vector<std::string> arguments) const { return segue_as("tester", std::move(arguments)); }
  Outcome segue_as(const std::string& role, std::vector<std::string> arguments) const {
    return segue_on(database_, folder_, std::move(arguments), role);
  }

  /// Its findings as JSON; the exit code must say the same.
  Json findings(std::vector<std::string> arguments = {}) const {
    arguments.insert(arguments.begin(), {"doctor", "--format", "json"});
    const Outcome outcome = segue(arguments);
    const Json tree = Json::parse(outcome.out, nullptr, false);
    if (!tree.is_object()) throw std::runtime_error(outcome.text());
    EXPECT_EQ(outcome.exit_code, tree["healthy"].get<bool>() ? 0 : 2) << outcome.text();
    return tree["findings"];
  }

  /// Runs the SQL of a finding, as psql runs what was copied.
  void follow(const Json& finding, std::size_t first, std::size_t count) const {
    for (std::size_t i = first; i < first + count; ++i) {
      database_.execute(finding["way_out"].at(i)["command"].get<std::string>());
    }
  }

  Database database_;
  TempDir folder_;
};

/// The only finding, which must be of this code.
Json only(const Json& findings, const std::string& code) {
  EXPECT_EQ(findings.size(), 1U) << findings.dump(2);
  if (findings.size() != 1) return Json::object();
  EXPECT_EQ(findings[0]["code"], code) << findings.dump(2);
  return findings[0];
}

bool holds(const Json& text, const std::string& part) {
  return text.get<std::string>().find(part) != std::string::npos;
}

TEST_F(Doctor, FindsNothingInAHealthyDatabase) {
  const Outcome outcome = segue({"doctor", "plan.json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_NE(outcome.out.find("can be rolled back now: yes"), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.out.find("Nothing is wrong."), std::string::npos) << outcome.text();
}

TEST_F(Doctor, NamesARowOfTheHistoryThatWasChangedAndChainsAnewOnlyByHand) {
  database_.execute("UPDATE segue.history SET who = 'somebody else' WHERE id = 1");
  const Json finding = only(findings({"--fix"}), "history-broken");
  EXPECT_TRUE(holds(finding["what"], "row 1 of the history was changed")) << finding.dump(2);
  EXPECT_EQ(finding["fix"], "by hand");
  follow(finding, 0, 3);
  EXPECT_TRUE(findings().empty());
  EXPECT_NE(segue({"history"}).out.find("somebody else"), std::string::npos);
}

TEST_F(Doctor, NamesWhereARowOfTheHistoryWasRemoved) {
  database_.execute("DELETE FROM segue.history WHERE id = 1");
  const Json finding = only(findings(), "history-broken");
  EXPECT_TRUE(holds(finding["what"], "before row 2 were removed")) << finding.dump(2);
}

TEST_F(Doctor, NamesStepsThatWereRemovedFromTheHistory) {
  database_.execute("DELETE FROM segue.history_step WHERE history_id = 2");
  const Json finding = only(findings(), "history-broken");
  EXPECT_TRUE(holds(finding["what"], "row 2 of the history ran 1 steps, and 0 are kept")) << finding.dump(2);
}

TEST_F(Doctor, NamesARowWhoseStepsOrStateWereChanged) {
  for (const char* edit : {"UPDATE segue.history_step SET sql = sql || ' ' WHERE history_id = 2",
                           "UPDATE segue.history SET left_state = '[]' WHERE id = 2",
                           "UPDATE segue.history SET left_state = NULL WHERE id = 2",
                           "UPDATE segue.history SET tool_version = '9' WHERE id = 2",
                           "UPDATE segue.history SET chain_version = 1 WHERE id = 2"}) {
    database_.execute(edit);
    const Json finding = only(findings(), "history-broken");
    EXPECT_TRUE(holds(finding["what"], "row 2 of the history was changed")) << edit << finding.dump(2);
    database_.execute("UPDATE segue.history SET chain_version = 2");
    follow(finding, 0, 3);
    if (std::string(edit).find("NULL") == std::string::npos) {
      EXPECT_TRUE(findings().empty()) << edit;
    }
    database_.execute("UPDATE segue.history SET left_state = '{}', left_hash = encode(sha256('{}'), 'hex')");
    follow(finding, 0, 3);
  }
}

TEST_F(Doctor, ReadsAHistoryOfTheThirdFormatAsItIs) {
  database_.execute(
      "ALTER TABLE segue.history DROP COLUMN left_hash, DROP COLUMN chain_version;"
      "DELETE FROM segue.format; INSERT INTO segue.format VALUES (3)");
  const Json finding = findings()[0];  // the hashes of its rows are those of format 4
  EXPECT_EQ(finding["code"], "history-broken");
  follow(finding, 0, 3);
  EXPECT_TRUE(findings().empty());
  EXPECT_EQ(segue({"history"}).exit_code, 0);
  write_file(folder_ / "schema.sql", std::string(second_schema) + "CREATE TABLE shelf (id bigint);");
  const Outcome applied = segue({"apply", "--schema", "schema.sql", "--yes"});
  EXPECT_EQ(applied.exit_code, 0) << applied.text();
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, FindsAPlanInTheHistoryThatWasChanged) {
  database_.execute("UPDATE segue.history SET plan_file = replace(plan_file, 'born', 'name') WHERE id = 2");
  only(findings(), "history-plan-changed");
}

TEST_F(Doctor, FindsAPlanThatWasStoppedBetweenItsGroups) {
  write_file(folder_ / "schema.sql", std::string(second_schema) +
                                         "CREATE TABLE shelf (id bigint PRIMARY KEY);"
                                         "CREATE UNIQUE INDEX one_name ON author (lower(name));");
  database_.execute("INSERT INTO author VALUES (1, 'a'), (2, 'A')");
  EXPECT_EQ(segue({"apply", "--online", "always", "--yes"}).exit_code, 1);
  const Json finding = only(findings(), "plan-stopped");
  EXPECT_TRUE(holds(finding["what"], "behind its group 1")) << finding.dump(2);
  EXPECT_TRUE(holds(finding["way_out"].dump(), "segue apply --resume")) << finding.dump(2);
  database_.execute("DELETE FROM author WHERE id = 2");
  const Outcome resumed = segue({"apply", "--resume", "--yes"});
  EXPECT_EQ(resumed.exit_code, 0) << resumed.text();
  EXPECT_TRUE(findings().empty());
  EXPECT_EQ(database_.ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_name'::regclass"), "t");
}

TEST_F(Doctor, FindsAHistoryOfANewerFormat) {
  database_.execute("UPDATE segue.format SET version = 99");
  const Json finding = only(findings({"plan.json"}), "history-format");
  EXPECT_TRUE(holds(finding["what"], "format 99")) << finding.dump(2);
}

TEST_F(Doctor, FindsAHistoryThatLacksATable) {
  database_.execute("DROP TABLE segue.managed_object");
  const Json finding = only(findings(), "history-incomplete");
  EXPECT_TRUE(holds(finding["what"], "segue.managed_object")) << finding.dump(2);
}

TEST_F(Doctor, FindsAHistoryThatLacksAColumnOrALaterTable) {
  database_.execute("ALTER TABLE segue.history DROP COLUMN part; DROP TABLE segue.settled");
  const Json finding = only(findings(), "history-incomplete");
  EXPECT_TRUE(holds(finding["what"], "segue.settled.request")) << finding.dump(2);
  EXPECT_TRUE(holds(finding["what"], "segue.history.part")) << finding.dump(2);
}

TEST_F(Doctor, SaysTheFormatAgainWhereItWasRemoved) {
  database_.execute("DELETE FROM segue.format");
  const Outcome applied = segue({"apply", "--yes"});
  EXPECT_NE(applied.err.find("does not say which format it has"), std::string::npos) << applied.text();
  only(findings(), "history-incomplete");
  EXPECT_EQ(only(findings({"--fix"}), "history-incomplete")["fix"], "done");
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, NamesAHistoryThatWasEmptied) {
  database_.execute("TRUNCATE segue.history CASCADE");
  EXPECT_TRUE(holds(only(findings(), "history-broken")["what"], "all rows of the history were removed"));
}

TEST_F(Doctor, NamesAMarkOfARollbackThatNeverWas) {
  database_.execute("UPDATE segue.history SET undone_by = 2 WHERE id = 1");
  EXPECT_TRUE(holds(only(findings(), "history-broken")["what"], "there is no such rollback of its plan"));
}

TEST_F(Doctor, TakesTheHistoryFromEverybody) {
  database_.execute("GRANT UPDATE ON segue.managed_object TO PUBLIC");
  EXPECT_EQ(only(findings({"--fix"}), "history-open")["object"], "relation segue.managed_object");
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, FindsASchemaOfThatNameWhichIsSomebodyElses) {
  database_.execute("DROP SCHEMA segue CASCADE; CREATE SCHEMA segue; CREATE TABLE segue.ride (id integer)");
  const Json finding = only(findings(), "foreign-schema");
  write_file(folder_ / "schema.sql", std::string(second_schema) + "CREATE TABLE shelf (id bigint PRIMARY KEY);");
  EXPECT_EQ(segue({"apply", "--schema", "schema.sql", "--yes"}).exit_code, 3);
  follow(finding, 0, 1);
  EXPECT_TRUE(findings().empty());
  must(segue({"apply", "--schema", "schema.sql", "--yes"}));
}

TEST_F(Doctor, FindsThatTheHistoryIsGoneWhereThePlanIsInPlace) {
  database_.execute("DROP SCHEMA segue CASCADE");
  only(findings({"plan.json"}), "history-lacks-plan");
  must(segue({"apply", "--schema", "schema.sql", "--yes"}));  // what the finding says
  EXPECT_NE(database_.ask("SELECT count(*) FROM segue.managed_object"), "0");
}

TEST_F(Doctor, FindsAnInvalidIndexAndItsCommandsBuildIt) {
  const std::string invalidate = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\"Odd index\"'::regclass";
  const std::string definition = database_.ask("SELECT pg_get_indexdef('\"Odd index\"'::regclass)");
  database_.execute(invalidate);
  const Json finding = only(findings(), "invalid-index");
  EXPECT_EQ(finding["object"], "index public.\"Odd index\"");
  follow(finding, 0, 2);
  EXPECT_TRUE(findings().empty());
  EXPECT_EQ(database_.ask("SELECT pg_get_indexdef('\"Odd index\"'::regclass)"), definition);
  database_.execute(invalidate);
  follow(finding, 2, 1);
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, FixBuildsAnInvalidIndexAgain) {
  database_.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\"Odd index\"'::regclass");
  EXPECT_EQ(only(findings({"--fix"}), "invalid-index")["fix"], "done");
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, LeavesAUniqueIndexThatFailedToAPerson) {
  database_.execute("INSERT INTO author VALUES (1, 'Ann'), (2, 'Ann')");
  const Outcome build =
      Server::shared().psql(database_.name(), "CREATE UNIQUE INDEX CONCURRENTLY twice ON author (name)");
  ASSERT_NE(build.exit_code, 0);
  const Json finding = only(findings({"--fix"}), "invalid-index");
  EXPECT_EQ(finding["fix"], "by hand");
  database_.execute("DELETE FROM author WHERE id = 2");
  follow(finding, 0, 2);
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, FindsTheCopyThatAFailedReindexLeft) {
  database_.execute("INSERT INTO author VALUES (1, 'Ann'), (2, 'Ann')");
  (void)Server::shared().psql(database_.name(), "CREATE UNIQUE INDEX CONCURRENTLY name_ccnew ON author (name)");
  const Json finding = only(findings(), "invalid-index");
  EXPECT_EQ(finding["way_out"][0]["command"], "DROP INDEX CONCURRENTLY public.name_ccnew;");
  EXPECT_EQ(finding["way_out"][1]["command"], "REINDEX INDEX CONCURRENTLY public.name;");
}

TEST_F(Doctor, NamesThePartitionsThatAnIndexLacks) {
  database_.execute(
      "CREATE TABLE log (at date, what text) PARTITION BY RANGE (at);"
      "CREATE TABLE log_old PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');"
      "CREATE TABLE log_new PARTITION OF log FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');"
      "CREATE INDEX log_what ON ONLY log (lower(what))");
  const Json finding = only(findings(), "invalid-index");
  ASSERT_EQ(finding["way_out"].size(), 4U) << finding.dump(2);
  follow(finding, 0, 4);
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, FindsConstraintsThatAreNotValidated) {
  database_.execute(
      "INSERT INTO \"Odd \"\"book\"\"\" VALUES (1, 7, -5);"
      "ALTER TABLE \"Odd \"\"book\"\"\" ADD CONSTRAINT \"some pages\" CHECK (\"Pages\" > 0) NOT VALID;"
      "CREATE DOMAIN code AS text; ALTER DOMAIN code ADD CONSTRAINT short CHECK (length(VALUE) < 9) NOT VALID");
  const Json found = findings({"--fix"});
  ASSERT_EQ(found.size(), 2U) << found.dump(2);
  const Json& of_table = found[0]["object"].get<std::string>().starts_with("table") ? found[0] : found[1];
  EXPECT_EQ(database_.ask(of_table["way_out"][0]["command"].get<std::string>()), "1|7|-5");
  EXPECT_THROW(follow(of_table, 1, 1), std::runtime_error);
  database_.execute("DELETE FROM \"Odd \"\"book\"\"\"");
  for (const Json& one : found) follow(one, one["way_out"].size() - 1, 1);
  EXPECT_TRUE(findings().empty());
}

/// A pipe with a name that holds one line and has no end as long as this object lives.
class EndlessScript {
 public:
  EndlessScript(const std::string& path, const std::string& line) {
    if (mkfifo(path.c_str(), 0600) == 0) pipe_ = open(path.c_str(), O_RDWR | O_CLOEXEC);
    const std::string text = line + ";\n";
    if (pipe_ < 0 || write(pipe_, text.data(), text.size()) < 0) throw std::runtime_error("no pipe at " + path);
  }
  EndlessScript(const EndlessScript&) = delete;
  EndlessScript& operator=(const EndlessScript&) = delete;
  ~EndlessScript() { close(pipe_); }

 private:
  int pipe_ = -1;
};

/// A session of that name that runs a statement, and is idle then: psql waits for the next line of its script.
class IdleSession {
 public:
  IdleSession(const Database& database, const TempDir& folder, const std::string& name, const std::string& sql)
      : database_(database),
        script_(folder / "script", sql),
        psql_({database.server().program("psql"), "-Xq", "-d", database.url() + "&application_name=" + name, "-f",
               folder / "script"},
              {}, folder / "session.log") {}
  /// Whether it, or none, holds a lock of this sort before five seconds are over.
  bool comes_to_hold(const std::string& condition, bool wanted = true) const {
    for (int i = 0; i < 100; ++i) {
      const std::string held = database_.ask("SELECT count(*) > 0 FROM pg_locks WHERE granted AND " + condition);
      if (held == (wanted ? "t" : "f")) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }

 private:
  const Database& database_;
  EndlessScript script_;
  Background psql_;
};

constexpr const char* take_lock = "SELECT pg_advisory_lock(495622518117)";
constexpr const char* segues_lock =
    "locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

/// Drops the table "Odd ""book""" and keeps it, and a column of another one.
class DoctorOfKeptRows : public Doctor {
 protected:
  DoctorOfKeptRows() {
    database_.execute("CREATE TABLE kept (id int PRIMARY KEY, note text)");
    write_file(folder_ / "schema.sql", "CREATE TABLE kept (id int PRIMARY KEY);");
    must(segue({"apply", "--yes", "--on-drop", "retain", "--allow-hazards", "all"}));
  }
  std::string relation_of(const std::string& object) {
    return database_.ask("SELECT relation FROM segue.retained WHERE object = '" + object + "'");
  }
};

TEST_F(DoctorOfKeptRows, FindsNothingWhereAllIsThere) { EXPECT_EQ(findings().size(), 0U); }

TEST_F(DoctorOfKeptRows, FindsThatTheyAreGoneAndFixForgetsThem) {
  database_.execute("DROP TABLE " + relation_of("column public.kept.note"));
  EXPECT_TRUE(holds(only(findings(), "kept-rows-gone")["what"], "segue_retained.note_"));
  EXPECT_EQ(findings({"--fix"}).size(), 1U);
  EXPECT_EQ(findings().size(), 0U);
}

TEST_F(DoctorOfKeptRows, SaysThatAPlanCannotGoBackOnceTheyWerePurged) {
  write_file(folder_ / "last.json", database_.ask("SELECT plan_file FROM segue.history ORDER BY id DESC LIMIT 1"));
  EXPECT_NE(segue({"doctor", "last.json"}).out.find("can be rolled back now: yes"), std::string::npos);
  must(segue({"purge", "--yes"}));
  const Outcome outcome = segue({"doctor", "last.json"});
  EXPECT_NE(outcome.out.find("can be rolled back now: no (what it kept was purged)"), std::string::npos)
      << outcome.text();
}

TEST_F(DoctorOfKeptRows, FindsValuesWhoseTableIsGone) {
  database_.execute("DROP TABLE kept");
  const Json finding = only(findings(), "kept-values-without-table");
  EXPECT_EQ(finding["object"], "column public.kept.note");
  EXPECT_TRUE(holds(finding["way_out"][1]["command"], "segue purge --plan "));
}

TEST_F(Doctor, EndsAnIdleSessionOfSegueThatHoldsTheLock) {
  const IdleSession holder(database_, folder_, "segue", take_lock);
  ASSERT_TRUE(holder.comes_to_hold(segues_lock));
  EXPECT_TRUE(findings().empty()) << "somebody may be reading the plan";
  const Json finding = only(findings({"--idle-for", "0s"}), "lock-held-by-idle-session");
  EXPECT_EQ(finding["fix"], "offered");
  EXPECT_TRUE(holds(finding["way_out"][1]["command"], "SELECT pg_terminate_backend(")) << finding.dump(2);
  EXPECT_TRUE(holder.comes_to_hold(segues_lock));
  EXPECT_EQ(only(findings({"--idle-for", "0s", "--fix"}), "lock-held-by-idle-session")["fix"], "done");
  EXPECT_TRUE(holder.comes_to_hold(segues_lock, false));
}

TEST_F(Doctor, LeavesOtherHoldersOfTheLockToAPerson) {
  const IdleSession holder(database_, folder_, "psql", take_lock);
  ASSERT_TRUE(holder.comes_to_hold(segues_lock));
  const Json finding = only(findings({"--idle-for", "0s", "--fix"}), "lock-held-by-idle-session");
  EXPECT_EQ(finding["fix"], "by hand");
  EXPECT_TRUE(holder.comes_to_hold(segues_lock));
  follow(finding, 1, 1);
  EXPECT_TRUE(holder.comes_to_hold(segues_lock, false));
}

TEST_F(Doctor, LeavesAHolderThatIsInATransactionToAPerson) {
  const IdleSession holder(database_, folder_, "segue", "BEGIN; " + std::string(take_lock));
  ASSERT_TRUE(holder.comes_to_hold(segues_lock));
  const Json finding = only(findings({"--idle-for", "0s", "--fix"}), "lock-held-by-idle-session");
  EXPECT_EQ(finding["fix"], "by hand");
  EXPECT_TRUE(holds(finding["what"], "idle in transaction")) << finding.dump(2);
}

TEST_F(Doctor, SaysNothingOfAnIndexThatIsBeingBuilt) {
  const IdleSession writer(database_, folder_, "psql", "BEGIN; INSERT INTO author VALUES (1, 'Ann')");
  ASSERT_TRUE(writer.comes_to_hold("relation = 'author'::regclass AND mode = 'RowExclusiveLock'"));
  TempDir other;
  const IdleSession builder(database_, other, "psql", "CREATE INDEX CONCURRENTLY slow ON author (name)");
  ASSERT_TRUE(builder.comes_to_hold("relation = 'author'::regclass AND mode = 'ShareUpdateExclusiveLock'"));
  ASSERT_EQ(database_.ask("SELECT pg_sleep(0.3); SELECT indisvalid FROM pg_index WHERE indexrelid = 'slow'::regclass"),
            "\nf");
  EXPECT_TRUE(findings().empty());
}

TEST_F(Doctor, FindsAPlanThatWasChangedAfterReview) {
  std::string text = read_file(folder_ / "plan.json");
  text.replace(text.find("born"), 4, "dead");
  write_file(folder_ / "plan.json", text);
  const Json finding = only(findings({"plan.json"}), "plan-file");
  EXPECT_EQ(finding["way_out"][1]["command"], "segue seal plan.json");
}

TEST_F(Doctor, FindsAStalePlan) {
  must(segue({"rollback", "plan.json", "--yes", "--allow-hazards", "all"}));
  EXPECT_TRUE(findings({"plan.json"}).empty());
  database_.execute("ALTER TABLE author ALTER name DROP NOT NULL");
  const Json finding = only(findings({"plan.json"}), "plan-stale");
  EXPECT_TRUE(holds(finding["why"], "column public.author.name")) << finding.dump(2);
}

TEST_F(Doctor, FindsAPlanThatCanNoLongerBeRolledBack) {
  database_.execute("ALTER TABLE author ALTER born SET DEFAULT now()");
  database_.execute("ALTER TABLE author ALTER born TYPE text");
  only(findings({"plan.json"}), "plan-cannot-go-back");
}

TEST_F(Doctor, NeedsNoMoreThanToRead) {
  database_.execute(
      "ALTER ROLE app_reader LOGIN; GRANT USAGE ON SCHEMA segue TO app_reader; GRANT SELECT ON ALL TABLES IN SCHEMA "
      "segue TO app_reader;"
      "UPDATE segue.history SET who = 'somebody else' WHERE id = 1;"
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\"Odd index\"'::regclass");
  const Outcome outcome = segue_as("app_reader", {"doctor", "plan.json", "--fix"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.text();
  EXPECT_NE(outcome.out.find("2 findings."), std::string::npos) << outcome.text();
  // from 17 on it is a privilege, MAINTAIN
  const bool is_refused = outcome.out.find("could not be put right: must be owner") != std::string::npos ||
                          outcome.out.find("could not be put right: permission denied") != std::string::npos;
  EXPECT_TRUE(is_refused) << outcome.text();
}

TEST_F(Doctor, ReadsNothingInTheSchemaOfAStranger) {
  database_.execute("ALTER ROLE app_reader LOGIN; ALTER SCHEMA segue OWNER TO app_owner");
  const Outcome outcome = segue_as("app_reader", {"doctor", "plan.json"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.text();
  EXPECT_NE(outcome.out.find("GRANT app_owner TO app_reader;"), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.out.find("1 finding."), std::string::npos) << outcome.text();
}

TEST_F(Doctor, SaysWhatItMayNotSee) {
  const IdleSession holder(database_, folder_, "segue", take_lock);
  ASSERT_TRUE(holder.comes_to_hold(segues_lock));
  database_.execute("ALTER ROLE app_reader LOGIN");
  const Outcome outcome = segue_as("app_reader", {"doctor"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_NE(outcome.err.find("GRANT USAGE ON SCHEMA segue TO app_reader"), std::string::npos) << outcome.text();
  EXPECT_NE(outcome.err.find("pg_read_all_stats"), std::string::npos) << outcome.text();
}

}  // namespace
}  // namespace segue::test
