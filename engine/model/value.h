// The values of an object's attributes.
//
// Used by every layer that looks at objects. A value knows its shape, never its meaning.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace segue::model {

/// A piece of SQL that the server analyses and prints in a form of its own: an expression, a query, a body.
struct Definition {
  std::string text;         ///< the file's own bytes, or what the server printed
  std::string search_path;  ///< under which the text reads right: "" for what the server printed
  friend bool operator==(const Definition&, const Definition&) = default;
};

using List = std::vector<std::string>;

/// monostate: the attribute is absent (no default, no comment …).
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, List, Definition>;

inline bool absent(const Value& value) { return std::holds_alternative<std::monostate>(value); }

/// The value as text, for hashes and messages: unambiguous within one attribute.
std::string to_text(const Value& value);

}  // namespace segue::model
