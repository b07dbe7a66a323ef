// Comparisons that found nothing to do, kept so that the next start need not compare again (segue.settled).
//
// Written and read by the start-up gate (engine/gate.cpp); what a request and a catalog are is its affair.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/session.h"

namespace segue::exec {

struct Settled {
  std::string request;    ///< hash of what was asked: files, flags, rules
  std::string catalog;    ///< digest of the catalogs that it was compared with
  std::string plan_file;  ///< the plan that came of it, as JSON: one without steps
};

/// What was kept for a request; nothing where there is no history that may be read.
std::optional<Settled> find_settled(Session& session, const std::string& request);

/// Adds or replaces, and forgets the oldest of many. The history must exist (ensure_history).
Status store_settled(Session& session, const Settled& settled);

/// Forgets all: what segue manages has changed, and with it what a plan would drop.
Status forget_settled(Session& session);

}  // namespace segue::exec
