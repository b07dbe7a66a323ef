// Guards against a file that drops what is still in use, which psql would not, and against a DROP … CASCADE that goes
// further, or less far, than the server would; and, as much, against a DROP that is refused for no reason.
#include <gtest/gtest.h>

#include "source/desired.h"

namespace segue::test {
namespace {

/// What is wrong with the file; "" for nothing.
std::string wrong(const std::string& file) {
  const auto scripts = source::parse_all({{"schema.sql", file}});
  if (!scripts) return render(scripts.error());
  const auto desired = source::read_desired(*scripts, {});
  return desired ? "" : desired.error().what;
}

constexpr const char* table = "CREATE TABLE t (a integer PRIMARY KEY, b text);\n";

TEST(Drops, AreRefusedWhereTheServerRefusesThem) {
  const std::string view = std::string(table) + "CREATE VIEW v AS SELECT a FROM t;\n";
  EXPECT_EQ(wrong(view + "DROP TABLE t;"), "cannot drop table public.t: view public.v depends on column public.t.a");
  EXPECT_EQ(wrong(view + "ALTER TABLE t DROP COLUMN a;"), "cannot drop column public.t.a: view public.v depends on it");
  EXPECT_EQ(wrong(view + "ALTER TABLE t DROP COLUMN b;"), "");
  EXPECT_EQ(wrong(view + "DROP VIEW v; DROP TABLE t;"), "");
  const std::string key = std::string(table) + "CREATE TABLE u (a integer REFERENCES t);\n";
  EXPECT_EQ(wrong(key + "ALTER TABLE t DROP CONSTRAINT t_pkey;"),
            "cannot drop constraint public.t.t_pkey: constraint public.u.u_a_fkey depends on it");
  EXPECT_EQ(wrong(key + "DROP TABLE t, u;"), "");
  EXPECT_EQ(wrong("CREATE SCHEMA s; CREATE TABLE s.t (); DROP SCHEMA s;"),
            "cannot drop schema s: table s.t depends on it");
}

TEST(Drops, AreNotRefusedForWhatWasUsedOnce) {
  const std::string type = "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE t (m mood DEFAULT 'sad');\n";
  EXPECT_NE(wrong(type + "DROP TYPE mood;"), "");
  EXPECT_EQ(wrong(type + "ALTER TABLE t ALTER m DROP DEFAULT, ALTER m TYPE text; DROP TYPE mood;"), "");
  EXPECT_EQ(wrong(std::string(table) + "CREATE VIEW v AS SELECT a FROM t; CREATE OR REPLACE VIEW v AS SELECT 1 AS a;\n"
                                       "DROP TABLE t;"),
            "");
}

TEST(Drops, SayWhereOnlyTheServerKnowsHowFarTheyGo) {
  EXPECT_EQ(wrong("CREATE FUNCTION f(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
                  "CREATE FUNCTION f(text) RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
                  "CREATE VIEW v AS SELECT f('1'); DROP FUNCTION f(text) CASCADE;"),
            "this DROP … CASCADE is not followed into view public.v, where only the server can tell whether function "
            "public.f(text) is meant");
}

}  // namespace
}  // namespace segue::test
