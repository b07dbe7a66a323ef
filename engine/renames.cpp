#include "renames.h"

#include <algorithm>
#include <map>
#include <set>

#include "model/kind.h"

namespace segue {
namespace {

using model::Object;

/// An annotation whose object the database has under the old name.
struct Candidate {
  const source::Renaming* renaming;
  const Object* desired;
  std::string old_key;
};

std::vector<Candidate> candidates(const source::Desired& desired, const model::Schema& live) {
  std::vector<Candidate> found;
  for (const source::Renaming& renaming : desired.annotations.renamings) {
    const Object* object = desired.schema.find(renaming.key);
    if (object == nullptr) continue;
    const std::string old_key = model::key_of(*object->kind, renaming.from_names);
    if (old_key != object->key && live.contains(old_key)) found.push_back({&renaming, object, old_key});
  }
  // parents first: their parts go by the parent's new name
  std::stable_sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return a.desired->names.size() < b.desired->names.size();
  });
  return found;
}

/// How many parts of an object the other one has as well.
std::size_t likeness(const Object& live, const model::Schema& live_schema, const Object& desired,
                     const model::Schema& desired_schema) {
  std::map<std::string, const Object*> parts;
  for (const Object* part : live_schema.children(live.key)) parts[std::string(part->kind->name) + part->name()] = part;
  std::size_t same = 0;
  for (const Object* part : desired_schema.children(desired.key)) {
    const auto found = parts.find(std::string(part->kind->name) + part->name());
    if (found == parts.end()) continue;
    ++same;
    if (!part->values.empty() && part->values.front() == found->second->values.front()) ++same;
  }
  return same;
}

/// Whether two that swap their names have not done so yet: as they are, they look less like what the file says.
bool wants_swap(const Candidate& candidate, const source::Desired& desired, const model::Schema& live) {
  const Object* here = live.find(candidate.desired->key);
  const Object* there = live.find(candidate.old_key);
  return likeness(*there, live, *candidate.desired, desired.schema) >
         likeness(*here, live, *candidate.desired, desired.schema);
}

}  // namespace

std::vector<plan::RenameWish> renames_by_annotation(const source::Desired& desired, const model::Schema& live) {
  std::vector<Candidate> open = candidates(desired, live);
  // who has the new name already, and does not give it away, was renamed before
  for (bool shrunk = true; shrunk;) {
    std::set<std::string> leaving;
    for (const Candidate& one : open) leaving.insert(one.old_key);
    shrunk = std::erase_if(open, [&](const Candidate& one) {
               const bool taken = live.contains(one.desired->key);
               return taken && (leaving.count(one.desired->key) == 0 || !wants_swap(one, desired, live));
             }) > 0;
  }
  std::vector<plan::RenameWish> wishes;
  for (const Candidate& one : open) {
    const Location& where = one.renaming->where;
    wishes.push_back({one.old_key, one.desired->names, "renamed from " + one.old_key, {where.file, where.line}});
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

}  // namespace

std::vector<plan::RenameWish> renames_by_likeness(const same::World& world) {
  std::map<std::string, std::vector<const Object*>> leaving;  // by kind and parent
  for (const Object& live : world.live->objects()) {
    const bool stays = !live.kind->renamed_when_equal || world.desired->contains(live.key);
    const bool implied = live.kind->implied_by != nullptr && !live.kind->implied_by(live).empty();
    if (!stays && !implied) leaving[std::string(live.kind->name) + " " + live.parent].push_back(&live);
  }
  std::vector<plan::RenameWish> wishes;
  if (leaving.empty()) return wishes;
  for (const Object& desired : world.desired->objects()) {
    const auto found = leaving.find(std::string(desired.kind->name) + " " + desired.parent);
    if (found == leaving.end() || world.live->contains(desired.key)) continue;
    const auto twin = std::find_if(found->second.begin(), found->second.end(),
                                   [&](const Object* live) { return is_equal(*live, desired, world); });
    if (twin == found->second.end()) continue;
    wishes.push_back({(*twin)->key, desired.names, "only its name differs from " + (*twin)->key, desired.origin});
    found->second.erase(twin);
  }
  return wishes;
}

}  // namespace segue
