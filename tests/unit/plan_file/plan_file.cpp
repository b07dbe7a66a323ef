// Guards against a plan that is not the one that was reviewed: cut short, changed, doubled fields, of a newer format,
// or silently different after being written and read.
#include "plan/plan_file.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace segue::plan {
namespace {

Plan full_plan() {
  Plan plan;
  Body& body = plan.body;
  body.scope = "all";
  body.exclude = {"audit.*"};
  body.on_drop = "retain";
  body.owner = "legato";
  body.server_major = 15;
  body.files = {{"schema.sql", std::string(64, 'a')}};
  body.reads = {{"table public.books", "h1"}, {"table public.\"we \\\"ird\"", "h2"}};
  Step step;
  step.id = "s001";
  step.object = "column public.books.title";
  step.kind = "column";
  step.verb = Verb::replace;
  step.reason = "type: integer → bigint";
  step.sql = {"ALTER TABLE public.books\n  ALTER title TYPE text", "SELECT 'é\t'"};
  step.search_path = "public, \"$user\"";
  step.inverse = {
      {"ALTER TABLE x"}, "public", "loses data", "cut", {{"SELECT 1", "SELECT 2", "rows", "DELETES_DATA", "r"}}};
  step.changes = {"column public.books.title"};
  step.source = {"schema.sql", 12};
  step.group = 1;
  step.lock = {"ACCESS EXCLUSIVE", {"public.books"}};
  step.rewrites = true;
  step.scans = true;
  step.hazards = {hazard::rewrites_table};
  step.preflight = {{"SELECT count(*)", "SELECT *", "rows of public.books"}};
  step.lock_timeout_ms = 1500;
  step.alone = {"SELECT true", "SELECT 'clean'"};
  body.steps = {step};
  body.groups = {{"it runs alone", false}};
  body.effects.removed = {"table public.old"};
  body.effects.added = {{"table public.new", {"n1", {{"default", std::nullopt}, {"check", "c1"}}}}};
  body.effects.altered = {{"table public.books", {"b2", {}}}};
  body.assumptions = {{"public.books", "large"}};
  body.manages = {"table public.books"};
  body.unmodelled = {{"text search template t", "left alone"}};
  body.warnings = {"careful"};
  plan.observed = {"15.4", {{"public.books", 12345678901}}, {{"public.books", 1}}, {{"canonical", 3}}, 7, {"noted"}};
  identify(plan);
  return plan;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

const Diagnostic failure_of(const std::string& text) {
  const Result<Plan> plan = from_json(text, "plans/p.json");
  EXPECT_FALSE(plan.ok());
  if (plan.ok()) return {};
  EXPECT_EQ(plan.error().code, ErrorCode::plan_file);
  EXPECT_EQ(plan.error().what.rfind("plans/p.json: ", 0), 0U) << plan.error().what;
  EXPECT_FALSE(plan.error().hint.empty());
  return plan.error();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(PlanFile, RoundTripIsExact) {
  const std::string text = to_json(full_plan());
  const Result<Plan> read = from_json(text, "p");
  ASSERT_TRUE(read.ok()) << read.error().what;
  EXPECT_EQ(to_json(*read), text);
  EXPECT_EQ(read->id, full_plan().id);
}

TEST(PlanFile, EveryFieldSurvives) {
  const Result<Plan> read = from_json(to_json(full_plan()), "p");
  ASSERT_TRUE(read.ok()) << read.error().what;
  const Plan want = full_plan();
  const Step& step = read->body.steps.at(0);
  EXPECT_EQ(step.sql, want.body.steps[0].sql);
  EXPECT_EQ(step.search_path, "public, \"$user\"");
  EXPECT_EQ(step.verb, Verb::replace);
  EXPECT_EQ(step.inverse.sql, want.body.steps[0].inverse.sql);
  EXPECT_EQ(step.inverse.fidelity, "loses data");
  EXPECT_EQ(step.inverse.preflight.at(0).relation, "r");
  EXPECT_EQ(step.changes, want.body.steps[0].changes);
  EXPECT_EQ(step.source.line, 12);
  EXPECT_EQ(step.lock.relations, want.body.steps[0].lock.relations);
  EXPECT_TRUE(step.rewrites && step.scans);
  EXPECT_EQ(step.hazards, want.body.steps[0].hazards);
  EXPECT_EQ(step.lock_timeout_ms, 1500);
  ASSERT_TRUE(step.alone.has_value());
  EXPECT_EQ(step.alone->is_done, "SELECT true");
  EXPECT_EQ(step.alone->clean, "SELECT 'clean'");
  ASSERT_EQ(read->body.groups.size(), 1U);
  EXPECT_EQ(read->body.groups[0].reason, "it runs alone");
  EXPECT_FALSE(read->body.groups[0].in_transaction);
  EXPECT_EQ(read->body.reads, want.body.reads);
  EXPECT_EQ(read->body.effects.added, want.body.effects.added);
  EXPECT_EQ(read->body.effects.removed, want.body.effects.removed);
  EXPECT_EQ(read->observed.rows.at("public.books"), 12345678901);
  EXPECT_EQ(read->observed.not_ours, 7);
}

TEST(PlanFile, IdComesFromTheDeterministicPartAlone) {
  Plan plan = full_plan();
  const std::string id = plan.id;
  plan.observed.rows["public.books"] = 1;
  identify(plan);
  EXPECT_EQ(plan.id, id);
  plan.body.steps[0].sql[0] += " ";
  identify(plan);
  EXPECT_NE(plan.id, id);
}

TEST(PlanFile, HasTheFieldsThatToolsReadByName) {
  const auto tree = nlohmann::json::parse(to_json(full_plan()));
  EXPECT_EQ(tree.at("format_version"), 1);
  const auto& step = tree.at("plan").at("steps").at(0);
  for (const char* field : {"id", "object", "verb", "reason", "sql", "inverse", "effects", "source", "group", "lock",
                            "rewrites", "scans", "hazards", "preflight", "timeouts"}) {
    EXPECT_TRUE(step.contains(field)) << field;
  }
  for (const char* field : {"sql", "fidelity", "reason"}) EXPECT_TRUE(step.at("inverse").contains(field)) << field;
  for (const char* field : {"mode", "relations"}) EXPECT_TRUE(step.at("lock").contains(field)) << field;
  for (const char* field : {"file", "line"}) EXPECT_TRUE(step.at("source").contains(field)) << field;
  for (const char* field : {"removed", "added", "altered"}) {
    EXPECT_TRUE(tree.at("plan").at("effects").contains(field)) << field;
  }
}

TEST(PlanFile, CutOffAnywhereSaysWhereItEnds) {
  const std::string text = to_json(full_plan());
  for (std::size_t size = 1; size + 2 < text.size(); size += 7) {
    const Diagnostic error = failure_of(text.substr(0, size));
    EXPECT_TRUE(has(error.what, "cut short")) << size << " " << error.what;
    EXPECT_TRUE(has(error.what, std::to_string(size) + " bytes")) << error.what;
  }
}

TEST(PlanFile, EmptyFileIsNamedSo) { EXPECT_TRUE(has(failure_of(" \n").what, "empty")); }

TEST(PlanFile, ChangeOfEitherPartBreaksTheSealAndNamesTheWayOut) {
  for (const auto& [from, to] :
       std::vector<std::pair<std::string, std::string>>{{"ALTER title TYPE text", "ALTER title TYPE int"},
                                                        {"12345678901", "12345678902"},
                                                        {"\"hand_edited\": false", "\"hand_edited\": true"}}) {
    const Diagnostic error = failure_of(replaced(to_json(full_plan()), from, to));
    EXPECT_TRUE(has(error.what, "seal")) << error.what;
    EXPECT_TRUE(has(error.hint, "segue seal plans/p.json")) << error.hint;
  }
}

TEST(PlanFile, WhiteSpaceAndOrderOfFieldsAreNoChange) {
  const auto tree = nlohmann::json::parse(to_json(full_plan()));  // sorts the fields
  const Result<Plan> read = from_json(tree.dump(), "p");
  ASSERT_TRUE(read.ok()) << read.error().what;
  EXPECT_EQ(to_json(*read), to_json(full_plan()));
}

TEST(PlanFile, FieldGivenTwiceIsRefused) {
  // The parser keeps the last, a reviewer reads the first, and the seal would fit.
  const std::string text =
      replaced(to_json(full_plan()), "\"scope\": \"all\"", "\"scope\": \"declared\", \"scope\": \"all\"");
  EXPECT_TRUE(has(failure_of(text).what, "\"scope\" stands twice"));
}

TEST(PlanFile, NewerFormatNamesTheVersionThatReadsIt) {
  std::string text = replaced(to_json(full_plan()), "\"format_version\": 1", "\"format_version\": 2");
  text = replaced(text, "\"needs_segue\": \"0.1\"", "\"needs_segue\": \"3.4\"");
  const Diagnostic error = failure_of(text);
  EXPECT_TRUE(has(error.what, "format 2")) << error.what;
  EXPECT_TRUE(has(error.hint, "segue 3.4")) << error.hint;
}

TEST(PlanFile, OtherJsonIsNoPlan) {
  EXPECT_TRUE(has(failure_of("{\"a\": 1}").what, "not a plan"));
  EXPECT_TRUE(has(failure_of("[1, 2]").what, "not a plan"));
  EXPECT_TRUE(has(failure_of("null").what, "not a plan"));
  EXPECT_TRUE(has(failure_of("hello").what, "not JSON"));
}

TEST(PlanFile, EndlessNestingIsRefused) {
  EXPECT_TRUE(has(failure_of(std::string(100000, '[')).what, "nested too deeply"));
}

struct WrongField {
  const char* from;
  const char* to;
  const char* path;
};

class WrongFields : public ::testing::TestWithParam<WrongField> {};

TEST_P(WrongFields, AreNamedByPath) {
  const Result<std::string> sealed = seal(replaced(to_json(full_plan()), GetParam().from, GetParam().to), "p.json");
  ASSERT_FALSE(sealed.ok());
  EXPECT_EQ(sealed.error().code, ErrorCode::plan_file);
  EXPECT_TRUE(has(sealed.error().what, GetParam().path)) << sealed.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Types, WrongFields,
    ::testing::Values(
        WrongField{"\"id\": \"s001\"", "\"id\": 1", "plan.steps[0].id must be a string"},
        WrongField{"\"rewrites\": true", "\"rewrites\": 1", "plan.steps[0].rewrites must be true or false"},
        WrongField{"\"line\": 12", "\"line\": \"12\"", "plan.steps[0].source.line must be a whole number"},
        WrongField{"\"line\": 12", "\"line\": 99999999999", "plan.steps[0].source.line is out of range"},
        WrongField{"\"verb\": \"replace\"", "\"verb\": \"destroy\"", "plan.steps[0].verb must be one of"},
        WrongField{"\"fidelity\": \"loses data\"", "\"fidelity\": \"\"", "plan.steps[0].inverse.fidelity"},
        WrongField{"\"lock_ms\": 1500", "\"lock_ms\": -1", "plan.steps[0].timeouts.lock_ms"},
        WrongField{"\"hazards\": [", "\"hazrads\": [", "plan.steps[0].hazrads is not a field"},
        WrongField{"\"scope\": \"all\"", "\"scope\": null", "plan.scope must be a string, and is null"},
        WrongField{"\"SELECT 'é\\t'\"", "\"DROP\\u0000TABLE\"", "plan.steps[0].sql[1] holds a NUL"},
        WrongField{"\"table public.books\": \"h1\"", "\"table public.books\": 1",
                   "plan.reads[\"table public.books\"]"}));

TEST(Seal, EditedPlanIsSealedMarkedAndReadable) {
  const std::string edited = replaced(to_json(full_plan()), "TYPE text", "TYPE int");
  const Result<std::string> sealed = seal(edited, "p");
  ASSERT_TRUE(sealed.ok()) << sealed.error().what;
  const Result<Plan> read = from_json(*sealed, "p");
  ASSERT_TRUE(read.ok()) << read.error().what;
  EXPECT_TRUE(read->hand_edited);
  EXPECT_NE(read->id, full_plan().id);
  EXPECT_EQ(to_json(*read), *sealed);
}

TEST(Seal, UnchangedPlanStaysAsItIs) {
  const std::string text = to_json(full_plan());
  const Result<std::string> sealed = seal(text, "p");
  ASSERT_TRUE(sealed.ok());
  EXPECT_EQ(*sealed, text);
}

TEST(Summary, CountsObjectsAndTakesARebuiltOneAsChanged) {
  Plan plan;
  const auto add = [&](Verb verb, const std::string& object) {
    Step step;
    step.verb = verb;
    step.object = object;
    plan.body.steps.push_back(step);
  };
  add(Verb::drop, "view v");
  add(Verb::create, "table t");
  add(Verb::alter, "table a");
  add(Verb::alter, "table a");
  add(Verb::create, "view v");
  add(Verb::drop, "index i");
  const Summary summary = plan.summary();
  EXPECT_EQ(summary.add, 1);
  EXPECT_EQ(summary.change, 2);
  EXPECT_EQ(summary.drop, 1);
}

}  // namespace
}  // namespace segue::plan
