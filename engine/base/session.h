// A session with a PostgreSQL server, as the engine sees it: text in, rows of text out.
//
// Implemented by pg/ over libpqxx and by the tests as a session that fails on demand. Used by catalog/ and exec/.
// A session is owned by one thread at a time. It never retries by itself and never changes search_path by itself.
#pragma once

#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace segue {

/// The rows of one answer. Cells are text as the server prints it; an absent cell is NULL. Booleans are "t" and "f".
/// A catalog's answer has some hundred thousand cells: their bytes stand one behind the other.
class Rows {
 public:
  Rows() = default;
  explicit Rows(std::size_t columns) : columns_(columns) {}
  Rows(std::size_t columns, const std::vector<std::optional<std::string>>& cells) : columns_(columns) {
    for (const auto& cell : cells) add(cell);
  }
  /// The next cell; rows are filled one after the other.
  void add(std::optional<std::string_view> cell) {
    bytes_ += cell.value_or("");
    ends_.push_back(bytes_.size());
    nulls_.push_back(!cell);
  }
  void reserve(std::size_t rows) {
    ends_.reserve(rows * columns_);
    nulls_.reserve(rows * columns_);
  }

  std::size_t size() const { return columns_ == 0 ? 0 : ends_.size() / columns_; }
  std::size_t columns() const { return columns_; }
  bool empty() const { return ends_.empty(); }
  bool is_null(std::size_t row, std::size_t column) const { return nulls_[row * columns_ + column]; }
  /// "" for NULL; valid while the rows are.
  std::string_view text(std::size_t row, std::size_t column) const {
    const std::size_t cell = row * columns_ + column;
    const std::size_t begin = cell == 0 ? 0 : ends_[cell - 1];
    return std::string_view(bytes_).substr(begin, ends_[cell] - begin);
  }
  /// A whole number; 0 for NULL.
  std::int64_t number(std::size_t row, std::size_t column) const {
    const std::string_view digits = text(row, column);
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }
  std::optional<std::string> at(std::size_t row, std::size_t column) const {
    return is_null(row, column) ? std::nullopt : std::optional<std::string>(text(row, column));
  }

 private:
  std::size_t columns_ = 0;
  std::string bytes_;
  std::vector<std::size_t> ends_;  ///< of the cells, in bytes_
  std::vector<bool> nulls_;
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

  /// As query, for a text without parameters that the session is likely to be asked again: planning a query of catalogs
  /// takes the server several times as long as running it, and so it is planned once.
  virtual Result<Rows> query_again(std::string_view sql) { return query(sql); }

  /// The same for several texts, in one round trip where that can be: each answer is handed out as it comes, up to and
  /// with the first failure.
  using Answer = std::function<void(Result<Rows>)>;
  virtual void query_each(const std::vector<std::string>& texts, const Answer& answer) {
    for (const std::string& text : texts) {
      Result<Rows> rows = query_again(text);
      const bool has_failed = !rows;
      answer(std::move(rows));
      if (has_failed) return;
    }
  }

  /// Runs a text of one or more statements without parameters (simple query protocol); the rows of the last one.
  virtual Result<Rows> execute(std::string_view sql) = 0;

  /// server_version_num, 150004 for instance.
  virtual int server_version() const = 0;
};

}  // namespace segue
