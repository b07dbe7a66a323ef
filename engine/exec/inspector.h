// What apply asks to see of the database, so that it needs to know neither kinds nor catalogs.
//
// Implemented over catalog/; used by exec/ inside its own transaction. Never changes anything.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "plan/plan.h"

namespace segue::exec {

struct ObjectState {
  std::string hash;          ///< of the whole object, comparable with Body::reads
  plan::Shape shape;         ///< comparable with Effects
  std::string part_of = {};  ///< key of the relation, routine or type that it belongs to; "" where it stands alone
  std::vector<std::string> below = {};  ///< keys of the tables that it makes a table hang below
};

/// All objects in the plan's scope by key.
using Snapshot = std::map<std::string, ObjectState>;

class Inspector {
 public:
  virtual ~Inspector() = default;
  /// Reads the whole catalog on this session, inside whatever transaction it is in.
  virtual Result<Snapshot> snapshot(Session& session, const plan::Body& plan) = 0;
  /// For messages: what differs between an object as the plan read it and as it stands; one line each.
  virtual std::string describe(const std::string& key) = 0;
};

}  // namespace segue::exec
