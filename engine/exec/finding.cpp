#include "exec/finding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace segue::exec {
namespace {

using Json = nlohmann::ordered_json;

const char* word(FixState state) {
  switch (state) {
    case FixState::not_offered:
      return "by hand";
    case FixState::offered:
      return "offered";
    case FixState::done:
      return "done";
    case FixState::failed:
      return "failed";
  }
  return "";
}

Json json_of(const Finding& finding) {
  Json tree{{"code", finding.code}, {"what", finding.what}, {"object", finding.object}, {"why", finding.why}};
  tree["way_out"] = Json::array();
  for (const Remedy& one : finding.way_out) tree["way_out"].push_back({{"note", one.note}, {"command", one.command}});
  tree["fix"] = word(finding.fix);
  if (!finding.fix_error.empty()) tree["fix_error"] = finding.fix_error;
  return tree;
}

Json json_of(const PlanStanding& plan) {
  return {{"name", plan.name},
          {"id", plan.id},
          {"hand_edited", plan.hand_edited},
          {"applied", plan.applied},
          {"undone", plan.undone},
          {"can_be_applied", plan.can_be_applied},
          {"can_be_rolled_back", plan.can_be_rolled_back},
          {"way_back", plan.way_back}};
}

}  // namespace

bool Examination::healthy() const {
  return std::all_of(findings.begin(), findings.end(), [](const Finding& one) { return one.fix == FixState::done; });
}

std::string to_json(const Examination& examination) {
  Json tree;
  tree["healthy"] = examination.healthy();
  tree["findings"] = Json::array();
  for (const Finding& one : examination.findings) tree["findings"].push_back(json_of(one));
  if (examination.plan) tree["plan"] = json_of(*examination.plan);
  tree["notes"] = examination.notes;
  return tree.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace segue::exec
