// A session that breaks at one statement, so that every statement of a plan can be the one.
//
// Called by the test of this folder, which counts the statements with it first. It passes everything else on.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "base/session.h"

namespace segue::test {

/// Which statement, and what becomes of it; shared by all sessions of one run.
struct Break {
  enum class How {
    never,
    refused,        ///< the server fails it, and with it the transaction
    lost_before,    ///< the connection is gone before the server has seen it
    answer_is_lost  ///< the connection is gone, and the server has run it
  };
  How how = How::never;
  std::size_t at = 0;  ///< from 1, among those of `watched`
  std::set<std::string> watched = {};
  std::size_t seen = 0;
  std::string statement = {};  ///< the one that it was
};

class BreakingSession : public Session {
 public:
  BreakingSession(std::unique_ptr<Session> session, Break& shared) : session_(std::move(session)), break_(shared) {}
  Result<Rows> query(std::string_view sql, const std::vector<Parameter>& parameters) override;
  Result<Rows> query_again(std::string_view sql) override;
  Result<Rows> execute(std::string_view sql) override;
  int server_version() const override { return version_; }

 private:
  template <class Run>
  Result<Rows> pass_on(std::string_view sql, const Run& run);

  std::unique_ptr<Session> session_;  ///< null once it is lost
  Break& break_;
  int version_ = session_->server_version();
};

}  // namespace segue::test
