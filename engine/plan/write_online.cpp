// Steps that hold nobody up: indexes built outside of any transaction, constraints validated apart.
#include <algorithm>

#include "plan/locks.h"
#include "plan/write_step.h"

namespace segue::plan {

using model::Fragment;
using model::Object;

/// Whether a statement reads a table under a lock that writers wait for, and this is worth avoiding: always, or where
/// the table is large.
bool StepWriter::holds_others_up(const std::vector<Fragment>& fragments) const {
  if (input_.online != "always" && input_.online != "auto") return false;
  return std::any_of(fragments.begin(), fragments.end(), [&](const Fragment& fragment) {
    const LockFact fact = lock_fact(fragment.form, input_.server_version);
    if (!fact.scans || lock_level(fact.mode) < lock_level("SHARE") || fragment.relations.empty()) return false;
    const std::string& relation = fragment.relations.front();
    if (standing_.count(relation) == 0) return false;
    return input_.online == "always" || (input_.is_large && input_.is_large(relation));
  });
}

/// Writes the draft's statement anew, as one that runs outside of any transaction; false where there is none.
bool StepWriter::write_alone(const Change& change, Draft& draft) {
  if (change.op != Change::Op::create || change.to->kind->create_online == nullptr || draft.forwards.size() != 1)
    return false;
  model::Emit emit;
  change.to->kind->create_online(sides(nullptr, change.to, false), emit);
  if (emit.fragments().size() != 1) return false;
  drop_needless_path({change.to}, emit);
  Step& step = draft.step;
  step.lock = {};
  step.scans = step.rewrites = false;
  step.hazards = {hazard::not_transactional};
  if (input_.online == "always") step.allowed = step.hazards;
  add_locks(emit.fragments(), step);
  const model::Alone& alone = *emit.fragments().front().alone;
  step.alone = {alone.is_done, alone.clean};
  draft.apart = "it runs outside of any transaction, so that nobody who writes rows waits for it";
  draft.forwards = std::move(emit.fragments());
  return true;
}

/// A step that makes the first form, and one apart that makes it whole; empty where that cannot be.
std::vector<Draft> StepWriter::write_two(const Change& change, std::size_t node) {
  if (change.op != Change::Op::create || change.to->kind->first_form == nullptr) return {};
  Object first = *change.to;
  if (!change.to->kind->first_form(sides(nullptr, change.to, false), first)) return {};
  std::vector<std::size_t> left;
  for (std::size_t i = 0; i < first.values.size(); ++i) {
    if (first.values[i] != change.to->values[i]) left.push_back(i);
  }
  const Object* made = &first_forms_.emplace_back(std::move(first));
  Change create = change;
  create.to = made;
  Change finish{Change::Op::alter,
                made,
                change.to,
                std::move(left),
                false,
                "rows are read apart from the lock under which it was made",
                {}};
  std::vector<Draft> drafts;
  for (const Change& one : {create, finish}) {
    std::optional<Draft> draft = write_one(one, {one.to}, {node});
    if (!draft) return {};
    drafts.push_back(std::move(*draft));
  }
  // what takes the first step back takes the second along
  drafts.back().backwards.clear();
  drafts.back().step.inverse.fidelity = "exact";
  drafts.back().apart = "it reads all rows, which the lock of the step before must not wait for";
  return drafts;
}

std::vector<Draft> StepWriter::write(const std::vector<std::size_t>& members, const std::vector<Change>& changes) {
  const Change& head = changes[members.front()];
  Objects objects;
  for (const std::size_t i : members) objects.push_back(&changes[i].object());
  std::optional<Draft> draft = write_one(head, std::move(objects), members);
  if (!draft) return {};
  if (members.size() == 1 && holds_others_up(draft->forwards) && !write_alone(head, *draft)) {
    if (std::vector<Draft> two = write_two(head, members.front()); !two.empty()) return two;
  }
  std::vector<Draft> drafts;
  drafts.push_back(std::move(*draft));
  return drafts;
}

}  // namespace segue::plan
