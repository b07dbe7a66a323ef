// A clause that holds expressions between words of its own: EXCLUDE USING … (…) WHERE (…), PARTITION BY … (…).
//
// Used by ask(): the server prints expressions, and clauses only of what stands.
#pragma once

#include <string>
#include <vector>

namespace segue::same {

struct Clause {
  std::string frame;                     ///< the clause with a name in place of each expression
  std::vector<std::string> expressions;  ///< in their order
};

/// `text`: a definition of Grammar::constraint or Grammar::partition_key.
Clause take_apart(const std::string& text);

}  // namespace segue::same
