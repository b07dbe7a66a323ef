#include "plan/taken_off.h"

#include <algorithm>

#include "kinds/kinds.h"
#include "kinds/partition_parts.h"
#include "kinds/relation.h"

namespace segue::plan {
namespace {

using model::Object;
using How = Differing::How;

void keys_of_detached(const Differing& partition, const ChangeInput& input, std::vector<TakenOff>& off) {
  for (const Object* one : kinds::keys_to_those_above(*input.from, *partition.object)) {
    if (input.to->contains(one->key))
      off.push_back({one, "taken off while " + partition.object->key + " is detached", {}});
  }
}

/// A partition comes while what it is to have no index for is not there, and comes back while what it had none for
/// is not: on the way back that is the same.
void indexes_above(const Differing& partition, const ChangeInput& input, std::vector<TakenOff>& off) {
  for (const model::Schema* side : {input.to, input.from}) {
    const Object* membership = side->find(partition.object->key);
    for (const Object* wanted :
         membership == nullptr ? std::vector<const Object*>{} : kinds::indexes_without_one_below(*side, *membership)) {
      if (const Object* live = input.from->find(wanted->key))
        off.push_back({live, "taken off while " + partition.object->key + " comes", {partition.object->key}});
    }
  }
}

bool includes(const Object& index, const std::string& column) {
  if (index.kind != &kinds::index && !kinds::is_key(index)) return false;
  const auto& list = index.list(model::attribute(*index.kind, "included"));
  return std::find(list.begin(), list.end(), column) != list.end();
}

bool is_of_function(const Object& object) {
  return object.kind == &kinds::function || object.parent.rfind(std::string(kinds::function.name) + " ", 0) == 0;
}

/// A function that watches statements is changed along with what it looks at: as it was and as it will be, it may fail
/// in between.
void watchers(const Object& function, const ChangeInput& input, std::vector<TakenOff>& off) {
  for (const Object* one : input.dependents->of(function.key)) {
    if (one->kind == &kinds::event_trigger)
      off.push_back({one, "taken off while " + function.key + " and others change", {function.key}});
  }
}

}  // namespace

std::vector<const Object*> keys_over_included(const Object& column, const ChangeInput& input) {
  std::vector<const Object*> keys;
  for (const Object* index : input.from->children(column.parent)) {
    if (!includes(*index, column.name())) continue;
    for (const Object* one : input.dependents->of(index->key)) {
      if (one->kind == &kinds::constraint) keys.push_back(one);
    }
  }
  return keys;
}

std::vector<TakenOff> taken_off(const std::vector<Differing>& differing, const ChangeInput& input) {
  std::vector<TakenOff> off;
  const bool functions_alone =
      std::all_of(differing.begin(), differing.end(), [](const Differing& one) { return is_of_function(*one.object); });
  for (const Differing& one : differing) {
    const model::Kind* kind = one.object->kind;
    if (one.how == How::replaced && kind == &kinds::partition) keys_of_detached(one, input, off);
    if ((one.how == How::replaced || one.how == How::comes) && kind == &kinds::partition)
      indexes_above(one, input, off);
    if (one.how != How::altered) continue;
    if (kind == &kinds::function && !functions_alone) watchers(*one.object, input, off);
  }
  return off;
}

}  // namespace segue::plan
