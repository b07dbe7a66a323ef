// The collation that values of a type have where nobody names one.
//
// Used by the readers of a file's columns, attributes and domains: naming that one is no choice, and the catalog does
// not tell it from none (pg_type.typcollation).
#pragma once

#include <string>

#include "model/schema.h"

namespace segue::kinds {

/// As COLLATE names it, qualified: `pg_catalog."default"` of text, a domain's own of that domain, and of its arrays.
std::string collation_of_type(const std::string& type, const model::Schema& all);

}  // namespace segue::kinds
