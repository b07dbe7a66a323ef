// The live state: pg_catalog as a schema.
//
// Called by the planner's front for a plan, and by exec through its inspector inside a transaction. Reads only; a few
// large set-based queries, one per kind, in whatever transaction the session is in.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "model/schema.h"

namespace segue::catalog {

struct Note {
  std::string object;
  std::string text;
  std::string part_of;  ///< key of the object that it is a part of (a secret option); "" where it stands alone
};

struct Live {
  model::Schema schema;
  std::vector<Note> unmodelled;
  std::set<std::string> with_hidden_columns;  ///< relations that hold columns which plans keep in them
};

/// Asked before the catalog is, from another thread; comments, owners and privileges come last.
using Wanted = std::function<bool(const model::Kind&)>;
inline bool everything(const model::Kind&) { return true; }

/// Begins a read-only transaction on a snapshot that others can share.
/// Returns the snapshot's name, "" where the server does not share it; the session is in the transaction either way.
Result<std::string> begin_snapshot(Session& session);

/// Begins the same on another session; false where that fails, and the session is of no use.
bool join_snapshot(Session& session, const std::string& snapshot);

/// Everything that is ours to see: no system schema, no member of an extension, nothing temporary, nothing of segue's.
/// Kinds that are not wanted are not read.
Result<Live> introspect(Session& session, const Wanted& wanted = everything);

/// The same over several sessions at once, which must share one snapshot.
Result<Live> introspect(const std::vector<Session*>& sessions, const Wanted& wanted = everything);

/// Names that extensions and the server bring along: "type citext" → {"public"}. For the reader of schema files.
Result<std::vector<std::pair<std::string, std::string>>> environment(Session& session);

}  // namespace segue::catalog
