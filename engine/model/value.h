// The values of an object's attributes.
//
// Used by every layer that looks at objects. A value knows its shape, never its meaning.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace segue::model {

/// A piece of SQL that the server analyses and prints in a form of its own: an expression, a query, a body.
struct Definition {
  std::string text;         ///< the file's own bytes, or what the server printed
  std::string search_path;  ///< under which the text reads right: "" for what the server printed
  int meaning = 0;          ///< shared with another text that means the same (same/); 0: nobody has said so

  friend bool operator==(const Definition& a, const Definition& b) {
    return (a.meaning != 0 && a.meaning == b.meaning) || (a.text == b.text && a.search_path == b.search_path);
  }
};

using List = std::vector<std::string>;

/// A value on the heap, copied and compared as if it were not: few attributes hold a definition, and in place it would
/// double the size of all.
template <class T>
class Boxed {
 public:
  Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}  // NOLINT(google-explicit-constructor)
  Boxed(const Boxed& other) : Boxed(*other) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(Boxed other) noexcept {
    value_ = std::move(other.value_);
    return *this;
  }
  ~Boxed() = default;
  const T& operator*() const { return *value_; }
  T& operator*() { return *value_; }
  friend bool operator==(const Boxed& a, const Boxed& b) { return *a == *b; }

 private:
  std::unique_ptr<T> value_;
};

/// monostate: the attribute is absent (no default, no comment …).
using Value = std::variant<std::monostate, bool, std::int64_t, std::string, List, Boxed<Definition>>;

inline bool absent(const Value& value) { return std::holds_alternative<std::monostate>(value); }

/// The definition that it holds; null where it holds something else.
inline const Definition* definition_in(const Value& value) {
  const auto* boxed = std::get_if<Boxed<Definition>>(&value);
  return boxed == nullptr ? nullptr : &**boxed;
}
inline Definition* definition_in(Value& value) {
  auto* boxed = std::get_if<Boxed<Definition>>(&value);
  return boxed == nullptr ? nullptr : &**boxed;
}

/// The value as text, for hashes and messages: unambiguous within one attribute.
std::string to_text(const Value& value);

}  // namespace segue::model
