// Looks a database over for what stands in segue's way, and says the exact way out.
//
// Called by the facade (segue.h). Looking changes nothing and needs no right to write: what may not be read becomes a
// note. Only fix() changes something, and only where nobody's rows, rules or running work can be hurt by it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/session.h"
#include "exec/advisory_lock.h"
#include "exec/finding.h"
#include "exec/inspector.h"

namespace segue::exec {

struct DoctorOptions {
  /// How long a holder of segue's lock must have been idle to count as left behind. Shorter is somebody who reads the
  /// plan before saying yes: apply holds the lock meanwhile, and its session is idle.
  std::int64_t idle_ms = 300000;
};

/// History, lock, half-done work in the catalog.
Result<Examination> examine(Session& session, const DoctorOptions& options);

/// The saved plan `text`, called `name`: its seal, and where it stands; adds to `examination`.
Status examine_plan(Session& session, const std::string& name, std::string_view text, Inspector& inspector,
                    Examination& examination);

/// Runs the repairs that are offered and marks each finding with how it went. Without a lock (behind a pooler, where a
/// session's lock does not last) nothing that needs it is repaired.
void fix(Session& session, const LockWait& wait, bool can_lock, Clock& clock, Examination& examination);

// The parts of examine(), each in a file of its own.
Status examine_history(Session& session, Examination& examination);
Status examine_lock(Session& session, const DoctorOptions& options, Examination& examination);
Status examine_catalog(Session& session, Examination& examination);
Status examine_retained(Session& session, Examination& examination);

}  // namespace segue::exec
