// Whether a query takes the columns of relations as they come (`*`, NATURAL, INSERT without a list of columns), and
// those relations have other columns in the file than in the database: then asking the database answers another
// question. The same holds where a relation has columns that no file knows, since a plan keeps them there.
//
// Called by ask(), and by the planner's front. Never asks anybody itself.
#pragma once

#include <map>
#include <set>
#include <string>

#include "same/same.h"
#include "source/reads.h"

namespace segue::same {

/// Whether a definition of the object takes the columns of one of these relations (by their keys) as they come.
bool takes_columns_of(const model::Object& object, const std::set<std::string>& relations,
                      const source::ReadsFinder& finder);

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
