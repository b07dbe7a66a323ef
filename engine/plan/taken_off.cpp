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

/// The attributes of composite types that come or go.
struct Reshaped {
  std::set<std::string> types;
  std::set<std::string> attributes;
};

Reshaped reshaped_types(const std::vector<Differing>& differing) {
  Reshaped found;
  for (const Differing& one : differing) {
    if (one.object->kind != &kinds::composite_attribute || one.how == How::altered) continue;
    found.types.insert(one.object->parent);
    found.attributes.insert(one.object->key);
  }
  return found;
}

/// Whether it reads one of the types, or a column that holds values of one.
bool reads_any(const Object& object, const std::set<std::string>& types, const model::Schema& side) {
  return std::any_of(object.depends.begin(), object.depends.end(), [&](const std::string& key) {
    const Object* read = side.find(key);
    const bool is_column = read != nullptr && read->kind == &kinds::column;
    return types.count(key) != 0 || (is_column && reads_any(*read, types, side));
  });
}

/// What is altered along with the attributes of a composite type that it reads: a row of the type's old shape, or an
/// attribute that is no more, fits on one side of that alone, there and back.
bool follows_shape(const Object& object, const std::set<std::string>& reshaped, const ChangeInput& input) {
  const auto& attributes = object.kind->attributes;
  const bool is_analysed = std::any_of(attributes.begin(), attributes.end(), [](const model::Attribute& attribute) {
    return attribute.type == model::Type::definition && attribute.grammar != model::Grammar::body;
  });
  const bool can_go = !object.kind->holds_rows && object.kind->name_space != model::NameSpace::type;
  if (!is_analysed || !can_go || is_of_function(object)) return false;
  const Object* after = input.to->find(object.key);
  return reads_any(object, reshaped, *input.from) || (after != nullptr && reads_any(*after, reshaped, *input.to));
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
  const Reshaped reshaped = reshaped_types(differing);
  for (const Differing& one : differing) {
    const model::Kind* kind = one.object->kind;
    if (one.how == How::replaced && kind == &kinds::partition) keys_of_detached(one, input, off);
    if ((one.how == How::replaced || one.how == How::comes) && kind == &kinds::partition)
      indexes_above(one, input, off);
    if (one.how != How::altered) continue;
    if (kind == &kinds::function && !functions_alone) watchers(*one.object, input, off);
    if (!reshaped.types.empty() && follows_shape(*one.object, reshaped.types, input))
      off.push_back({one.object, "taken off while a type that it reads changes", reshaped.attributes});
  }
  return off;
}

}  // namespace segue::plan
