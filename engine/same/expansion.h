// Whether a query takes the columns of relations as they come (`*`, NATURAL, INSERT without a list of columns), and
// those relations have other columns in the file than in the database: then asking the database answers another
// question.
//
// Called by ask(). Never asks anybody itself.
#pragma once

#include <map>
#include <string>

#include "same/same.h"
#include "source/reads.h"

namespace segue::same {

class Expansion {
 public:
  explicit Expansion(const World& world) : world_(world), finder_(*world.desired, *world.environment) {}
  bool differs(const diff::Pair& pair);

 private:
  bool relation_differs(const std::string& key);

  const World& world_;
  source::ReadsFinder finder_;
  std::map<std::string, bool> known_;
};

}  // namespace segue::same
