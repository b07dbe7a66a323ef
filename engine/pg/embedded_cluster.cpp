#include "pg/embedded_cluster.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "base/hash.h"
#include "base/quote.h"

namespace segue::pg {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr const char* socket_prefix = "/tmp/segue-";

Diagnostic io_problem(const std::string& what, const std::string& hint = {}) {
  Diagnostic problem = Diagnostic::error(ErrorCode::io, what, hint);
  problem.why = std::strerror(errno);
  return problem;
}

void tell(const Notice& notice, const std::string& text) {
  if (notice) notice(text);
}

std::optional<struct stat> look_at(const std::string& path) {
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) return std::nullopt;
  return info;
}

bool is_directory(const std::string& path) {
  const auto info = look_at(path);
  return info && S_ISDIR(info->st_mode);
}

/// A folder below /var/tmp has a name that everybody can guess, so one that is there must be ours and closed to others.
Result<std::string> make_stand_in(const std::string& state) {
  const std::string path = "/var/tmp/segue-" + sha256(state).substr(0, 16);
  if (::mkdir(path.c_str(), 0711) == 0) {
    ::chmod(path.c_str(), 0711);
    return path;
  }
  if (errno != EEXIST) return io_problem("cannot make the folder " + path);
  const auto info = look_at(path);
  if (info && S_ISDIR(info->st_mode) && info->st_uid == ::geteuid() && (info->st_mode & 0022U) == 0) return path;
  return Diagnostic::error(ErrorCode::io, "the folder " + path + " is there, but it is not segue's own",
                           "look at it, and remove it when nobody needs it");
}

/// The cluster's folder or the one it is made in; the server's user must own it (checkDataDir in postmaster's
/// miscinit.c refuses any other owner, and any mode but 0700 and 0750).
Status make_owned_directory(const std::string& path, const RunAs& user) {
  if (::mkdir(path.c_str(), 0700) != 0) return io_problem("cannot make the folder " + path);
  if (user.change && ::lchown(path.c_str(), user.uid, user.gid) != 0) {
    Diagnostic problem = io_problem("cannot give the folder " + path + " to the user " + user.name);
    ::rmdir(path.c_str());
    return problem;
  }
  return done();
}

void remove_tree(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

struct PidFile {
  pid_t process = 0;
};

PidFile read_pid_file(const std::string& data) {
  std::ifstream file(data + "/postmaster.pid");
  PidFile found;
  long process = 0;
  if (file >> process && process > 1) found.process = static_cast<pid_t>(process);
  return found;
}

/// A process id may have been given to somebody else since. A postmaster works in its data folder.
bool serves(pid_t process, const std::string& data) {
  if (process <= 1 || (::kill(process, 0) != 0 && errno != EPERM)) return false;
  std::error_code failed;
  const fs::path directory = fs::read_symlink("/proc/" + std::to_string(process) + "/cwd", failed);
  if (failed) return false;  // ended meanwhile, or not ours to look at; postgres itself checks again
  const fs::path expected = fs::canonical(data, failed);
  return !failed && directory == expected;
}

bool gone_within(pid_t process, const std::string& data, milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (serves(process, data)) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(milliseconds(20));
  }
  return true;
}

bool is_socket_directory(const std::string& path) {
  const std::string prefix = socket_prefix;
  return path.compare(0, prefix.size(), prefix) == 0 && path.find('/', prefix.size()) == std::string::npos;
}

void remove_sockets(const std::string& directory) {
  // By name, and the folder only when it is empty then: what is not a server's stays.
  for (const char* name : {"/.s.PGSQL.5432", "/.s.PGSQL.5432.lock"}) ::unlink((directory + name).c_str());
  ::rmdir(directory.c_str());
}

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

Result<bool> run_initdb(const std::string& data, const ServerBinaries& binaries, const RunAs& user, int log,
                        const std::string& locale) {
  Program program;
  program.arguments = {binaries.directory + "/initdb",
                       "--pgdata=" + data,
                       "--username=segue",
                       "--auth=trust",
                       "--encoding=UTF8",
                       "--locale=" + locale};
  program.environment = server_environment(binaries.directory);
  program.directory = data;
  program.output = log;
  program.user = user;
  return run_program(program, std::chrono::minutes(5));
}

/// C.UTF-8 sorts by code point as C does and knows letters beyond ASCII; not every libc has it.
Status make_cluster(const std::string& data, const ServerBinaries& binaries, const RunAs& user, int log,
                    const ClusterFiles& files) {
  for (const char* locale : {"C.UTF-8", "C"}) {
    remove_tree(data);
    const Status made = make_owned_directory(data, user);
    if (!made) return made;
    const Result<bool> ran = run_initdb(data, binaries, user, log, locale);
    if (!ran) return ran.failure();
    if (*ran) return done();
  }
  remove_tree(data);
  Diagnostic problem = Diagnostic::error(ErrorCode::connection, "initdb could not make a cluster in " + files.data,
                                         "the whole output is in " + files.log);
  problem.why = log_tail(files);
  return problem;
}

}  // namespace

OpenFile::OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}
OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string> make_state_directory(const std::string& project) {
  std::error_code failed;
  const fs::path root = fs::canonical(project, failed);
  if (failed) {
    return Diagnostic::error(ErrorCode::io, "cannot use the folder " + project + ": " + failed.message());
  }
  const std::string state = (root / ".segue").string();
  if (::mkdir(state.c_str(), 0755) == 0) {
    ::chmod(state.c_str(), 0755);  // whatever the umask: as root the server's user must get through
    std::ofstream(state + "/.gitignore") << "*\n";
    return state;
  }
  if (errno == EEXIST && is_directory(state)) return state;
  return io_problem("cannot make the folder " + state, "the embedded server keeps its data there");
}

Result<ClusterFiles> place_cluster(const std::string& state, int major, RunAs& user, const Notice& notice) {
  const std::string name = "pg" + std::to_string(major);
  const std::string base = state + "/" + name;
  ClusterFiles files{state, base, base + ".log", base + ".lock", base + ".socket"};
  if (user.change && !can_enter(state, user)) {
    const Result<std::string> stand_in = make_stand_in(state);
    if (!stand_in) return stand_in.failure();
    files.data = *stand_in + "/" + name;
    tell(notice,
         "the server's user " + user.name + " cannot enter " + state + "; the embedded data is in " + files.data);
  }
  const auto info = look_at(files.data);
  if (!info) return files;
  if (!S_ISDIR(info->st_mode)) {
    return Diagnostic::error(ErrorCode::io, files.data + " is no folder",
                             "remove it, so that segue can make one there");
  }
  if (::geteuid() == 0 && info->st_uid != 0) user = user_with_id(info->st_uid, info->st_gid);
  if (::geteuid() != 0 && info->st_uid != ::geteuid()) {
    return Diagnostic::error(
        ErrorCode::io, "the embedded data in " + files.data + " belongs to " + user_with_id(info->st_uid, 0).name,
        "run segue as that user or as root, or have the folder removed to begin with an empty database");
  }
  return files;
}

Result<OpenFile> lock_cluster(const ClusterFiles& files, milliseconds limit, const Notice& notice) {
  OpenFile lock(::open(files.lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.get() < 0) return io_problem("cannot open " + files.lock);
  const auto deadline = std::chrono::steady_clock::now() + limit;
  bool told = false;
  while (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return io_problem("cannot lock " + files.lock);
    if (std::chrono::steady_clock::now() >= deadline) {
      return Diagnostic::error(ErrorCode::locked, "another segue has used the embedded server for too long",
                               "its lock is " + files.lock + "; wait for that command, or end it");
    }
    if (!told) tell(notice, "waiting for another segue that uses the embedded server in " + files.state);
    told = true;
    std::this_thread::sleep_for(milliseconds(50));
  }
  return lock;
}

Result<OpenFile> open_log(const ClusterFiles& files) {
  OpenFile log(::open(files.log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (log.get() < 0) return io_problem("cannot write " + files.log);
  return log;
}

Status clean_up(const ClusterFiles& files, const Notice& notice) {
  const pid_t process = read_pid_file(files.data).process;
  if (serves(process, files.data)) {
    tell(notice,
         "stopping an embedded server that an earlier command left running (process " + std::to_string(process) + ")");
    // Fast, immediate, and at last the kill that leaves recovery to the next start.
    for (const int signal : {SIGINT, SIGQUIT, SIGKILL}) {
      ::kill(process, signal);
      if (gone_within(process, files.data, signal == SIGINT ? milliseconds(30000) : milliseconds(10000))) break;
    }
    if (serves(process, files.data)) {
      return Diagnostic::error(
          ErrorCode::connection,
          "the embedded server of an earlier command does not stop: process " + std::to_string(process),
          "end that process");
    }
  }
  const std::string socket_directory = first_line(files.socket_note);
  if (!socket_directory.empty()) remove_socket_directory(files, socket_directory);
  return done();
}

Status ensure_cluster(const ClusterFiles& files, const ServerBinaries& binaries, const RunAs& user, int log,
                      const Notice& notice) {
  if (look_at(files.data + "/PG_VERSION")) return done();
  if (is_directory(files.data) && !fs::is_empty(files.data)) {
    return Diagnostic::error(ErrorCode::io, files.data + " is not empty and holds no cluster",
                             "look at it, and remove it to begin with an empty database");
  }
  tell(notice, "making a PostgreSQL " + binaries.version + " cluster in " + files.data);
  const std::string aside = files.data + ".new";
  const Status made = make_cluster(aside, binaries, user, log, files);
  if (!made) return made;
  ::rmdir(files.data.c_str());
  if (::rename(aside.c_str(), files.data.c_str()) != 0)
    return io_problem("cannot rename " + aside + " to " + files.data);
  return done();
}

Result<std::string> make_socket_directory(const ClusterFiles& files, const RunAs& user) {
  std::string path = std::string(socket_prefix) + "XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) return io_problem("cannot make a folder for the server's socket in /tmp");
  if (user.change && ::lchown(path.c_str(), user.uid, user.gid) != 0) {
    Diagnostic problem = io_problem("cannot give " + path + " to the user " + user.name);
    ::rmdir(path.c_str());
    return problem;
  }
  std::ofstream(files.socket_note) << path << '\n';
  return path;
}

void remove_socket_directory(const ClusterFiles& files, const std::string& directory) {
  if (is_socket_directory(directory) && is_directory(directory)) remove_sockets(directory);
  ::unlink(files.socket_note.c_str());
}

std::string log_tail(const ClusterFiles& files) {
  constexpr std::size_t lines_shown = 15;
  std::ifstream file(files.log);
  std::deque<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    lines.push_back(line);
    if (lines.size() > lines_shown) lines.pop_front();
  }
  return join({lines.begin(), lines.end()}, "\n");
}

}  // namespace segue::pg
