#include "plan/write_step.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/quote.h"
#include "kinds/inherited_checks.h"
#include "kinds/kinds.h"
#include "kinds/relation.h"
#include "kinds/storable.h"
#include "plan/followers.h"
#include "plan/group.h"
#include "plan/locks.h"
#include "plan/shape.h"

namespace segue::plan {
namespace {

using model::Emit;
using model::Fragment;
using model::Object;

struct Statements {
  std::vector<std::string> sql;
  std::string search_path;
};

/// Fragments as statements: sub-commands with the same head, one behind the other, become one ALTER. A second search
/// path within a step is set where it begins.
Statements statements_of(const std::vector<Fragment>& fragments) {
  Statements result;
  std::string path;
  bool path_chosen = false;
  std::string head;
  std::vector<std::string> sub_commands;
  const auto close = [&] {
    if (sub_commands.size() == 1) result.sql.push_back(head + " " + sub_commands.front());
    if (sub_commands.size() > 1) result.sql.push_back(head + "\n    " + join(sub_commands, ",\n    "));
    sub_commands.clear();
  };
  for (const Fragment& fragment : fragments) {
    if (!fragment.search_path.empty() && !path_chosen) {
      result.search_path = path = fragment.search_path;
      path_chosen = true;
    } else if (!fragment.search_path.empty() && fragment.search_path != path) {
      close();
      path = fragment.search_path;
      result.sql.push_back("SET LOCAL search_path = " + path);
    }
    if (fragment.head.empty() || fragment.head != head) close();
    head = fragment.head;
    if (head.empty())
      result.sql.push_back(fragment.sql);
    else
      sub_commands.push_back(fragment.sql);
  }
  close();
  return result;
}

/// The relation or type that an object is a part of, or the object itself.
const Object& owner_of(const Object& object, const model::Schema& side) {
  const Object* at = &object;
  while (at->kind->inline_form != nullptr && !at->parent.empty()) {
    const Object* parent = side.find(at->parent);
    if (parent == nullptr) break;
    at = parent;
  }
  return *at;
}

/// An object's children with theirs, itself included.
std::vector<const Object*> parts_of(const Object& whole, const model::Schema& side) {
  std::vector<const Object*> parts = {&whole};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto children = side.children(parts[i]->key);
    parts.insert(parts.end(), children.begin(), children.end());
  }
  return parts;
}

bool is_left_alone(const Object& object, const Body& body) {
  return std::find(body.left_alone.begin(), body.left_alone.end(), object.kind->name) != body.left_alone.end();
}

std::string number(std::size_t n) {
  std::string digits = std::to_string(n);
  return "s" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

/// What comes of the privileges of an extension's member, and whether anything does, is seen once the extension is
/// there: apply takes it as it finds it.
bool is_seen_afterwards(const Object& object) {
  const model::Kind& kind = kinds::initial_privileges;
  return object.kind == &kind && object.list(model::attribute(kind, "granted")).empty() &&
         object.list(model::attribute(kind, "initial")).empty();
}

/// Whether what calls functions in such an object is run for rows that are there when it comes or changes.
bool runs_functions(const model::Kind& kind) {
  return &kind == &kinds::column || &kind == &kinds::constraint || &kind == &kinds::domain_constraint ||
         &kind == &kinds::index || &kind == &kinds::materialized_view;
}

}  // namespace

StepWriter::StepWriter(const PlannerInput& input, const std::vector<Change>& changes)
    : input_(input), changes_(changes), names_aside_(input.retained) {
  for (const Change& change : changes) {
    const bool other_type =
        change.op == Change::Op::alter && change.object().kind->name_space == model::NameSpace::type;
    if (change.op == Change::Op::drop || other_type) going_.insert(change.object().key);
    if (change.op == Change::Op::create) coming_.insert(change.object().key);
    if (!why_ahead(change, sides(change.from, change.to, false)).empty()) ahead_.insert(change.object().key);
  }
  for (const Object& object : input.from->objects()) {
    if (object.kind->name_space == model::NameSpace::relation)
      standing_.insert(quote_qualified(object.names[0], object.names[1]));
    if (object.kind->names_taken == nullptr) continue;
    for (const std::string& name : object.kind->names_taken(object)) {
      if (name.rfind("relation ", 0) == 0) standing_.insert(name.substr(9));
    }
  }
}

model::Sides StepWriter::sides(const Object* from, const Object* to, bool backwards) const {
  model::Sides sides;
  sides.from = backwards ? to : from;
  sides.to = backwards ? from : to;
  sides.from_schema = backwards ? input_.to : input_.from;
  sides.to_schema = backwards ? input_.from : input_.to;
  sides.server_version = input_.server_version;
  sides.current_role = input_.current_role;
  sides.for_reading = input_.for_reading;
  sides.may_commit_ahead = input_.may_commit_ahead() && !backwards;  // a way back is one transaction
  return sides;
}

namespace {

/// The names behind `${secret:NAME}` in the values of attributes that are made for them: elsewhere that is a text.
std::vector<std::string> secrets_of(const std::vector<const Object*>& members) {
  constexpr std::string_view begin = "${secret:";
  std::vector<std::string> names;
  const auto take = [&](const std::string& value) {
    const std::size_t at = value.find(begin);
    if (at != std::string::npos) names.push_back(value.substr(at + begin.size(), value.size() - at - begin.size() - 1));
  };
  for (const Object* object : members) {
    for (std::size_t i = 0; i < object->values.size(); ++i) {
      const std::string_view name = object->kind->attributes[i].name;
      if (name == "conninfo") take(object->text(i));
      if (name != "secrets") continue;
      for (const std::string& one : object->list(i)) take(one);
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

/// With what goes along and is to stay, unless a change of its own makes that again.
void StepWriter::drop(const Object& object, bool backwards, Emit& emit) const {
  const model::Sides gone = backwards ? sides(nullptr, &object, true) : sides(&object, nullptr, false);
  object.kind->drop(gone, emit);
  for (const Object* kept : kinds::checks_kept_below(gone)) {
    if ((backwards ? going_ : coming_).count(kept->key) != 0) continue;
    kept->kind->create(backwards ? sides(kept, nullptr, true) : sides(nullptr, kept, false), {}, emit);
  }
}

/// What went ahead met everything as it was, and so does the way back: neither it nor who reads it is any further.
bool StepWriter::meets_what_went_ahead(const Change& change) const {
  const auto& needs = change.object().depends;
  return ahead_.count(change.object().key) != 0 ||
         std::any_of(needs.begin(), needs.end(), [&](const std::string& key) { return ahead_.count(key) != 0; });
}

void StepWriter::alter(const Change& change, bool backwards, Emit& emit) const {
  model::Sides both = sides(change.from, change.to, backwards);
  if (backwards && meets_what_went_ahead(change)) both.from_schema = input_.from;
  if (change.stage != Change::Stage::whole) return change.to->kind->replace_in_place(both, emit);
  bool in_place = false;
  std::set<void (*)(const model::Sides&, Emit&)> written;  // one rule may write several attributes
  for (const std::size_t i : change.attributes) {
    const model::Attribute& attribute = change.to->kind->attributes[i];
    const model::Change how = attribute.decide != nullptr ? attribute.decide(both) : attribute.change;
    if (how == model::Change::derived) continue;
    if (how == model::Change::in_place || how == model::Change::ahead) {
      in_place = true;
    } else if (how == model::Change::replace || attribute.alter == nullptr) {
      // the way back is a replacement although the way there was none
      drop(*change.to, true, emit);
      Objects objects = {change.from};
      return create(objects, true, emit);
    } else if (written.insert(attribute.alter).second) {
      attribute.alter(both, emit);
    }
  }
  if (in_place) change.to->kind->replace_in_place(both, emit);
}

/// Of what comes along with the alteration of a counterpart, that which does not.
void StepWriter::alter_by_itself(const Change& counterpart, std::size_t node, Emit& forwards, Emit& backwards) const {
  Change rest = changes_[node];
  if (rest.op != Change::Op::alter) return;
  rest.attributes = altered_by_itself(rest, counterpart);
  alter(rest, false, forwards);
  alter(rest, true, backwards);
}

void StepWriter::undo(std::size_t change, const Object& made, Emit& emit) const {
  const auto steps = undo_.find(change);
  if (steps == undo_.end()) {
    write_again(change, Verb::drop, emit);
    return drop(made, true, emit);
  }
  for (const Step& step : steps->second) {
    for (const std::string& sql : step.sql) emit.statement(sql).search_path = step.search_path;
  }
}

bool StepWriter::differs(const Object& object) const {
  return std::any_of(input_.differences.begin(), input_.differences.end(), [&](const diff::Difference& one) {
    return (one.to != nullptr ? one.to : one.from)->key == object.key;
  });
}

std::optional<Draft> StepWriter::write_one(const Change& head, Objects members, const std::vector<std::size_t>& nodes) {
  // the schema's own order within a group: columns as they stand, parents before children
  const model::Schema& side = head.op == Change::Op::drop ? *input_.from : *input_.to;
  if (members.size() > 1) {
    std::set<std::string> wanted;
    for (const Object* object : members) wanted.insert(object->key);
    Objects sorted = {members.front()};
    append_in_order(side, *members.front(), wanted, sorted);
    for (const Object* object : members) {
      if (std::find(sorted.begin(), sorted.end(), object) == sorted.end()) sorted.push_back(object);
    }
    members = std::move(sorted);
  }

  Draft draft;
  Step& step = draft.step;
  Emit forwards;
  Emit backwards;
  if (head.op == Change::Op::create) {
    create(members, false, forwards);
    undo(nodes.front(), *head.to, backwards);
  } else if (head.op == Change::Op::drop && retain(members, forwards, backwards, step)) {
    // its rows outlive it
  } else if (head.op == Change::Op::drop) {
    drop(*head.from, false, forwards);
    make_again(members, nodes.front(), backwards, step);
  } else {
    convert(head, nodes.front(), forwards, backwards, step);
    for (std::size_t i = 1; i < nodes.size(); ++i) alter_by_itself(head, nodes[i], forwards, backwards);
  }
  if (forwards.fragments().empty() && head.rebuilt && !differs(head.object())) {
    // it comes along with the type that it reads, and stands all the while on the way back as well
    std::set<std::string> others;
    for (const Object* object : members) others.insert(object->key);
    others.erase(head.object().key);
    backwards = Emit();
    if (head.op == Change::Op::drop) create_each(members, others, true, backwards);
  }
  if (forwards.fragments().empty() && backwards.fragments().empty()) return std::nullopt;
  if (head.op == Change::Op::alter) draft.ahead = why_ahead(head, sides(head.from, head.to, false));
  drop_needless_path(members, forwards);
  if (needs_path(members)) {  // then a text means nothing outside of its statement
    for (Fragment& fragment : forwards.fragments())
      std::erase_if(fragment.obstacles, [](const model::Obstacle& obstacle) { return obstacle.runs_code; });
  }
  for (Fragment& fragment : forwards.fragments()) {  // what is put up again changes nothing for anybody
    if (head.rebuilt) std::erase(fragment.hazards, hazard::changes_privileges);
  }
  for (Fragment& fragment : backwards.fragments()) fragment.sql = kinds::storable(fragment.sql);
  if (head.op != Change::Op::create) take_path_of_functions(members, true, backwards);
  if (head.op != Change::Op::drop && runs_functions(*head.object().kind))
    take_path_of_functions(members, false, forwards);
  for (Fragment& fragment : forwards.fragments()) {
    if (input_.for_reading) fragment.sql = kinds::storable(fragment.sql);
  }

  step.object = head.object().key;
  step.kind = std::string(head.object().kind->name);
  step.verb = head.op == Change::Op::create ? Verb::create : head.op == Change::Op::drop ? Verb::drop : Verb::alter;
  step.reason = head.reason;
  for (const Object* object : members) step.changes.push_back(object->key);
  step.source = {head.object().origin.file, head.object().origin.line};
  step.secrets = secrets_of(members);
  add_fidelity(head, members, step);
  add_locks(forwards.fragments(), step);
  if (head.op != Change::Op::drop) add_locks_of_texts(members, step);
  note_effects_of_filling(head, forwards.fragments());
  add_obstacles_back(head, backwards.fragments(), step);
  lower_fidelity(head, nodes.front(), step);
  lose_held_values(members, forwards.fragments(), step);
  const Object& owner = owner_of(head.object(), side);
  draft.owner = owner.key;
  draft.owner_kind = std::string(owner.kind->name);
  draft.forwards = std::move(forwards.fragments());
  draft.backwards = std::move(backwards.fragments());
  draft.changes = nodes;
  return draft;
}

Draft StepWriter::write(const Rename& rename) {
  Draft draft;
  draft.forwards = Emit(rename.there).fragments();
  draft.backwards = Emit(rename.back).fragments();
  Step& step = draft.step;
  step.object = rename.after.key;
  step.kind = std::string(rename.after.kind->name);
  step.verb = Verb::rename;
  step.reason = rename.reason;
  step.changes = {rename.before.key, rename.after.key};
  step.source = {rename.origin.file, rename.origin.line};
  step.inverse.fidelity = "exact";
  for (const Fragment& fragment : draft.forwards)
    standing_.insert(fragment.relations.begin(), fragment.relations.end());
  add_locks(draft.forwards, step);
  draft.owner = step.object;
  draft.owner_kind = step.kind;
  return draft;
}

std::vector<Step> StepWriter::finished(std::vector<Draft> drafts) {
  std::vector<Step> steps;
  for (Draft& draft : drafts) {
    Statements there = statements_of(draft.forwards);
    Statements back = statements_of(draft.backwards);
    Step& step = steps.emplace_back(std::move(draft.step));
    step.id = number(steps.size());
    step.sql = std::move(there.sql);
    step.search_path = std::move(there.search_path);
    step.inverse.sql = std::move(back.sql);
    step.inverse.search_path = std::move(back.search_path);
    std::erase_if(step.secrets, [&](const std::string& name) {
      return std::none_of(step.sql.begin(), step.sql.end(), [&](const std::string& sql) {
        return sql.find(quote_literal("${secret:" + name + "}")) != std::string::npos;
      });
    });
  }
  return steps;
}

/// Whether what a text of these says depends on the search path.
bool StepWriter::needs_path(const Objects& members) const {
  return std::any_of(members.begin(), members.end(), [&](const Object* object) {
    const Object* desired = input_.to->find(object->key);
    return desired != nullptr &&
           (!input_.needs_path || desired->kind->sql_class == "EXTENSION" || input_.needs_path(*desired) ||
            (object != desired && input_.needs_path(*object)));  // its placeholder
  });
}

/// A text that names everything in full runs under any path; but the functions that it calls, for the rows of a column,
/// a check or an index, may find what they call by the path under which they were made.
void StepWriter::take_path_of_functions(const Objects& members, bool backwards, Emit& emit) const {
  static const std::size_t created_under = model::attribute(kinds::function, "created_under");
  for (const Object* object : members) {
    std::vector<std::string> keys = object->depends;
    const Object* desired = input_.to->find(object->key);
    if (!backwards && desired != nullptr && input_.reads) keys = input_.reads(*desired);
    for (const std::string& key : keys) {
      const Object* read = input_.to->find(key);
      if (read == nullptr) read = input_.from->find(key);
      if (read == nullptr || read->kind != &kinds::function) continue;
      for (Fragment& fragment : emit.fragments()) {
        if (fragment.search_path.empty()) fragment.search_path = read->text(created_under);
      }
    }
  }
}

/// Where no name of a text depends on the search path the statement needs none: plans read better without.
void StepWriter::drop_needless_path(const Objects& members, Emit& emit) const {
  const auto has_path = [](const Fragment& fragment) { return !fragment.search_path.empty() && !fragment.of_another; };
  if (!input_.needs_path || std::none_of(emit.fragments().begin(), emit.fragments().end(), has_path)) return;
  if (needs_path(members)) return;
  for (Fragment& fragment : emit.fragments()) {
    if (has_path(fragment)) fragment.search_path.clear();
  }
}

void StepWriter::append_in_order(const model::Schema& side, const Object& parent, const std::set<std::string>& wanted,
                                 Objects& sorted) const {
  for (const Object* child : side.children(parent.key)) {
    if (wanted.count(child->key) == 0) continue;
    sorted.push_back(child);
    append_in_order(side, *child, wanted, sorted);
  }
}

/// What is made again under others that changed may be printed otherwise than before: `known` is false for it.
Shape StepWriter::desired_shape(const Object& object, bool known) const {
  Shape shape;
  if (is_seen_afterwards(object)) return shape;
  shape.attributes = shape_attributes(object);
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    const model::Attribute& attribute = object.kind->attributes[i];
    if (attribute.type != model::Type::definition || attribute.change == model::Change::derived || !object.has(i))
      continue;
    std::optional<std::string>& hash = shape.definitions[std::string(attribute.name)];
    if (attribute.grammar == model::Grammar::body) hash = definition_hash(object.definition(i).text);
    if (!input_.server_form || !known) continue;
    if (const auto form = input_.server_form(object, i)) hash = definition_hash(*form);
  }
  return shape;
}

void StepWriter::finish(const std::vector<Change>& changes, Body& body) const {
  add_assumptions(body);
  std::set<std::string> removed;
  for (const Change& change : changes) {
    const Object& object = change.object();
    if (change.op == Change::Op::drop) removed.insert(object.key);
    if (change.stage == Change::Stage::fill) body.effects.added[object.key] = desired_shape(object, !change.rebuilt);
    if (change.stage != Change::Stage::whole) continue;
    if (change.op == Change::Op::create) body.effects.added[object.key] = desired_shape(object, !change.rebuilt);
    if (change.op == Change::Op::alter) body.effects.altered[object.key] = desired_shape(object, true);
  }
  for (const std::string& key : removed) {
    const auto again = body.effects.added.find(key);
    if (again == body.effects.added.end()) {
      body.effects.removed.push_back(key);
    } else {
      body.effects.altered[key] = std::move(again->second);  // dropped and created again
      body.effects.added.erase(again);
    }
  }
  add_renamed(body);
  const auto read = [&](const std::string& key) {
    const Object* live = input_.from->find(key);
    const auto was = input_.renames.was.find(key);
    if (was != input_.renames.was.end())
      body.reads[was->second.key] = was->second.hash;
    else if (live != nullptr && body.reads.count(key) == 0)
      body.reads[key] = object_hash(*live);
  };
  const auto known_as = [&](const std::string& key) {  // before the renames
    const auto was = input_.renames.was.find(key);
    return was == input_.renames.was.end() ? key : was->second.key;
  };
  for (const auto& [key, was] : input_.renames.was) read(key);
  std::set<const Object*> wholes;
  for (const Change& change : changes) {
    const Object& object = change.object();
    read(object.key);
    read(object.parent);
    for (const std::string& key : object.depends) read(key);
    if (const Object* whole = standing_whole(object)) wholes.insert(whole);
  }
  // a change of a relation may meet anything that hangs on it, and another plan might have come of that
  for (const Object* whole : wholes) {
    for (const Object* part : parts_of(*whole, *input_.from)) {
      if (!is_left_alone(*part, body)) read(part->key);
    }
    body.watches.push_back(known_as(whole->key));
  }
  for (const auto& [table, links] : tables_with_followers(changes, *input_.from, *input_.to)) {
    for (const std::string& link : links) read(link);
    body.watches.push_back("below " + known_as(table));
  }
  std::sort(body.watches.begin(), body.watches.end());
}

/// The relation, routine or type of the database that an object belongs to, or is itself; null where it is new.
const Object* StepWriter::standing_whole(const Object& object) const {
  const Object* at = input_.from->find(object.key);
  if (at == nullptr) at = input_.from->find(object.parent);
  while (at != nullptr && !at->parent.empty()) {
    const Object* parent = input_.from->find(at->parent);
    if (parent == nullptr || parent->kind->name_space == model::NameSpace::global) break;
    at = parent;
  }
  return at == nullptr || at->kind->name_space == model::NameSpace::global ? nullptr : at;
}

/// A renamed object is gone under its old name and there under the new one; what mentions it is printed otherwise.
void StepWriter::add_renamed(Body& body) const {
  Effects& effects = body.effects;
  std::set<std::string> gone(effects.removed.begin(), effects.removed.end());
  std::set<std::string> stood;
  for (const auto& [key, was] : input_.renames.was) {
    const bool changed = effects.altered.count(key) != 0 || gone.count(key) != 0;
    if (!changed) effects.altered[key] = was.now;
    stood.insert(was.key);
  }
  gone.insert(stood.begin(), stood.end());
  for (const auto& [key, was] : input_.renames.was) {
    const auto altered = effects.altered.find(key);
    if (altered == effects.altered.end() || stood.count(key) != 0) continue;
    effects.added[key] = std::move(altered->second);
    effects.altered.erase(altered);
  }
  for (const auto* there : {&effects.added, &effects.altered}) {
    for (const auto& [key, shape] : *there) gone.erase(key);
  }
  effects.removed.assign(gone.begin(), gone.end());
}

}  // namespace segue::plan
