// Steps that hold nobody up: indexes built and dropped outside of any transaction, constraints validated apart.
#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "plan/locks.h"
#include "plan/write_step.h"

namespace segue::plan {

using model::Fragment;
using model::Object;

/// Whether a statement reads a table under a lock that writers wait for, and this is worth avoiding: always, or where
/// the table is large.
bool StepWriter::holds_others_up(const std::vector<Fragment>& fragments) const {
  return std::any_of(fragments.begin(), fragments.end(), [&](const Fragment& fragment) {
    const LockFact fact = lock_fact(fragment.form, input_.server_version);
    if (!fact.scans || lock_level(fact.mode) < lock_level("SHARE") || fragment.relations.empty()) return false;
    const std::string& relation = fragment.relations.front();
    if (standing_.count(relation) == 0) return false;
    return input_.spares({relation});
  });
}

/// Whether an index goes by itself, and nobody should wait behind those who use it: always, or where its table is
/// large. What is put up again goes in the transaction in which it comes.
bool StepWriter::may_drop_online(const Change& change, const std::vector<Fragment>& fragments) const {
  return change.op == Change::Op::drop && !change.rebuilt && !fragments.empty() &&
         input_.spares(fragments.front().relations);
}

namespace {

/// What stands between building the index of a key and making the key of it: the index, under the name that both have.
struct Between {
  std::string key;
  std::string undo;  ///< also where the key took it along already
};
Between index_between(const Object& made) {
  return {model::key_of(kinds::index, {made.names.front(), made.names.back()}),
          "DROP INDEX IF EXISTS " + quote_qualified(made.names.front(), made.names.back())};
}

/// What of a step is that of its object, whatever the statement.
Step same_object(const Step& step) {
  Step other;
  other.object = step.object;
  other.kind = step.kind;
  other.verb = step.verb;
  other.reason = step.reason;
  other.relation = step.relation;
  other.source = step.source;
  other.changes = step.changes;
  other.inverse = step.inverse;
  return other;
}

}  // namespace

/// The draft's statement anew, as one that runs outside of any transaction, and apart from it what that leaves to be
/// done; empty where there is none.
std::vector<Draft> StepWriter::write_alone(const Change& change, const Draft& draft) {
  const Object& object = change.object();
  if (change.op == Change::Op::alter || object.kind->create_online == nullptr) return {};
  if (change.op == Change::Op::create && draft.forwards.size() != 1) return {};
  model::Emit emit;
  object.kind->create_online(sides(change.from, change.to, false), emit);
  if (emit.fragments().empty()) return {};
  drop_needless_path({&object}, emit);
  const auto behind = std::find_if(emit.fragments().begin(), emit.fragments().end(),
                                   [](const Fragment& fragment) { return !fragment.alone; });
  std::vector<Fragment> rest(behind, emit.fragments().end());
  emit.fragments().erase(behind, emit.fragments().end());

  std::vector<Draft> drafts;
  drafts.reserve(2);
  drafts.push_back(draft);
  Step& step = drafts.front().step;
  step = same_object(draft.step);
  step.preflight = draft.step.preflight;
  step.hazards = {hazard::not_transactional};
  if (input_.online == "always") step.allowed = step.hazards;
  add_locks(emit.fragments(), step);
  const model::Alone& alone = *emit.fragments().front().alone;
  step.alone = {alone.is_done, alone.clean};
  drafts.front().apart = "it runs outside of any transaction, so that nobody who writes rows waits for it";
  drafts.front().forwards = std::move(emit.fragments());
  if (rest.empty()) return drafts;

  const Between between = index_between(object);
  step.changes.push_back(between.key);
  Draft& last = drafts.emplace_back(draft);
  last.step = same_object(step);
  add_locks(rest, last.step);
  last.forwards = std::move(rest);
  last.apart = "it needs the index that the step before it has built";
  model::Emit undo;
  undo.statement(between.undo);
  drafts.front().backwards = std::move(undo.fragments());
  return drafts;
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
  // links say nothing of their own: they come and go with what they hang on
  const bool is_one = std::all_of(members.begin() + 1, members.end(),
                                  [&](std::size_t i) { return changes[i].object().kind->binds_parent_to != nullptr; });
  if (is_one && (holds_others_up(draft->forwards) || may_drop_online(head, draft->forwards))) {
    if (std::vector<Draft> alone = write_alone(head, *draft); !alone.empty()) return alone;
    if (std::vector<Draft> two = write_two(head, members.front()); !two.empty()) return two;
  }
  std::vector<Draft> drafts;
  drafts.push_back(std::move(*draft));
  return drafts;
}

}  // namespace segue::plan
