// What stands in the way of a change though it depends on nothing that changes: it is taken off meanwhile.
//
// Used by plan/changes.cpp before changes spread to dependents, and while they do. Holds the rules, and takes nothing
// off itself.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/schema.h"
#include "plan/changes.h"

namespace segue::plan {

/// An object that differs, as the plan is about to change it.
struct Differing {
  enum class How { comes, goes, replaced, altered } how = How::altered;
  const model::Object* object = nullptr;  ///< as it stands, or as it will where it comes
};

struct TakenOff {
  const model::Object* object = nullptr;  ///< as it stands
  std::string reason;                     ///< "taken off while … changes"
  std::set<std::string> around;           ///< the alterations that it must not watch
};

/// Foreign keys that would look for the rows of a partition that leaves and returns; indexes that would give one to a
/// partition that comes; event triggers whose function changes beside others; what is altered beside the attributes of
/// a composite type.
std::vector<TakenOff> taken_off(const std::vector<Differing>& differing, const ChangeInput& input);

/// A foreign key hangs on the index behind it and names none of its included columns: ALTER TYPE of one makes the index
/// again and not the key (tablecmds.c RememberAllDependentForRebuilding).
std::vector<const model::Object*> keys_over_included(const model::Object& column, const ChangeInput& input);

}  // namespace segue::plan
