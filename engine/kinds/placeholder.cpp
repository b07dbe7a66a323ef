#include "kinds/placeholder.h"

#include <algorithm>

#include "base/quote.h"
#include "kinds/kinds.h"

namespace segue::kinds {
namespace {

using model::Object;

/// Whether a column may be of the type, or in the collation, that a view depends on: all else is read by its query.
bool may_be_of_column(const Object& object, const Object* needed) {
  if (needed == nullptr) return false;
  if (needed->kind == &collation) return true;
  const model::NameSpace space = needed->kind->name_space;
  if (space != model::NameSpace::type && space != model::NameSpace::relation) return false;
  const std::string type = " " + quote_qualified(needed->names[0], needed->names[1]);
  const auto& columns = object.list(model::attribute(view, "columns"));
  return std::any_of(columns.begin(), columns.end(),
                     [&](const std::string& column) { return column.find(type) != std::string::npos; });
}

}  // namespace

std::optional<Object> placeholder_of(const Object& object, const model::Schema& side) {
  static const std::size_t placeholder = model::attribute(view, "placeholder");
  if (object.kind != &view || !object.has(placeholder)) return std::nullopt;
  Object bare = object;
  bare.values = model::make_object(view, object.names, object.parent).values;
  bare[model::attribute(view, "query")] = object.definition(placeholder);
  std::erase_if(bare.depends, [&](const std::string& key) { return !may_be_of_column(object, side.find(key)); });
  return bare;
}

bool is_of_placeholder(const Object& object, std::size_t attribute) {
  static const std::size_t placeholder = model::attribute(view, "placeholder");
  return object.kind == &view && attribute == placeholder;
}

}  // namespace segue::kinds
