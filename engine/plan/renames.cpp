#include "plan/renames.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "kinds/taken_names.h"
#include "model/kind.h"
#include "model/whole.h"
#include "plan/planner.h"

namespace segue::plan {

std::size_t name_at(const model::Object& object) { return object.names.size() - (object.kind->signature ? 2 : 1); }

namespace {

using model::NameSpace;
using model::Object;

class Renaming {
 public:
  Renaming(const std::vector<RenameWish>& wishes, model::Schema& live, const RunOnSchema& run, Renames& result)
      : open_(wishes.begin(), wishes.end()), live_(live), run_(run), result_(result) {
    for (const Object& object : live.objects()) {
      before_[&object] = {object.key, object_hash(object), model::whole_of(object, live).key, {}};
      if (!wishes.empty()) note_names(object);
    }
  }

  Status run() {
    while (!open_.empty()) {
      const std::size_t before = open_.size();
      for (std::size_t i = before; i > 0; --i) {
        const RenameWish wish = open_.front();
        open_.pop_front();
        const Object* object = live_.find(wish.from_key);
        if (object == nullptr || holder_of(*object, wish.to_names) != nullptr) {  // its parent waits, or its name does
          open_.push_back(wish);
        } else if (const Status performed = perform(*object, wish); !performed) {
          return performed;
        }
      }
      if (open_.size() < before) continue;
      const auto can_go = std::find_if(open_.begin(), open_.end(),
                                       [&](const RenameWish& one) { return live_.find(one.from_key) != nullptr; });
      if (can_go == open_.end()) break;
      if (const Status stepped = step_aside(*can_go); !stepped) return stepped;
    }
    note_what_was();
    return done();
  }

  void note_what_was() {
    std::unordered_map<std::string, Was> earlier = std::move(result_.was);
    result_.was.clear();
    for (const Object& object : live_.objects()) {
      Was was = before_.at(&object);
      const auto before = earlier.extract(was.key);
      if (!before.empty()) was = before.mapped();
      const bool moves = was.whole != model::whole_of(object, live_).key;
      if (!moves && was.key == object.key && was.hash == object_hash(object)) continue;
      was.now = live_shape(object);
      for (auto& [name, hash] : was.now.definitions) hash.reset();
      result_.was[object.key] = std::move(was);
    }
    result_.was.merge(earlier);
  }

 private:
  static bool is_of_relation(const std::string& name) { return name.rfind("relation ", 0) == 0; }

  /// The names among relations that it takes, with its parts: a key's index has the key's.
  void note_names(const Object& object) {
    for (const std::string& name : kinds::taken_names(object)) {
      if (is_of_relation(name)) holders_[name] = &object;
    }
  }
  void note_names_of_all(const Object& object) {
    note_names(object);
    for (const Object* child : std::as_const(live_).children(object.key)) note_names_of_all(*child);
  }

  /// Who has the name that the object is to get; null where it is free.
  const Object* holder_of(const Object& object, const std::vector<std::string>& names) const {
    Object named = object;
    named.names = names;
    named.key = model::key_of(*object.kind, names);
    if (const Object* same_kind = live_.find(named.key)) return same_kind;
    for (const std::string& name : kinds::taken_names(named)) {
      const auto found = holders_.find(name);
      if (found == holders_.end() || found->second == &object) continue;
      const std::vector<std::string> taken = kinds::taken_names(*found->second);  // it may have been renamed since
      if (std::find(taken.begin(), taken.end(), name) != taken.end()) return found->second;
    }
    return nullptr;
  }

  Status perform(const Object& object, const RenameWish& wish) {
    Rename step{object, object, {}, {}, wish.reason, wish.origin};
    const std::string old_key = object.key;
    step.after = named(object, wish.to_names);
    std::vector<Object> stations = stations_between(object, wish.to_names);
    stations.insert(stations.begin(), step.before);
    stations.push_back(step.after);
    for (std::size_t i = 1; i < stations.size(); ++i) write(stations[i - 1], stations[i], step.there);
    for (std::size_t i = stations.size(); i-- > 1;) write(stations[i], stations[i - 1], step.back);
    for (const model::Fragment& fragment : step.there.fragments()) {
      if (const Status ran = run_(live_, fragment.sql); !ran) return ran;
    }
    note_names_of_all(*live_.find(step.after.key));
    for (RenameWish& other : open_) {
      if (other.from_key == old_key) other.from_key = step.after.key;
    }
    result_.steps.push_back(std::move(step));
    return done();
  }

  static Object named(const Object& object, std::vector<std::string> names) {
    Object other = object;
    other.key = model::key_of(*object.kind, names);
    other.names = std::move(names);
    return other;
  }

  /// What it is called on the way to another schema and another name, which no statement gives at once: its new name or
  /// its new schema first, whichever is free, or another name in both where neither is.
  std::vector<Object> stations_between(const Object& object, const std::vector<std::string>& names) const {
    const std::size_t name = name_at(object);
    if (name == 0 || object.names[0] == names[0] || object.names[name] == names[name]) return {};
    std::vector<std::string> between = names;
    between[name] = object.names[name];
    if (holder_of(object, between) == nullptr) return {named(object, between)};
    between = names;
    between[0] = object.names[0];
    if (holder_of(object, between) == nullptr) return {named(object, between)};
    std::vector<std::string> aside = names;
    for (int n = 1; holder_of(object, between) != nullptr || holder_of(object, aside) != nullptr; ++n)
      between[name] = aside[name] = "segue_aside_" + std::to_string(n);
    return {named(object, between), named(object, aside)};
  }

  /// Another name, or another schema.
  void write(const Object& from, const Object& to, model::Emit& emit) const {
    model::Sides sides;
    sides.from = &from;
    sides.to = &to;
    sides.from_schema = sides.to_schema = &live_;
    if (from.kind->rename != nullptr) return from.kind->rename(sides, emit);
    const std::string sql_class(from.kind->sql_class);
    const std::string& name = to.names[name_at(to)];
    const bool moves = name == from.names[name_at(from)];
    auto& fragment = emit.statement(
        "ALTER " + sql_class + " " + from.kind->address(from) +
            (moves ? " SET SCHEMA " + quote_identifier(to.names[0]) : " RENAME TO " + quote_identifier(name)),
        moves                  ? "SET SCHEMA"
        : sql_class == "TABLE" ? "RENAME TABLE"
                               : "ALTER " + sql_class + " RENAME");
    const auto space = from.kind->name_space;
    if (space == NameSpace::relation || space == NameSpace::of_parent)
      fragment.relations = {quote_qualified(from.names[0], from.names[1])};
  }

  /// Two that swap their names, or one that is about to go: whoever is in the way waits under another name.
  Status step_aside(const RenameWish& wish) {
    const Object* holder = holder_of(*live_.find(wish.from_key), wish.to_names);
    RenameWish aside{holder->key, holder->names, "its name is wanted by " + wish.from_key, wish.origin};
    std::string& name = aside.to_names[name_at(*holder)];
    int n = 0;
    do {
      name = "segue_aside_" + std::to_string(++n);
    } while (holder_of(*holder, aside.to_names) != nullptr);
    return perform(*holder, aside);
  }

  std::deque<RenameWish> open_;
  model::Schema& live_;
  const RunOnSchema& run_;
  std::unordered_map<const Object*, Was> before_;
  std::unordered_map<std::string, const Object*> holders_;  ///< of names among relations
  Renames& result_;
};

}  // namespace

Status rename(const std::vector<RenameWish>& wishes, model::Schema& live, const RunOnSchema& run, Renames& renames) {
  return wishes.empty() ? done() : Renaming(wishes, live, run, renames).run();
}

void note_effects_between_groups(const Renames& renames, Body& body) {
  const auto first =
      std::find_if(body.steps.begin(), body.steps.end(), [](const Step& step) { return step.verb == Verb::rename; });
  if (body.groups.empty() || first == body.steps.end()) return;
  std::set<std::string> said;
  std::set<std::string> again;
  for (const Step& step : body.steps) {
    for (const std::string& key : step.changes) (step.group == first->group ? said : again).insert(key);
  }
  for (const std::string& key : again) {
    if (said.count(key) == 0 && renames.was.count(key) != 0) first->changes.push_back(key);
  }
}

void note(model::Schema& live, const std::function<void()>& change, Renames& renames) {
  const RunOnSchema runs_nothing;
  Renaming watched({}, live, runs_nothing, renames);
  change();
  watched.note_what_was();
}

}  // namespace segue::plan
