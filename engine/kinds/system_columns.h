// The columns that every table has and no statement declares (heap.c SysAtt).
//
// Used wherever a file may name a column.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace segue::kinds {

inline bool is_system_column(std::string_view name) {
  constexpr std::string_view names[] = {"ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace segue::kinds
