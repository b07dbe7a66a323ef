// Whether a libpq connection string holds a password (fe-connect.c conninfo_parse, conninfo_uri_parse), and how a file
// names one that it does not hold.
//
// Used by kinds that keep such a string. What cannot be read for sure counts as holding one: no secret enters a plan.
#pragma once

#include <string_view>

namespace segue::kinds {

bool may_hold_secret(std::string_view conninfo);

/// Whether a value of the file is `${secret:NAME}`, whole: what apply fills in (exec/secrets.h).
bool is_secret_reference(std::string_view value);

}  // namespace segue::kinds
