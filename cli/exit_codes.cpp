#include "cli/exit_codes.h"

namespace segue::cli {
namespace {

int code_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::refused:
      return exit_refused;
    case ErrorCode::stale:
      return exit_stale;
    case ErrorCode::connection:
      return exit_unreachable;
    case ErrorCode::locked:
      return exit_locked;
    case ErrorCode::usage:
      return exit_usage;
    case ErrorCode::syntax:
    case ErrorCode::invalid:
    case ErrorCode::unsupported:
    case ErrorCode::io:
    case ErrorCode::plan_file:
    case ErrorCode::database:
    case ErrorCode::internal:
      break;
  }
  return exit_error;
}

}  // namespace

int exit_code(const Diagnostics& diagnostics) {
  int code = exit_ok;
  for (const Diagnostic& one : diagnostics) {
    if (one.severity != Severity::error) continue;
    if (one.code == ErrorCode::syntax) return exit_error;
    if (code == exit_ok) code = code_for(one.code);
  }
  return code == exit_ok ? exit_error : code;
}

}  // namespace segue::cli
