// Which relations and columns a database has, as objects with an identity, and which rows they hold.
//
// Called by the suites that check that nothing was dropped and made again, and that rows survive. It asks the server's
// catalog itself and never segue.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/server.h"

namespace segue::test {

/// "public.t" -> OID of a table, partitioned table or sequence; "public.t.c" -> OID and attnum of a column.
using Identities = std::map<std::string, std::string>;
Identities identities(const Database& database);

/// What stands on both sides under one name, or under the new one of `renamed`, and is not what it was; one line each.
/// What `remade` names may be.
std::string identity_difference(const Identities& before, const Identities& after,
                                const std::map<std::string, std::string>& renamed, const std::set<std::string>& remade);

/// "public.t" -> its rows as JSON, sorted; the order of columns does not matter. Tables only.
using TableRows = std::map<std::string, std::vector<std::string>>;
TableRows table_rows(const Database& database);

/// Nothing where all rows of `wanted` are there and no others; else what differs.
std::string rows_difference(const TableRows& got, const TableRows& wanted);

}  // namespace segue::test
