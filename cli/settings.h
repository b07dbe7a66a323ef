// Flags from elsewhere: SEGUE_* variables and segue.toml. Flag over environment
// over file over default.
//
// Used by cli/app after the command line was parsed. Never overrides what
// stands on the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"

namespace segue::cli {

using Environment = std::function<std::optional<std::string>(const std::string&)>;

/// Fills the options of `command` and of `app` that the command line does not
/// give. `config` is the --config flag's value, "" where it was not given: then
/// SEGUE_CONFIG, then segue.toml where it exists. Code usage for a key that no
/// command knows, or a value that does not fit, with its place.
Status fill_from_settings(CLI::App& app, CLI::App& command, const Environment& environment, const std::string& config);

}  // namespace segue::cli
