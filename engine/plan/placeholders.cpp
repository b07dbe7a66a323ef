#include "plan/placeholders.h"

#include <algorithm>
#include <optional>

#include "kinds/placeholder.h"

namespace segue::plan {
namespace {

using model::Object;

/// Whether the object is no part of another one on the cycle.
bool stands_alone(const Object& object, const std::vector<std::size_t>& cycle, const std::vector<Change>& changes) {
  return std::none_of(cycle.begin(), cycle.end(),
                      [&](std::size_t node) { return changes[node].object().key == object.parent; });
}

/// What a desired placeholder reads is said by its text alone.
std::optional<Object> placeholder_for(const PlannerInput& input, const Change& change) {
  if (change.stage != Change::Stage::whole || change.op == Change::Op::alter) return std::nullopt;
  const bool comes = change.op == Change::Op::create;
  auto placeholder = kinds::placeholder_of(change.object(), comes ? *input.to : *input.from);
  if (placeholder && comes && input.reads) {
    for (std::string& key : input.reads(*placeholder)) placeholder->depends.push_back(std::move(key));
  }
  return placeholder;
}

bool needs(const Object& placeholder, const Object& other) {
  return placeholder.parent == other.key ||
         std::find(placeholder.depends.begin(), placeholder.depends.end(), other.key) != placeholder.depends.end();
}

void split(Change& change, const Object& placeholder, const Object& other, std::vector<Change>& changes) {
  const std::string both = "it and " + other.key + " read each other";
  Change second = change;
  second.op = Change::Op::alter;
  if (change.op == Change::Op::create) {
    second.from = &placeholder;
    second.stage = Change::Stage::fill;
    second.reason = "its definition in the place of its placeholder: " + both;
    change.to = &placeholder;
    change.reason += (change.reason.empty() ? "" : "; ") + ("as a placeholder first: " + both);
  } else {
    second.to = &placeholder;
    second.stage = Change::Stage::empty;
    second.reason = "a placeholder in the place of its definition: " + both;
    change.from = &placeholder;
  }
  change.stage = Change::Stage::placeholder;
  changes.push_back(std::move(second));  // the last: `change` is one of them
}

}  // namespace

bool split_one(const PlannerInput& input, const std::vector<std::size_t>& cycle, std::vector<Change>& changes,
               std::deque<Object>& placeholders) {
  std::optional<std::size_t> best;
  std::optional<Object> found;
  const Object* reader = nullptr;
  for (const std::size_t node : cycle) {
    if (best && changes[*best].object().key <= changes[node].object().key) continue;  // the same on every machine
    auto placeholder = placeholder_for(input, changes[node]);
    if (!placeholder) continue;
    const Object* other = nullptr;
    bool needs_others = false;
    for (const std::size_t one : cycle) {
      const Object& object = changes[one].object();
      if (one == node || object.key == placeholder->key) continue;
      needs_others = needs_others || needs(*placeholder, object);
      if (other == nullptr && stands_alone(object, cycle, changes)) other = &object;
    }
    if (needs_others || other == nullptr) continue;
    best = node;
    found = std::move(placeholder);
    reader = other;
  }
  if (!best) return false;
  split(changes[*best], placeholders.emplace_back(std::move(*found)), *reader, changes);
  return true;
}

}  // namespace segue::plan
