// OPTIONS ( … ) of foreign data wrappers, servers, user mappings and foreign tables (commands/foreigncmds.c
// transformGenericOptions).
//
// Used by those kinds. Never keeps a secret: passwords and their like are left out of the model on both sides, so that
// no plan shows them, and are named as such.
#pragma once

#include <string>

#include "kinds/reader.h"
#include "model/object.h"

namespace segue::kinds::foreign_options {

/// DefElems with their actions applied to that attribute of `object`, a list of elements "name=value".
void apply(const sql::List& elements, model::Object& object, std::size_t attribute, DesiredReader& reader);
/// The array of the catalog without its secrets, which are noted.
model::List without_secrets(model::List options, const std::string& whose, CatalogReader& reader);

/// " OPTIONS (a 'x')"; "" for none.
std::string create_clause(const model::List& options);
/// "OPTIONS (ADD a 'x', SET b 'y', DROP c)"; "" where nothing differs.
std::string alter_clause(const model::List& from, const model::List& to);

}  // namespace segue::kinds::foreign_options
