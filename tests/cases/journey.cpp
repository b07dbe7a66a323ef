#include "journey.h"

#include <gtest/gtest.h>

#include "support/files.h"
#include "trial/dump.h"

namespace segue::test {
namespace {

using Json = nlohmann::json;

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

Journey::Journey(const Side& from, const Side& to, const Wishes& wishes, Commands& segue)
    : from_(from), to_(to), wishes_(wishes), segue_(segue), database_(from.database) {
  if (!wishes_.rows_file.empty()) database_.load(wishes_.rows_file);
  identities_ = identities(database_);
  if (!wishes_.rows_file.empty()) rows_ = table_rows(database_);
}

void Journey::expect_settled(const std::string& file, const std::string& when) const {
  const Planned planned = segue_.plan(database_.url(), file);
  EXPECT_TRUE(planned.error.empty() && planned.is_empty)
      << when << ", the plan towards " << file << " should be empty\n"
      << planned.error << planned.file;
}

void Journey::nothing_to_do() {
  expect_settled(from_.file, "Before anything was done");
  expect_settled(to_.file, "For another spelling of the same schema");
}

void Journey::there_and_back(const Wishes* back) {
  expect_settled(from_.file, "Before anything was done");
  if (!make_plan()) return;
  judge_plan(plan_, wishes_);
  if (!apply()) return;
  expect_settled(to_.file, "After apply");
  if (back != nullptr) plan_back(*back);
  roll_back();
}

void Journey::plan_back(const Wishes& back) const {
  const Planned planned = segue_.plan(database_.url(), from_.file);
  EXPECT_EQ(planned.error, "") << "towards " << from_.file;
  if (planned.error.empty()) judge_plan(Json::parse(planned.file), back);
}

bool Journey::make_plan() {
  const Planned first = segue_.plan(database_.url(), to_.file);
  EXPECT_EQ(first.error, "");
  if (!first.error.empty()) return false;
  plan_file_ = first.file;
  plan_ = Json::parse(plan_file_);
  if (wishes_.planned_twice) {
    const Planned again = segue_.plan(database_.url(), to_.file);
    EXPECT_EQ(again.error, "");
    EXPECT_EQ(again.file, plan_file_) << "The same plan twice has other bytes";
  }
  return true;
}

void Journey::judge_plan(const Json& plan, const Wishes& wishes) {
  const std::string sql = sql_of(plan);
  EXPECT_FALSE(sql.empty()) << "The plan has no step though the schemas differ";
  for (const std::string& text : wishes.contains)
    EXPECT_NE(sql.find(text), std::string::npos) << text << " in\n" << sql;
  for (const std::string& text : wishes.absent) EXPECT_EQ(sql.find(text), std::string::npos) << text << " in\n" << sql;
  const std::set<std::string> hazards = hazards_of(plan);
  for (const std::string& hazard : wishes.hazards) EXPECT_TRUE(hazards.contains(hazard)) << hazard << "\n" << sql;
  if (wishes.undecided >= 0) {
    EXPECT_LE(plan["observed"]["settled_by_tier"].value("undecided", 0), wishes.undecided) << sql;
  }
}

bool Journey::apply() {
  const std::string error = segue_.apply(database_.url(), plan_file_);
  EXPECT_EQ(error, "") << "\n--- plan\n" << sql_of(plan_);
  if (!error.empty()) return false;
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
  const std::string error = segue_.roll_back(database_.url(), plan_file_);
  EXPECT_EQ(error, "") << "\n--- plan\n" << sql_of(plan_);
  if (!error.empty()) return;
  EXPECT_EQ(trial::dump_difference(database_.dump(), from_.dump), "")
      << "pg_dump after rollback is not that of " << from_.file << "\n--- plan\n"
      << sql_of(plan_);
  if (!wishes_.rows_kept || wishes_.rows_file.empty()) return;
  EXPECT_EQ(rows_difference(table_rows(database_), rows_), "") << "after rollback";
}

void expect_creates(const Side& side, Commands& segue) {
  const Database empty(side.database.server());
  const std::string error = segue.make(empty.url(), side.file);
  EXPECT_EQ(error, "") << "made from nothing: " << side.file;
  if (!error.empty()) return;
  EXPECT_EQ(trial::dump_difference(empty.dump(), side.dump), "") << "made from nothing: " << side.file;
}

}  // namespace segue::test
