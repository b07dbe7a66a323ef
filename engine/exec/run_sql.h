// A statement that is run for what it does, and not for its rows.
//
// Used within exec/ only.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"

namespace segue::exec {

inline Status run_sql(Session& session, const std::string& sql, const std::vector<Parameter>& parameters = {}) {
  const Result<Rows> rows = session.query(sql, parameters);
  if (!rows) return rows.failure();
  return done();
}

}  // namespace segue::exec
