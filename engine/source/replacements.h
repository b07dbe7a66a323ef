// What a new name of an object makes of the texts in which others name it: keys, addresses, types in signatures, names
// in clauses.
//
// Used by source/rename.cpp. Definitions are not among them: those are followed by their trees.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/object.h"

namespace segue::source {

/// What changes in the values of others: keys, and names with their schema.
struct Replacements {
  std::vector<std::pair<std::string, std::string>> keys;
  std::vector<std::pair<std::string, std::string>> names;       ///< of relations, types and routines
  std::vector<std::pair<std::string, std::string>> in_clauses;  ///< of whatever a clause may name (`public.d`)

  /// A text that is a key or a name, or begins with the name of a type; any other as it is.
  std::string of(const std::string& text) const;
  void in(model::Object& object) const;

  /// `WITH FUNCTION public.f(public.pair)`, `public.d, simple`: every name in it.
  std::string in_clause(const std::string& text) const;
};

/// The argument types by which a routine is known.
std::string with_types_replaced(const std::string& signature, const Replacements& replaced);

/// `public.pair AS text`, `public.pair LANGUAGE plpgsql`: what a cast and a transform are known by.
std::string with_types_around_word_replaced(const std::string& name, const Replacements& replaced);

}  // namespace segue::source
