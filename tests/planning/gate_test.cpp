// Guards against a start that misses a change of the database or of the files, and against one that compares everything
// again though nothing has changed.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/on_database.h"

namespace segue::test {
namespace {

constexpr const char* schema = R"sql(
CREATE TYPE state AS ENUM ('new', 'done');
CREATE TABLE author (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (id bigint PRIMARY KEY, author bigint NOT NULL REFERENCES author, state state DEFAULT 'new',
  pages integer CHECK (pages > 0), kept varchar(10) DEFAULT 'yes'::varchar);
CREATE INDEX book_author ON book (author);
CREATE SEQUENCE number;
CREATE VIEW done AS SELECT * FROM book WHERE state = 'done';
CREATE MATERIALIZED VIEW counted AS SELECT author, count(*) AS books FROM book GROUP BY author;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER stamp BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE book OWNER TO app_owner;
ALTER SEQUENCE number OWNER TO app_owner;
)sql";

class Gate : public testing::Test, protected OnDatabase {
 protected:
  Gate() { write_file(folder_ / "schema.sql", schema); }

  Outcome apply(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"apply", "--yes"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return segue(arguments);
  }
  /// Whether an apply found nothing changed, and so compared nothing.
  bool passes(const std::vector<std::string>& more = {}) {
    const Outcome outcome = apply(more);
    EXPECT_TRUE(outcome.ok()) << outcome.text();
    return outcome.text().find("neither the schema nor the database has changed") != std::string::npos;
  }
};

TEST_F(Gate, OpensAfterTheFirstApply) {
  EXPECT_FALSE(passes());
  EXPECT_TRUE(passes());
  EXPECT_TRUE(passes());
}

TEST_F(Gate, OpensForADatabaseThatWasMadeByOthers) {
  database_.execute(schema);
  EXPECT_FALSE(passes());
  EXPECT_TRUE(passes());
}

TEST_F(Gate, OpensForADatabaseThatWasMadeByAPlanFile) {
  ASSERT_TRUE(segue({"plan", "--out", "plan.json"}).ok());
  ASSERT_TRUE(apply({"plan.json"}).ok());
  EXPECT_FALSE(passes());
  EXPECT_TRUE(passes());
}

TEST_F(Gate, GivesThePlanThatAComparisonGives) {
  database_.execute(schema);
  ASSERT_TRUE(apply().ok());
  const Outcome kept = segue({"plan", "--format", "json"});
  database_.execute("DELETE FROM segue.settled");
  const Outcome compared = segue({"plan", "--format", "json"});
  EXPECT_TRUE(kept.ok()) << kept.text();
  EXPECT_EQ(kept.out, compared.out);
}

TEST_F(Gate, ComparesWhereAFileHasChanged) {
  ASSERT_TRUE(apply().ok());
  write_file(folder_ / "schema.sql", std::string(schema) + "-- a word\n");
  EXPECT_FALSE(passes());
  EXPECT_TRUE(passes());
  write_file(folder_ / "schema.sql", "\\ir more.sql\n");
  write_file(folder_ / "more.sql", schema);
  EXPECT_FALSE(passes());
  EXPECT_TRUE(passes());
  write_file(folder_ / "more.sql", std::string(schema) + "CREATE TABLE shelf (id integer);\n");
  EXPECT_FALSE(passes());
  EXPECT_EQ(database_.ask("SELECT count(*) FROM pg_class WHERE relname = 'shelf'"), "1");
}

TEST_F(Gate, ComparesWhereSomethingElseIsAsked) {
  ASSERT_TRUE(apply().ok());
  EXPECT_FALSE(passes({"--exclude", "audit.*"}));
  EXPECT_FALSE(passes({"--scope", "all"}));
  EXPECT_TRUE(passes());
  EXPECT_TRUE(passes({"--scope", "all"}));
}

TEST_F(Gate, ComparesWhereWhatIsManagedHasChanged) {
  ASSERT_TRUE(apply().ok());
  write_file(folder_ / "other.sql", "CREATE TABLE shelf (id integer);\n");
  ASSERT_TRUE(apply({"--schema", "schema.sql", "--schema", "other.sql"}).ok());
  EXPECT_FALSE(passes());  // the shelf is segue's, and no longer in the files
  EXPECT_EQ(database_.ask("SELECT count(*) FROM pg_class WHERE relname = 'shelf'"), "0");
}

TEST_F(Gate, SaysNothingOfAPlanThatLeavesNothing) { EXPECT_EQ(apply().text().find("next plan"), std::string::npos); }

TEST_F(Gate, BringsAHistoryOfTheFirstFormatUp) {
  ASSERT_TRUE(apply().ok());
  database_.execute(
      "DROP TABLE segue.retained, segue.settled; ALTER TABLE segue.history DROP COLUMN part, DROP COLUMN "
      "left_hash, DROP COLUMN chain_version; DELETE FROM segue.format WHERE version > 1");
  EXPECT_TRUE(segue({"plan"}).ok());
  EXPECT_FALSE(passes());
  EXPECT_EQ(database_.ask("SELECT max(version) FROM segue.format"), "4");
  EXPECT_TRUE(passes());
}

TEST_F(Gate, ReadsNothingInASchemaOfThatNameWhichIsSomebodyElses) {
  database_.execute(
      "CREATE SCHEMA segue AUTHORIZATION app_owner; CREATE TABLE segue.seen ();"
      "CREATE FUNCTION segue.trap() RETURNS text LANGUAGE plpgsql AS 'BEGIN CREATE TABLE public.trapped (); END';"
      "CREATE VIEW segue.settled AS SELECT segue.trap() AS request, '' AS catalog, '' AS plan_file;"
      "ALTER VIEW segue.settled OWNER TO app_owner");
  EXPECT_EQ(apply().exit_code, 3);
  EXPECT_EQ(database_.ask("SELECT count(*) FROM pg_class WHERE relname = 'trapped'"), "0");
}

/// What a statement between two starts leads to.
struct Between {
  const char* name;
  const char* sql;
};
void PrintTo(const Between& between, std::ostream* out) { *out << between.sql; }
std::string name_of(const testing::TestParamInfo<Between>& info) { return info.param.name; }

class GateNotices : public Gate, public testing::WithParamInterface<Between> {};
TEST_P(GateNotices, AChange) {
  ASSERT_TRUE(apply().ok());
  ASSERT_TRUE(passes());
  database_.execute(GetParam().sql);
  const Outcome plan = segue({"plan", "--detailed-exitcode", "--on-drop", "delete"});
  EXPECT_EQ(plan.exit_code, 2) << plan.text();
}
INSTANTIATE_TEST_SUITE_P(
    , GateNotices,
    testing::Values(Between{"column", "ALTER TABLE author ADD COLUMN born date"},
                    Between{"column_type", "ALTER TABLE author ALTER COLUMN name TYPE varchar(80)"},
                    Between{"not_null", "ALTER TABLE author ALTER COLUMN name DROP NOT NULL"},
                    Between{"default_value", "ALTER TABLE book ALTER COLUMN state SET DEFAULT 'done'"},
                    Between{"statistics_target", "ALTER TABLE author ALTER COLUMN name SET STATISTICS 7"},
                    Between{"materialized_view", "DROP MATERIALIZED VIEW counted"},
                    Between{"renamed", "ALTER TABLE author RENAME CONSTRAINT author_pkey TO author_key"},
                    Between{"reloptions", "ALTER TABLE book SET (fillfactor = 50)"},
                    Between{"owned_sequence", "ALTER SEQUENCE number OWNED BY book.id"},
                    Between{"sequence", "ALTER SEQUENCE number INCREMENT BY 2"},
                    Between{"identity", "ALTER TABLE author ALTER COLUMN id SET GENERATED BY DEFAULT"},
                    Between{"check", "ALTER TABLE book DROP CONSTRAINT book_pages_check"},
                    Between{"index", "DROP INDEX book_author"},
                    Between{"view", "CREATE OR REPLACE VIEW done AS SELECT * FROM book WHERE state <> 'new'"},
                    Between{"view_options", "ALTER VIEW done SET (security_barrier)"},
                    Between{"function", "ALTER FUNCTION stamp() COST 7"},
                    Between{"trigger", "DROP TRIGGER stamp ON book"},
                    Between{"trigger_state", "ALTER TABLE book DISABLE TRIGGER stamp"},
                    Between{"enum_label", "ALTER TYPE state ADD VALUE 'lost'"},
                    Between{"row_security", "ALTER TABLE book ENABLE ROW LEVEL SECURITY"},
                    Between{"clustering", "ALTER TABLE book CLUSTER ON book_author"},
                    Between{"replica_identity", "ALTER TABLE book REPLICA IDENTITY FULL"},
                    Between{"owner", "ALTER TABLE book OWNER TO app_reader"}),
    name_of);

class GateIgnores : public Gate, public testing::WithParamInterface<Between> {};
TEST_P(GateIgnores, WhatDefinesNothing) {
  ASSERT_TRUE(apply().ok());
  database_.execute(
      "INSERT INTO author (name) VALUES ('a'), ('b'); INSERT INTO book (id, author) SELECT g, 1 FROM "
      "generate_series(1, 2000) g");
  ASSERT_TRUE(passes());
  database_.execute(GetParam().sql);
  EXPECT_TRUE(passes());
}
INSTANTIATE_TEST_SUITE_P(
    , GateIgnores,
    testing::Values(Between{"rows", "DELETE FROM book; UPDATE author SET name = 'c'; SELECT nextval('number')"},
                    Between{"analyze", "ANALYZE"}, Between{"vacuum", "VACUUM"}, Between{"freeze", "VACUUM FREEZE"},
                    Between{"vacuum_full", "VACUUM FULL book"}, Between{"truncate", "TRUNCATE book"},
                    Between{"refresh", "REFRESH MATERIALIZED VIEW counted"}, Between{"reindex", "REINDEX TABLE book"},
                    Between{"temporary",
                            "CREATE TEMP TABLE one (id serial PRIMARY KEY, t text DEFAULT 'x'); "
                            "CREATE TEMP VIEW v AS SELECT * FROM one; SELECT 1"},
                    Between{"nothing", ""}),
    name_of);

}  // namespace
}  // namespace segue::test
