// A value, or the diagnostics that say why there is none.
//
// The engine's functions return it where they can fail; exceptions of libraries are caught at their fence (pg/, sql/)
// and become one. Dereferencing a failed result is a programmer's error and aborts.
#pragma once

#include <cstdlib>
#include <utility>
#include <variant>

#include "base/diagnostic.h"

namespace segue {

struct Failure {
  Diagnostics diagnostics;
  Failure(Diagnostic one) { diagnostics.push_back(std::move(one)); }  // NOLINT(google-explicit-constructor)
  Failure(Diagnostics all) : diagnostics(std::move(all)) {}           // NOLINT(google-explicit-constructor)
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}                    // NOLINT(google-explicit-constructor)
  Result(Failure failure) : state_(std::move(failure)) {}          // NOLINT(google-explicit-constructor)
  Result(Diagnostic error) : state_(Failure(std::move(error))) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return ok(); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return const_cast<Result*>(this)->value(); }
  T&& operator*() && { return std::move(value()); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &const_cast<Result*>(this)->value(); }

  const Diagnostics& diagnostics() const { return std::get<Failure>(state_).diagnostics; }
  /// The first diagnostic: what most callers show or test.
  const Diagnostic& error() const { return diagnostics().front(); }
  Failure failure() const { return std::get<Failure>(state_); }

 private:
  T& value() {
    if (!ok()) std::abort();
    return std::get<T>(state_);
  }
  std::variant<T, Failure> state_;
};

struct Done {};
/// The result of what yields nothing but success.
using Status = Result<Done>;
inline Status done() { return Done{}; }

}  // namespace segue
