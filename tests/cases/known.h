// The cases that are known to fail, part by part, with the reason: tests/cases/known.txt.
//
// Called by cases_test.cpp. A part that is listed and fails counts as skipped; one that is listed and holds fails its
// test, so that the list can only shrink. It never hides a part that is not listed.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

namespace segue::test {

/// {case, part} -> reason. The parts of a case are `forward`, `back` and `create`.
using KnownFailures = std::map<std::pair<std::string, std::string>, std::string>;

/// Reads lines of `case part reason…`; a line that begins with # is a remark.
/// Throws std::runtime_error where a line lacks one of the three, or says twice what is known.
KnownFailures parse_known(const std::string& text);

/// tests/cases/known.txt, read once. Throws what parse_known() throws.
const KnownFailures& known_failures();

/// What GoogleTest would have reported of `body` as failed, joined; "" where it held. An exception is a failure too.
std::string failures_of(const std::function<void()>& body);

/// Runs one part of a case. Returns the reason where it is known to fail and does; "" where it has to hold, which is
/// then judged as any test is.
std::string run_part(const std::string& name, const std::string& part, const std::function<void()>& body);

}  // namespace segue::test
