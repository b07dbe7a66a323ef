// The values of a DefElem, as the commands of the server read them (commands/define.c).
//
// Used by the kinds whose CREATE is a list of options. Holds no rule of any kind.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kinds/reader.h"
#include "model/object.h"
#include "sql/tree.h"

namespace segue::kinds::define {

/// defGetString: strings, numbers and words.
std::string text_of(const sql::Node& arg);
/// defGetBoolean: an option without a value is true.
bool flag_of(const sql::Node& arg);
/// defGetQualifiedName: a type name, a list, or a reserved word or string to the grammar.
sql::List name_list(const sql::Node& arg);
std::vector<std::string> names_of(const sql::Node& arg);

/// An object of `kind` by its name in the file: qualified and quoted, bare where it is the server's own. depends
/// receives its key where the file makes it. One that nobody knows stands where the file's extension of that name puts
/// it.
std::string read_name(const model::Kind& kind, const sql::List& name, DesiredReader& reader,
                      std::vector<std::string>& depends);
/// A routine by name and argument types, `public.f(integer)`; depends receives it where the file makes it. "" where
/// only the name was given and the file makes none of that name: an error was reported.
std::string read_routine(const sql::Node& object_with_args, DesiredReader& reader, std::vector<std::string>& depends);
/// The same in SQL, from an oid; NULL for 0.
std::string routine_sql(const std::string& oid);

/// SQL for the name of a row: bare where `schema` is the server's own, else qualified and quoted.
std::string name_sql(const std::string& schema, const std::string& name);

}  // namespace segue::kinds::define
