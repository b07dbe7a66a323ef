// COMMIT, and what became of it: an answer that was lost is looked up, not guessed.
//
// Used by exec/transaction. Never reports a commit as done or not done unless the server said so.
#pragma once

#include <cstdint>

#include "base/result.h"

namespace segue::exec {

struct Run;

enum class CommitFate { committed, not_committed, unknown };

struct CommitAnswer {
  CommitFate fate;
  Diagnostics diagnostics;  ///< why, unless it was committed
};

/// Commits the open transaction, which has written the history's row `history_id`. When the connection breaks, new
/// sessions are opened until the row's fate is known or Options::commit_lookup_ms is over; run.session is then new.
CommitAnswer commit(Run& run, std::int64_t history_id);

}  // namespace segue::exec
