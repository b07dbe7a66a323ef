// Files that commands read and write.
//
// Used by the commands for plan files and schemas on stdin. Never leaves a
// half-written file behind.
#pragma once

#include <string>

#include "base/result.h"
#include "segue.h"

namespace segue::cli {

Result<std::string> read_file(const std::string& path);
Result<PlanFile> read_plan_file(const std::string& path);
Result<std::string> read_standard_input();
/// Beside its final place first, and then renamed: a reader sees the old file
/// or the new one.
Status write_file(const std::string& path, const std::string& text);

}  // namespace segue::cli
