#include "connection.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "pg/connect.h"

namespace segue {
namespace {

constexpr std::size_t max_helpers = 1;
/// Reading alone takes no longer than that.
constexpr std::chrono::milliseconds helper_timeout{1000};
constexpr const char* query_canceled = "57014";

}  // namespace

class Sessions {
 public:
  /// One that is idle and still open; null where there is none.
  std::unique_ptr<pg::PgSession> take(const std::string& conninfo, const pg::NoticeHandler& notices) {
    while (std::unique_ptr<pg::PgSession> session = idle_one(conninfo)) {
      if (!session->is_open()) continue;
      session->on_notice(notices);
      return session;
    }
    return nullptr;
  }

  /// Set up anew at once, since an idle one must hold no lock; closed where that is not to be had.
  void give_back(const std::string& conninfo, std::unique_ptr<pg::PgSession> session) {
    session->on_notice({});  // whoever listened may be gone
    if (!session->is_open() || session->in_transaction() || !session->reset()) return;
    const std::lock_guard<std::mutex> lock(mutex_);
    idle_[conninfo].push_back(std::move(session));
  }

 private:
  std::unique_ptr<pg::PgSession> idle_one(const std::string& conninfo) {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto& idle = idle_[conninfo];
    if (idle.empty()) return nullptr;
    std::unique_ptr<pg::PgSession> session = std::move(idle.back());
    idle.pop_back();
    return session;
  }

  std::mutex mutex_;
  std::map<std::string, std::vector<std::unique_ptr<pg::PgSession>>> idle_;  ///< by what they were opened with
};

std::shared_ptr<Sessions> kept_sessions() { return std::make_shared<Sessions>(); }

/// A session whose running statement is cancelled when the user wants to stop. Once a cancellation has arrived, or the
/// transaction is being rolled back, it lets the rest through: that is the cleaning up.
class WatchedSession : public Session {
 public:
  WatchedSession(std::shared_ptr<pg::PgSession> session, Canceller& canceller);
  ~WatchedSession() override;

  Result<Rows> query(std::string_view sql, const std::vector<Parameter>& parameters) override {
    return watched(sql, [&] { return session_->query(sql, parameters); });
  }
  Result<Rows> query_again(std::string_view sql) override {
    return watched(sql, [&] { return session_->query_again(sql); });
  }
  void query_each(const std::vector<std::string>& texts, const Answer& answer) override {
    busy_ = true;
    session_->query_each(texts, [&](Result<Rows> rows) {
      if (!rows && rows.error().sqlstate == query_canceled) settled_ = true;
      answer(std::move(rows));
    });
    busy_ = false;
  }
  Result<Rows> execute(std::string_view sql) override {
    return watched(sql, [&] { return session_->execute(sql); });
  }
  int server_version() const override { return session_->server_version(); }
  bool behind_pooler() const { return session_->behind_pooler(); }

  void cancel_if_busy() {
    if (busy_ && !settled_) (void)session_->cancel().ok();
  }

 private:
  template <class Call>
  Result<Rows> watched(std::string_view sql, const Call& call) {
    if (sql == "ROLLBACK") settled_ = true;
    busy_ = true;
    Result<Rows> rows = call();
    busy_ = false;
    if (!rows && rows.error().sqlstate == query_canceled) settled_ = true;
    return rows;
  }

  std::shared_ptr<pg::PgSession> session_;
  Canceller& canceller_;
  std::atomic<bool> busy_ = false;
  std::atomic<bool> settled_ = false;
};

/// Watches for the wish to stop, in a thread of its own, since the command's thread is waiting for the server.
class Canceller {
 public:
  explicit Canceller(std::function<bool()> interrupted) : interrupted_(std::move(interrupted)) {
    if (interrupted_) thread_ = std::thread([this] { watch(); });
  }
  Canceller(const Canceller&) = delete;
  Canceller& operator=(const Canceller&) = delete;
  ~Canceller() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  void add(WatchedSession* session) {
    const std::lock_guard<std::mutex> lock(mutex_);
    sessions_.push_back(session);
  }
  void remove(WatchedSession* session) {
    const std::lock_guard<std::mutex> lock(mutex_);
    sessions_.erase(std::remove(sessions_.begin(), sessions_.end(), session), sessions_.end());
  }

 private:
  // Again and again: a cancellation that arrives between two statements is lost.
  void watch() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::milliseconds(100), [this] { return stop_; })) {
      if (!interrupted_()) continue;
      for (WatchedSession* session : sessions_) session->cancel_if_busy();
    }
  }

  std::function<bool()> interrupted_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<WatchedSession*> sessions_;
  bool stop_ = false;
  std::thread thread_;
};

WatchedSession::WatchedSession(std::shared_ptr<pg::PgSession> session, Canceller& canceller)
    : session_(std::move(session)), canceller_(canceller) {
  canceller_.add(this);
}

WatchedSession::~WatchedSession() { canceller_.remove(this); }

Connection::Connection(const Target& target, const Callbacks& callbacks)
    : settings_(target), callbacks_(callbacks), canceller_(std::make_unique<Canceller>(callbacks.interrupted)) {}

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const Target& target, const Callbacks& callbacks) {
  std::unique_ptr<Connection> connection(new Connection(target, callbacks));
  const pg::Environment environment = environment_of(target);
  if (pg::is_embedded(pg::database_setting(target.db, environment))) {
    pg::EmbeddedOptions options;
    options.directory = target.directory;
    options.environment = environment;
    options.notice = callbacks.note;
    Result<std::unique_ptr<pg::EmbeddedServer>> server = pg::EmbeddedServer::start(options);
    if (!server) return server.failure();
    connection->server_ = std::move(*server);
    connection->target_ = connection->server_->target();
  } else {
    Result<pg::ConnectionTarget> resolved = pg::resolve_target(target.db, environment);
    if (!resolved) return resolved.failure();
    connection->target_ = std::move(*resolved);
  }
  Result<std::unique_ptr<Session>> first = connection->connect();
  if (!first) return first.failure();
  connection->first_ = std::move(*first);
  pg::ConnectOptions impatient;
  impatient.connect_timeout = helper_timeout;
  connection->helpers_ = std::make_unique<pg::Pool>(connection->target_, impatient, max_helpers);
  return connection;
}

Result<std::unique_ptr<Session>> Connection::session() {
  if (first_) return std::move(first_);
  return connect();
}

std::unique_ptr<Session> Connection::helper() {
  // with two processors, reading the file is all that fits beside the first session: a second was measured to cost more
  if (behind_pooler_ || std::thread::hardware_concurrency() <= 2) return nullptr;
  Result<pg::Pool::Lease> acquired = helpers_->acquire(std::chrono::milliseconds(0));
  if (!acquired) return nullptr;
  const auto lease = std::make_shared<pg::Pool::Lease>(std::move(*acquired));
  const std::shared_ptr<pg::PgSession> session(lease, &**lease);  // given back when it goes
  return std::make_unique<WatchedSession>(session, *canceller_);
}

Result<std::shared_ptr<pg::PgSession>> Connection::open_or_take_up() {
  pg::ConnectOptions options;
  options.wait = std::chrono::milliseconds(settings_.wait_ms);
  options.wait_for_database = settings_.wait_for_database;
  options.notice = callbacks_.note;
  options.server_notice = callbacks_.server_notice;
  const bool is_kept = settings_.sessions != nullptr && server_ == nullptr;  // a private server ends with the command
  std::unique_ptr<pg::PgSession> session;
  if (is_kept) session = settings_.sessions->take(target_.conninfo, options.server_notice);
  if (session == nullptr) {
    Result<std::unique_ptr<pg::PgSession>> opened = pg::connect(target_, options);
    if (!opened) return opened.failure();
    session = std::move(*opened);
  }
  if (!is_kept) return std::shared_ptr<pg::PgSession>(std::move(session));
  const auto give_back = [sessions = settings_.sessions, conninfo = target_.conninfo](pg::PgSession* one) {
    sessions->give_back(conninfo, std::unique_ptr<pg::PgSession>(one));
  };
  return std::shared_ptr<pg::PgSession>(session.release(), give_back);
}

Result<std::unique_ptr<Session>> Connection::connect() {
  Result<std::shared_ptr<pg::PgSession>> session = open_or_take_up();
  if (!session) return session.failure();
  behind_pooler_ = (*session)->behind_pooler();
  return std::unique_ptr<Session>(std::make_unique<WatchedSession>(std::move(*session), *canceller_));
}

Result<OpenSession> open_session(const Target& target, const Callbacks& callbacks) {
  Result<std::unique_ptr<Connection>> connection = Connection::open(target, callbacks);
  if (!connection) return connection.failure();
  Result<std::unique_ptr<Session>> session = (*connection)->session();
  if (!session) return session.failure();
  return OpenSession{std::move(*connection), std::move(*session)};
}

pg::Environment environment_of(const Target& target) {
  return target.environment ? target.environment : [](const std::string&) { return std::optional<std::string>(); };
}

}  // namespace segue
