#include "diff/diff.h"

namespace segue::diff {
namespace {

using model::Change;
using model::Object;

bool is_compared(const model::Attribute& attribute) { return attribute.change != Change::derived; }

/// A kind may say that two values mean the same to the server although they are written differently.
bool makes_a_difference(const model::Attribute& attribute, const Object& from, const Object& to, model::Sides sides) {
  if (attribute.decide == nullptr) return true;
  sides.from = &from;
  sides.to = &to;
  return attribute.decide(sides) != Change::derived;
}

std::vector<std::size_t> differing(const Object& from, const Object& to, const model::Sides& sides) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < from.values.size(); ++i) {
    const model::Attribute& attribute = from.kind->attributes[i];
    if (!is_compared(attribute) || model::same_value(attribute, from[i], to[i])) continue;
    if (!makes_a_difference(attribute, from, to, sides)) continue;
    found.push_back(i);
  }
  return found;
}

bool is_compared_definition(const model::Attribute& attribute) {
  return attribute.type == model::Type::definition && is_compared(attribute);
}

bool holds_definition(const Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    if (object.has(i) && is_compared_definition(object.kind->attributes[i])) return true;
  }
  return false;
}

}  // namespace

std::vector<Pair> undecided_pairs(const model::Schema& from, const model::Schema& to) {
  std::vector<Pair> pairs;
  for (const Object& desired : to.objects()) {
    const Object* live = holds_definition(desired) ? from.find(desired.key) : nullptr;
    if (live == nullptr) continue;
    for (std::size_t i = 0; i < desired.values.size(); ++i) {
      if (!is_compared_definition(desired.kind->attributes[i])) continue;
      if (live->has(i) && desired.has(i) && (*live)[i] != desired[i]) pairs.push_back({live, &desired, i});
    }
  }
  return pairs;
}

std::vector<Difference> compare(const model::Schema& from, const model::Schema& to) {
  std::vector<Difference> differences;
  model::Sides sides;
  sides.from_schema = &from;
  sides.to_schema = &to;
  std::size_t on_both_sides = 0;
  for (const Object& desired : to.objects()) {
    const Object* live = from.find(desired.key);
    if (live == nullptr) {
      differences.push_back({nullptr, &desired, {}});
      continue;
    }
    ++on_both_sides;
    std::vector<std::size_t> attributes = differing(*live, desired, sides);
    if (!attributes.empty()) differences.push_back({live, &desired, std::move(attributes)});
  }
  if (on_both_sides == from.size()) return differences;
  for (const Object& live : from.objects()) {
    if (!to.contains(live.key)) differences.push_back({&live, nullptr, {}});
  }
  return differences;
}

}  // namespace segue::diff
