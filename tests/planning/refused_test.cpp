// Guards against a plan that PostgreSQL refuses half way: what it never does is said before anything runs, with the
// reason and a way out.
#include <gtest/gtest.h>

#include "support/files.h"
#include "support/program.h"

namespace segue::test {
namespace {

class Refused : public testing::Test {
 protected:
  Outcome plan(const std::string& from, const std::string& to) {
    write_file(folder_ / "from.sql", from);
    write_file(folder_ / "to.sql", to);
    return run_segue({"plan", "--from", "from.sql", "--schema", "to.sql"}, folder_.path().string());
  }

  void expect_refusal(const std::string& from, const std::string& to, const std::string& message) {
    const Outcome outcome = plan(from, to);
    EXPECT_EQ(outcome.exit_code, 1) << outcome.text();
    EXPECT_NE(outcome.err.find(message), std::string::npos) << outcome.err;
  }
  TempDir folder_;
};

TEST_F(Refused, TypeOfAPartitionKeysColumn) {
  const std::string rest = ", b int) PARTITION BY LIST (a);";
  expect_refusal("CREATE TABLE p (a int" + rest, "CREATE TABLE p (a bigint" + rest,
                 "to.sql:1: error: column public.p.a cannot be changed\nit is part of the partition key of public.p");
}

/// Directly, or within others.
TEST_F(Refused, TypesThatAPartitionKeyHolds) {
  const auto expect = [&](const std::string& now, const std::string& wanted, const std::string& object) {
    const std::string rest = "CREATE TABLE p (a t, b int) PARTITION BY LIST (a);";
    expect_refusal(now + rest, wanted + rest, object + " cannot be changed\nPostgreSQL does not do this to a type");
  };
  expect("CREATE TYPE t AS RANGE (SUBTYPE = int);", "CREATE TYPE t AS RANGE (SUBTYPE = bigint);",
         "range type public.t");
  expect("CREATE DOMAIN t AS int;", "CREATE DOMAIN t AS bigint;", "domain public.t");
  expect("CREATE TYPE t AS (k int);", "CREATE TYPE t AS (k bigint);", "composite attribute public.t.k");
  const std::string over = "CREATE DOMAIN d AS e; CREATE TYPE t AS (k d[]);";
  expect("CREATE TYPE e AS ENUM ('a', 'b');" + over, "CREATE TYPE e AS ENUM ('b', 'a');" + over, "enum public.e");
  expect("CREATE TYPE e AS (x int);" + over, "CREATE TYPE e AS (x bigint);" + over, "composite attribute public.e.x");
}

/// As the server does: a file with either would be taken for one without it.
TEST_F(Refused, WhatAFileGivesTwice) {
  expect_refusal("", "CREATE TABLE t (a int, a text);",
                 "to.sql:1:24: error: column a of table public.t is given twice");
  expect_refusal("", "CREATE TABLE p (a int); CREATE TABLE t (b int, b int) INHERITS (p);",
                 "column b of table public.t is given twice");
  expect_refusal("", "CREATE TABLE t (a int PRIMARY KEY, b int); ALTER TABLE t ADD PRIMARY KEY (b);",
                 "table public.t is given a second primary key");
}

TEST_F(Refused, NotNullAboveAPartitionsIdentity) {
  const std::string rest =
      ", b int) PARTITION BY LIST (b); CREATE TABLE c PARTITION OF p DEFAULT;"
      "ALTER TABLE c ALTER a SET NOT NULL; ALTER TABLE c ALTER a ADD GENERATED ALWAYS AS IDENTITY;";
  expect_refusal("CREATE TABLE p (a int NOT NULL" + rest, "CREATE TABLE p (a int" + rest,
                 "column public.p.a cannot lose its NOT NULL\ncolumn public.c.a is an identity");
}

TEST_F(Refused, BaseOfADomainWithoutACast) {
  const std::string table = "CREATE TABLE t (\na d\n);";
  expect_refusal(
      "CREATE DOMAIN d AS int;" + table, "CREATE DOMAIN d AS date;" + table,
      "column public.t.a would have to be dropped and created again, which would lose its rows\nit uses domain "
      "public.d, which cannot be changed in place: type differs; no cast leads to the new type");
  const Outcome outcome = plan("CREATE DOMAIN d AS int;" + table,
                               "CREATE DOMAIN d AS date; CREATE TABLE t (\na d  -- @using date '2000-01-01' + a\n);");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text();
  EXPECT_NE(outcome.out.find("USING (date '2000-01-01' + a)::public.d"), std::string::npos) << outcome.out;
}

/// A function that gets another name for its argument is made again, and the check that reads it with it.
TEST_F(Refused, CheckOfADomainThatArraysHold) {
  const auto schema = [](const std::string& argument) {
    return "CREATE FUNCTION ok(" + argument +
           " int) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN true;"
           "CREATE DOMAIN d AS int CHECK (ok(VALUE)); CREATE TABLE t (a d[]);";
  };
  expect_refusal(schema("a"), schema("b"),
                 "domain constraint public.d.d_check would have to be dropped and added again\nrebuilt, since it reads "
                 "function public.ok(integer), and PostgreSQL does not look through the arrays");
}

/// Directly, in an array, within another type.
TEST_F(Refused, RowsThatAnotherTableHolds) {
  const std::string now = "CREATE TABLE r (a int, b text);";
  const std::string types = "CREATE DOMAIN d AS r; CREATE TYPE c AS (k d[]);";
  const std::string message = " while column public.u.x holds rows of public.r\n";
  for (const std::string type : {"r", "r[]", "d", "c"}) {
    const std::string rest = types + "CREATE TABLE u (x " + type + ");";
    expect_refusal(now + rest, "CREATE TABLE r (a bigint, b text);" + rest,
                   "column public.r.a cannot change" + message);
    expect_refusal(now + rest, "CREATE TABLE r (a int, b text, c int DEFAULT 1);" + rest,
                   "column public.r.c cannot come with a value" + message);
    EXPECT_EQ(plan(now + rest, "CREATE TABLE r (a int, c int);" + rest).exit_code, 0);
  }
}

TEST_F(Refused, AttributesThatATypedTableWouldDrop) {
  const std::string rest = ", b text); CREATE TABLE t OF c;";
  expect_refusal("CREATE TYPE c AS (a date" + rest, "CREATE TYPE c AS (a bigint" + rest,
                 "which would lose its place in a typed table\ntype differs; PostgreSQL has no cast");
}

TEST_F(Refused, ConversionsOverForeignTables) {
  const std::string rest =
      "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f () INHERITS (p) "
      "SERVER s;";
  const std::string of_text = "CREATE TABLE p (a text);" + rest;
  const std::string of_integers = "CREATE TABLE p (a int);" + rest;
  expect_refusal(of_text, of_integers, "column public.p.a cannot change its type\nits values would need a USING");
  const Outcome there = plan(of_integers, of_text);
  EXPECT_EQ(there.exit_code, 0) << there.text();
  EXPECT_NE(there.out.find("NOT_REVERSIBLE"), std::string::npos) << there.out;
  const std::string of_ranges = "CREATE TABLE p (a r);" + rest;  // which are text meanwhile
  expect_refusal("CREATE TYPE r AS RANGE (SUBTYPE = int);" + of_ranges,
                 "CREATE TYPE r AS RANGE (SUBTYPE = bigint);" + of_ranges, "column public.p.a cannot change its type");
}

/// Neither looked through in place nor exchanged.
TEST_F(Refused, ChecksOfADomainThatPartitionsAndArraysHold) {
  const std::string rest = "CREATE TABLE p (a d, b d[]) PARTITION BY LIST (a);";
  const std::string bare = "CREATE DOMAIN d AS int;" + rest;
  const std::string checked = "CREATE DOMAIN d AS int CONSTRAINT k CHECK (VALUE > 0);" + rest;
  expect_refusal(bare, checked, "domain constraint public.d.k cannot be added\nPostgreSQL does not look through");
  const Outcome back = plan(checked, bare);
  EXPECT_EQ(back.exit_code, 0) << back.text();
  EXPECT_NE(back.out.find("NOT_REVERSIBLE"), std::string::npos) << back.out;
  expect_refusal(bare, "CREATE DOMAIN d AS int NOT NULL;" + rest, "domain public.d cannot be changed");
}

}  // namespace
}  // namespace segue::test
