// What CREATE TABLE and CREATE FOREIGN TABLE share: the list of columns and constraints, and the tables they inherit
// from (tablecmds.c DefineRelation serves both).
//
// Used by table and foreign_table, whose attribute "inherits" is meant. Holds no rule of either.
#pragma once

#include <span>
#include <string>

#include "kinds/reader.h"
#include "model/kind.h"

namespace segue::kinds {

/// "(\n    a integer,\n    …\n)" of the folded children; "()" for none.
std::string table_elements(const model::Object& object, std::span<const model::Object* const> folded);
/// INHERIT and NO INHERIT, from the parents of one side to those of the other.
void alter_parents(const model::Sides& sides, model::Emit& emit);
/// Whether it comes to a parent, whose columns it must have by then (tablecmds.c MergeAttributesIntoExisting).
bool has_new_parent(const model::Sides& sides);
/// Selects the parents of pg_class row c as an array of qualified names; NULL for a partition.
std::string select_parents();

/// The columns, constraints and parents of a CreateStmt, for the relation that was just added.
void read_table_elements(const sql::Node& create, model::Object& relation, DesiredReader& reader);
/// The readers of AT_AddInherit and AT_DropInherit.
void read_inherit(const sql::Node& command, DesiredReader& reader);
void read_no_inherit(const sql::Node& command, DesiredReader& reader);

}  // namespace segue::kinds
