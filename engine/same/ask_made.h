// Asking the server about definitions that no view can hold: they are made as temporary objects of their own kind.
//
// Called by ask(), inside its transaction, with the pairs that no temporary view fits. Never touches an object that
// stands: everything it makes lives in pg_temp and goes with the transaction.
#pragma once

#include <string>
#include <vector>

#include "base/session.h"
#include "same/same.h"
#include "sql/tree.h"

namespace segue::same {

/// Judges SQL bodies of routines, rules, exclusions, and keys and bounds of partitions; all other pairs, and those that
/// are equal already, are left as they are.
void ask_made(const std::vector<diff::Pair>& pairs, const World& world, Session& session, std::vector<bool>& equal,
              std::vector<bool>& answered);

/// A tree without its places, without the names of the relations in `homes` before their columns, and without the name
/// and the target of a rule.
std::string tree_of(const sql::Node& node, const std::vector<std::string>& homes);

/// Runs the statements behind a savepoint; false where the server refuses them.
bool attempt(Session& session, const std::string& sql);

/// A FROM item with one row of the table's desired columns, all null; "" where it has none.
std::string row_of(const model::Schema& schema, const model::Object& table, const std::string& alias);

}  // namespace segue::same
