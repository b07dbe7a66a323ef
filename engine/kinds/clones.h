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

/// Keys of the memberships that lead from a table up to that of a trigger.
model::List memberships_up_to(const model::Object& original, const model::Schema& side, const model::Object& below);

/// Whether no membership changes on which the state of a copy depends. One that leaves takes the copy away, and one
/// that comes makes it, as the original is then: the state is taken off before and written behind.
bool stays_attached(const model::Object& state, const model::Sides& sides);

}  // namespace segue::kinds
