// What the comments of a file say of the objects that it makes (DESIGN section 5): `-- @renamed from=old`, `-- @using
// …`,
// `-- @backfill …`, `-- @ignore`, `-- @allow HAZARD`.
//
// Called by the interpreter once a script has run. An annotation stands right before what it speaks of, or at the end
// of a line of it; one that fits nothing is an error. Values of columns become their attributes; the rest is for the
// front.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/schema.h"
#include "sql/script.h"

namespace segue::source {

/// An object of the file that a database may have under another name.
struct Renaming {
  std::string key;                      ///< of the object as the file names it
  std::vector<std::string> from_names;  ///< its names before
  Location where;
};

struct Annotations {
  std::vector<Renaming> renamings;
  std::set<std::string> ignored;                            ///< keys: theirs and what belongs to them is left alone
  std::map<std::string, std::vector<std::string>> allowed;  ///< key → hazards that the file accepts for it
};

/// By byte offset from where each search_path is in force; the first from before the text.
using PathsInForce = std::map<int, std::string>;

/// Expressions of the annotations read under the path that is in force where they stand.
void read_annotations(const sql::Script& script, const PathsInForce& paths, model::Schema& schema,
                      Annotations& annotations, Diagnostics& errors);

}  // namespace segue::source
