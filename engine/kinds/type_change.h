// How the values of one type become values of another.
//
// Used by the columns' kind and by the planner's facts about locks. Types are written as format_type prints them. Knows
// the built-in types alone: of any other pair it says what is safe.
#pragma once

#include <string>

namespace segue::kinds {

struct TypeParts {
  std::string base;      ///< the type without its modifier and without []
  std::string modifier;  ///< what stands in parentheses
  bool is_array = false;
};

TypeParts parts_of_type(const std::string& type);

/// Whether an operator tells values of the two types equal without a cast (pg_opfamily.dat: integer_ops, text_ops,
/// float_ops, datetime_ops).
bool are_compared(const std::string& a, const std::string& b);

/// Whether ALTER TYPE converts without USING (pg_cast, and parse_coerce.c find_coercion_pathway: in assignment
/// context). Then a value that does not fit is an error; a cast that is written out would cut it off.
bool converts_by_itself(const std::string& from, const std::string& to);

/// Whether there is any cast, one that must be written out included (pg_cast and COERCION_EXPLICIT there). What is
/// known of the built-in types alone: those of others may have casts of their own.
bool has_cast(const std::string& from, const std::string& to);

/// Whether a cast leads by way of the types' own text, where there is no other (COERCION_PATH_COERCEVIAIO).
bool casts_through_text(const TypeParts& from, const TypeParts& to);

/// Whether a value may come out as another one: rounded, cut to the day, written otherwise.
bool may_change_values(const std::string& from, const std::string& to);

/// Whether values of the type can be compared with =.
bool has_equality(const std::string& type);

}  // namespace segue::kinds
