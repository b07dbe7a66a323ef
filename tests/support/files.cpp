#include "support/files.h"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <stdexcept>

namespace segue::test {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "segue-suite-";
constexpr std::uintmax_t room_needed = std::uintmax_t{2} << 30;  // bytes; the log of a server is allowed one half

/// In memory where there is room: the databases of a run are tens of thousands of files that live for seconds.
const fs::path& place() {
  static const fs::path chosen = [] {
    const fs::path memory = "/dev/shm";
    std::error_code failed;
    const fs::space_info space = fs::space(memory, failed);
    return !failed && space.available >= room_needed && access(memory.c_str(), W_OK) == 0 ? memory : fs::path("/tmp");
  }();
  return chosen;
}

/// What a killed run has left: folders segue-suite-PID-… whose process is gone.
void remove_leftovers() {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(place(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const long pid = std::strtol(name.c_str() + prefix.size(), nullptr, 10);
    if (pid > 0 && kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), ignored);
  }
}

}  // namespace

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_file(const fs::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

fs::path testdata() {
  const char* given = std::getenv("SEGUE_TESTDATA");
  return given != nullptr ? fs::path(given) : source_tree() / "testdata";
}

fs::path source_tree() { return SEGUE_SOURCE_DIR; }

TempDir::TempDir() {
  static std::once_flag once;
  std::call_once(once, remove_leftovers);
  std::string name = place() / (std::string(prefix) + std::to_string(getpid()) + "-XXXXXX");
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder under " + place().string());
  path_ = name;
  fs::permissions(path_, fs::perms(0755));
}

TempDir::~TempDir() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace segue::test
