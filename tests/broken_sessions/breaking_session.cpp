#include "breaking_session.h"

namespace segue::test {
namespace {

Diagnostic lost() { return Diagnostic::error(ErrorCode::connection, "the connection was lost, as the test wants it"); }

}  // namespace

template <class Run>
Result<Rows> BreakingSession::pass_on(std::string_view sql, const Run& run) {
  if (session_ == nullptr) return lost();
  const bool breaks = break_.watched.count(std::string(sql)) != 0 && ++break_.seen == break_.at;
  if (!breaks || break_.how == Break::How::never) return run();
  break_.statement = sql;
  if (break_.how == Break::How::refused) return session_->execute("SELECT 1 / 0");
  if (break_.how == Break::How::answer_is_lost) (void)run();
  session_.reset();
  return lost();
}

Result<Rows> BreakingSession::query(std::string_view sql, const std::vector<Parameter>& parameters) {
  return pass_on(sql, [&] { return session_->query(sql, parameters); });
}

Result<Rows> BreakingSession::query_again(std::string_view sql) {
  return pass_on(sql, [&] { return session_->query_again(sql); });
}

Result<Rows> BreakingSession::execute(std::string_view sql) {
  return pass_on(sql, [&] { return session_->execute(sql); });
}

}  // namespace segue::test
