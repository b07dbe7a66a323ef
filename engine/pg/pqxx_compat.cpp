#include "pg/pqxx_compat.h"

#include <libpq-fe.h>

#include <pqxx/except>
#include <pqxx/nontransaction>
#include <pqxx/result>
#include <pqxx/version>
#if PQXX_VERSION_MAJOR >= 7
#include <pqxx/connection>
#include <pqxx/params>
#else
#include <pqxx/connection_base>
#include <pqxx/connectionpolicy>
#endif

#include <utility>

namespace segue::pg {
namespace {

#if PQXX_VERSION_MAJOR >= 7

using Connection = pqxx::connection;

Connection adopt(PGconn* handle) { return Connection::seize_raw_connection(handle); }

pqxx::result run_with(pqxx::nontransaction& work, const std::string& sql, const std::vector<Parameter>& values) {
  pqxx::params list;
  for (const Parameter& value : values) {
    if (value) {
      list.append(*value);
    } else {
      list.append();
    }
  }
#if PQXX_VERSION_MAJOR == 7 && PQXX_VERSION_MINOR < 10
  return work.exec_params(sql, list);  // exec(query, params) came with 7.9.3 and took its place
#else
  return work.exec(sql, list);
#endif
}

#else  // libpqxx 6

/// libpqxx 6 opens its handle through a policy and would ask it for another one when the first breaks. This policy has
/// exactly one to give.
class OneHandle : public pqxx::connectionpolicy {
 public:
  explicit OneHandle(PGconn* given) : pqxx::connectionpolicy(std::string()), handle_(given) {}
  handle do_startconnect(handle orig) override { return orig != nullptr ? orig : std::exchange(handle_, nullptr); }
  handle do_completeconnect(handle orig) override { return orig; }
  bool is_ready(handle current) const noexcept override { return current != nullptr; }

 private:
  handle handle_;
};

struct PolicyHolder {
  explicit PolicyHolder(PGconn* handle) : policy(handle) {}
  OneHandle policy;
};

class Connection : private PolicyHolder, public pqxx::connection_base {
 public:
  explicit Connection(PGconn* handle) : PolicyHolder(handle), pqxx::connection_base(policy) {
    init();
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    // Deprecated because 7 never reconnects; 6 would, silently, and lose the transaction and all settings.
    inhibit_reactivation(true);
#pragma GCC diagnostic pop
  }
  ~Connection() { close(); }
};

Connection adopt(PGconn* handle) { return Connection(handle); }

pqxx::result run_with(pqxx::nontransaction& work, const std::string& sql, const std::vector<Parameter>& values) {
  std::vector<const char*> list;
  list.reserve(values.size());
  for (const Parameter& value : values) list.push_back(value ? value->c_str() : nullptr);
  return work.exec_params(sql, pqxx::prepare::make_dynamic_params(list));
}

#endif

Rows rows_of(const pqxx::result& answer) {
  Rows rows(static_cast<std::size_t>(answer.columns()));
  rows.reserve(static_cast<std::size_t>(answer.size()));
  // an iterator is the row, or the field, that it stands on, and making either counts who uses the answer
  const auto last = answer.end();
  for (auto row = answer.begin(); row != last; ++row) {
    const auto end = row->end();
    for (auto field = row->begin(); field != end; ++field) {
      if (field->is_null()) {
        rows.add(std::nullopt);
      } else {
        rows.add(std::string_view(field->c_str(), static_cast<std::size_t>(field->size())));
      }
    }
  }
  return rows;
}

template <class Call>
RunOutcome guarded(const Call& call) {
  try {
    return {rows_of(call()), std::nullopt};
  } catch (const pqxx::sql_error& error) {
    return {{}, RunFailure{error.what(), std::string(error.sqlstate())}};
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return {{}, RunFailure{error.what(), {}}};
  }
}

}  // namespace

struct PqxxConnection::Impl {
  explicit Impl(PGconn* handle) : connection(adopt(handle)) {}
  Connection connection;
};

PqxxConnection::PqxxConnection(pg_conn* handle) : impl_(std::make_unique<Impl>(handle)) {}
PqxxConnection::~PqxxConnection() = default;

// A nontransaction per call: it begins nothing and ends nothing on the server, so that BEGIN and COMMIT stay with the
// caller, and it carries no state from one statement to the next.
RunOutcome PqxxConnection::run(const std::string& sql) {
  return guarded([&] {
    pqxx::nontransaction work(impl_->connection);
    return work.exec(sql);
  });
}

RunOutcome PqxxConnection::run(const std::string& sql, const std::vector<Parameter>& parameters) {
  return guarded([&] {
    pqxx::nontransaction work(impl_->connection);
    return run_with(work, sql, parameters);
  });
}

}  // namespace segue::pg
