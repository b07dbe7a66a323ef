// Definitions as a person writes them, beside what the server printed of them: the truth that the canonical form is
// tested against.
//
// Used by the tests of sql/canonical. Never edited by hand: each text on the right came from a server.
#pragma once

#include <string>
#include <vector>

namespace segue::sql::test {

struct PrintedForm {
  std::string kind;  ///< "expression" (a policy's on app.t), "query" (a view's), else the column whose default it is
  std::string written;
  std::string printed;
};

const std::vector<PrintedForm>& settled_expressions();
const std::vector<PrintedForm>& settled_defaults_and_queries();
/// Equal to the server, but beyond what can be told without it: they must stay different rather than be guessed.
const std::vector<PrintedForm>& undecided_forms();

}  // namespace segue::sql::test
