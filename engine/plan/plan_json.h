// A plan as a JSON tree and back: the field names of the plan file, in their order.
//
// Used by plan_file only, which adds the version and the seal around it. Never checks a seal, and never throws for a
// tree of a wrong shape: the first wrong field is named by its path.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "plan/plan.h"

namespace segue::plan {

nlohmann::ordered_json body_to_json(const Body& body);
nlohmann::ordered_json observed_to_json(const Observed& observed);

/// What is wrong with a tree: `path` of the field ("plan.steps[2].sql") and one sentence.
struct FieldProblem {
  std::string path;
  std::string what;
};

/// Fills `body` and `observed`; the first problem, where there is one. Unknown fields of the deterministic part are a
/// problem (a misspelt field must not be dropped in silence), those of `observed` are not.
std::optional<FieldProblem> body_from_json(const nlohmann::ordered_json& tree, Body& body);
std::optional<FieldProblem> observed_from_json(const nlohmann::ordered_json& tree, Observed& observed);

}  // namespace segue::plan
