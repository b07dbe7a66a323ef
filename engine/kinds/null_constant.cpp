#include "kinds/null_constant.h"

#include <optional>

#include "kinds/kinds.h"
#include "kinds/routine_common.h"

namespace segue::kinds {
namespace {

/// The object of the file that a type is; null for the types of the system and of extensions.
const model::Object* object_of(const std::string& type, const std::vector<std::string>& depends,
                               DesiredReader& reader) {
  for (const std::string& key : depends) {
    const model::Object* needed = reader.schema().find(key);
    if (needed != nullptr && needed->kind->address != nullptr && needed->kind->address(*needed) == type) return needed;
  }
  return nullptr;
}

/// Whether a value of that type is cut or padded to its modifier (parse_coerce.c find_typmod_coercion_function): all
/// types of the system that take one have a cast to themselves, as those of extensions do; one of the file may.
bool has_length_cast(const std::string& bare, const model::Object* of_file, DesiredReader& reader) {
  return of_file == nullptr || reader.schema().contains(model::key_of(cast, {bare + " AS " + bare}));
}

/// The type of the constant after its conversion; nothing where the conversion leaves an expression. `from`: "" for a
/// NULL that has no type yet. parse_coerce.c coerce_type, coerce_type_typmod.
std::optional<std::string> converted(const std::string& from, const std::string& to,
                                     const std::vector<std::string>& depends, DesiredReader& reader) {
  const std::string bare = routine::without_modifier(to);
  const std::string element = bare.ends_with("[]") ? bare.substr(0, bare.size() - 2) : bare;
  const model::Object* of_file = object_of(element, depends, reader);
  if (of_file != nullptr && of_file->kind == &domain && element == bare) return std::nullopt;
  if (!from.empty() && routine::without_modifier(from) != bare) return std::nullopt;
  if (to == bare) return from.empty() ? to : from;
  // a constant of type interval takes the modifier along as it is made
  const bool takes_modifier = from.empty() && bare == "interval";
  const bool as_it_is = from == to || takes_modifier || !has_length_cast(element, of_file, reader);
  return as_it_is ? std::optional(to) : std::nullopt;
}

std::optional<std::string> type_of_constant(const sql::Node& value, DesiredReader& reader) {
  if (value.is("A_Const") && value.flag("isnull")) return "";
  if (!value.is("TypeCast")) return std::nullopt;
  const std::optional<std::string> from = type_of_constant(value["arg"], reader);
  if (!from) return std::nullopt;
  std::vector<std::string> depends;
  const std::string to = reader.type(value["typeName"], depends);
  return converted(*from, to, depends, reader);
}

}  // namespace

bool is_null_constant(const sql::Node& value, const std::string& type, const std::vector<std::string>& depends,
                      DesiredReader& reader) {
  const std::optional<std::string> from = type_of_constant(value, reader);
  return from && converted(*from, type, depends, reader);
}

}  // namespace segue::kinds
