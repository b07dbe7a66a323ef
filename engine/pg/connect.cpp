#include "pg/connect.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include "base/quote.h"
#include "pg/connect_error.h"

namespace segue::pg {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;
using Handle = std::unique_ptr<PGconn, decltype(&PQfinish)>;

constexpr Milliseconds first_delay{100};
constexpr Milliseconds longest_delay{5000};

/// The settings as libpq completed them, its environment and service file included.
struct EffectiveSettings {
  std::optional<Milliseconds> connect_timeout;
  std::map<std::string, std::vector<std::string>> lists;  ///< host, hostaddr and port, split at commas
};

std::vector<std::string> split_list(const std::string& value) {
  std::vector<std::string> parts(1);
  for (const char c : value) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

EffectiveSettings effective_settings(PGconn* handle) {
  EffectiveSettings found;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfo(handle), &PQconninfoFree);
  for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
    const std::string keyword = option->keyword;
    const std::string value = option->val == nullptr ? "" : option->val;
    if (keyword == "host" || keyword == "hostaddr" || keyword == "port") found.lists[keyword] = split_list(value);
    const long seconds = keyword == "connect_timeout" ? std::strtol(value.c_str(), nullptr, 10) : 0;
    if (seconds > 0) found.connect_timeout = std::chrono::seconds(seconds);
  }
  return found;
}

/// Host lists without their first entries; empty when no host is left.
std::string lists_after(const EffectiveSettings& settings, std::size_t dropped) {
  std::string pairs;
  bool any = false;
  for (const auto& [keyword, entries] : settings.lists) {
    // One port may stand for all hosts; host and hostaddr have an entry each or are not given.
    const bool single = entries.size() == 1;
    if (single && (keyword == "port" || entries[0].empty())) continue;
    if (entries.size() <= dropped) return {};
    const std::vector<std::string> rest(entries.begin() + static_cast<std::ptrdiff_t>(dropped), entries.end());
    pairs += " " + conninfo_pair(keyword, join(rest, ","));
    any = any || keyword != "port";
  }
  return any ? pairs : std::string();
}

/// Which address libpq is busy with. It moves on by itself when one refuses, but never, under PQconnectPoll, because
/// one is silent: that is left to the caller (manual of libpq, PQconnectStartParams).
struct Progress {
  std::string host;
  std::string address;
  std::size_t hosts_tried = 0;

  bool moved(PGconn* handle) {
    const auto text = [](const char* value) { return std::string(value == nullptr ? "" : value); };
    const std::string now_host = text(PQhost(handle)) + ":" + text(PQport(handle));
    const std::string now_address = text(PQhostaddr(handle));
    const bool changed = now_host != host || now_address != address;
    if (now_host != host) ++hosts_tried;
    host = now_host;
    address = now_address;
    return changed;
  }
};

/// Waits until libpq can go on; false when the time is up.
bool wait_for_socket(PGconn* handle, PostgresPollingStatusType wants, Clock::time_point deadline) {
  for (;;) {
    const auto left = std::chrono::ceil<Milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    pollfd waiting{PQsocket(handle), static_cast<short>(wants == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<long long>(left.count(), 60000)));
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
  }
}

Stage stage_of(ConnStatusType status, Stage before) {
  switch (status) {
    case CONNECTION_STARTED:
      return std::max(before, Stage::connecting);
    case CONNECTION_SSL_STARTUP:
    case CONNECTION_GSS_STARTUP:
      return std::max(before, Stage::encrypting);
    case CONNECTION_BAD:
    case CONNECTION_MADE:
      return before;
    default:
      return std::max(before, Stage::talking);
  }
}

Ping ping(const std::string& conninfo) {
  // PQping waits as long as the network does; a limit in front, since later values win, leaves the user's own alone.
  switch (PQping(("connect_timeout=5 " + conninfo).c_str())) {
    case PQPING_OK:
      return Ping::accepts;
    case PQPING_REJECT:
      return Ping::rejects;
    case PQPING_NO_RESPONSE:
      return Ping::no_answer;
    case PQPING_NO_ATTEMPT:
      return Ping::not_attempted;
  }
  return Ping::not_asked;
}

struct Attempt {
  Handle handle{nullptr, &PQfinish};  ///< null when it failed
  ConnectFailure failure;
  std::string further_hosts;  ///< keyword pairs for the hosts behind a silent one
};

/// One attempt. PQconnectPoll instead of PQconnectdb: only so can verbosity be set before the server speaks, and only
/// so can we see how far it came.
Attempt try_once(const std::string& conninfo, Milliseconds limit, Milliseconds upper_bound) {
  Attempt attempt;
  attempt.handle.reset(PQconnectStart(conninfo.c_str()));
  PGconn* handle = attempt.handle.get();
  if (handle == nullptr) throw std::bad_alloc();
  PQsetErrorVerbosity(handle, PQERRORS_VERBOSE);
  const EffectiveSettings settings = effective_settings(handle);
  const auto per_host = std::min(settings.connect_timeout.value_or(limit), upper_bound);
  Clock::time_point deadline = Clock::now() + per_host;

  Progress progress;
  PostgresPollingStatusType wants = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (wants == PGRES_POLLING_READING || wants == PGRES_POLLING_WRITING) {
    attempt.failure.stage = stage_of(PQstatus(handle), attempt.failure.stage);
    if (progress.moved(handle)) deadline = Clock::now() + per_host;
    if (!wait_for_socket(handle, wants, deadline)) {
      attempt.failure.timed_out = true;
      attempt.further_hosts = lists_after(settings, progress.hosts_tried);
      break;
    }
    wants = PQconnectPoll(handle);
  }
  if (wants == PGRES_POLLING_OK) return attempt;

  attempt.failure.message = PQerrorMessage(handle);
  attempt.failure.needs_password = PQconnectionNeedsPassword(handle) != 0;
  attempt.handle.reset();
  const bool server_spoke = !refusal_in(attempt.failure.message).sqlstate.empty();
  if (!server_spoke && !attempt.failure.timed_out && !attempt.failure.needs_password) {
    attempt.failure.ping = ping(conninfo);
  }
  return attempt;
}

/// All hosts of the target, one after the other.
Attempt try_hosts(const ConnectionTarget& target, Milliseconds limit, Milliseconds upper_bound) {
  std::string hosts;
  for (;;) {
    Attempt attempt = try_once(target.conninfo + hosts, limit, upper_bound);
    if (attempt.handle || !attempt.failure.timed_out || attempt.further_hosts.empty()) return attempt;
    hosts = attempt.further_hosts;
  }
}

Milliseconds jittered(Milliseconds bound) {
  thread_local std::minstd_rand generator{std::random_device{}()};
  return Milliseconds(std::uniform_int_distribution<long long>(0, bound.count())(generator));
}

bool worth_another(Retry retry, const ConnectOptions& options) {
  return retry == Retry::worthwhile || (retry == Retry::if_waiting_for_database && options.wait_for_database);
}

}  // namespace

Result<std::unique_ptr<PgSession>> connect(const ConnectionTarget& target, const ConnectOptions& options) {
  const Clock::time_point end = Clock::now() + options.wait;
  Milliseconds bound = first_delay;
  std::string told;
  for (;;) {
    const auto left = std::chrono::duration_cast<Milliseconds>(end - Clock::now());
    // The last attempt of a wait must not outlive it by much, but gets a fair chance.
    const Milliseconds upper =
        options.wait.count() == 0 ? Milliseconds::max() / 1024 : std::max(left, Milliseconds(1000));
    Attempt attempt = try_hosts(target, options.connect_timeout, upper);
    Retry retry = Retry::worthwhile;
    Diagnostic problem;
    if (attempt.handle) {
      Result<std::unique_ptr<PgSession>> session = PgSession::adopt(attempt.handle.release(), options.server_notice);
      // A server that goes down between the handshake and the first statement is one that stops.
      if (session || session.error().code != ErrorCode::connection) return session;
      problem = session.error();
    } else {
      ConnectVerdict verdict = judge(attempt.failure, target);
      retry = verdict.retry;
      problem = std::move(verdict.diagnostic);
    }
    const Clock::time_point now = Clock::now();
    if (!worth_another(retry, options) || now >= end) return problem;
    // Cut to what is left, so that the last attempt is made at the end of the wait and not some seconds before.
    const auto delay = std::min<Clock::duration>(jittered(bound), end - now);
    bound = std::min(bound * 2, longest_delay);
    if (options.notice && told != problem.what) options.notice("waiting: " + problem.what);
    told = problem.what;
    std::this_thread::sleep_for(delay);
  }
}

}  // namespace segue::pg
