// SPDX-License-Identifier: MIT
// Result<T>: a value, or "an exception is pending on the thread". TRY leaves the function on the latter, MUST cannot
// fail. Which exception it is lives on the thread (runtime/thread.h), not here. Invariant: Result of a pointer, of void
// and of any T with ResultTraits is one machine word.
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "base/check.h"

namespace viperine {

/// What `thread.raise(...)` returns; converts to every Result.
struct Raised {};

/// Says which T value is reserved to mean "raised"; specialise for one-word types that have a spare value.
template <typename T>
struct ResultTraits;

template <typename T>
struct ResultTraits<T*> {
  static constexpr T* raised() { return nullptr; }
  static constexpr bool is_raised(T* value) { return value == nullptr; }
};

template <typename T>
concept HasRaisedWord = requires(T value) {
  { ResultTraits<T>::is_raised(value) } -> std::same_as<bool>;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  constexpr Result(T value) : value_(value), ok_(true) {}  // NOLINT: implicit on purpose
  constexpr Result(Raised) : value_(), ok_(false) {}       // NOLINT
  constexpr bool is_raised() const { return !ok_; }
  constexpr T take() const { return value_; }

 private:
  T value_;
  bool ok_;
};

template <HasRaisedWord T>
class [[nodiscard]] Result<T> {
 public:
  constexpr Result(T value) : value_(value) {}                   // NOLINT
  constexpr Result(Raised) : value_(ResultTraits<T>::raised()) {}  // NOLINT
  template <typename U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U, T>)
  constexpr Result(U value) : value_(value) {}  // NOLINT
  template <typename U>
    requires(!std::is_same_v<U, T> && std::is_convertible_v<U, T> && HasRaisedWord<U>)
  constexpr Result(Result<U> other)  // NOLINT
      : value_(other.is_raised() ? ResultTraits<T>::raised() : T(other.take())) {}
  constexpr bool is_raised() const { return ResultTraits<T>::is_raised(value_); }
  constexpr T take() const { return value_; }

 private:
  T value_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  constexpr Result() : ok_(true) {}
  constexpr Result(Raised) : ok_(false) {}  // NOLINT
  constexpr bool is_raised() const { return !ok_; }
  constexpr void take() const {}

 private:
  bool ok_;
};

}  // namespace viperine

/// The value of a Result, or return from this function with the exception still pending.
#define TRY(expression)                                      \
  ({                                                         \
    auto result_ = (expression);                             \
    if (result_.is_raised()) [[unlikely]]                    \
      return ::viperine::Raised{};                           \
    result_.take();                                          \
  })

/// The value of a Result that cannot be an exception here.
#define MUST(expression)             \
  ({                                 \
    auto result_ = (expression);     \
    CHECK(!result_.is_raised());     \
    result_.take();                  \
  })
