// Columns that hold rows of a table which changes: PostgreSQL alters no table while others have values of its row type
// (tablecmds.c find_composite_type_dependencies).
//
// Used by the planner, which refuses such a plan, puts the change between what lets go of the type and what takes it
// up, or has UPDATE give the rows their values. Writes no SQL.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "plan/changes.h"

namespace segue::plan {

/// Who holds rows of what on one side.
class RowTypes {
 public:
  explicit RowTypes(const model::Schema& side);

  /// Keys of the columns of tables that hold rows of a relation ("public.books"): as they are, in arrays, or within
  /// other composite types and domains.
  std::set<std::string> holders_of(const std::string& relation) const;

 private:
  std::unordered_map<std::string, std::vector<const model::Object*>> by_type_;
};

/// tablecmds.c ATExecAddColumn: whether a column of this side comes with a value for the rows that are there, and
/// whether it does so in whatever way it is added (an expression that it is computed from, what a domain demands).
bool comes_with_value(const model::Schema& side, const model::Object& column);
bool always_comes_with_value(const model::Schema& side, const model::Object& column);

/// Whether a column of a table holds rows of this one, or of a partition or heir below it.
bool are_rows_held(const model::Schema& side, const model::Object& table);
/// The key of a trigger, rule or policy that would act on an UPDATE of this table or of one below it; "" for none.
std::string acts_on_update(const model::Schema& side, const model::Object& table);

/// The tables that stand and whose rows change with one of the changes or with its way back, with the change: every
/// value would be written anew. A column that comes without a value does not count.
struct RowChange {
  std::size_t change;
  std::string relation;
};
std::vector<RowChange> row_changes(const std::vector<Change>& changes, const model::Schema& from,
                                   const model::Schema& to);

/// Where a column holds rows of such a table before the plan and behind it.
Diagnostics refused_under_row_types(const ChangeInput& input, const std::vector<Change>& changes);

}  // namespace segue::plan
