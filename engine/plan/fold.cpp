#include "plan/fold.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "plan/waiting.h"

namespace segue::plan {
namespace {

using model::Fragment;

/// The head that all of them share, and the path; nothing where one stands by itself.
std::optional<std::string> common_head(const std::vector<Fragment>& fragments) {
  if (fragments.empty() || fragments.front().head.empty()) return std::nullopt;
  const Fragment& first = fragments.front();
  const bool all = std::all_of(fragments.begin(), fragments.end(), [&](const Fragment& one) {
    return one.head == first.head && one.search_path == first.search_path;
  });
  return all ? std::optional(first.head + "\n" + first.search_path) : std::nullopt;
}

/// Drafts of one such text may become one step.
std::optional<std::string> fold_key(const Draft& draft) {
  const auto there = common_head(draft.forwards);
  const auto back = common_head(draft.backwards);
  if (!there || !back || !draft.apart.empty() || !draft.ahead.empty()) return std::nullopt;
  return *there + "\n" + *back + "\n" + draft.step.lock.mode;
}

/// Whether `later` waits for none of the drafts from `earlier` on, nor for anything that comes about by itself.
bool is_free(const std::vector<Draft>& drafts, const Graph& graph, const Waiting& waiting, std::size_t earlier,
             std::size_t later) {
  const auto ran_before = [&](std::size_t change) {
    const std::vector<std::size_t>& places = waiting.of(change);
    return !places.empty() && (places.back() == later || places.back() < earlier);
  };
  return std::all_of(drafts[later].changes.begin(), drafts[later].changes.end(), [&](std::size_t change) {
    return std::all_of(graph.before(change).begin(), graph.before(change).end(), ran_before);
  });
}

Part part_of(const Step& step) { return {step.object, step.kind, step.verb, step.reason, step.source}; }

void raise_fidelity(const Inverse& from, Inverse& to) {
  const auto rank = [](const std::string& fidelity) { return fidelity == "none" ? 2 : fidelity == "exact" ? 0 : 1; };
  if (rank(from.fidelity) <= rank(to.fidelity)) return;
  to.fidelity = from.fidelity;
  to.reason = from.reason;
}

template <class Item>
void append(const std::vector<Item>& from, std::vector<Item>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

void append_new(const std::vector<std::string>& from, std::vector<std::string>& to) {
  for (const std::string& one : from) {
    if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
  }
}

void take_in(Draft& head, Draft& other) {
  Step& step = head.step;
  if (step.parts.empty()) step.parts.push_back(part_of(step));
  step.parts.push_back(part_of(other.step));
  step.object = head.owner;
  step.kind = head.owner_kind;
  step.verb = Verb::alter;
  step.reason = std::to_string(step.parts.size()) + " changes in one statement";
  append(other.forwards, head.forwards);
  append(head.backwards, other.backwards);  // the way back runs against the order
  head.backwards = std::move(other.backwards);
  append(other.changes, head.changes);  // who waits for them, or they for whom, is asked again behind this
  append(other.step.changes, step.changes);
  append_new(other.step.lock.relations, step.lock.relations);
  append_new(other.step.hazards, step.hazards);
  append(other.step.preflight, step.preflight);
  append(other.step.inverse.preflight, step.inverse.preflight);
  raise_fidelity(other.step.inverse, step.inverse);
  step.rewrites = step.rewrites || other.step.rewrites;
  step.scans = step.scans || other.step.scans;
}

[[maybe_unused]] std::size_t changes_in(const std::vector<Draft>& drafts) {
  return std::accumulate(drafts.begin(), drafts.end(), std::size_t{0},
                         [](std::size_t sum, const Draft& draft) { return sum + draft.changes.size(); });
}

}  // namespace

std::vector<Draft> fold(std::vector<Draft> drafts, const Graph& graph) {
  const Waiting waiting(drafts, graph);
  std::map<std::string, std::size_t> heads;
  std::vector<Draft> folded;
  std::vector<std::size_t> at(drafts.size());  // where the head of each draft stands in `folded`
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const auto key = fold_key(drafts[i]);
    const auto head = key ? heads.find(*key) : heads.end();
    if (head != heads.end() && is_free(drafts, graph, waiting, head->second, i)) {
      take_in(folded[at[head->second]], drafts[i]);
      continue;
    }
    if (key) heads[*key] = i;
    at[i] = folded.size();
    folded.push_back(drafts[i]);
  }
  assert(changes_in(folded) == changes_in(drafts));  // else nothing waits for what was taken in
  return folded;
}

}  // namespace segue::plan
