// When two definitions are the same: three tiers, each cheaper than the next, and never a guess (DESIGN section 4).
//
// Called by the planner's front with the pairs whose texts differ. Tier one compares canonical trees, tier two looks up
// what the server made of a text before, tier three asks it. What no tier settles counts as different.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/session.h"
#include "diff/diff.h"
#include "model/schema.h"
#include "source/desired.h"
#include "sql/fragments.h"

namespace segue::same {

/// What the server made of a definition that it was sent: key → hash of the text it prints.
using Remembered = std::unordered_map<std::string, std::string>;

/// What is looked up in a schema again and again, found once.
struct Known {
  std::unordered_set<std::string> routines;                            ///< qualified names, for resolving calls
  std::unordered_map<std::string, std::vector<std::string>> columns;   ///< names by the key of their table
  std::unordered_map<std::string, std::string> constants;              ///< canonical forms that name no column
  std::unordered_map<const model::Object*, std::string> column_types;  ///< as remembered forms depend on them
};

struct World {
  const model::Schema* live = nullptr;
  const model::Schema* desired = nullptr;
  const source::Environment* environment = nullptr;
  int server_version = 150000;
  // hashes of what the keys of remembered forms have in common, made once
  mutable std::string callables;
  mutable std::string all_columns;
  mutable std::map<const model::Schema*, Known> known;
  mutable sql::Fragments fragments;
};

struct Settled {
  std::vector<diff::Pair> same;
  std::set<std::string> asked;                  ///< keys of the objects whose definitions only the server could settle
  std::map<std::string, std::int64_t> by_tier;  ///< "canonical", "remembered", "server", "undecided"
};

/// Settles all pairs. `session` null: nobody is asked (--ask never). Asking happens in a transaction that is rolled
/// back; it needs a session outside of one.
Settled settle(const std::vector<diff::Pair>& pairs, const World& world, const Remembered& remembered,
               Session* session);

/// From here on the texts of such pairs are equal, wherever they are compared.
void unite(const std::vector<diff::Pair>& same, model::Schema& live, model::Schema& desired);

// The tiers, each on its own.
bool same_tree(const diff::Pair& pair, const World& world);
std::vector<bool> ask(const std::vector<diff::Pair>& pairs, const World& world, Session& session,
                      std::vector<bool>& answered);

/// The key under which the server's form of a definition is remembered: everything that the answer depends on.
std::string remembered_key(const model::Object& desired, std::size_t attribute, const World& world);
/// The hash of a form, to be stored behind the key.
std::string form_hash(const std::string& text);

}  // namespace segue::same
