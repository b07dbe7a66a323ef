// The plan file: JSON, format_version 1, two parts under one seal.
//
// Written by `segue plan`, read by apply, rollback, prove and seal. Reading refuses what is cut short, edited or newer
// than this program, each with its own message (ErrorCode::plan_file); it never runs anything.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "plan/plan.h"

namespace segue::plan {

/// Pretty JSON with a final newline. Sets nothing: call identify() first.
std::string to_json(const Plan& plan);

/// Computes plan.id from the deterministic part.
void identify(Plan& plan);

/// Parses and checks the seal. `name` is the file's name for messages.
Result<Plan> from_json(std::string_view text, const std::string& name);

/// Re-seals a hand-edited plan and marks it so; fails only where the text is not a plan at all.
Result<std::string> seal(std::string_view text, const std::string& name);

}  // namespace segue::plan
