#include "cli/files.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace segue::cli {
namespace {

std::string reason() { return std::string(": ") + std::strerror(errno); }

}  // namespace

Result<std::string> read_file(const std::string& path) {
  errno = 0;
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return Diagnostic::error(ErrorCode::io, path + " is a folder, and a file is wanted");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return Diagnostic::error(ErrorCode::io, path + " could not be read" + reason());
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) return Diagnostic::error(ErrorCode::io, path + " could not be read" + reason());
  return text;
}

Result<PlanFile> read_plan_file(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return text.failure();
  return PlanFile{path, std::move(*text)};
}

Result<std::string> read_standard_input() {
  std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
  if (std::cin.bad()) return Diagnostic::error(ErrorCode::io, "stdin could not be read" + reason());
  return text;
}

Status write_file(const std::string& path, const std::string& text) {
  errno = 0;
  // Not renamed over: a device or a pipe (/dev/stdout) would be replaced by a
  // file.
  std::error_code ignored;
  const bool special = std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored);
  const std::string aside = special ? path : path + ".segue-" + std::to_string(getpid());
  std::ofstream file(aside, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) {
    const std::string why = reason();
    if (!special) std::filesystem::remove(aside, ignored);
    return Diagnostic::error(ErrorCode::io, path + " could not be written" + why,
                             "Look whether its folder exists and you may write there.");
  }
  if (special) return done();
  std::error_code failed;
  std::filesystem::rename(aside, path, failed);
  if (!failed) return done();
  std::filesystem::remove(aside, ignored);
  return Diagnostic::error(ErrorCode::io, path + " could not be written: " + failed.message());
}

}  // namespace segue::cli
