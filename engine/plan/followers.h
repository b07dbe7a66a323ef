// Tables that hang below ours and that the file does not name: one more of them may come between plan and apply, and
// what comes down to it would be nobody's doing.
//
// Used where a plan says what it has looked at.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plan/changes.h"

namespace segue::plan {

/// By the keys of tables with such ones right below them, of which the plan changes something that comes down: the keys
/// of all that makes a table hang below them.
std::map<std::string, std::vector<std::string>> tables_with_followers(const std::vector<Change>& changes,
                                                                      const model::Schema& from,
                                                                      const model::Schema& to);

}  // namespace segue::plan
