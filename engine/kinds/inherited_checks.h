// What comes down to the children of a table, and the checks that a table has from its inheritance parents alone: no
// objects of its own (Kind constraint, query). And those that partitions, whose checks are objects, are to keep.
//
// Used by the interpreter of a file and by the planner.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/kind.h"

namespace segue::kinds {

/// Whether a part of a table comes down to its children, and not only to partitions: columns do and checks do, no key
/// and no foreign key does (ddl.sgml, Inheritance).
bool comes_to_children(const model::Object& part);

/// Keys of the checks that come down to `child` from the parents named (as in `inherits`), and from theirs, for which
/// it has none of its own.
std::set<std::string> checks_from(const model::Schema& side, const model::Object& child, const model::List& parents);

/// What becomes of the checks of a table's parents where it changes parents. NO INHERIT leaves a check to the child as
/// its own (tablecmds.c RemoveInheritance), and INHERIT wants it to have that of the parent, also as its own
/// (MergeConstraintsIntoExisting): a check that is none of its own is not there while either runs.
struct MovedChecks {
  std::set<std::string> left;    ///< of parents that it leaves: gone before
  std::set<std::string> joined;  ///< of parents that it comes to: made behind
};
MovedChecks moved_checks(const model::Object& from, const model::Object& to, const model::Schema& from_schema,
                         const model::Schema& to_schema);

/// The checks of the same name above one that comes or goes, on either side, of parents that its table has on both: it
/// cannot be dropped under them, or added (ATExecDropConstraint, MergeWithExistingConstraint), but they merge with it.
std::set<std::string> checks_above(const model::Object& check, const model::Schema& from_schema,
                                   const model::Schema& to_schema);

/// A check of a partitioned table goes from its partitions as well (tablecmds.c dropconstraint_internal): those of them
/// that are to keep it as their own, and get it again, as they will be. One that becomes another is made by a change of
/// its own.
std::vector<const model::Object*> checks_kept_below(const model::Sides& drop);

}  // namespace segue::kinds
