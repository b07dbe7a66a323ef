// NOT NULL of columns from PostgreSQL 18 on, where it is a constraint with a name (pg_constraint.contype 'n').
//
// Used by the kinds column and constraint, and by source/ where one table gets columns from another. The name is an
// attribute of the column; before 18 it is always absent.
#pragma once

#include <string>

#include "model/kind.h"

namespace segue::kinds {

class DesiredReader;

inline constexpr int first_with_named_not_null = 180000;

/// Makes the column NOT NULL. One that is so already keeps its constraint; a new one has the given name, or the one
/// that the server chooses (heap.c AddRelationNotNullConstraints).
void set_not_null(model::Object& of_column, int server_version, std::string name = {});

/// The same where the column's own definition says so: what came from a parent table or LIKE under another name is
/// called anew.
void declare_not_null(model::Object& of_column, int server_version, std::string name = {});

/// The tables below get the constraint of a column with its name (tablecmds.c ATExecSetNotNull).
void set_not_null_below(const model::Object& of_column, model::Object& of_relation, DesiredReader& reader);

void drop_not_null(model::Object& of_column);

/// By the name of the constraint, in the tables below as well (tablecmds.c dropconstraint_internal,
/// rename_constraint_internal); false where no column has such a one.
bool drop_named_not_null(const model::Object& relation, const std::string& name, DesiredReader& reader);
bool rename_not_null(const model::Object& relation, const std::string& from, const std::string& to,
                     DesiredReader& reader);

/// Whether nobody chose the name, but for a number that the server put behind it.
bool has_implied_not_null_name(const model::Object& of_column);

/// Whether the server would choose another name (pg_constraint.c ChooseConstraintName), so that statements give it.
bool states_not_null_name(const model::Object& of_column);

}  // namespace segue::kinds
