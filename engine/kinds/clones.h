// Triggers that a partition has from a partitioned table above it. PostgreSQL: pg_trigger.tgparentid, trigger.c
// CreateTriggerFiringOn.
//
// Used by the kinds that speak of such a trigger: it is no object, but its state and its comment are. Holds no rule of
// any kind.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds {

struct Clone {
  const model::Object* original = nullptr;  ///< the trigger; null where the partition has none of that name from above
  model::List memberships;                  ///< keys of the memberships that lead up to its table
};
Clone clone_on(const model::Schema& side, const model::Object& below, const std::string& name);

}  // namespace segue::kinds
