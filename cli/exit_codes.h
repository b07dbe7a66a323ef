// The exit codes of the program: a contract, since scripts and pipelines branch
// on them.
//
// Used by every command. Never extended without the manual: 0 to 6 and 64 are
// all there are.
#pragma once

#include "base/diagnostic.h"

namespace segue::cli {

inline constexpr int exit_ok = 0;
inline constexpr int exit_error = 1;
inline constexpr int exit_differences = 2;
inline constexpr int exit_refused = 3;
inline constexpr int exit_stale = 4;
inline constexpr int exit_unreachable = 5;
inline constexpr int exit_locked = 6;
inline constexpr int exit_usage = 64;

/// The code for what went wrong: a syntax error wins over everything else,
/// otherwise the first error counts.
int exit_code(const Diagnostics& diagnostics);

}  // namespace segue::cli
