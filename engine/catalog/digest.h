// What the catalogs hold, as one hash that the server computes: equal digests of one database mean that no definition
// has changed between them.
//
// Called by the start-up gate (engine/gate.cpp). Reads every catalog of the database, those of a newer server included,
// but no user's table; in whatever transaction the session is in.
#pragma once

#include <string>

#include "base/result.h"
#include "base/session.h"

namespace segue::catalog {

/// Changes with every committed definition, and with the role that asks. Does not change with rows, statistics,
/// VACUUM, TRUNCATE or temporary objects. It may change where no definition has (a table that was clustered): who
/// compares digests then has to look.
Result<std::string> digest(Session& session);

}  // namespace segue::catalog
