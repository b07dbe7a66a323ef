// A group of one step that runs in no transaction: written to the history before and after.
//
// Used by exec/executor between the groups that are transactions. What was cut off is looked at, not guessed: the step
// says how to ask whether its work is there, and how to take away what is half done.
#pragma once

#include <variant>

#include "exec/transaction.h"

namespace segue::exec {

/// `begun`: the history says that an earlier run began it. Success: done and recorded. On failure what was half done is
/// taken away, where the server can still be reached.
std::variant<Committed, Aborted> run_alone(Run& run, const Job& job, bool begun);

/// Whether the work of a step that runs in no transaction is there whole.
Result<bool> is_done_whole(Session& session, const plan::Step& step);

/// Takes away what a step may have left half done, before the groups in front of it are taken back.
Status clean_up(Session& session, const plan::Step& step);

}  // namespace segue::exec
