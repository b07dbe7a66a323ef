// When DEFAULT NULL is no default at all: where the parser makes the mere constant NULL of it.
#pragma once

#include <string>
#include <vector>

#include "kinds/reader.h"

namespace segue::kinds {

/// Whether `value` is the constant NULL as the default of something of that type (as DesiredReader::type prints it;
/// `depends` holds the keys of what the type needs). The server keeps nothing of it (heap.c AddRelationNewConstraints,
/// typecmds.c DefineDomain). It is an expression where NULL is converted: to a domain, from another type, or to a
/// length (`varchar(10) DEFAULT NULL`).
bool is_null_constant(const sql::Node& value, const std::string& type, const std::vector<std::string>& depends,
                      DesiredReader& reader);

}  // namespace segue::kinds
