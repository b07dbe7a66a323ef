// Guards against a plan that uses a label in the transaction that adds it, which PostgreSQL refuses (55P04), and
// against one that loses rows over it.
#include <gtest/gtest.h>

#include "support/on_database.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

struct Use {
  const char* name;
  const char* after;  ///< behind the type and the table
};
void PrintTo(const Use& use, std::ostream* out) { *out << use.name; }
std::string name_of(const testing::TestParamInfo<Use>& info) { return info.param.name; }

class NewLabel : public testing::TestWithParam<Use>, protected OnDatabase {
 protected:
  NewLabel() {
    database_.execute(
        "CREATE TYPE mood AS ENUM ('sad', 'glad'); CREATE TABLE t (id integer PRIMARY KEY, m mood);"
        "INSERT INTO t SELECT g, (CASE WHEN g % 2 = 0 THEN 'sad' ELSE 'glad' END)::mood FROM generate_series(1, 100) "
        "g;");
  }
  std::string rows() { return database_.ask("SELECT md5(string_agg(t::text, ',' ORDER BY id)) FROM t"); }
};

TEST_P(NewLabel, IsUsedByTheSamePlanAndTakenBack) {
  const std::string dump = database_.dump();
  const std::string rows_before = rows();
  write_file(folder_ / "schema.sql",
             "CREATE TYPE mood AS ENUM ('sad', 'so so', 'glad');\nCREATE TABLE t (id integer PRIMARY KEY, m mood" +
                 std::string(GetParam().after));
  for (const char* online : {"never", "always"}) {
    const Outcome plan = segue({"plan", "--scope", "all", "--online", online, "--out", "plan.json"});
    ASSERT_EQ(plan.exit_code, 0) << plan.text();
    const Outcome applied = segue({"apply", "plan.json", "--yes", "--allow-hazards", "all"});
    ASSERT_EQ(applied.exit_code, 0) << plan.text() << applied.text();
    EXPECT_EQ(rows(), rows_before);
    const Outcome next = segue({"plan", "--scope", "all", "--detailed-exitcode"});
    EXPECT_EQ(next.exit_code, 0) << next.text();
    const Outcome back = segue({"rollback", "plan.json", "--yes", "--allow-hazards", "all"});
    ASSERT_EQ(back.exit_code, 0) << back.text();
    EXPECT_EQ(trial::dump_difference(database_.dump(), dump), "");
    EXPECT_EQ(rows(), rows_before);
  }
}

INSTANTIATE_TEST_SUITE_P(
    , NewLabel,
    testing::Values(Use{"by_nobody", ");"}, Use{"by_a_default", " DEFAULT 'so so');"},
                    Use{"by_a_check", " CHECK (m <> 'so so' OR id > 5));"},
                    Use{"by_a_partial_index", "); CREATE INDEX picked ON t (id) WHERE m = 'so so';"},
                    Use{"by_an_index", "); CREATE INDEX picked ON t ((m = 'so so'));"},
                    Use{"by_a_policy",
                        "); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY picked ON t USING (m = 'so so');"},
                    Use{"by_a_view", "); CREATE VIEW v AS SELECT id FROM t WHERE m = 'so so';"}),
    name_of);

}  // namespace
}  // namespace segue::test
