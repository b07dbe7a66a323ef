// How the values of a column, an attribute or a domain follow it to another type, where types of the file's own may be
// among the two.
//
// Used by the kinds that have a type, and by the exchange of types. PostgreSQL: parse_coerce.c find_coercion_pathway.
// Types of which neither schema knows anything may have casts of their own, and are taken to have them.
#pragma once

#include <string>

#include "model/schema.h"

namespace segue::kinds {

/// Of each type, as format_type writes it, and the schema that it is a type of.
struct TypeChange {
  const std::string& from;
  const std::string& to;
  const model::Schema& from_schema;
  const model::Schema& to_schema;
};

/// Whether a cast leads from one to the other, or their text does where PostgreSQL would take it.
bool is_castable(const TypeChange& change);

/// Whether nothing but their text leads from one to the other: an enum is on one side.
bool goes_through_text(const TypeChange& change);

/// The value as one of the new type; as it is, where ALTER TYPE converts it by itself. Between a type and its array
/// there is no cast: one element is what an array of one holds.
std::string converted(const std::string& value, const TypeChange& change);

}  // namespace segue::kinds
