// Danger: a text that a newer PostgreSQL takes is called wrong, and nobody is told which version reads it.
#include "sql/newer_grammar.h"

#include <gtest/gtest.h>

#include "sql/script.h"

namespace segue::sql {
namespace {

struct Newer {
  int since;
  std::string text;
};

TEST(NewerGrammar, IsNamedWithTheVersionThatReadsIt) {
  const Newer texts[] = {
      {16, "CREATE TABLE t (i integer STORAGE plain)"},
      {16, "CREATE STATISTICS ON a, b FROM t"},
      {16, "CREATE VIEW v AS SELECT 1_000"},
      {17, "ALTER TABLE t ALTER COLUMN c SET EXPRESSION AS (1)"},
      {18, "CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) VIRTUAL)"},
      {18, "CREATE TABLE t (a integer CHECK (a > 0) NOT ENFORCED)"},
      {18, "CREATE TABLE t (a integer, r int4range, PRIMARY KEY (a, r WITHOUT OVERLAPS))"},
      {18, "CREATE TABLE t (a integer, CONSTRAINT c NOT NULL a)"},
      {18, "CREATE TABLE t (a integer NOT NULL NO INHERIT)"},
  };
  for (const Newer& one : texts) {
    const auto script = parse(one.text, "f.sql");
    if (grammar_version() >= one.since) {
      EXPECT_TRUE(script) << one.text << "\n" << render(script.error());
      continue;
    }
    ASSERT_FALSE(script) << one.text;
    EXPECT_NE(script.error().hint.find("came with PostgreSQL " + std::to_string(one.since)), std::string::npos)
        << render(script.error());
    EXPECT_NE(script.error().hint.find("libpg_query " + std::to_string(one.since)), std::string::npos);
  }
}

TEST(NewerGrammar, IsNotWhatIsWrongEverywhere) {
  for (const char* text : {"CREATE TABLE t (a integer,)", "CREATE TABEL t ()", "SELECT 1 FROM"}) {
    const auto script = parse(text, "f.sql");
    ASSERT_FALSE(script) << text;
    EXPECT_EQ(script.error().hint, "") << text;
  }
}

TEST(NewerGrammar, SaysThatTheSequenceOfAnIdentityIsLogged) {
  const auto script = parse(
      "ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME s.\"t a\" UNLOGGED CYCLE),\n"
      "  ALTER b ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME logged LOGGED NO CYCLE);",
      "schema.sql");
  ASSERT_TRUE(script);
  std::vector<std::string> options;
  for (const Node command : script->statements().front().node.list("cmds")) {
    for (const Node option : command["def"].list("options")) options.emplace_back(option.text("defname"));
  }
  EXPECT_EQ(options,
            (std::vector<std::string>{"sequence_name", "unlogged", "cycle", "sequence_name", "logged", "cycle"}));
}

TEST(NewerGrammar, IsSupposedOnlyOfANewerServer) {
  EXPECT_EQ(newer_server_hint(grammar_version()), "");
  EXPECT_NE(newer_server_hint(99).find("PostgreSQL 99"), std::string::npos);
}

}  // namespace
}  // namespace segue::sql
