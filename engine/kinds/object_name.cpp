#include "kinds/object_name.h"

#include <algorithm>

#include "base/quote.h"

namespace segue::kinds {

std::string make_object_name(std::string_view name1, std::string_view name2, const std::string& label) {
  std::size_t overhead = 0;
  if (!name2.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  std::size_t length1 = name1.size();
  std::size_t length2 = name2.size();
  const std::size_t available = name_bytes_max - std::min(overhead, name_bytes_max);
  while (length1 + length2 > available) --(length1 > length2 ? length1 : length2);
  std::string name = clip_identifier(name1, length1);
  if (!name2.empty()) name += "_" + clip_identifier(name2, length2);
  if (!label.empty()) name += "_" + label;
  return name;
}

}  // namespace segue::kinds
