// A session with a PostgreSQL server, as the engine sees it: text in, rows of text out.
//
// Implemented by pg/ over libpqxx and by the tests as a session that fails on demand. Used by catalog/ and exec/.
// A session is owned by one thread at a time. It never retries by itself and never changes search_path by itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace segue {

/// The rows of one answer. Cells are text as the server prints it; an absent cell is NULL. Booleans are "t" and "f".
class Rows {
 public:
  Rows() = default;
  Rows(std::size_t columns, std::vector<std::optional<std::string>> cells)
      : columns_(columns), cells_(std::move(cells)) {}
  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return size() == 0; }
  const std::optional<std::string>& at(std::size_t row, std::size_t column) const {
    return cells_[row * columns_ + column];
  }

 private:
  std::size_t columns_ = 0;
  std::vector<std::optional<std::string>> cells_;
};

using Parameter = std::optional<std::string>;

class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  /// Runs one statement with parameters ($1 …). On failure the diagnostic carries `sqlstate`, the server's message in
  /// `what`, its detail in `why` and its hint in `hint`; code is `locked` for 55P03, 57014 and 40P01, `connection`
  /// when the session is gone, else `database`.
  virtual Result<Rows> query(std::string_view sql, const std::vector<Parameter>& parameters = {}) = 0;

  /// Runs a text of one or more statements without parameters (simple query protocol); the rows of the last one.
  virtual Result<Rows> execute(std::string_view sql) = 0;

  /// server_version_num, 150004 for instance.
  virtual int server_version() const = 0;
};

}  // namespace segue
