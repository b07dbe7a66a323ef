// Danger: a value of the parse tree that is read as another one, above all the negative numbers that libpg_query 15
// leaves out of its JSON.
#include <gtest/gtest.h>

#include "sql/script.h"

namespace segue::sql {
namespace {

TEST(Tree, FieldsOfTaggedNodesAndOfPlainStructs) {
  const auto script = parse("CREATE TABLE s.t (a int NOT NULL DEFAULT 5)", "f.sql");
  ASSERT_TRUE(script);
  const Node create = script->statements()[0].node;
  EXPECT_TRUE(create.is("CreateStmt"));
  EXPECT_EQ(create["relation"].type(), "");
  EXPECT_EQ(create["relation"].text("schemaname"), "s");
  EXPECT_TRUE(create["relation"].flag("inh"));
  const Node column = create.list("tableElts").front();
  EXPECT_EQ(column.text("colname"), "a");
  EXPECT_EQ(strings(column["typeName"].list("names")), (std::vector<std::string>{"pg_catalog", "int4"}));
  EXPECT_EQ(column.list("constraints").size(), 2U);
  EXPECT_EQ(column.list("constraints").back()["raw_expr"].number(), 5);
  EXPECT_FALSE(column.has("nothing"));
  EXPECT_EQ(column["nothing"]["deeper"].list("at").size(), 0U);
  EXPECT_EQ(column.location(), 18);
  EXPECT_EQ(create.first_location(), 13);
}

std::int64_t constant(std::string_view text) {
  const auto fragment = parse_expression(text);
  EXPECT_TRUE(fragment) << text;
  EXPECT_TRUE(fragment->node().is("A_Const")) << text;
  EXPECT_TRUE(fragment->node()["ival"].is("Integer")) << text;
  return fragment->node()["ival"].number();
}
TEST(Tree, NegativeAndZeroConstantsKeepTheirValue) {
  EXPECT_EQ(constant("0"), 0);
  EXPECT_EQ(constant("-1"), -1);
  EXPECT_EQ(constant("- /* c */ 12"), -12);
  EXPECT_EQ(constant("-(3)"), -3);
  EXPECT_EQ(constant("- -4"), 4);
  EXPECT_EQ(constant("- - -5"), -5);
  EXPECT_EQ(constant("-2147483647"), -2147483647);
}
TEST(Tree, NegativeOptionsKeepTheirValue) {
  const auto script = parse(
      "CREATE SEQUENCE s INCREMENT BY -2 MINVALUE -10 MAXVALUE -1 START WITH -3 CACHE 1;\n"
      "ALTER TABLE t ALTER a SET STATISTICS -1, ALTER b SET STATISTICS 100, ALTER c SET STATISTICS 0;",
      "f.sql");
  ASSERT_TRUE(script);
  std::vector<std::int64_t> values;
  for (const Node option : script->statements()[0].node.list("options")) values.push_back(option["arg"].number());
  EXPECT_EQ(values, (std::vector<std::int64_t>{-2, -10, -1, -3, 1}));
  values.clear();
  for (const Node command : script->statements()[1].node.list("cmds")) values.push_back(command["def"].number());
  EXPECT_EQ(values, (std::vector<std::int64_t>{-1, 100, 0}));
}
TEST(Tree, ConstantsHaveOneShape) {
  EXPECT_EQ(parse_expression("'a'")->node().text(), "a");
  EXPECT_EQ(parse_expression("''")->node().has("sval"), true);
  EXPECT_EQ(parse_expression("1.5")->node()["fval"].type(), "Float");
  EXPECT_TRUE(parse_expression("true")->node().flag());
  EXPECT_TRUE(parse_expression("false")->node().has("boolval"));
  EXPECT_FALSE(parse_expression("false")->node().flag());
  EXPECT_TRUE(parse_expression("NULL")->node().flag("isnull"));
}
TEST(Tree, PartitionStrategyHasTheNewestSpelling) {
  const auto script = parse("CREATE TABLE t (a int) PARTITION BY LIST (a)", "f.sql");
  EXPECT_EQ(script->statements()[0].node["partspec"].text("strategy"), "PARTITION_STRATEGY_LIST");
}
TEST(Tree, StaysValidWhenItsScriptMoves) {
  auto script = parse("SELECT 'a long enough text to leave the small string'", "f.sql");
  const Node select = script->statements()[0].node;
  const Script moved = std::move(*script);
  EXPECT_EQ(select.list("targetList").front()["val"].text(), "a long enough text to leave the small string");
  EXPECT_EQ(moved.text().substr(0, 6), "SELECT");
}

}  // namespace
}  // namespace segue::sql
