// The live state: pg_catalog as a schema.
//
// Called by the planner's front for a plan, and by exec through its inspector inside a transaction. Reads only; a few
// large set-based queries, one per kind, in whatever transaction the session is in.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "model/schema.h"

namespace segue::catalog {

struct Note {
  std::string object;
  std::string text;
};

struct Live {
  model::Schema schema;
  std::vector<Note> unmodelled;
};

/// Everything that is ours to see: no system schema, no member of an extension, nothing temporary, nothing of segue's.
Result<Live> introspect(Session& session);

/// The same over several sessions at once, which must share one snapshot.
Result<Live> introspect(const std::vector<Session*>& sessions);

/// Names that extensions and the server bring along: "type citext" → {"public"}. For the reader of schema files.
Result<std::vector<std::pair<std::string, std::string>>> environment(Session& session);

}  // namespace segue::catalog
