#include "journey.h"

#include <gtest/gtest.h>

#include "support/files.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

constexpr const char* plan_file = "p.json";

/// All statements of the plan, one a line.
std::string sql_of(const Json& plan) {
  std::string all;
  for (const Json& step : plan["plan"]["steps"]) {
    for (const Json& statement : step["sql"]) all += statement.get<std::string>() + ";\n";
  }
  return all;
}

std::set<std::string> hazards_of(const Json& plan) {
  std::set<std::string> all;
  for (const Json& step : plan["plan"]["steps"]) {
    for (const Json& hazard : step["hazards"]) all.insert(hazard.get<std::string>());
  }
  return all;
}

std::map<std::string, std::size_t> counts(const TableRows& rows) {
  std::map<std::string, std::size_t> all;
  for (const auto& [table, list] : rows) all[table] = list.size();
  return all;
}

}  // namespace

Side::Side(Server& server, const std::string& file_name, const std::filesystem::path& original)
    : file(file_name), database(server) {
  database.load(original);
  dump = database.dump();
}

Wishes forward_wishes(const CaseFolder& folder) {
  Wishes wishes;
  wishes.contains = folder.contains;
  wishes.absent = folder.absent;
  wishes.hazards = folder.hazards;
  wishes.renamed = folder.renamed;
  wishes.remade = folder.remade;
  wishes.rows_kept = folder.rows_kept;
  wishes.undecided = folder.undecided;
  if (folder.has_rows()) wishes.rows_file = (folder.path / "rows.sql").string();
  return wishes;
}

Wishes back_wishes(const CaseFolder& folder) {
  Wishes wishes;
  wishes.absent = folder.absent;
  wishes.remade = folder.remade;
  for (const auto& [old_name, new_name] : folder.renamed) wishes.renamed[new_name] = old_name;
  wishes.planned_twice = false;
  return wishes;
}

Journey::Journey(const Side& from, const Side& to, const Wishes& wishes, std::string folder)
    : from_(from), to_(to), wishes_(wishes), folder_(std::move(folder)), database_(from.database) {
  if (!wishes.rows_file.empty()) database_.load(wishes.rows_file);
  identities_ = identities(database_);
  if (!wishes.rows_file.empty()) rows_ = table_rows(database_);
}

Outcome Journey::plan(const std::vector<std::string>& more) const {
  std::vector<std::string> arguments{"plan", "--db", database_.url(), "--scope", "all"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_segue(arguments, folder_);
}

void Journey::expect_settled(const std::string& file, const std::string& when) const {
  const Outcome outcome = plan({"--schema", file, "--detailed-exitcode"});
  EXPECT_EQ(outcome.exit_code, 0) << when << ", the plan towards " << file << " should be empty\n" << outcome.text();
}

void Journey::nothing_to_do() {
  expect_settled(from_.file, "Before anything was done");
  expect_settled(to_.file, "For another spelling of the same schema");
}

void Journey::there_and_back() {
  expect_settled(from_.file, "Before anything was done");
  if (!make_plan()) return;
  judge_plan();
  if (!apply()) return;
  expect_settled(to_.file, "After apply");
  roll_back();
}

bool Journey::make_plan() {
  std::vector<std::string> arguments{"--schema", to_.file, "--on-drop", "delete", "--out", plan_file};
  const std::string path = folder_ + "/" + plan_file;
  const Outcome first = plan(arguments);
  EXPECT_EQ(first.exit_code, 0) << first.text();
  if (!first.ok()) return false;
  const std::string bytes = read_file(path);
  plan_ = Json::parse(bytes);

  if (!wishes_.planned_twice) return true;
  // Again, and printed as well: the same inputs give the same bytes.
  arguments.insert(arguments.end(), {"--format", "json"});
  const Outcome shown = plan(arguments);
  EXPECT_EQ(shown.exit_code, 0) << shown.text();
  EXPECT_EQ(read_file(path), bytes) << "The same plan twice has other bytes";
  const Json said = Json::parse(shown.out, nullptr, false);
  EXPECT_FALSE(said.is_discarded()) << "--format json printed what is no JSON:\n" << shown.out;
  if (!said.is_discarded() && said.contains("plan")) {
    EXPECT_EQ(said["plan"], plan_["plan"]) << "--format json shows another plan than --out wrote";
  }
  return true;
}

void Journey::judge_plan() const {
  const std::string sql = sql_of(plan_);
  EXPECT_FALSE(sql.empty()) << "The plan has no step though the schemas differ";
  for (const std::string& text : wishes_.contains)
    EXPECT_NE(sql.find(text), std::string::npos) << text << " in\n" << sql;
  for (const std::string& text : wishes_.absent) EXPECT_EQ(sql.find(text), std::string::npos) << text << " in\n" << sql;
  const std::set<std::string> hazards = hazards_of(plan_);
  for (const std::string& hazard : wishes_.hazards) EXPECT_TRUE(hazards.contains(hazard)) << hazard << "\n" << sql;
  if (wishes_.undecided >= 0) {
    EXPECT_LE(plan_["observed"]["settled_by_tier"].value("undecided", 0), wishes_.undecided) << sql;
  }
}

bool Journey::apply() {
  const Outcome outcome =
      run_segue({"apply", plan_file, "--db", database_.url(), "--allow-hazards", "all", "--yes"}, folder_);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text() << "\n--- plan\n" << sql_of(plan_);
  if (!outcome.ok()) return false;
  const std::string difference = trial::dump_difference(database_.dump(), to_.dump);
  EXPECT_EQ(difference, "") << "pg_dump after apply is not that of " << to_.file << "\n--- plan\n" << sql_of(plan_);
  EXPECT_EQ(identity_difference(identities_, identities(database_), wishes_.renamed, wishes_.remade), "")
      << sql_of(plan_);
  judge_row_counts();
  return difference.empty();
}

void Journey::judge_row_counts() const {
  if (rows_.empty()) return;
  const auto now = counts(table_rows(database_));
  const Identities wanted = identities(to_.database);
  for (const auto& [table, count] : counts(rows_)) {
    const auto renamed = wishes_.renamed.find(table);
    const std::string& name = renamed == wishes_.renamed.end() ? table : renamed->second;
    if (!wanted.contains(name)) continue;
    EXPECT_EQ(now.contains(name) ? now.at(name) : 0, count) << "rows of " << name;
  }
}

void Journey::roll_back() {
  const Outcome outcome = run_segue(
      {"rollback", plan_file, "--db", database_.url(), "--on-drop", "delete", "--allow-hazards", "all", "--yes"},
      folder_);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.text() << "\n--- plan\n" << sql_of(plan_);
  if (!outcome.ok()) return;
  EXPECT_EQ(trial::dump_difference(database_.dump(), from_.dump), "")
      << "pg_dump after rollback is not that of " << from_.file << "\n--- plan\n"
      << sql_of(plan_);
  if (!wishes_.rows_kept || wishes_.rows_file.empty()) return;
  EXPECT_EQ(rows_difference(table_rows(database_), rows_), "") << "after rollback";
}

void expect_creates(const Side& side, const std::string& folder) {
  const Database empty(side.database.server());
  const Outcome outcome = run_segue({"apply", "--db", empty.url(), "--schema", side.file, "--scope", "all", "--on-drop",
                                     "delete", "--allow-hazards", "all", "--yes"},
                                    folder);
  EXPECT_EQ(outcome.exit_code, 0) << "made from nothing: " << side.file << "\n" << outcome.text();
  if (!outcome.ok()) return;
  EXPECT_EQ(trial::dump_difference(empty.dump(), side.dump), "") << "made from nothing: " << side.file;
}

}  // namespace segue::test
