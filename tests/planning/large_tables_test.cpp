// Guards against a plan that rewrites or scans a large table under a lock without a word, and against one that warns of
// tables that are small.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

Json plan_of(const Database& database, const std::string& schema) {
  const TempDir work;
  write_file(work / "schema.sql", schema);
  const Outcome outcome = run_segue({"plan", "--db", database.url(), "--format", "json"}, work.path().string());
  EXPECT_TRUE(outcome.ok()) << outcome.text();
  return Json::parse(outcome.out);
}

std::set<std::string> hazards_of(const Json& plan) {
  std::set<std::string> all;
  for (const Json& step : plan["plan"]["steps"]) {
    for (const Json& hazard : step["hazards"]) all.insert(hazard.get<std::string>());
  }
  return all;
}

constexpr const char* before = "CREATE TABLE t (a integer, b text);";
constexpr const char* after = "CREATE TABLE t (a bigint, b text);";

TEST(LargeTables, AreHazardsAndAnAssumption) {
  const Database database(Server::shared());
  database.execute(std::string(before) + "INSERT INTO t SELECT g, g FROM generate_series(1, 500000) g;");
  database.execute("ANALYZE t;");
  const Json plan = plan_of(database, after);
  EXPECT_EQ(hazards_of(plan), (std::set<std::string>{"BLOCKS_READS", "BLOCKS_WRITES", "REWRITES_TABLE"}));
  EXPECT_EQ(plan["plan"]["assumptions"], (Json{{"public.t", "large"}}));
  EXPECT_EQ(plan["observed"]["rows"]["public.t"], 500000);
  EXPECT_GT(plan["observed"]["bytes"]["public.t"], 1 << 20);
}

TEST(LargeTables, AreRewrittenByAValueThatIsComputedForEveryRow) {
  const Database database(Server::shared());
  const std::string domains = "CREATE DOMAIN positive AS integer CHECK (VALUE > 0); CREATE DOMAIN plain AS integer;";
  database.execute(domains + before + "INSERT INTO t SELECT g, g FROM generate_series(1, 500000) g;");
  database.execute("ANALYZE t;");
  const auto hazards_with = [&](const std::string& column) {
    return hazards_of(plan_of(database, domains + "CREATE TABLE t (a integer, b text, " + column + ");"));
  };
  const std::set<std::string> rewritten = {"BLOCKS_READS", "BLOCKS_WRITES", "REWRITES_TABLE"};
  EXPECT_EQ(hazards_with("c uuid DEFAULT gen_random_uuid()"), rewritten);
  EXPECT_EQ(hazards_with("c timestamptz DEFAULT clock_timestamp()"), rewritten);
  EXPECT_EQ(hazards_with("c positive"), rewritten);
  EXPECT_EQ(hazards_with("c plain DEFAULT 1"), std::set<std::string>{});
  EXPECT_EQ(hazards_with("c timestamptz NOT NULL DEFAULT now()"), std::set<std::string>{});
  EXPECT_EQ(hazards_with("c text[] DEFAULT ARRAY['a', 'b']::text[]"), std::set<std::string>{});
}

TEST(LargeTables, CountTheRowsOfTheirPartitions) {
  const Database database(Server::shared());
  database.execute(
      "CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);"
      "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (300000);"
      "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (300000) TO (600000);"
      "INSERT INTO t SELECT g, g FROM generate_series(0, 599999) g;");
  database.execute("ANALYZE t;");
  const Json plan = plan_of(database,
                            "CREATE TABLE t (a integer, b text) PARTITION BY RANGE (a);"
                            "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (300000);"
                            "CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (300000) TO (600000);"
                            "ALTER TABLE t ADD CONSTRAINT b_is_there CHECK (b <> '');");
  EXPECT_EQ(hazards_of(plan), (std::set<std::string>{"BLOCKS_READS", "BLOCKS_WRITES"}));
}

TEST(LargeTables, SmallOnesAreNone) {
  const Database database(Server::shared());
  database.execute(std::string(before) + "INSERT INTO t SELECT g, g FROM generate_series(1, 1000) g;");
  database.execute("ANALYZE t;");
  const Json plan = plan_of(database, after);
  EXPECT_EQ(hazards_of(plan), std::set<std::string>{});
  EXPECT_EQ(plan["plan"]["assumptions"], Json::object());
  EXPECT_EQ(plan["observed"]["rows"]["public.t"], 1000);
}

}  // namespace
}  // namespace segue::test
