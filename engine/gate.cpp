#include "gate.h"

#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "catalog/digest.h"
#include "exec/settled.h"
#include "kinds/kinds.h"
#include "plan/plan_file.h"
#include "segue_internal.h"
#include "sql/canonical.h"

namespace segue {
namespace {

/// What this segue reads of the catalog and compares: another one may come to another answer.
std::string rules(int server_version) {
  std::string text = std::string(SEGUE_VERSION) + "\n" + std::to_string(sql::canonical_version) + "\n" +
                     std::to_string(plan::hash_version) + "\n" + std::to_string(plan::format_version) + "\n";
  for (const model::Kind* kind : kinds::all()) {
    text += std::string(kind->name) + "\n";
    for (const model::Attribute& attribute : kind->attributes) text += std::string(attribute.name) + "\n";
    if (kind->query != nullptr) text += kind->query(server_version) + "\n";
  }
  return sha256(text);
}

std::string request_hash(const PlanRequest& request, const std::vector<plan::SchemaFile>& files, int server_version) {
  nlohmann::json asked = {{"rules", rules(server_version)},
                          {"server", server_version},
                          {"scope", request.scope},
                          {"exclude", request.exclude},
                          {"on_drop", request.on_drop},
                          {"online", request.online},
                          {"ask", request.ask},
                          {"owner", request.owner},
                          {"adopt", request.adopt},
                          {"files", nlohmann::json::array()}};
  for (const plan::SchemaFile& file : files) asked["files"].push_back({file.path, file.sha256});
  return sha256(asked.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

bool asked_somebody(const plan::Plan& plan) {
  const auto count = [&](const char* tier) {
    const auto found = plan.observed.settled_by_tier.find(tier);
    return found == plan.observed.settled_by_tier.end() ? 0 : found->second;
  };
  return count("server") + count("undecided") > 0;
}

}  // namespace

std::optional<plan::Plan> Gate::settled(Session& session) {
  const auto texts = load_schema(request_);
  if (!texts) return std::nullopt;
  const std::string request = request_hash(request_, described(*texts), session.server_version());
  const std::optional<exec::Settled> kept = exec::find_settled(session, request);
  if (!kept) return std::nullopt;
  const Result<std::string> catalog = catalog::digest(session);
  if (!catalog || *catalog != kept->catalog) return std::nullopt;
  Result<plan::Plan> plan = plan::from_json(kept->plan_file, "the plan kept in segue.settled");
  if (!plan || !plan->empty()) return std::nullopt;
  return std::move(*plan);
}

Result<plan::Plan> Gate::plan(Session& session) {
  // before the catalogs are read: what changes meanwhile changes the digest of the next start
  const Result<std::string> catalog = catalog::digest(session);
  catalog_ = catalog ? *catalog : "";
  Result<plan::Plan> plan = make_plan(request_, &session, callbacks_, no_helper, asked_);
  if (plan && plan->empty() && !asked_somebody(*plan)) made_ = *plan;
  return plan;
}

void Gate::settle(Session& session) {
  if (asked_ != nullptr) return;  // the copy is of the state before
  const Result<std::string> catalog = catalog::digest(session);
  if (!catalog) return;
  if (!made_ || *catalog != catalog_) {
    Result<plan::Plan> next = make_plan(request_, &session, callbacks_);
    if (!next) return;
    if (!next->empty()) {
      if (callbacks_.note) {
        callbacks_.note("the next plan is not empty, though this one ran whole: see it with `segue plan`");
      }
      return;
    }
    made_ = std::move(*next);
  }
  const std::string request = request_hash(request_, made_->body.files, session.server_version());
  const Status kept = exec::store_settled(session, {request, *catalog, plan::to_json(*made_)});
  if (!kept && callbacks_.note) callbacks_.note("what was found could not be kept: " + kept.error().what);
}

}  // namespace segue
