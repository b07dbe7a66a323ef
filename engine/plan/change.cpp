// What is asked of one change, and of who reads what (plan/changes.h).
#include <algorithm>

#include "plan/changes.h"

namespace segue::plan {

using model::Object;

model::Sides sides_of(const ChangeInput& input, const Change& change, bool backwards) {
  model::Sides sides;
  sides.from = backwards ? change.to : change.from;
  sides.to = backwards ? change.from : change.to;
  sides.from_schema = backwards ? input.to : input.from;
  sides.to_schema = backwards ? input.from : input.to;
  sides.server_version = input.server_version;
  sides.may_commit_ahead = input.may_commit_ahead && !backwards;  // a way back is one transaction
  return sides;
}

Impact impact_of(const ChangeInput& input, const Change& alteration, bool backwards) {
  const model::Sides sides = sides_of(input, alteration, backwards);
  Impact impact = Impact::none;
  for (const std::size_t i : alteration.attributes) {
    const model::Attribute& attribute = sides.to->kind->attributes[i];
    const model::Change how = attribute.decide != nullptr ? attribute.decide(sides) : attribute.change;
    if (how == model::Change::replace) return Impact::replaces;
    if (attribute.disturbs_dependents && how == model::Change::alter) impact = Impact::disturbs;
  }
  return impact;
}

bool is_rebuilt(const Object& object) {
  return object.kind->rebuilt_when_disturbed != nullptr && object.kind->rebuilt_when_disturbed(object);
}

std::string lost_with(const Object& standing, const Object* wanted) {
  const auto lost = standing.kind->lost_when_dropped;
  return lost == nullptr ? "" : lost(standing, wanted);
}

std::optional<std::size_t> find(const ChangeIndex& in, const std::string& key) {
  const auto found = in.find(key);
  return found == in.end() ? std::nullopt : std::optional(found->second);
}

const std::vector<const Object*>& Dependents::of(const std::string& key) const {
  static const std::vector<const Object*> nobody;
  if (by_key_.empty()) {
    for (const Object& object : schema_.objects()) {
      for (const std::string& needed : object.depends) by_key_[needed].push_back(&object);
    }
  }
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? nobody : found->second;
}

std::vector<PartRead> reads_alike(const Object& object, const model::Schema& side) {
  std::vector<PartRead> found;
  for (const Object* part : side.children(object.key)) {
    for (const std::string& key : part->depends) {
      const Object* read = side.find(key);
      if (read != nullptr && read != &object && read->kind == object.kind) found.push_back({part, read});
    }
  }
  return found;
}

std::string_view why_ahead(const Change& change, const model::Sides& sides) {
  if (change.op != Change::Op::alter) return {};
  for (const std::size_t i : change.attributes) {
    const model::Attribute& attribute = change.to->kind->attributes[i];
    if (attribute.decide != nullptr && attribute.decide(sides) == model::Change::ahead) return attribute.ahead;
  }
  return {};
}

}  // namespace segue::plan
