// What tells a column that a plan keeps in its table from those of the table's owner.
//
// Asked by the readers of the catalog and of schema files, by the planner, and by exec before it frees anything.
#pragma once

#include <string_view>

namespace segue {

/// A column so named is outside of every schema, as what lies in the schema segue_retained is.
inline constexpr std::string_view retained_column_prefix = "segue_retained_";

inline bool is_retained_column(std::string_view name) { return name.starts_with(retained_column_prefix); }

}  // namespace segue
