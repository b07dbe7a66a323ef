// Rows that stand in the way of a constraint: how they are found before it is made.
//
// Used by the kinds that restrict rows. Nothing is said of relations that the same plan makes, nor of columns that it
// changes: what stands there now tells nothing of what will be met. A column that it adds or fills holds in rows that
// exist what its default or its backfill says. Written behind the statement that would fail.
#pragma once

#include <string>
#include <vector>

#include "model/kind.h"

namespace segue::kinds::obstacles {

/// The columns that name a row of a relation that stands: its primary key, else its place.
std::string key_of_rows(const model::Sides& sides, const std::string& relation);

/// Whether a relation and its columns stand and stay as they are.
bool stand(const model::Sides& sides, const std::string& relation, const model::List& names);

/// Rows of the relation for which `condition` holds (a text for WHERE).
void rows_where(const model::Sides& sides, const std::string& relation, const model::List& columns,
                const std::string& condition, const std::string& what, bool runs_code, model::Emit& emit);

/// Rows that are equal in all columns; a null equals nothing, or another null.
void equal_rows(const model::Sides& sides, const std::string& relation, const model::List& columns,
                bool nulls_are_equal, model::Emit& emit);

/// Rows whose columns point to a row that is not there (MATCH SIMPLE: a null points nowhere). In a target that the plan
/// makes there is none.
void orphans(const model::Sides& sides, const std::string& relation, const model::List& columns,
             const std::string& target, const model::List& target_columns, model::Emit& emit);

/// What two rows of an exclusion constraint are compared by.
struct Comparison {
  std::string key;          ///< a column or an expression, as the index has it
  std::string by_operator;  ///< "&&" or OPERATOR(pg_catalog.&&)
};

/// Rows of which every comparison with another row holds (execIndexing.c check_exclusion_or_unique_constraint).
/// `predicate`: "" for all rows.
void conflicts(const model::Sides& sides, const std::string& relation, const model::List& columns,
               const std::vector<Comparison>& comparisons, const std::string& predicate, bool runs_code,
               model::Emit& emit);

/// Rows of a column that the change turns to another type for whose values `condition` holds.
void values_where(const model::Sides& sides, const std::string& condition, const std::string& what, model::Emit& emit);

/// Whether there are any can only be known by doing it: the plan says so.
void unknown(const std::string& what, model::Emit& emit);

// -- of types (obstacles_of_types.cpp): rows of every column whose values are of the type

/// Rows that hold one of the labels, whose type is exchanged for one without them.
void labels_in_use(const model::Sides& sides, const model::Object& type, const model::List& gone, model::Emit& emit);

/// Rows that have no value although the domain would not allow that (typecmds.c validateDomainNotNullConstraint).
void nulls_of_domain(const model::Sides& sides, const model::Object& type, model::Emit& emit);

/// Rows whose value is outside of a check of the domain, which calls it VALUE (validateDomainCheckConstraint there).
void outside_of_domain(const model::Sides& sides, const model::Object& type, const std::string& check,
                       model::Emit& emit);

/// Rows that exist, where a new column comes without a value and a check of its domain does not take that
/// (tablecmds.c ATExecAddColumn, typcache.c DomainHasConstraints).
void null_outside_of_domain(const model::Sides& sides, const model::Object& added, const model::Object& type,
                            model::Emit& emit);

}  // namespace segue::kinds::obstacles
