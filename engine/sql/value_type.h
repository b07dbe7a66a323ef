// Types of values as the canonical form knows them: enough to say which casts the server adds by itself.
//
// Used by the canonical form alone. Never guesses: a type that is not certain is unknown, and nothing follows from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sql/canonical.h"
#include "sql/tree.h"

namespace segue::sql {

/// A type by pg_type's own name ("int4", "varchar", "text[]", "public.mood"). An empty name: not known.
struct ValueType {
  std::string name;
  std::string typmod;  ///< "(10)" as written, or empty

  bool known() const { return !name.empty(); }
  bool is(std::string_view other) const { return name == other; }
  bool is_array() const { return name.size() > 2 && name.substr(name.size() - 2) == "[]"; }
  ValueType element() const { return is_array() ? ValueType{name.substr(0, name.size() - 2), {}} : ValueType{}; }
};

/// A name as a canonical text holds it: unambiguous, pg_catalog left out, `?` before what could not be resolved.
std::string resolved_name(const std::vector<std::string>& parts, std::string_view object_class, const Names& names);

/// The type of a TypeName node.
ValueType type_of_name(Node type_name, const Names& names);
/// The type that format_type prints as `text`; unknown where it does not parse.
ValueType type_of_text(std::string_view text, const Names& names);

/// The parts of a name written as text ("public.\"S\""), or nothing where it is none.
std::optional<std::vector<std::string>> split_name(std::string_view text);

/// The same as the input of regclass and its like reads it (varlena.c SplitIdentifierString): what is not quoted goes
/// to the next dot or space, whatever stands there.
std::optional<std::vector<std::string>> split_name_as_input(std::string_view text);

/// Is this one of pg_catalog's base types that the rules here speak of?
bool is_builtin_type(std::string_view name);

/// What the server makes of two operands (parse_oper.c oper, parse_coerce.c): the types they are brought to, and the
/// type of the result. `literal` operands are constants without a type. Nothing where the answer is not certain.
struct OperatorTypes {
  std::string left;
  std::string right;
  std::string result;
};
std::optional<OperatorTypes> operator_types(std::string_view op, const ValueType& left, bool left_is_literal,
                                            const ValueType& right, bool right_is_literal);

/// The type that several values are brought to (select_common_type), literals left aside; unknown where not certain.
std::string common_type(const std::vector<std::string>& types);

/// The text of a constant of a type as the server would print it back, where that is certain; else the text itself.
std::string constant_text(std::string_view text, const ValueType& type, const Names& names);

/// `text` between single quotes, quotes doubled.
std::string quoted(std::string_view text);

}  // namespace segue::sql
