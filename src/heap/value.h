// SPDX-License-Identifier: MIT
// Value: one 64-bit word that is a 62-bit int, a float, a pointer to a HeapObject, or an internal sentinel.
// What the pointed-to objects look like is not here (heap_object.h, objects/).
//   ..00 int (value << 2)   ...1 float (self-tagged: exponent bits folded so that bit 0 is set)   .010 pointer (address
//   + 2) .110 sentinel (payload << 3)
// Invariant: a Value lives only in C++ locals, the VM stack, heap fields, RootVector and global roots; never in malloc
// memory.
#pragma once

#include <bit>
#include <cstdint>

#include "base/result.h"

namespace viperine {

class HeapObject;

class Value {
 public:
  constexpr Value() = default;  // int 0
  static constexpr Value from_bits(uint64_t bits) { return Value(bits); }
  constexpr uint64_t bits() const { return bits_; }

  // --- int
  static constexpr int64_t kMaxInt = (int64_t{1} << 61) - 1;
  static constexpr int64_t kMinInt = -(int64_t{1} << 61);
  static constexpr bool fits_int(int64_t value) { return value >= kMinInt && value <= kMaxInt; }
  /// Precondition: fits_int(value).
  static constexpr Value from_int(int64_t value) { return Value(static_cast<uint64_t>(value) << 2); }
  constexpr bool is_int() const { return (bits_ & 3) == 0; }
  constexpr int64_t as_int() const { return static_cast<int64_t>(bits_) >> 2; }
  static constexpr bool both_ints(Value a, Value b) { return ((a.bits_ | b.bits_) & 3) == 0; }

  // --- float. A double whose encoding lacks bit 0 must be boxed: make_float (objects/number.h) decides.
  static constexpr uint64_t encode_float(double value) {
    uint64_t rotated = std::rotl(std::bit_cast<uint64_t>(value), 3);
    return rotated ^ (~rotated >> 63);
  }
  static constexpr bool is_immediate_float_encoding(uint64_t bits) { return bits & 1; }
  constexpr bool is_immediate_float() const { return bits_ & 1; }
  constexpr double as_immediate_float() const { return std::bit_cast<double>(std::rotr(bits_ ^ (~bits_ >> 63), 3)); }

  // --- pointer
  static constexpr uint64_t kPointerTag = 2;
  static Value from_object(const HeapObject* object) { return Value(reinterpret_cast<uint64_t>(object) + kPointerTag); }
  static constexpr Value from_address(uint64_t address) { return Value(address + kPointerTag); }
  constexpr bool is_pointer() const { return (bits_ & 7) == kPointerTag; }
  /// A pointer into the window of immortal objects. Precondition: is_pointer().
  constexpr bool is_fixed_object() const { return bits_ - kFixedBase < kFixedLimit - kFixedBase; }
  HeapObject* as_object() const { return reinterpret_cast<HeapObject*>(bits_ - kPointerTag); }

  // --- sentinels: never visible to Python
  static constexpr Value sentinel(uint64_t payload) { return Value(payload << 3 | 6); }
  static constexpr Value raised() { return sentinel(0); }   // an exception is pending on the thread
  static constexpr Value absent() { return sentinel(1); }   // no such thing, iterator exhausted (not an error)
  static constexpr Value unbound() { return sentinel(2); }  // a variable without value
  static constexpr Value deleted() { return sentinel(3); }  // tombstone in tables
  constexpr bool is_raised() const { return bits_ == raised().bits_; }
  constexpr bool is_absent() const { return bits_ == absent().bits_; }
  constexpr bool is_unbound() const { return bits_ == unbound().bits_; }
  constexpr bool is_sentinel() const { return (bits_ & 7) == 6; }

  // --- the fixed singletons (heap/fixed_objects.h puts them at these addresses in every process)
  /// Objects between these addresses (the singletons, the image) are immortal and never written. The window lies above
  /// every place where the kernel may put the program's break, and below 2 GiB.
  static constexpr uint64_t kFixedBase = 0x50000000, kFixedLimit = 0x7F000000;
  static constexpr Value none() { return from_address(kFixedBase + 0x10); }
  static constexpr Value false_() { return from_address(kFixedBase + 0x20); }
  static constexpr Value true_() { return from_address(kFixedBase + 0x30); }
  static constexpr Value ellipsis() { return from_address(kFixedBase + 0x40); }
  static constexpr Value not_implemented() { return from_address(kFixedBase + 0x50); }
  static constexpr Value from_bool(bool value) { return value ? true_() : false_(); }
  constexpr bool is_none() const { return bits_ == none().bits_; }
  constexpr bool is_true() const { return bits_ == true_().bits_; }
  constexpr bool is_false() const { return bits_ == false_().bits_; }
  constexpr bool is_bool() const { return is_true() || is_false(); }
  constexpr bool is_not_implemented() const { return bits_ == not_implemented().bits_; }

  /// Identity, as Python's `is` (boxed floats are compared by `same_object` in objects/number.h).
  constexpr bool operator==(const Value&) const = default;

 private:
  explicit constexpr Value(uint64_t bits) : bits_(bits) {}
  uint64_t bits_ = 0;
};

static_assert(sizeof(Value) == 8);

template <>
struct ResultTraits<Value> {
  static constexpr Value raised() { return Value::raised(); }
  static constexpr bool is_raised(Value value) { return value.is_raised(); }
};

/// A value or nothing, in one word. `Result<Optional<Value>>`: value, absent or raised.
template <typename T>
class Optional;

template <>
class Optional<Value> {
 public:
  constexpr Optional() : value_(Value::absent()) {}
  constexpr Optional(Value value) : value_(value) {}  // NOLINT: implicit on purpose
  constexpr bool has_value() const { return !value_.is_absent(); }
  constexpr explicit operator bool() const { return has_value(); }
  constexpr Value operator*() const { return value_; }
  constexpr Value value_or(Value other) const { return has_value() ? value_ : other; }
  constexpr Value raw() const { return value_; }

 private:
  Value value_;
};

/// A pointer that may be null.
template <typename T>
class Optional<T*> {
 public:
  constexpr Optional() = default;
  constexpr Optional(T* value) : value_(value) {}  // NOLINT
  constexpr bool has_value() const { return value_ != nullptr; }
  constexpr explicit operator bool() const { return has_value(); }
  constexpr T* operator*() const { return value_; }
  constexpr T* operator->() const { return value_; }

 private:
  T* value_ = nullptr;
};

template <>
struct ResultTraits<Optional<Value>> {
  static constexpr Optional<Value> raised() { return Optional<Value>(Value::raised()); }
  static constexpr bool is_raised(Optional<Value> value) { return value.raw().is_raised(); }
};

}  // namespace viperine
