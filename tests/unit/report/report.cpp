// Guards against reports that mislead: a name that steers the terminal, ends a comment, breaks a table or runs a
// script; a comment that GitHub refuses; a hazard or an unmodelled object that is not shown.
#include "report/report.h"

#include <gtest/gtest.h>

#include "plan/plan_file.h"
#include "report/common.h"
#include "report/escape.h"

namespace segue::report {
namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

plan::Step make_step(const std::string& id, plan::Verb verb, const std::string& object, const std::string& sql) {
  plan::Step step;
  step.id = id;
  step.kind = object.substr(0, object.find(' '));
  step.object = object;
  step.verb = verb;
  step.reason = "not in the database";
  step.sql = {sql};
  step.inverse = {{"UNDO " + id}, "", "exact", ""};
  return step;
}

plan::Plan small_plan() {
  plan::Plan plan;
  plan.body.steps = {
      make_step("s001", plan::Verb::create, "table public.books", "CREATE TABLE public.books ()"),
      make_step("s002", plan::Verb::drop, "table public.old", "DROP TABLE public.old"),
      make_step("s003", plan::Verb::create, "column public.books.title", "ALTER TABLE public.books ADD title text")};
  plan::Step& drop = plan.body.steps[1];
  drop.hazards = {plan::hazard::deletes_data};
  drop.lock = {"ACCESS EXCLUSIVE", {"public.old"}};
  drop.inverse.fidelity = "loses data";
  drop.inverse.reason = "its rows";
  plan.body.unmodelled = {{"text search parser p", "not modelled"}};
  plan.body.warnings = {"mind the gap"};
  plan.observed.not_ours = 12;
  plan::identify(plan);
  return plan;
}

/// What a name can do at its worst, for every format at once.
const std::string hostile =
    "x\x1b[2J\r\n; DROP TABLE t; -- */ \u202e`|``` <script>alert(1)</script> </details> \"' @team #12 [a](b) \xff";

plan::Plan hostile_plan() {
  plan::Plan plan;
  plan::Step step = make_step("s001", plan::Verb::create, "table " + hostile, "CREATE TABLE t ()");
  step.reason = hostile;
  step.source = {hostile, 3};
  step.lock = {"ACCESS EXCLUSIVE", {hostile}};
  step.hazards = {hostile};
  step.inverse.reason = hostile;
  plan.body.steps = {step};
  plan.body.unmodelled = {{hostile, hostile}};
  plan.body.warnings = {hostile};
  plan.observed.notes = {hostile};
  plan::identify(plan);
  return plan;
}

TEST(Text, SaysWhatWhyLockHazardAndWayBack) {
  const std::string out = text(small_plan());
  for (const char* part :
       {"+ table public.books", "- table public.old", "not in the database", "CREATE TABLE public.books ();",
        "ACCESS EXCLUSIVE on public.old", "DELETES_DATA", "--allow-hazards DELETES_DATA", "loses data (its rows)",
        "text search parser p", "mind the gap", "12 objects"}) {
    EXPECT_TRUE(has(out, part)) << part << "\n" << out;
  }
}

TEST(Text, EndsWithTheSummaryLine) {
  const std::string out = text(small_plan());
  const std::string line = "Plan: 2 to add, 0 to change, 1 to drop\n";
  EXPECT_EQ(out.substr(out.size() - line.size()), line);
}

TEST(Text, EmptyPlanSaysThatTheDatabaseMatches) {
  EXPECT_EQ(text(plan::Plan()), "No changes. The database matches the schema.\n");
}

TEST(Text, EmptyPlanStillNamesWhatIsNotModelled) {
  plan::Plan plan;
  plan.body.unmodelled = {{"text search parser p", "left alone"}};
  EXPECT_TRUE(has(text(plan), "text search parser p: left alone"));
}

TEST(Text, ColumnStandsUnderItsTable) {
  const std::vector<Group> groups = groups_of(small_plan());
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].title, "public.books");
  EXPECT_EQ(groups[0].steps.size(), 2U);
}

TEST(Text, ColoursOnlyWhenAsked) {
  EXPECT_FALSE(has(text(small_plan()), "\x1b"));
  EXPECT_TRUE(has(text(small_plan(), {true, true}), "\x1b[32m"));
}

TEST(Hostile, NamesSteerNoTerminal) {
  const plan::Plan plan = hostile_plan();
  for (const std::string& out : {text(plan), markdown(plan), html(plan), sql(plan, {false, true})}) {
    EXPECT_FALSE(has(out, "\x1b")) << out;
    EXPECT_FALSE(has(out, "\u202e"));
    EXPECT_FALSE(has(out, "\r"));
    EXPECT_FALSE(has(out, "\xff"));
  }
  EXPECT_TRUE(has(text(plan), "<U+001B>"));
}

TEST(Hostile, NamesEndNoCommentOfTheScript) {
  std::string out = sql(hostile_plan());
  std::size_t begin = 0;
  while (begin < out.size()) {
    const std::size_t end = std::min(out.find('\n', begin), out.size());
    const std::string line = out.substr(begin, end - begin);
    if (has(line, "DROP TABLE t")) {
      EXPECT_EQ(line.rfind("-- ", 0), 0U) << line;
    }
    begin = end + 1;
  }
}

TEST(Hostile, NamesAreNoHtml) {
  const std::string out = html(hostile_plan());
  EXPECT_FALSE(has(out, "<script"));
  EXPECT_TRUE(has(out, "&lt;script&gt;"));
}

TEST(Hostile, NamesAreNoMarkdown) {
  const std::string out = markdown(hostile_plan());
  EXPECT_FALSE(has(out, "<script"));
  EXPECT_FALSE(has(out, "@team"));
  EXPECT_FALSE(has(out, " #12 "));
  EXPECT_FALSE(has(out, "[a](b)"));
  std::size_t details = 0;
  for (std::size_t at = out.find("</details>"); at != std::string::npos; at = out.find("</details>", at + 1)) ++details;
  EXPECT_EQ(details, 2U);
}

TEST(Markdown, FenceIsLongerThanAnyInTheCode) { EXPECT_EQ(markdown_fence("a ```` b", "sql").substr(0, 8), "`````sql"); }

TEST(Markdown, NeverExceedsWhatGitHubTakes) {
  plan::Plan plan;
  for (int i = 0; i < 3000; ++i) {
    plan::Step step =
        make_step("s" + std::to_string(i), plan::Verb::create, "table public." + hostile + std::to_string(i),
                  "CREATE TABLE " + std::string(static_cast<std::size_t>(i) * 20, 'x'));
    step.hazards = {plan::hazard::deletes_data, plan::hazard::blocks_reads};
    plan.body.steps.push_back(step);
    plan.body.warnings.push_back(hostile);
    plan.body.unmodelled.push_back({hostile, hostile});
    plan.observed.notes.push_back(hostile);
  }
  const std::string out = markdown(plan);
  EXPECT_LE(out.size(), 65536U);
  EXPECT_TRUE(has(out, "cut here"));
  EXPECT_TRUE(has(out, "3000 to add"));
}

TEST(Markdown, WholeSmallPlanIsThere) {
  const std::string out = markdown(small_plan());
  EXPECT_TRUE(has(out, "### Plan: 2 to add, 0 to change, 1 to drop"));
  EXPECT_TRUE(has(out, "CREATE TABLE public.books ();"));
  EXPECT_TRUE(has(out, "UNDO s002;"));
  EXPECT_FALSE(has(out, "cut here"));
}

TEST(Sql, RunsStepsInOneTransactionWithTheWayBackAsComment) {
  const std::string out = sql(small_plan());
  EXPECT_LT(out.find("BEGIN"), out.find("CREATE TABLE public.books ();"));
  EXPECT_LT(out.find("CREATE TABLE public.books ();"), out.find("\nCOMMIT;"));
  EXPECT_TRUE(has(out, "-- UNDO s001;"));
  EXPECT_FALSE(has(out, "\nUNDO"));
  EXPECT_TRUE(has(rollback_sql(small_plan()), "\nUNDO s001;"));
}

TEST(Sql, SemicolonIsNotSwallowedByACommentAtTheEnd) {
  EXPECT_EQ(terminated("SELECT 1 -- one"), "SELECT 1 -- one\n;");
  EXPECT_EQ(terminated("SELECT 1"), "SELECT 1;");
}

TEST(Sql, StatementsStayByteForByteOffTheTerminal) {
  plan::Plan plan = small_plan();
  plan.body.steps[0].sql = {"SELECT 'a\x1b'"};
  EXPECT_TRUE(has(sql(plan), "SELECT 'a\x1b';"));
}

TEST(Json, IsThePlanFile) { EXPECT_EQ(render(small_plan(), Format::json), plan::to_json(small_plan())); }

TEST(Format, NamesAreThoseOfTheCommandLine) {
  EXPECT_EQ(format_named("markdown"), Format::markdown);
  EXPECT_EQ(format_named("md"), std::nullopt);
}

}  // namespace
}  // namespace segue::report
