#include "known.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "support/files.h"

namespace segue::test {
namespace {

const std::set<std::string> parts{"forward", "back", "create"};

/// SEGUE_WRITE_KNOWN=FILE: every part that fails is added to it, in the form of known.txt, for whoever brings the list
/// up to date. What the list says already is not looked at then.
const char* list_to_write() { return std::getenv("SEGUE_WRITE_KNOWN"); }

/// The line of a failure that says most: segue's own error, else which judgement it was.
std::string telling_line(const std::string& failures) {
  for (const char* mark : {"error: ", "pg_dump after", "should be empty", "made from nothing",
                           "was dropped and made again", "has other bytes", "rows of", "after rollback"}) {
    const std::size_t at = failures.find(mark);
    if (at == std::string::npos) continue;
    const std::size_t begin = mark == std::string("error: ") ? at : failures.rfind('\n', at) + 1;
    return failures.substr(begin, failures.find('\n', at) - begin);
  }
  return failures.substr(0, failures.find('\n'));
}

void write_line(const std::string& name, const std::string& part, const std::string& failures) {
  std::ofstream(list_to_write(), std::ios::app) << name << ' ' << part << ' ' << telling_line(failures) << '\n';
}

}  // namespace

KnownFailures parse_known(const std::string& text) {
  KnownFailures known;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string name;
    std::string part;
    std::string reason;
    words >> name >> part >> std::ws;
    std::getline(words, reason);
    if (!parts.contains(part) || reason.empty()) {
      throw std::runtime_error("known.txt: not a case, forward|back|create and a reason: " + line);
    }
    if (!known.emplace(std::make_pair(name, part), reason).second) {
      throw std::runtime_error("known.txt: said twice: " + name + " " + part);
    }
  }
  return known;
}

const KnownFailures& known_failures() {
  static const KnownFailures known = parse_known(read_file(source_tree() / "tests" / "cases" / "known.txt"));
  return known;
}

std::string failures_of(const std::function<void()>& body) {
  testing::TestPartResultArray results;
  std::string failures;
  {
    const testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    try {
      body();
    } catch (const std::exception& error) {
      failures += std::string(error.what()) + "\n";
    }
  }
  for (int i = 0; i < results.size(); ++i) {
    const testing::TestPartResult& result = results.GetTestPartResult(i);
    if (result.failed()) failures += std::string(result.message()) + "\n";
  }
  return failures;
}

std::string run_part(const std::string& name, const std::string& part, const std::function<void()>& body) {
  if (list_to_write() != nullptr) {
    const std::string failures = failures_of(body);
    if (!failures.empty()) write_line(name, part, failures);
    return failures.empty() ? "" : "written down";
  }
  const auto known = known_failures().find({name, part});
  if (known == known_failures().end()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, part);
    body();
    return "";
  }
  if (failures_of(body).empty()) {
    ADD_FAILURE() << name << ' ' << part << " holds now: take it off tests/cases/known.txt";
    return "";
  }
  return part + ": " + known->second;
}

}  // namespace segue::test
