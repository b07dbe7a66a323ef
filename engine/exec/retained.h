// What plans kept, in the schema segue_retained or as columns that stay in their tables: made, counted, looked after
// and freed.
//
// Written by exec/transaction with the steps themselves, read by rollback, by doctor and by `segue purge`. The table
// segue.retained says which of it belongs to which plan; it is made and emptied by the steps.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/session.h"
#include "exec/advisory_lock.h"
#include "exec/clock.h"
#include "exec/job.h"
#include "exec/retained_row.h"

namespace segue::exec {

/// Whether anything of these steps outlives its object.
bool keeps_rows(const Job& job);

/// Makes the schema, closed to everybody else, where it is absent; in the transaction of the steps. Code refused where
/// somebody else's schema has the name.
Status ensure_retained_schema(Session& session);

/// Copies the relations whose rows a way back would delete, where they hold any; locked from then on, in the
/// transaction of the steps. Returns what was copied, one sentence each.
Result<std::vector<std::string>> copy_losses(Session& session, const Job& job, const Work& work);

/// What the steps of an apply have kept, or those of a rollback have brought back; in their transaction.
Status record_retained(Session& session, const Job& job);

/// Whether what is kept under a name is there: an SQL expression; `name` is one too, of plan::Retained::relation.
std::string still_kept(const std::string& name);
Result<bool> is_still_kept(Session& session, const std::string& relation);

/// Refuses (code refused) a way back whose rows were purged.
Status check_still_retained(Session& session, const Job& job);

/// All of it, oldest first; empty where there is no history.
Result<std::vector<RetainedRow>> read_retained(Session& session);

/// Frees what these rows name, all or nothing, while no other segue is at work. The session is in no transaction,
/// before and after.
Status purge_retained(Session& session, const std::vector<RetainedRow>& rows, const LockWait& wait, Clock& clock);

}  // namespace segue::exec
