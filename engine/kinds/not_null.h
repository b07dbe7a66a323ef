// NOT NULL of columns from PostgreSQL 18 on, where it is a constraint with a name (pg_constraint.contype 'n').
//
// Used by the kinds column and constraint, and by source/ where one table gets columns from another. The name is an
// attribute of the column; before 18 it is always absent.
#pragma once

#include <string>
#include <string_view>

#include "model/kind.h"

namespace segue::kinds {

inline constexpr int first_with_named_not_null = 180000;

/// indexcmds.c makeObjectName: the longer of the two names is cut first until all fits in 63 bytes.
std::string make_object_name(std::string_view name1, std::string_view name2, const std::string& label);

/// Makes the column NOT NULL. One that is so already keeps its constraint; a new one has the given name, or the one
/// that the server chooses (heap.c AddRelationNotNullConstraints).
void set_not_null(model::Object& of_column, int server_version, std::string name = {});

/// The same where the column's own definition says so: what came from a parent table or LIKE under another name is
/// called anew.
void declare_not_null(model::Object& of_column, int server_version, std::string name = {});

void drop_not_null(model::Object& of_column);

/// Whether nobody chose the name, but for a number that the server put behind it.
bool has_implied_not_null_name(const model::Object& of_column);

}  // namespace segue::kinds
