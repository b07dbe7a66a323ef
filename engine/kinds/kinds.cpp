#include "kinds/kinds.h"

#include <algorithm>
#include <array>

namespace segue::kinds {
namespace {

#define SEGUE_LIST_KIND(kind) &(kind),
constexpr std::array list = {SEGUE_KINDS(SEGUE_LIST_KIND)};
#undef SEGUE_LIST_KIND

}  // namespace

std::span<const model::Kind* const> all() { return list; }

const model::Kind* find(std::string_view name) {
  const auto* found = std::find_if(list.begin(), list.end(), [&](const auto* kind) { return kind->name == name; });
  return found == list.end() ? nullptr : *found;
}

int order_of(const model::Kind& kind) {
  return static_cast<int>(std::find(list.begin(), list.end(), &kind) - list.begin());
}

}  // namespace segue::kinds
