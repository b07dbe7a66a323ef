// Guards against relations that move for nothing, or not where the file says: tablespaces come by a clause, by
// default_tablespace and from the table above, and ALTER takes tables, indexes and the indexes of constraints there.
#include <gtest/gtest.h>

#include "support/both_ways.h"

namespace segue::test {
namespace {

/// With two of them beside the databases' own.
Server& server() {
  static const bool made = [] {
    for (const char* name : {"near", "far"}) {
      Server::shared().ask(
          "postgres", "SET allow_in_place_tablespaces = on; CREATE TABLESPACE " + std::string(name) + " LOCATION ''");
    }
    return true;
  }();
  EXPECT_TRUE(made);
  return Server::shared();
}

struct Move {
  const char* name;
  const char* before;
  const char* after;
};
void PrintTo(const Move& move, std::ostream* out) { *out << move.name; }

class Tablespaces : public testing::TestWithParam<Move> {};

TEST_P(Tablespaces, AreWhatPsqlWouldHaveMade) {
  const std::string planned = runs_both_ways(server(), GetParam().before, GetParam().after);
  EXPECT_EQ(planned.find("DROP"), std::string::npos) << planned;
}

INSTANTIATE_TEST_SUITE_P(
    , Tablespaces,
    testing::Values(
        Move{"ofKeysInPlace",
             "CREATE TABLE t (a int PRIMARY KEY, b text UNIQUE, EXCLUDE USING btree (a WITH =));"
             "CREATE INDEX i ON t (b); CREATE TABLE r (a int REFERENCES t);",
             "CREATE TABLE t (a int PRIMARY KEY USING INDEX TABLESPACE near, b text UNIQUE USING INDEX TABLESPACE far,"
             " EXCLUDE USING btree (a WITH =) USING INDEX TABLESPACE near) TABLESPACE far;"
             "CREATE INDEX i ON t (b) TABLESPACE near; CREATE TABLE r (a int REFERENCES t);"},
        Move{"byDefault", "CREATE TABLE other ();",
             "CREATE TABLE other (); SET default_tablespace = near;"
             "CREATE TABLE t (a int, EXCLUDE USING btree (a WITH =), UNIQUE (a)); CREATE INDEX ON t (a);"
             "CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; SET default_tablespace = '';"
             "ALTER INDEX t_a_key SET TABLESPACE pg_default; ALTER INDEX t_a_key SET (fillfactor = 30);"
             "ALTER INDEX t_a_idx SET TABLESPACE pg_default;"},
        Move{"fromAbove",
             "CREATE TABLE p (a int) PARTITION BY LIST (a) TABLESPACE near;"
             "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE p ADD PRIMARY KEY (a) USING INDEX "
             "TABLESPACE far;",
             "CREATE TABLE p (a int) PARTITION BY LIST (a) TABLESPACE near;"
             "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); ALTER TABLE p ADD PRIMARY KEY (a) USING INDEX "
             "TABLESPACE far; CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) TABLESPACE far;"
             "CREATE TABLE p3 PARTITION OF p FOR VALUES IN (3, 4) PARTITION BY LIST (a);"
             "CREATE TABLE p4 PARTITION OF p3 FOR VALUES IN (4);"}),
    [](const testing::TestParamInfo<Move>& move) { return move.param.name; });

}  // namespace
}  // namespace segue::test
