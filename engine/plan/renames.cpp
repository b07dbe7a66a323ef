#include "plan/renames.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "kinds/kinds.h"
#include "model/kind.h"
#include "plan/planner.h"

namespace segue::plan {
namespace {

using model::NameSpace;
using model::Object;

/// Where the name stands among the names: the last, or the one before a list of argument types.
std::size_t name_at(const Object& object) { return object.names.size() - (object.kind->signature ? 2 : 1); }

class Renaming {
 public:
  Renaming(const std::vector<RenameWish>& wishes, model::Schema& live, const Follow& follow, Renames& result)
      : open_(wishes.begin(), wishes.end()), live_(live), follow_(follow), result_(result) {
    for (const Object& object : live.objects()) before_[&object] = {object.key, object_hash(object), {}};
  }

  void run() {
    while (!open_.empty()) {
      std::size_t waiting = 0;
      for (std::size_t i = open_.size(); i > 0; --i) {
        const RenameWish wish = open_.front();
        open_.pop_front();
        const Object* object = live_.find(wish.from_key);
        if (object == nullptr) continue;
        if (holder_of(*object, wish.to_names) == nullptr) {
          perform(*object, wish);
        } else {
          open_.push_back(wish);
          ++waiting;
        }
      }
      if (waiting != 0 && waiting == open_.size()) step_aside(open_.front());
    }
    std::unordered_map<std::string, Was> earlier = std::move(result_.was);
    result_.was.clear();
    for (const Object& object : live_.objects()) {
      Was was = before_.at(&object);
      const auto before = earlier.extract(was.key);
      if (!before.empty()) was = before.mapped();
      if (was.key == object.key && was.hash == object_hash(object)) continue;
      was.now = live_shape(object);
      for (auto& [name, hash] : was.now.definitions) hash.reset();
      result_.was[object.key] = std::move(was);
    }
    result_.was.merge(earlier);
  }

 private:
  /// Who has the name that the object is to get; null where it is free.
  const Object* holder_of(const Object& object, const std::vector<std::string>& names) const {
    if (const Object* same_kind = live_.find(model::key_of(*object.kind, names))) return same_kind;
    if (object.kind->name_space != NameSpace::relation) return nullptr;
    for (const model::Kind* kind : kinds::all()) {
      if (kind->name_space != NameSpace::relation) continue;
      if (const Object* other = live_.find(model::key_of(*kind, names))) return other;
    }
    return nullptr;
  }

  void perform(const Object& object, const RenameWish& wish) {
    Rename step{object, object, wish.reason, wish.origin};
    const std::string old_key = object.key;
    const model::Kind& kind = *object.kind;
    live_.rename(old_key, wish.to_names);
    step.after = *live_.find(model::key_of(kind, wish.to_names));
    for (RenameWish& other : open_) {
      if (other.from_key == old_key) other.from_key = step.after.key;
    }
    if (follow_) follow_(step.before, step.after, live_);
    result_.steps.push_back(std::move(step));
  }

  /// Two that swap their names, or one that is about to go: whoever is in the way waits under another name.
  void step_aside(const RenameWish& wish) {
    const Object* holder = holder_of(*live_.find(wish.from_key), wish.to_names);
    RenameWish aside{holder->key, holder->names, "its name is wanted by " + wish.from_key, wish.origin};
    std::string& name = aside.to_names[name_at(*holder)];
    for (int n = 1; holder_of(*holder, aside.to_names) != nullptr || n == 1; ++n)
      name = "segue_aside_" + std::to_string(n);
    perform(*holder, aside);
  }

  std::deque<RenameWish> open_;
  model::Schema& live_;
  const Follow& follow_;
  std::unordered_map<const Object*, Was> before_;
  Renames& result_;
};

}  // namespace

void rename(const std::vector<RenameWish>& wishes, model::Schema& live, const Follow& follow, Renames& renames) {
  if (!wishes.empty()) Renaming(wishes, live, follow, renames).run();
}

}  // namespace segue::plan
