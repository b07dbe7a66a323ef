// What goes along with an object that a statement of the file drops, and what stands in its way: the walk of
// dependency.c findDependentObjects over the file's objects.
//
// Used by the interpreter for every DROP, of columns and constraints too. Removes nothing.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/schema.h"
#include "source/uses.h"

namespace segue::source {

/// An object, and what it needs of what is to go.
struct Dependent {
  std::string key;
  std::string needed;
};

struct Going {
  std::unordered_set<std::string> keys;
  std::optional<Dependent> held_by;  ///< without CASCADE: what would be left without what it needs
  std::vector<Dependent> uncertain;  ///< with CASCADE: who would go if a name of theirs means what goes
};

class Dependents {
 public:
  Dependents(const model::Schema& schema, const Environment& environment, int server_version)
      : schema_(schema), uses_(schema, environment), server_version_(server_version) {}

  Going of(const std::vector<std::string>& dropped, bool cascade);

 private:
  /// How one object hangs on another, the loosest first (dependency.h DependencyType: what is internal goes as what is
  /// automatic does, but for what is dropped by itself).
  enum class Hold { none, possible, normal, automatic };
  struct Link {
    Hold hold = Hold::none;
    std::string needed;
  };

  Link link(const model::Object& object) const;
  Hold hold_of(const model::Object& object, const model::Object& needed) const;
  bool is_generated_with(const model::Object& object) const;
  void take(const std::string& key);
  void look_for(const model::Object& object);
  void find_readers();

  const model::Schema& schema_;
  UsesFinder uses_;
  int server_version_;
  std::unordered_set<std::string> going_;
  std::set<std::string> words_;                                    ///< names of what goes, not yet looked for
  std::unordered_map<const model::Object*, const Uses*> readers_;  ///< whose definitions have one of them
};

}  // namespace segue::source
