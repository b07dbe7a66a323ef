#include "exec/state_check.h"

#include <algorithm>
#include <set>

namespace segue::exec {
namespace {

using What = Difference::What;

/// Everything that either side knows and the other does not, or knows otherwise, apart from `touched`.
void compare_rest(const std::set<std::string>& touched, const Snapshot& before, const Snapshot& after,
                  Differences& out) {
  for (const auto& [key, state] : before) {
    if (touched.count(key) != 0) continue;
    const auto found = after.find(key);
    if (found == after.end()) {
      out.push_back({What::gone, key});
    } else if (found->second.hash != state.hash) {
      out.push_back({What::changed, key});
    }
  }
  for (const auto& [key, state] : after) {
    if (touched.count(key) == 0 && before.count(key) == 0) out.push_back({What::appeared, key});
  }
}

/// Equal as far as both sides know: the server's form of a definition may be unknown before it ran.
bool fits(const plan::Shape& expected, const plan::Shape& actual) {
  if (!expected.attributes.empty() && expected.attributes != actual.attributes) return false;
  for (const auto& [name, hash] : expected.definitions) {
    const auto found = actual.definitions.find(name);
    if (found == actual.definitions.end()) return false;
    if (hash && found->second && *hash != *found->second) return false;
  }
  for (const auto& [name, hash] : actual.definitions) {
    if (expected.definitions.count(name) == 0) return false;
  }
  return true;
}

/// Whether nothing about it had to stay unknown until the plan ran.
bool is_known(const plan::Shape& shape) {
  return !shape.attributes.empty() && std::all_of(shape.definitions.begin(), shape.definitions.end(),
                                                  [](const auto& one) { return one.second.has_value(); });
}

/// What nobody can tell from what was there before.
void compare_unknown(const std::map<std::string, plan::Shape>& expected, const Snapshot& now, Differences& out) {
  for (const auto& [key, shape] : expected) {
    const auto found = now.find(key);
    if (found != now.end() && !is_known(shape) && fits(shape, found->second.shape)) out.push_back({What::changed, key});
  }
}

void compare_shapes(const std::map<std::string, plan::Shape>& expected, const LeftState& left, const Snapshot& now,
                    Differences& out) {
  for (const auto& [key, shape] : expected) {
    const auto found = now.find(key);
    const auto exact = left.find(key);
    if (found == now.end()) {
      // what is not remembered is nobody's to miss, where anything is (left_state)
      const bool nobody_knew = shape == plan::Shape{} || !left.empty();
      if (!nobody_knew || exact != left.end()) out.push_back({What::gone, key});
    } else if (exact != left.end() ? exact->second != found->second.hash : !fits(shape, found->second.shape)) {
      out.push_back({What::changed, key});
    }
  }
}

void compare_absent(const std::vector<std::string>& keys, const Snapshot& now, Differences& out) {
  for (const std::string& key : keys) {
    if (now.count(key) != 0) out.push_back({What::appeared, key});
  }
}

std::set<std::string> touched_by(const plan::Effects& effects) {
  std::set<std::string> keys(effects.removed.begin(), effects.removed.end());
  for (const auto& [key, shape] : effects.added) keys.insert(key);
  for (const auto& [key, shape] : effects.altered) keys.insert(key);
  return keys;
}

/// The hashes of those that are there.
LeftState hashes_of(const std::set<std::string>& keys, const Snapshot& now) {
  LeftState hashes;
  for (const std::string& key : keys) {
    const auto found = now.find(key);
    if (found != now.end()) hashes[key] = found->second.hash;
  }
  return hashes;
}

/// Effects that no step speaks of, since the server brings them about with another: any group may have done so.
std::set<std::string> touched_by_nobody(const plan::Body& plan) {
  std::set<std::string> keys = touched_by(plan.effects);
  for (const plan::Step& step : plan.steps) {
    for (const std::string& key : step.changes) keys.erase(key);
  }
  return keys;
}

std::string_view word(What what) {
  switch (what) {
    case What::gone:
      return "gone:    ";
    case What::appeared:
      return "new:     ";
    case What::changed:
      return "changed: ";
  }
  return "";
}

std::string name_of_loss(const std::string& step_id) { return "loss of " + step_id; }

}  // namespace

void note_lost_nothing(LeftState& left, const std::string& step_id) { left[name_of_loss(step_id)] = "nothing"; }

bool lost_nothing(const LeftState& left, const std::string& step_id) { return left.count(name_of_loss(step_id)) != 0; }

std::set<std::string> touched_by(const plan::Body& plan, int first, int last) {
  std::set<std::string> keys;
  for (const plan::Step& step : plan.steps) {
    if (step.group >= first && step.group <= last) keys.insert(step.changes.begin(), step.changes.end());
  }
  return keys;
}

Differences differs_from_read(const plan::Body& plan, const Snapshot& now, bool strict) {
  Differences out;
  const std::set<std::string> watched(plan.watches.begin(), plan.watches.end());
  for (const auto& [key, hash] : plan.reads) {
    const auto found = now.find(key);
    if (found == now.end()) {
      out.push_back({What::gone, key});
    } else if (found->second.hash != hash) {
      out.push_back({What::changed, key});
    }
  }
  const auto hangs_below_watched = [&](const ObjectState& state) {
    return std::any_of(state.below.begin(), state.below.end(),
                       [&](const std::string& table) { return watched.count("below " + table) != 0; });
  };
  for (const auto& [key, state] : now) {
    const bool in_the_way =
        strict || plan.effects.added.count(key) != 0 || watched.count(state.part_of) != 0 || hangs_below_watched(state);
    if (in_the_way && plan.reads.count(key) == 0) out.push_back({What::appeared, key});
  }
  return out;
}

Differences differs_from_effects(const plan::Effects& effects, const Snapshot& before, const Snapshot& after) {
  Differences out;
  compare_absent(effects.removed, after, out);
  compare_shapes(effects.added, {}, after, out);
  compare_shapes(effects.altered, {}, after, out);
  compare_rest(touched_by(effects), before, after, out);
  return out;
}

namespace {

/// What went and came with others, and has no effect of its own, is in the end what it was.
void compare_back(const std::set<std::string>& touched, const plan::Body& plan, const Snapshot& after,
                  Differences& out) {
  const std::set<std::string> with_effect = touched_by(plan.effects);
  for (const std::string& key : touched) {
    const auto was = plan.reads.find(key);
    const auto found = after.find(key);
    const bool counts = with_effect.count(key) == 0 && was != plan.reads.end() && found != after.end();
    if (counts && found->second.hash != was->second) out.push_back({What::changed, key});
  }
}

}  // namespace

Differences differs_from_progress(const plan::Body& plan, int done, const LeftState& left, const Snapshot& now) {
  Differences out;
  const std::set<std::string> touched = touched_by(plan, 1, done);
  for (const std::string& key : touched) {
    const auto found = now.find(key);
    const auto was = left.find(key);
    if (was == left.end() && found != now.end()) out.push_back({What::appeared, key});
    if (was != left.end() && found == now.end()) out.push_back({What::gone, key});
    if (was != left.end() && found != now.end() && found->second.hash != was->second)
      out.push_back({What::changed, key});
  }
  const std::set<std::string> by_nobody = touched_by_nobody(plan);
  const auto is_settled = [&](const Difference& one) {
    return touched.count(one.key) != 0 || by_nobody.count(one.key) != 0;
  };
  for (Difference& one : differs_from_read(plan, now, false)) {
    if (!is_settled(one)) out.push_back(std::move(one));
  }
  return out;
}

Differences differs_from_part(const plan::Body& plan, int part, const Snapshot& before, const Snapshot& after) {
  const int last = static_cast<int>(plan.groups.size());
  std::set<std::string> touched = touched_by(plan, part, part);
  const std::set<std::string> later = touched_by(plan, part + 1, last);
  const std::set<std::string> by_nobody = touched_by_nobody(plan);
  Differences out;
  for (Difference& one : differs_from_effects(plan.effects, after, after)) {
    const bool due = part == last || (touched.count(one.key) != 0 && later.count(one.key) == 0);
    if (due) out.push_back(std::move(one));
  }
  if (part == last) compare_back(touched, plan, after, out);
  touched.insert(by_nobody.begin(), by_nobody.end());
  compare_rest(touched, before, after, out);
  return out;
}

LeftState left_by_parts(const plan::Body& plan, int done, const Snapshot& after) {
  return hashes_of(touched_by(plan, 1, done), after);
}

Differences differs_from_left(const plan::Body& plan, const LeftState* left, const Snapshot& now) {
  Differences out;
  const LeftState none;
  compare_absent(plan.effects.removed, now, out);
  compare_shapes(plan.effects.added, left != nullptr ? *left : none, now, out);
  compare_shapes(plan.effects.altered, left != nullptr ? *left : none, now, out);
  if (left == nullptr) compare_unknown(plan.effects.altered, now, out);
  for (const auto& [key, state] : now) {
    const bool made = plan.effects.added.count(key) != 0 || plan.effects.altered.count(key) != 0;
    if (!made && plan.effects.added.count(state.part_of) != 0) out.push_back({What::appeared, key});
  }
  return out;
}

Differences differs_from_restored(const plan::Body& plan, const Snapshot& before, const Snapshot& after) {
  Differences out;
  const std::set<std::string> touched = touched_by(plan.effects);
  for (const std::string& key : touched) {
    const auto was = plan.reads.find(key);
    const auto found = after.find(key);
    if (was == plan.reads.end()) {
      if (found != after.end() && plan.effects.added.count(key) != 0) out.push_back({What::appeared, key});
    } else if (found == after.end()) {
      const bool went_before = plan.effects.altered.count(key) != 0 && before.count(key) == 0;
      if (!went_before) out.push_back({What::gone, key});
    } else if (found->second.hash != was->second) {
      out.push_back({What::changed, key});
    }
  }
  // an index stands by itself between two groups, until it is a constraint's: neither before them nor behind
  std::set<std::string> between = touched_by(plan, 1, static_cast<int>(plan.groups.size()));
  for (const std::string& key : between) {
    if (touched.count(key) == 0 && plan.reads.count(key) == 0 && after.count(key) != 0)
      out.push_back({What::appeared, key});
  }
  between.insert(touched.begin(), touched.end());
  compare_rest(between, before, after, out);
  return out;
}

bool same(const Snapshot& before, const Snapshot& after) {
  Differences differences;
  compare_rest({}, before, after, differences);
  return differences.empty();
}

namespace {

/// Tables that hang below others and are in no file: they come and go as they like.
std::set<std::string> followers(const plan::Body& plan, const Snapshot& now) {
  const std::set<std::string> managed(plan.manages.begin(), plan.manages.end());
  std::set<std::string> tables;
  for (const auto& [key, state] : now) {
    const std::string& table = state.part_of.empty() ? key : state.part_of;
    if (!state.below.empty() && managed.count(table) == 0) tables.insert(table);
  }
  return tables;
}

}  // namespace

LeftState left_state(const plan::Body& plan, const Snapshot& after) {
  std::set<std::string> keys;
  for (const auto* part : {&plan.effects.added, &plan.effects.altered}) {
    for (const auto& [key, shape] : *part) keys.insert(key);
  }
  const std::set<std::string> not_ours = followers(plan, after);
  std::erase_if(keys, [&](const std::string& key) {
    const auto found = after.find(key);
    return found != after.end() && not_ours.count(found->second.part_of) != 0;
  });
  return hashes_of(keys, after);
}

std::string list(const Differences& differences, Inspector& inspector, std::size_t limit) {
  std::string out;
  for (std::size_t i = 0; i < differences.size() && i < limit; ++i) {
    out += (i == 0 ? "  " : "\n  ") + std::string(word(differences[i].what)) + differences[i].key;
    const std::string detail = inspector.describe(differences[i].key);
    std::size_t begin = 0;
    while (begin < detail.size()) {
      const std::size_t end = std::min(detail.find('\n', begin), detail.size());
      if (end > begin) out += "\n             " + detail.substr(begin, end - begin);
      begin = end + 1;
    }
  }
  if (differences.size() > limit) out += "\n  and " + std::to_string(differences.size() - limit) + " more";
  return out;
}

}  // namespace segue::exec
