#include "pg/embedded_process.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace segue::pg {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> list;
  list.reserve(strings.size() + 1);
  for (const std::string& text : strings) list.push_back(const_cast<char*>(text.c_str()));
  list.push_back(nullptr);
  return list;
}

/// What goes through the pipe when the child fails before exec.
struct ChildFailure {
  int error;
  int stage;
};
constexpr std::array stages = {"become the user", "enter the directory", "run the binary"};

// From here to exec only async-signal-safe calls: other threads of the parent may have held any lock at the fork.

[[noreturn]] void give_up(int report, int stage) {
  const ChildFailure failure{errno, stage};
  const ssize_t written = ::write(report, &failure, sizeof failure);
  ::_exit(written == sizeof failure ? 126 : 127);
}

bool become(const RunAs& user) {
  if (!user.change) return true;
  return ::setgroups(1, &user.gid) == 0 && ::setgid(user.gid) == 0 && ::setuid(user.uid) == 0;
}

void reset_signals() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number) ::sigaction(number, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// Files of other libraries may lack close-on-exec, and a server that holds a pipe of ours keeps its reader waiting.
void close_inherited(int keep) {
  rlimit limit{};
  const bool known = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536;
  const int last = known ? static_cast<int>(limit.rlim_cur) : 65536;
  for (int file = 3; file < last; ++file) {
    if (file != keep) ::close(file);
  }
}

void end_with(pid_t parent) {
#ifdef __linux__
  // After the change of user, which clears it (prctl(2)). SIGINT is PostgreSQL's fast shutdown.
  ::prctl(PR_SET_PDEATHSIG, SIGINT);
  if (::getppid() != parent) ::_exit(125);
#else
  (void)parent;
#endif
}

[[noreturn]] void run_child(const Program& program, char* const* arguments, char* const* environment, int null_file,
                            int report, pid_t parent) {
  reset_signals();
  const int output = program.output >= 0 ? program.output : null_file;
  ::dup2(null_file, 0);
  ::dup2(output, 1);
  ::dup2(output, 2);
  if (program.server) ::setsid();
  if (!become(program.user)) give_up(report, 0);
  if (::chdir(program.directory.c_str()) != 0) give_up(report, 1);
  ::umask(077);
  if (program.server) end_with(parent);
  close_inherited(report);
  ::execve(arguments[0], arguments, environment);
  give_up(report, 2);
}

}  // namespace

RunAs user_with_id(uid_t uid, gid_t gid) {
  RunAs user{uid, gid, std::to_string(uid), ::geteuid() == 0 && uid != 0};
  if (const passwd* entry = ::getpwuid(uid); entry != nullptr) user.name = entry->pw_name;
  return user;
}

Result<RunAs> server_user() {
  if (::geteuid() != 0) return user_with_id(::geteuid(), ::getegid());
  for (const char* name : {"postgres", "nobody"}) {
    const passwd* entry = ::getpwnam(name);
    if (entry != nullptr && entry->pw_uid != 0) return RunAs{entry->pw_uid, entry->pw_gid, name, true};
  }
  return Diagnostic::error(ErrorCode::connection,
                           "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as",
                           "run segue as an ordinary user, or create a user named postgres");
}

Result<pid_t> start_program(const Program& program) {
  const std::string& binary = program.arguments.front();
  const std::vector<char*> arguments = pointers(program.arguments);
  const std::vector<char*> environment = pointers(program.environment);
  std::array<int, 2> report{};
  const int null_file = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null_file < 0 || ::pipe2(report.data(), O_CLOEXEC) != 0) {
    return Diagnostic::error(ErrorCode::io, "cannot start " + binary + ": " + std::strerror(errno));
  }
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) run_child(program, arguments.data(), environment.data(), null_file, report[1], parent);
  const int fork_error = errno;
  ::close(null_file);
  ::close(report[1]);
  ChildFailure failure{};
  ssize_t got = 0;
  do {
    got = child < 0 ? 0 : ::read(report[0], &failure, sizeof failure);
  } while (got < 0 && errno == EINTR);
  ::close(report[0]);
  if (child < 0) return Diagnostic::error(ErrorCode::io, "cannot start " + binary + ": " + std::strerror(fork_error));
  if (got != static_cast<ssize_t>(sizeof failure)) return child;

  wait_for(child, std::chrono::seconds(5));
  Diagnostic problem = Diagnostic::error(ErrorCode::connection, "cannot run " + binary);
  problem.why = std::string("could not ") + stages.at(static_cast<std::size_t>(failure.stage)) + " (as user " +
                program.user.name + "): " + std::strerror(failure.error);
  return problem;
}

std::optional<int> wait_for(pid_t process, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::chrono::milliseconds pause{1};
  for (;;) {
    int status = 0;
    const pid_t ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process) return status;
    if (ended < 0 && errno != EINTR) return 0;
    if (std::chrono::steady_clock::now() >= deadline) return std::nullopt;
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, std::chrono::milliseconds(20));
  }
}

Result<bool> run_program(const Program& program, std::chrono::milliseconds limit) {
  const Result<pid_t> process = start_program(program);
  if (!process) return process.failure();
  std::optional<int> status = wait_for(*process, limit);
  if (!status) {
    ::kill(*process, SIGKILL);
    wait_for(*process, std::chrono::seconds(5));
    return false;
  }
  return WIFEXITED(*status) && WEXITSTATUS(*status) == 0;
}

Result<std::string> run_and_read(Program program, std::chrono::milliseconds limit) {
  // A file without a name instead of a pipe: the writer can never block on us, and reading needs no second thread.
  std::string name = "/tmp/segue-out-XXXXXX";
  program.output = ::mkostemp(name.data(), O_CLOEXEC);
  if (program.output < 0)
    return Diagnostic::error(ErrorCode::io, "cannot write to /tmp: " + std::string(std::strerror(errno)));
  ::unlink(name.c_str());
  const Result<bool> ran = run_program(program, limit);
  std::string text(65536, '\0');
  const ssize_t size = ::pread(program.output, text.data(), text.size(), 0);
  ::close(program.output);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  if (!ran) return ran.failure();
  if (*ran) return text;
  Diagnostic problem = Diagnostic::error(ErrorCode::connection, program.arguments.front() + " failed");
  problem.why = text;
  return problem;
}

bool can_enter(const std::string& directory, const RunAs& user) {
  if (!user.change) return ::access(directory.c_str(), R_OK | X_OK) == 0;
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) ::_exit(become(user) && ::access(directory.c_str(), R_OK | X_OK) == 0 ? 0 : 1);
  const std::optional<int> status = wait_for(child, std::chrono::seconds(10));
  return status && WIFEXITED(*status) && WEXITSTATUS(*status) == 0;
}

std::string describe_end(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    return "signal " + std::to_string(WTERMSIG(wait_status)) + " (" + ::strsignal(WTERMSIG(wait_status)) + ")";
  }
  return "exit code " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace segue::pg
