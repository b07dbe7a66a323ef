#include "base/hash.h"
#include "model/kind.h"
#include "same/same.h"
#include "sql/canonical.h"

namespace segue::same {
namespace {

/// The columns and types of what a definition may read, so that a remembered form dies with them: the relation it lives
/// on, and everything that the live twin depends on.
std::string surroundings(const model::Object& desired, const World& world) {
  std::string text;
  const auto describe = [&](const model::Object& object) {
    text += object.key + "=";
    for (std::size_t i = 0; i < object.values.size(); ++i) {
      const auto& attribute = object.kind->attributes[i];
      if (attribute.type != model::Type::definition && attribute.change != model::Change::derived) text += model::to_text(object[i]) + ";";
    }
    text += "\n";
  };
  const model::Object* live = world.live->find(desired.key);
  if (live == nullptr) return text;
  for (const std::string& key : live->depends) {
    const model::Object* needed = world.desired->find(key);
    if (needed != nullptr) describe(*needed);
    else text += key + " is gone\n";
  }
  return text;
}

}  // namespace

std::string form_hash(const std::string& text) { return sha256(text).substr(0, 32); }

std::string remembered_key(const model::Object& desired, std::size_t attribute, const World& world) {
  const model::Definition& definition = desired.definition(attribute);
  return sha256(desired.key + "\n" + std::string(desired.kind->attributes[attribute].name) + "\n" + definition.search_path + "\n" + definition.text + "\n" +
                std::to_string(world.server_version) + "\n" + std::to_string(sql::canonical_version) + "\n" + surroundings(desired, world));
}

Settled settle(const std::vector<diff::Pair>& pairs, const World& world, const Remembered& remembered, Session* session) {
  Settled settled;
  std::vector<diff::Pair> open;
  for (const diff::Pair& pair : pairs) {
    if (!remembered.empty()) {
      const auto found = remembered.find(remembered_key(*pair.to, pair.attribute, world));
      if (found != remembered.end() && found->second == form_hash(pair.from->definition(pair.attribute).text)) {
        settled.same.insert(pair);
        ++settled.by_tier["remembered"];
        continue;
      }
    }
    if (same_tree(pair, world)) {
      settled.same.insert(pair);
      ++settled.by_tier["canonical"];
    } else {
      open.push_back(pair);
    }
  }
  std::vector<bool> answered(open.size(), false);
  std::vector<bool> equal(open.size(), false);
  if (session != nullptr && !open.empty()) equal = ask(open, world, *session, answered);
  for (std::size_t i = 0; i < open.size(); ++i) {
    ++settled.by_tier[answered[i] ? "server" : "undecided"];
    if (equal[i]) settled.same.insert(open[i]);
  }
  return settled;
}

}  // namespace segue::same
