#include "exec/doctor.h"

#include <algorithm>

namespace segue::exec {
namespace {

Status run(Session& session, const Repair& repair) {
  // What cannot run in a transaction must come by the simple protocol, and has no parameters.
  const Result<Rows> rows =
      repair.parameters.empty() ? session.execute(repair.sql) : session.query(repair.sql, repair.parameters);
  if (!rows) return rows.failure();
  if (!repair.must_hold || (rows->size() == 1 && rows->at(0, 0) == "t")) return done();
  return Diagnostic::error(ErrorCode::stale, "it is no longer as it was found, so nothing was done");
}

void run_all(Session& session, Finding& finding) {
  finding.fix = FixState::done;
  for (const Repair& repair : finding.repairs) {
    const Status status = run(session, repair);
    if (status) continue;
    finding.fix = FixState::failed;
    finding.fix_error = status.error().what;
    return;
  }
}

void fail(Finding& finding, const std::string& why) {
  finding.fix = FixState::failed;
  finding.fix_error = why;
}

bool is_offered(const Finding& finding, bool needs_lock) {
  return finding.fix == FixState::offered && finding.needs_lock == needs_lock;
}

}  // namespace

Result<Examination> examine(Session& session, const DoctorOptions& options) {
  Examination examination;
  for (const Status& status : {examine_history(session, examination), examine_lock(session, options, examination),
                               examine_catalog(session, examination), examine_retained(session, examination)}) {
    if (!status) return status.failure();
  }
  for (Finding& finding : examination.findings) {
    if (!finding.repairs.empty()) finding.fix = FixState::offered;
  }
  return examination;
}

void fix(Session& session, const LockWait& wait, bool can_lock, Clock& clock, Examination& examination) {
  // Who holds the lock comes first: the rest needs it.
  for (Finding& finding : examination.findings) {
    if (is_offered(finding, false)) run_all(session, finding);
  }
  const bool more = std::any_of(examination.findings.begin(), examination.findings.end(),
                                [](const Finding& one) { return is_offered(one, true); });
  if (!more) return;
  const Status locked = can_lock ? take_advisory_lock(session, LockSpan::session, wait, clock)
                                 : Status(Diagnostic::error(ErrorCode::unsupported,
                                                            "behind a transaction pooler segue's lock does not last; "
                                                            "connect to the server itself"));
  for (Finding& finding : examination.findings) {
    if (!is_offered(finding, true)) continue;
    if (locked) {
      run_all(session, finding);
    } else {
      fail(finding, locked.error().what);
    }
  }
  if (locked) release_advisory_lock(session);
}

}  // namespace segue::exec
