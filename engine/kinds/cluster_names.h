// What objects name of their cluster: roles and tablespaces. They are nobody's to make but an administrator's.
//
// Used by the facade, to say which of them a server lacks and to make them on one that is ours.
#pragma once

#include <set>
#include <string>

#include "model/object.h"

namespace segue::kinds {

/// As they are, unquoted; without those that every cluster has (pg_monitor, pg_default).
struct ClusterNames {
  std::set<std::string> roles;
  std::set<std::string> tablespaces;
};

void add_cluster_names(const model::Object& object, ClusterNames& names);

}  // namespace segue::kinds
