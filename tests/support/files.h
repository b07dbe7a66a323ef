// Files and folders of a test: read, written, and gone when the test is over.
//
// Called by all tests that give segue files. It never touches anything outside the folder that it made.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace segue::test {

/// The bytes of a file. Throws std::runtime_error where it cannot be read.
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// The folder testdata/ of the source tree, or what SEGUE_TESTDATA says.
std::filesystem::path testdata();
/// The top of the source tree.
std::filesystem::path source_tree();

/// A new folder in /dev/shm or /tmp, with a short path, readable for others; removed with this object.
class TempDir {
 public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();
  const std::filesystem::path& path() const { return path_; }
  std::string operator/(std::string_view name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace segue::test
