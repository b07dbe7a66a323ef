#include <algorithm>
#include <future>
#include <thread>

#include "base/hash.h"
#include "model/kind.h"
#include "same/home.h"
#include "same/same.h"
#include "sql/canonical.h"
#include "sql/lexer.h"

namespace segue::same {
namespace {

/// All routines and types of the file by name and signature: what a call or a cast may resolve to.
std::string callables(const model::Schema& schema) {
  std::string text;
  for (const model::Object& object : schema.objects()) {
    const auto space = object.kind->name_space;
    if (space == model::NameSpace::routine || space == model::NameSpace::type) text += object.key + "\n";
  }
  return sha256(text);
}

/// A query, or an expression with one inside.
bool may_read_others(model::Grammar grammar, const std::string& text) {
  if (grammar != model::Grammar::expression) return true;
  const auto words = sql::tokens(text);
  return std::any_of(words.begin(), words.end(), [](const sql::Token& token) { return token.is_word("select"); });
}

void describe_columns(const model::Schema& schema, const model::Object& relation, std::string& text) {
  for (const model::Object* child : schema.children(relation.key)) {
    if (child->names.size() != 3 || child->kind->inline_form == nullptr) continue;
    text += child->key;
    for (std::size_t i = 0; i < child->values.size(); ++i) {
      const auto& attribute = child->kind->attributes[i];
      if (attribute.name == "type" || attribute.name == "collation") text += "|" + model::to_text((*child)[i]);
    }
    text += "\n";
  }
}

/// Columns and their types: those of the relation that the definition lives on, or of all where it may read any.
std::string columns_read(const model::Object& desired, std::size_t attribute, const World& world) {
  std::string text;
  const model::Object* home = hangs_on(desired, *world.desired);
  while (home != nullptr && home->names.size() != 2) home = hangs_on(*home, *world.desired);
  if (home != nullptr) {
    const auto [types, is_new] = world.known[world.desired].column_types.try_emplace(home);
    if (is_new) describe_columns(*world.desired, *home, types->second);
    text = types->second;
  }
  if (may_read_others(desired.kind->attributes[attribute].grammar, desired.definition(attribute).text)) {
    if (world.all_columns.empty()) {
      for (const model::Object& object : world.desired->objects()) {
        if (object.names.size() == 2) describe_columns(*world.desired, object, world.all_columns);
      }
      world.all_columns = sha256(world.all_columns);
    }
    text += world.all_columns;
  }
  return text;
}

}  // namespace

std::string form_hash(const std::string& text) { return sha256(text).substr(0, 32); }

std::string remembered_key(const model::Object& desired, std::size_t attribute, const World& world) {
  const model::Definition& definition = desired.definition(attribute);
  if (world.callables.empty()) world.callables = callables(*world.desired);
  // The major version alone: a minor one that prints otherwise is noticed by what it prints, and plans are the same
  // bytes on every machine.
  return sha256(desired.key + "\n" + std::string(desired.kind->attributes[attribute].name) + "\n" +
                definition.search_path + "\n" + definition.text + "\n" + std::to_string(world.server_version / 10000) +
                "\n" + std::to_string(sql::canonical_version) + "\n" + columns_read(desired, attribute, world) +
                world.callables);
}

namespace {

/// Tier one for all pairs, by as many threads as there are processors: no answer depends on another.
std::vector<char> same_trees(const std::vector<diff::Pair>& pairs, const World& world) {
  constexpr std::size_t worth_a_thread = 500;
  std::vector<char> same(pairs.size());
  const auto judge = [&](std::size_t begin, std::size_t end) {
    // what it looks up is kept in it, and not shared
    const World own = world;  // NOLINT(performance-unnecessary-copy-initialization)
    for (std::size_t i = begin; i < end; ++i) same[i] = same_tree(pairs[i], own) ? 1 : 0;
  };
  const std::size_t threads =
      std::clamp<std::size_t>(pairs.size() / worth_a_thread, 1, std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::future<void>> others;
  for (std::size_t part = 1; part < threads; ++part) {
    others.push_back(
        std::async(std::launch::async, judge, pairs.size() * part / threads, pairs.size() * (part + 1) / threads));
  }
  judge(0, pairs.size() / threads);
  for (auto& other : others) other.get();
  return same;
}

bool is_remembered(const diff::Pair& pair, const World& world, const Remembered& remembered) {
  if (remembered.empty()) return false;
  const auto found = remembered.find(remembered_key(*pair.to, pair.attribute, world));
  return found != remembered.end() && found->second == form_hash(pair.from->definition(pair.attribute).text);
}

}  // namespace

Settled settle(const std::vector<diff::Pair>& pairs, const World& world, const Remembered& remembered,
               Session* session) {
  Settled settled;
  std::vector<diff::Pair> open;
  const std::vector<char> same = same_trees(pairs, world);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const diff::Pair& pair = pairs[i];
    const bool canonical = same[i] != 0;
    if (!canonical && !is_remembered(pair, world, remembered)) {
      open.push_back(pair);
      continue;
    }
    settled.same.push_back(pair);
    ++settled.by_tier[canonical ? "canonical" : "remembered"];
  }
  std::vector<bool> answered(open.size(), false);
  std::vector<bool> equal(open.size(), false);
  if (session != nullptr && !open.empty()) equal = ask(open, world, *session, answered);
  for (std::size_t i = 0; i < open.size(); ++i) {
    ++settled.by_tier[answered[i] ? "server" : "undecided"];
    if (answered[i]) settled.asked.insert(open[i].to->key);
    if (equal[i]) settled.same.push_back(open[i]);
  }
  return settled;
}

void unite(const std::vector<diff::Pair>& same, model::Schema& live, model::Schema& desired) {
  int meaning = 0;
  for (const diff::Pair& pair : same) {
    ++meaning;
    model::definition_in((*live.find(pair.from->key))[pair.attribute])->meaning = meaning;
    model::definition_in((*desired.find(pair.to->key))[pair.attribute])->meaning = meaning;
  }
}

}  // namespace segue::same
