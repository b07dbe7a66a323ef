#include "commands.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "plan/plan_file.h"
#include "segue.h"
#include "support/files.h"
#include "support/program.h"

namespace segue::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Program : public Commands {
 public:
  explicit Program(fs::path folder) : folder_(std::move(folder)) {}

  // Written and shown: both are the same plan.
  Planned plan(const std::string& db, const std::string& schema) override {
    const Outcome outcome = run({"plan", "--db", db, "--scope", "all", "--on-drop", "delete", "--schema", schema,
                                 "--out", plan_name, "--format", "json", "--detailed-exitcode"});
    Planned planned;
    if (outcome.exit_code != 0 && outcome.exit_code != has_changes) planned.error = outcome.text();
    if (!planned.error.empty()) return planned;
    planned.file = read_file(folder_ / plan_name);
    planned.is_empty = outcome.exit_code == 0;
    const Json shown = Json::parse(outcome.out, nullptr, false);
    if (shown.is_discarded() || shown.value("plan", Json()) != Json::parse(planned.file)["plan"])
      planned.error = "--format json shows another plan than --out wrote:\n" + outcome.out;
    return planned;
  }

  std::string apply(const std::string& db, const std::string& plan_file) override {
    write_file(folder_ / plan_name, plan_file);
    return error_of(run({"apply", plan_name, "--db", db, "--allow-hazards", "all", "--yes"}));
  }

  std::string roll_back(const std::string& db, const std::string& plan_file) override {
    write_file(folder_ / plan_name, plan_file);
    return error_of(run({"rollback", plan_name, "--db", db, "--on-drop", "delete", "--allow-hazards", "all", "--yes"}));
  }

  std::string make(const std::string& db, const std::string& schema) override {
    return error_of(run({"apply", "--db", db, "--schema", schema, "--scope", "all", "--on-drop", "delete",
                         "--allow-hazards", "all", "--yes"}));
  }

 private:
  static constexpr const char* plan_name = "p.json";
  static constexpr int has_changes = 2;

  static std::string error_of(const Outcome& outcome) { return outcome.ok() ? "" : outcome.text(); }
  Outcome run(const std::vector<std::string>& arguments) const { return run_segue(arguments, folder_.string()); }

  fs::path folder_;
};

class Library : public Commands {
 public:
  explicit Library(fs::path folder) : folder_(std::move(folder)) {}

  Planned plan(const std::string& db, const std::string& schema) override {
    const auto plan = compute_plan(request(schema), target(db));
    if (!plan) return {render(plan.error()), "", false};
    return {"", plan::to_json(*plan), plan->empty()};
  }

  std::string apply(const std::string& db, const std::string& plan_file) override {
    ApplyRequest request;
    request.file = PlanFile{"the plan", plan_file};
    request.allow_hazards = {"all"};
    return error_of(segue::apply(request, target(db)));
  }

  std::string roll_back(const std::string& db, const std::string& plan_file) override {
    RollbackRequest request;
    request.file = PlanFile{"the plan", plan_file};
    request.on_drop = "delete";
    request.allow_hazards = {"all"};
    return error_of(rollback(request, target(db)));
  }

  std::string make(const std::string& db, const std::string& schema) override {
    ApplyRequest wanted;
    wanted.plan = request(schema);
    wanted.allow_hazards = {"all"};
    return error_of(segue::apply(wanted, target(db)));
  }

 private:
  static std::string error_of(const Result<RunReport>& report) { return report ? "" : render(report.error()); }

  Target target(const std::string& db) const {
    Target target;
    target.db = db;
    target.sessions = sessions_;
    return target;
  }

  PlanRequest request(const std::string& schema) const {
    PlanRequest request;
    request.schema = {(folder_ / schema).string()};
    request.scope = "all";
    request.on_drop = "delete";
    return request;
  }

  fs::path folder_;
  std::shared_ptr<Sessions> sessions_ = kept_sessions();
};

}  // namespace

std::unique_ptr<Commands> through_program(fs::path folder) { return std::make_unique<Program>(std::move(folder)); }
std::unique_ptr<Commands> through_library(fs::path folder) { return std::make_unique<Library>(std::move(folder)); }

std::unique_ptr<Commands> commands_for(const std::string& case_name, const fs::path& folder) {
  const bool is_program_named = std::getenv("SEGUE_BIN") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  const bool is_in_the_sixteenth = sha256(case_name).front() == '8';
  return is_program_named || is_in_the_sixteenth ? through_program(folder) : through_library(folder);
}

}  // namespace segue::test
