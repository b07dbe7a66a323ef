#include "exec/preflight.h"

#include "base/quote.h"

namespace segue::exec {
namespace {

constexpr const char* few = "5";

Result<Rows> ask(Session& session, const std::string& sql, std::int64_t limit_ms) {
  const Result<Rows> begun = session.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY");
  if (!begun) return begun;
  const Result<Rows> limited =
      session.query("SELECT pg_catalog.set_config('statement_timeout', $1, true)", {std::to_string(limit_ms)});
  Result<Rows> rows = limited ? session.query(sql) : limited;
  if (Result<Rows> ended = session.execute("ROLLBACK"); !ended) return ended;
  return rows;
}

std::vector<std::string> some_of(Session& session, const plan::Preflight& check, std::int64_t limit_ms) {
  std::vector<std::string> some;
  if (check.list.empty()) return some;
  const Result<Rows> rows =
      ask(session, "SELECT pg_catalog.left(f::pg_catalog.text, 200) FROM (" + check.list + " LIMIT " + few + ") f",
          limit_ms);
  for (std::size_t i = 0; rows && i < rows->size(); ++i) some.push_back(rows->at(i, 0).value_or(""));
  return some;
}

}  // namespace

std::vector<InTheWay> rows_in_the_way(Session& session, const std::vector<const plan::Step*>& steps,
                                      const PreflightOptions& options) {
  std::vector<InTheWay> found;
  for (const plan::Step* step : steps) {
    for (const plan::Preflight& check : options.way_back ? step->inverse.preflight : step->preflight) {
      if (check.hazard != plan::hazard::may_fail_on_data || (check.runs_code && !options.reviewed)) continue;
      const Result<Rows> rows = ask(session, check.sql, options.limit_ms);
      if (!rows && rows.error().code == ErrorCode::connection) return found;
      if (!rows || rows->size() != 1) continue;
      const std::string count = rows->at(0, 0).value_or("0");
      if (count != "0") found.push_back({step, &check, count, some_of(session, check, options.limit_ms)});
    }
  }
  return found;
}

std::string describe(const InTheWay& found) {
  std::string text = found.step->id + "  " + found.count + " " + found.check->what;
  if (!found.some.empty()) text += "\n         " + join(found.some, ", ");
  return text + "\n         all of them: " + found.check->list + ";";
}

}  // namespace segue::exec
