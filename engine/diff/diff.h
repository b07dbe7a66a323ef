// The differences between two schemas: generic over kinds, which it never names.
//
// Called by the planner's front. Definitions that read differently are settled beforehand (same/): diff itself compares
// values and nothing else.
#pragma once

#include <vector>

#include "model/kind.h"
#include "model/schema.h"

namespace segue::diff {

/// A definition on both sides whose texts differ.
struct Pair {
  const model::Object* from = nullptr;
  const model::Object* to = nullptr;
  std::size_t attribute = 0;
};

/// Every such pair, in the order of the desired schema.
std::vector<Pair> undecided_pairs(const model::Schema& from, const model::Schema& to);

struct Difference {
  const model::Object* from = nullptr;  ///< null: to be created
  const model::Object* to = nullptr;    ///< null: to be dropped
  std::vector<std::size_t> attributes;  ///< of an alteration, those that differ
};

/// What is only on one side, and what differs on both; in the order of `to`, then of `from`.
std::vector<Difference> compare(const model::Schema& from, const model::Schema& to);

}  // namespace segue::diff
