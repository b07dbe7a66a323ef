#include "renames.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/quote.h"
#include "kinds/kinds.h"
#include "model/kind.h"
#include "model/whole.h"

namespace segue {
namespace {

using model::Object;

/// An annotation whose object the database has under the old name. `here` and `there` are keys in the database as it
/// stands, with the names that the parents have there.
struct Candidate {
  const source::Renaming* renaming;
  const Object* desired;
  std::string there;     ///< under the old name
  std::string here;      ///< who has the new one, if somebody does
  std::string from_key;  ///< `there`, once the parents have their new names
};

/// What the objects of the file are called in the database: parts go by the names of their parents.
class LiveNames {
 public:
  explicit LiveNames(const model::Schema& desired) : desired_(desired) {}

  void note(const Object& object, std::vector<std::string> names) { known_[&object] = std::move(names); }

  std::vector<std::string> of(const Object& object) const {
    const auto found = known_.find(&object);
    return found == known_.end() ? under_parent(object, object.names) : found->second;
  }

  /// `names` of an object of the file, with those of its parents in the database.
  std::vector<std::string> under_parent(const Object& object, std::vector<std::string> names) const {
    const Object* parent = object.parent.empty() ? nullptr : desired_.find(object.parent);
    if (parent == nullptr) return names;
    const std::vector<std::string> above = of(*parent);
    for (std::size_t i = 0; i < above.size() && i < plan::name_at(object); ++i) {
      if (names[i] == parent->names[i]) names[i] = above[i];
    }
    return names;
  }

 private:
  const model::Schema& desired_;
  std::map<const Object*, std::vector<std::string>> known_;
};

/// A schema that the annotation names itself goes by its new name once the schemas are renamed.
std::vector<std::string> after_parents(const Candidate& one, const std::vector<std::string>& there,
                                       const std::vector<Candidate>& found) {
  std::vector<std::string> names = one.renaming->from_names;
  if (names.size() < 2 || names[0] == one.desired->names[0]) return names;
  const std::string schema = model::key_of(kinds::schema, {there[0]});
  for (const Candidate& other : found) {
    if (other.there == schema) names[0] = other.desired->names[0];
  }
  return names;
}

std::vector<Candidate> candidates(const source::Desired& desired, const model::Schema& live) {
  std::vector<std::pair<const source::Renaming*, const Object*>> renamings;
  for (const source::Renaming& renaming : desired.annotations.renamings) {
    const Object* object = desired.schema.find(renaming.key);
    if (object != nullptr) renamings.emplace_back(&renaming, object);
  }
  // parents first
  std::stable_sort(renamings.begin(), renamings.end(),
                   [](const auto& a, const auto& b) { return a.second->names.size() < b.second->names.size(); });
  LiveNames live_names(desired.schema);
  std::vector<Candidate> found;
  for (const auto& [renaming, object] : renamings) {
    const std::vector<std::string> there = live_names.under_parent(*object, renaming->from_names);
    Candidate one{renaming,
                  object,
                  model::key_of(*object->kind, there),
                  model::key_of(*object->kind, live_names.of(*object)),
                  {}};
    if (one.there == one.here || !live.contains(one.there)) continue;
    one.from_key = model::key_of(*object->kind, after_parents(one, there, found));
    if (!live.contains(one.here)) live_names.note(*object, there);
    found.push_back(std::move(one));
  }
  return found;
}

int same_values(const Object& live, const Object& desired) {
  int same = 0;
  for (std::size_t i = 0; i < live.values.size(); ++i) {
    const model::Attribute& attribute = live.kind->attributes[i];
    if (attribute.change != model::Change::derived && model::same_value(attribute, live[i], desired[i])) ++same;
  }
  return same;
}

/// What may have its name from its whole (parse_utilcmd.c ChooseIndexName) goes by its values alone.
bool goes_by_name(const Object& part) { return !part.kind->renamed_when_equal; }

/// The parts of an object, without what goes by the name of what it speaks of.
std::vector<const Object*> parts_of(const Object& whole, const model::Schema& side) {
  std::vector<const Object*> parts;
  for (const Object* part : side.children(whole.key)) {
    if (!model::is_aspect(*part)) parts.push_back(part);
  }
  return parts;
}

/// In how much two objects are the same, parts that one of them alone has counted against them.
int likeness(const Object& live, const model::Schema& live_schema, const Object& desired,
             const model::Schema& desired_schema) {
  int same = same_values(live, desired);
  std::vector<const Object*> left = parts_of(live, live_schema);
  for (const Object* part : parts_of(desired, desired_schema)) {
    const auto all = static_cast<int>(part->values.size());
    const auto found = std::find_if(left.begin(), left.end(), [&](const Object* one) {
      if (one->kind != part->kind) return false;
      return goes_by_name(*part) ? one->name() == part->name() : same_values(*one, *part) == same_values(*part, *part);
    });
    if (found == left.end()) {
      same -= all;
    } else {
      same += all + same_values(**found, *part);
      left.erase(found);
    }
  }
  for (const Object* part : left) same -= static_cast<int>(part->values.size());
  return same;
}

/// Names that go round in a circle (two that swap theirs): whether they have done so can only be told by what has them.
struct Circle {
  std::vector<const Candidate*> members;  ///< empty where the names go in a line
  int gain = 0;                           ///< by how much the objects look more like the file once they are renamed
};

Circle circle_of(const Candidate& one, const std::map<std::string, const Candidate*>& leaving,
                 const source::Desired& desired, const model::Schema& live) {
  Circle circle;
  const Candidate* at = &one;
  do {
    circle.members.push_back(at);
    circle.gain += likeness(*live.find(at->there), live, *at->desired, desired.schema);
    if (const Object* here = live.find(at->here)) circle.gain -= likeness(*here, live, *at->desired, desired.schema);
    const auto next = leaving.find(at->here);
    if (next == leaving.end() || circle.members.size() > leaving.size()) return {};
    at = next->second;
  } while (at != &one);
  return circle;
}

std::string cannot_tell(const Circle& circle) {
  std::vector<std::string> keys;
  for (const Candidate* one : circle.members) keys.push_back(one->desired->key);
  std::sort(keys.begin(), keys.end());
  return "by @renamed these swap their names, and they are alike: " + join(keys, ", ") +
         "; whether they have done so already cannot be told, and they stay as they are; take the annotations out";
}

}  // namespace

std::vector<plan::RenameWish> renames_by_annotation(const source::Desired& desired, const model::Schema& live,
                                                    std::vector<std::string>& warnings) {
  std::vector<Candidate> open = candidates(desired, live);
  std::set<std::string> unclear;
  // who has the new name already, and does not give it away, was renamed before
  for (bool shrunk = true; shrunk;) {
    std::map<std::string, const Candidate*> leaving;
    for (const Candidate& one : open) leaving[one.there] = &one;
    std::vector<bool> settled;
    for (const Candidate& one : open) {
      const bool taken = live.contains(one.here);
      const Circle circle = taken ? circle_of(one, leaving, desired, live) : Circle{};
      if (!circle.members.empty() && circle.gain == 0) unclear.insert(cannot_tell(circle));
      settled.push_back(taken && (leaving.count(one.here) == 0 || (!circle.members.empty() && circle.gain <= 0)));
    }
    std::size_t at = 0;
    shrunk = std::erase_if(open, [&](const Candidate&) { return settled[at++]; }) > 0;
  }
  warnings.insert(warnings.end(), unclear.begin(), unclear.end());
  std::vector<plan::RenameWish> wishes;
  for (const Candidate& one : open) {
    const Location& where = one.renaming->where;
    wishes.push_back({one.from_key, one.desired->names, "renamed from " + one.there, {where.file, where.line}});
  }
  return wishes;
}

namespace {

bool is_equal(const Object& live, const Object& desired, const same::World& world) {
  for (std::size_t i = 0; i < live.values.size(); ++i) {
    const model::Attribute& attribute = live.kind->attributes[i];
    if (attribute.change == model::Change::derived || model::same_value(attribute, live[i], desired[i])) continue;
    const bool both = attribute.type == model::Type::definition && live.has(i) && desired.has(i);
    if (!both || !same::same_tree({&live, &desired, i}, world)) return false;
  }
  return true;
}

/// What two of one kind must have in common to be taken for one under two names: their parent, or what owns them.
/// Sequences are owned by columns, and go on counting under another name. "" where nothing tells.
std::string family_of(const Object& object) {
  const std::string whole = object.kind->dropped_with == nullptr ? object.parent : object.kind->dropped_with(object);
  return whole.empty() ? "" : std::string(object.kind->name) + " " + whole;
}

}  // namespace

std::vector<plan::RenameWish> renames_by_likeness(const same::World& world) {
  std::map<std::string, std::vector<const Object*>> leaving;  // by family
  for (const Object& live : world.live->objects()) {
    const bool stays = !live.kind->renamed_when_equal || world.desired->contains(live.key);
    const bool implied = live.kind->implied_by != nullptr && !live.kind->implied_by(live).empty();
    if (!stays && !implied) leaving[family_of(live)].push_back(&live);
  }
  leaving.erase("");
  std::vector<plan::RenameWish> wishes;
  if (leaving.empty()) return wishes;
  for (const Object& desired : world.desired->objects()) {
    const auto found = leaving.find(desired.kind->renamed_when_equal ? family_of(desired) : "");
    if (found == leaving.end() || world.live->contains(desired.key)) continue;
    const auto twin = std::find_if(found->second.begin(), found->second.end(), [&](const Object* live) {
      return desired.kind->dropped_with != nullptr || is_equal(*live, desired, world);
    });
    if (twin == found->second.end()) continue;
    const char* why = desired.kind->dropped_with != nullptr ? "belongs to what owned " : "only its name differs from ";
    wishes.push_back({(*twin)->key, desired.names, why + (*twin)->key, desired.origin});
    found->second.erase(twin);
  }
  return wishes;
}

}  // namespace segue
