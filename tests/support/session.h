// A session in the test's own process, where its answers are wanted and psql's start is not.
//
// Called by support/server and by suites that ask a server many small things. What fails throws std::runtime_error with
// segue's own words.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "pg/connect.h"

namespace segue::test {

template <class T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::string all;
  for (const Diagnostic& one : result.diagnostics()) all += render(one) + "\n";
  throw std::runtime_error(all);
}

inline std::unique_ptr<pg::PgSession> connect_to(const std::string& url) {
  return must(pg::connect(must(pg::parse_target(url))));
}

}  // namespace segue::test
