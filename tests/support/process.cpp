#include "support/process.h"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace segue::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int could_not_start = 127;

/// Everything that the child needs between fork and exec, made before the fork: no allocation may happen there.
struct Prepared {
  std::vector<std::string> variables;
  std::vector<char*> argv;
  std::vector<char*> environment;
  std::string folder;
  bool changes_user = false;
  uid_t uid = 0;
  gid_t gid = 0;
};

Prepared prepare(std::vector<std::string>& command, const RunOptions& options) {
  Prepared prepared;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string pair = *one;
    if (!options.variables.contains(pair.substr(0, pair.find('=')))) prepared.variables.push_back(pair);
  }
  for (const auto& [name, value] : options.variables) {
    if (value) prepared.variables.push_back(name + "=" + *value);
  }
  for (std::string& one : prepared.variables) prepared.environment.push_back(one.data());
  prepared.environment.push_back(nullptr);
  for (std::string& one : command) prepared.argv.push_back(one.data());
  prepared.argv.push_back(nullptr);
  prepared.folder = options.folder;
  if (!options.user.empty() && geteuid() == 0) {
    const passwd* entry = getpwnam(options.user.c_str());
    if (entry == nullptr) throw std::runtime_error("no user " + options.user + " on this machine");
    prepared.changes_user = true;
    prepared.uid = entry->pw_uid;
    prepared.gid = entry->pw_gid;
  }
  return prepared;
}

/// In the child: becomes the program. `dies_with_parent` has to come after the change of user, which resets it.
[[noreturn]] void become(const Prepared& prepared, bool dies_with_parent) {
  if (prepared.changes_user) {
    if (setgroups(0, nullptr) != 0 || setgid(prepared.gid) != 0 || setuid(prepared.uid) != 0) _exit(could_not_start);
  }
  if (dies_with_parent) prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (!prepared.folder.empty() && chdir(prepared.folder.c_str()) != 0) _exit(could_not_start);
  execvpe(prepared.argv[0], prepared.argv.data(), prepared.environment.data());
  _exit(could_not_start);
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
    read_end = ends[0];
    write_end = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_read();
    close_write();
  }
  void close_read() { shut(read_end); }
  void close_write() { shut(write_end); }

 private:
  static void shut(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

/// Takes what is there; closes the pipe at its end.
void drain(Pipe& from, std::string& into) {
  std::array<char, 65536> buffer{};
  const ssize_t count = read(from.read_end, buffer.data(), buffer.size());
  if (count > 0) {
    into.append(buffer.data(), static_cast<std::size_t>(count));
  } else if (count == 0 || errno != EINTR) {
    from.close_read();
  }
}

void feed(Pipe& to, const std::string& input, std::size_t& sent) {
  const ssize_t count = write(to.write_end, input.data() + sent, input.size() - sent);
  if (count > 0) sent += static_cast<std::size_t>(count);
  if (sent == input.size() || (count < 0 && errno != EINTR && errno != EAGAIN)) to.close_write();
}

/// Moves bytes until both outputs are closed; false where the time was over before that.
bool converse(Pipe& in, Pipe& out, Pipe& err, const std::string& input, Outcome& outcome, Clock::time_point deadline) {
  std::size_t sent = 0;
  if (input.empty()) in.close_write();
  while (out.read_end >= 0 || err.read_end >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    std::array<pollfd, 3> watched{pollfd{out.read_end, POLLIN, 0}, pollfd{err.read_end, POLLIN, 0},
                                  pollfd{in.write_end, POLLOUT, 0}};
    if (poll(watched.data(), watched.size(), static_cast<int>(left)) < 0 && errno != EINTR) return false;
    if (watched[0].revents != 0) drain(out, outcome.out);
    if (watched[1].revents != 0) drain(err, outcome.err);
    if (watched[2].revents != 0) feed(in, input, sent);
  }
  return true;
}

int exit_code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

std::string Outcome::text() const {
  return std::string(timed_out ? "timed out" : "exit code " + std::to_string(exit_code)) + "\n--- stdout\n" + out +
         "\n--- stderr\n" + err;
}

Outcome run(const std::vector<std::string>& command, const RunOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  std::vector<std::string> words = command;
  const Prepared prepared = prepare(words, options);
  Pipe in;
  Pipe out;
  Pipe err;
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  if (pid == 0) {
    std::signal(SIGPIPE, SIG_DFL);
    dup2(in.read_end, STDIN_FILENO);
    dup2(out.write_end, STDOUT_FILENO);
    dup2(err.write_end, STDERR_FILENO);
    become(prepared, false);
  }
  in.close_read();
  out.close_write();
  err.close_write();
  fcntl(in.write_end, F_SETFL, O_NONBLOCK);
  Outcome outcome;
  const auto limit = options.killed_after.value_or(std::chrono::seconds(options.time_limit_seconds));
  if (!converse(in, out, err, options.input, outcome, Clock::now() + limit)) {
    outcome.timed_out = !options.killed_after;
    kill(pid, SIGKILL);
  }
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.exit_code = exit_code_of(status);
  return outcome;
}

Background::Background(const std::vector<std::string>& command, const RunOptions& options,
                       const std::string& log_file) {
  std::vector<std::string> words = command;
  const Prepared prepared = prepare(words, options);
  const int log = open(log_file.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (log < 0 || nothing < 0) throw std::runtime_error("cannot write " + log_file);
  pid_ = fork();
  if (pid_ == 0) {
    dup2(nothing, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    become(prepared, true);
  }
  close(log);
  close(nothing);
  if (pid_ < 0) throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
}

Background::~Background() { stop(SIGQUIT); }

bool Background::running() {
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ > 0;
}

void Background::stop(int signal) {
  if (!running()) return;
  kill(pid_, signal);
  const auto deadline = Clock::now() + std::chrono::seconds(10);
  while (running()) {
    if (Clock::now() > deadline) kill(pid_, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

}  // namespace segue::test
