#include "plan/reading.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <unordered_map>
#include <variant>

#include "kinds/kinds.h"

namespace segue::plan {
namespace {

using model::Object;

/// The words of a body in any language, in lower case as a name is that nobody quoted, and as they stand.
std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  const auto close = [&] {
    if (word.empty()) return;
    words.insert(word);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    words.insert(std::move(word));
    word.clear();
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 128 || c == '_' || c == '$')
      word += c;
    else
      close();
  }
  close();
  return words;
}

/// The text of a routine.
std::string body_of(const Object& object) {
  for (std::size_t i = 0; i < object.values.size(); ++i) {
    if (object.kind->attributes[i].grammar == model::Grammar::body) return object.definition(i).text;
  }
  return "";
}

}  // namespace

const Object& whole_for_reading(const Object& object, const model::Schema& side) {
  const Object* at = &object;
  while (true) {
    const bool hangs_on_it = at->names.front() == at->parent;
    std::string next = at->parent;
    if (at->kind->dropped_with != nullptr && side.contains(at->kind->dropped_with(*at)))
      next = at->kind->dropped_with(*at);
    const Object* parent = side.find(next);
    if (parent == nullptr || (parent->kind == &kinds::schema && !hangs_on_it)) return *at;
    at = parent;
  }
}

Reading reading_of(const std::vector<const Object*>& objects, const std::vector<const Object*>& wholes) {
  Reading reading;
  std::unordered_map<std::string, std::size_t> number;
  std::unordered_map<std::string, std::vector<std::size_t>> by_name;  // wholes that stand in a schema
  for (std::size_t node = 0; node < objects.size(); ++node) {
    const auto [at, is_new] = number.try_emplace(wholes[node]->key, node);
    reading.whole_of.push_back(at->second);
    if (is_new && wholes[node]->names.size() >= 2) by_name[wholes[node]->names[1]].push_back(node);
  }
  reading.mentions.resize(objects.size());
  for (std::size_t node = 0; node < objects.size(); ++node) {
    std::vector<std::size_t>& mentions = reading.mentions[reading.whole_of[node]];
    for (const std::string& word : words_of(body_of(*objects[node]))) {
      const auto found = by_name.find(word);
      if (found != by_name.end()) mentions.insert(mentions.end(), found->second.begin(), found->second.end());
    }
  }
  return reading;
}

}  // namespace segue::plan
