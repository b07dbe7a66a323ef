// What most tests of the program begin with: a database, a folder, and segue run in the one against the other.
//
// A base of fixtures, beside GoogleTest's own.
#pragma once

#include <string>
#include <vector>

#include "support/files.h"
#include "support/program.h"
#include "support/server.h"

namespace segue::test {

class OnDatabase {
 protected:
  Outcome segue(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--db", database_.url()});
    return run_segue(arguments, folder_.path().string());
  }

  Database database_{Server::shared()};
  TempDir folder_;
};

}  // namespace segue::test
