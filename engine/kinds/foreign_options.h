// OPTIONS ( … ) of foreign data wrappers, servers, user mappings and foreign tables (commands/foreigncmds.c
// transformGenericOptions).
//
// Used by those kinds. Never keeps a secret: passwords and their like are left out of the model on both sides, so that
// no plan shows them, and are named as such. What the file calls `${secret:NAME}` is kept under that name, where the
// kind has an attribute for it: apply fills it in (exec/secrets.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kinds/reader.h"
#include "model/object.h"

namespace segue::kinds::foreign_options {

/// DefElems with their actions applied to that attribute of `object`, a list of elements "name=value". `secrets`: the
/// attribute of those that are named by a reference, elements "name=${secret:NAME}".
void apply(const sql::List& elements, model::Object& object, std::size_t attribute, DesiredReader& reader,
           std::optional<std::size_t> secrets = {});
/// Whether an option of that name holds one.
bool is_secret(std::string_view name);
/// The names of the secrets in an array of the catalog.
model::List secrets_in(const model::List& options);
/// Whether secrets of the one side are to be set, or taken away where it was their reference that had set them. What is
/// set is never compared, and one that the file does not name stays.
bool sets_secrets(const model::List& from, const model::List& to);
/// The options with what `sets_secrets` speaks of: for `alter_clause`.
model::List with_secrets(const model::Object& object, std::size_t attribute, std::size_t secrets,
                         const model::Object& other);
/// What is lost with an object whose secrets nobody knows, unless what replaces it (or null) names them.
std::string lost_secrets(const model::Object& standing, const model::Object* wanted, std::size_t secrets);
/// All options of an object to be created.
model::List all_options(const model::Object& object, std::size_t attribute, std::size_t secrets);
/// The array of the catalog without its secrets, which are noted.
model::List without_secrets(model::List options, const std::string& whose, CatalogReader& reader);

/// " OPTIONS (a 'x')"; "" for none.
std::string create_clause(const model::List& options);
/// "OPTIONS (ADD a 'x', SET b 'y', DROP c)"; "" where nothing differs.
std::string alter_clause(const model::List& from, const model::List& to);

}  // namespace segue::kinds::foreign_options
