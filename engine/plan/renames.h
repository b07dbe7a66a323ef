// Renamed objects: the schema under its new names, and the statements that bring a database there.
//
// Called by the planner's front before the two sides are compared. Renames run before all other steps, so that these
// know the new names alone; taken back they run last. Generic over kinds.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "model/kind.h"
#include "model/object.h"
#include "model/schema.h"
#include "plan/plan.h"

namespace segue::plan {

/// Where the name stands among an object's names: the last, or the one before a list of argument types.
std::size_t name_at(const model::Object& object);

/// An object of the database that the file calls otherwise.
struct RenameWish {
  std::string from_key;
  std::vector<std::string> to_names;
  std::string reason;
  model::Origin origin;
};

struct Rename {
  model::Object before;
  model::Object after;
  model::Emit there;
  model::Emit back;
  std::string reason;
  model::Origin origin;
};

/// What an object was before the renames, and what is known of it after them.
struct Was {
  std::string key;
  std::string hash;   ///< object_hash()
  std::string whole;  ///< key of what it was a part of
  Shape now;
};

struct Renames {
  std::vector<Rename> steps;  ///< in the order in which they run
  std::unordered_map<std::string, Was>
      was;                      ///< new key → what it was, of all objects that a rename changes, and their parts
  std::set<std::string> moved;  ///< extensions that go to another schema before all who use them
};

/// Runs a statement on a schema as the server would on the database.
using RunOnSchema = std::function<Status(model::Schema& schema, const std::string& sql)>;

/// Renames objects of `live`, and adds to what `renames` holds of earlier ones. A name that something else still has is
/// freed by passing that through a name aside. Fails where a rename cannot be followed into what mentions the object.
Status rename(const std::vector<RenameWish>& wishes, model::Schema& live, const RunOnSchema& run, Renames& renames);

/// Renames the copies of foreign keys that have a name which the file gives to a constraint (copies.cpp). They keep the
/// new one on the way back: nobody sees it.
void free_names_of_copies(model::Schema& live, const model::Schema& desired, Renames& renames);

/// Adds to the first rename's effects what the renames change and a step of a later group changes again: else the state
/// between the two groups would be nobody's doing. `body` with its steps in their groups.
void note_effects_between_groups(const Renames& renames, Body& body);

/// Makes a change to `live` that a step brings about by itself, and notes in `renames` what its objects were.
void note(model::Schema& live, const std::function<void()>& change, Renames& renames);

}  // namespace segue::plan
