// Internals of the exchange of types: what the rooms of type_swap.h share.
//
// Used by type_swap*.cpp alone. Writes no SQL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/kind.h"

namespace segue::kinds::swap_parts {

std::string type_name(const model::Object& type);

/// The type that a column, an attribute or a domain is of.
const std::string& type_of(const model::Object& user);

bool is_array(std::string_view type);

/// "public.mood" of "public.mood[]": format_type prints an array of any depth with one pair of brackets.
std::string element_of(std::string type);

/// The multirange type that a range type brings (14 on), as SQL names it; "" for none.
const std::string& multirange_of(const model::Object& type);

/// Whether a type's text speaks of the type, of an array of it, or of the type that it brings.
bool is_or_holds(const std::string& text, const model::Object& type);

bool holds(const model::Object& user, const model::Object& type);

model::Sides of(const model::Sides& sides, const model::Object* from, const model::Object* to);

bool is_type(const model::Object& object);

std::vector<const model::Object*> attributes_of(const model::Schema& all, const model::Object& type);

/// Whether the values of an attribute of the type go over to the successor's: else they are gone.
bool is_kept(const model::Sides& type, const model::Object& attribute);

/// The type of a typed table (CREATE TABLE … OF); "" for any other object.
std::string type_of_table(const model::Object& object);

/// Of a domain's checks those that values must be looked through for: they are new, were not valid, or are others.
std::vector<const model::Object*> checks_to_look_for(const model::Sides& sides);

/// tablecmds.c find_composite_type_dependencies: whether a column holds the type, or one that is made from it.
bool is_held(const model::Schema& all, const model::Object& type);

/// Whether a column holds the successor where it held the type, or what the one brings where it held what the other
/// did (another name of a multirange type): as it was, an array of it, or an element.
bool holds_on(const model::Sides& user, const model::Sides& type);

/// Of a column that holds on: whether it becomes an array of what it held, or an element of it.
bool is_turned(const model::Sides& user);

/// What is exchanged along with `sides.from`, in the order of creation: it, then the types made from it.
std::vector<model::Sides> exchanged_with(const model::Sides& sides);

}  // namespace segue::kinds::swap_parts
