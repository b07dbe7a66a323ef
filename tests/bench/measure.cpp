#include "measure.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

#include "support/files.h"

namespace segue::bench {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(const std::vector<std::string>& command, const std::string& folder, const std::string& said) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const int nothing = ::open("/dev/null", O_RDWR);
  const int errors = ::open(said.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (::chdir(folder.c_str()) != 0 || ::dup2(nothing, 0) < 0 || ::dup2(nothing, 1) < 0 || ::dup2(errors, 2) < 0) {
    ::_exit(126);
  }
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

Measured measure(const std::vector<std::string>& command, const std::string& folder, int exit_code) {
  const test::TempDir work;
  const auto start = std::chrono::steady_clock::now();
  const pid_t process = ::fork();
  if (process < 0) throw std::runtime_error("fork() failed");
  if (process == 0) become(command, folder, work / "said");
  int status = 0;
  rusage usage{};
  if (::wait4(process, &status, 0, &usage) != process) throw std::runtime_error("wait4() failed");
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != exit_code) {
    std::string line;
    for (const std::string& argument : command) line += argument + " ";
    throw std::runtime_error(line + "ended with status " + std::to_string(status) + ":\n" +
                             test::read_file(work / "said").substr(0, 4000));
  }
  return {wall.count(), seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace

Measured fastest(const std::vector<std::string>& command, const std::string& folder, int times, int exit_code) {
  Measured best = measure(command, folder, exit_code);
  for (int i = 1; i < times; ++i) {
    const Measured next = measure(command, folder, exit_code);
    if (next.seconds < best.seconds) best = next;
  }
  return best;
}

}  // namespace segue::bench
